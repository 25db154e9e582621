//! What customers say: customer care in six languages, one text in five with personal data.
//!
//! Nothing here belongs to anybody. Card numbers start with the card schemes' test ranges and end in a right
//! check digit, account numbers are made with right check digits for banks that do not exist, telephone numbers
//! are those set aside for fiction (555-01xx, Ofcom's 020 7946 0xxx, the Bundesnetzagentur's 030 23125 xxx), mail
//! addresses lie under example.com. Each text starts with a word of letters that names it, so that it is known
//! again wherever it turns up, whatever was masked in it.

mod dutch;
mod english;
mod french;
mod german;
mod italian;
mod spanish;

use crate::numbers::Numbers;

/// What is said in one language.
struct Language {
    /// How it says "message": the first word of every text.
    message: &'static str,
    /// Without personal data.
    plain: &'static [&'static str],
    /// With some.
    personal: &'static [&'static str],
}

const LANGUAGES: [Language; 6] =
    [english::ENGLISH, german::GERMAN, french::FRENCH, spanish::SPANISH, italian::ITALIAN, dutch::DUTCH];

/// One text in so many holds personal data.
const PERSONAL_ONE_IN: u64 = 5;

const NAMES: [&str; 8] = [
    "Mara Example",
    "Jonas Beispiel",
    "Chloé Exemple",
    "Lucía Ejemplo",
    "Priya Sampleton",
    "Anke Musterfrau",
    "Piet Voorbeeld",
    "Gina Esempio",
];

/// The name of some customer.
pub(crate) fn name(customer: u64) -> &'static str {
    NAMES[(customer % NAMES.len() as u64) as usize]
}

/// What a customer says in a message, in their own language: the same for the same message and seed.
pub(crate) fn text(seed: u64, customer: u64, message: u64) -> String {
    let mut numbers = Numbers::of(seed, message);
    let language = &LANGUAGES[(Numbers::of(seed, !customer).below(LANGUAGES.len() as u64)) as usize];
    let list = if numbers.below(PERSONAL_ONE_IN) == 0 { language.personal } else { language.plain };
    let text = filled_in(numbers.one_of(list), name(customer), &mut numbers);
    format!("{} {}: {text}", language.message, word(message))
}

/// A number as a word, so that no detector takes it for an order or a telephone.
fn word(mut number: u64) -> String {
    let mut letters = vec![b'q'];
    loop {
        letters.push(b'a' + (number % 16) as u8);
        number /= 16;
        if number == 0 {
            break;
        }
    }
    String::from_utf8(letters).expect("letters are ASCII")
}

/// The message that a text is, if it is one of ours.
pub(crate) fn message_of(text: &str) -> Option<u64> {
    let word = text.split_once(':')?.0.split_once(' ')?.1.strip_prefix('q')?;
    let letters = word.bytes().rev().try_fold(0_u64, |number, letter| {
        let digit = letter.checked_sub(b'a').filter(|digit| *digit < 16)?;
        number.checked_mul(16)?.checked_add(u64::from(digit))
    });
    letters.filter(|_| !word.is_empty())
}

/// A text with values in its gaps.
fn filled_in(text: &str, name: &str, numbers: &mut Numbers) -> String {
    let mut filled = String::with_capacity(text.len() + 40);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((gap, after)) = after.split_once('}') else { break };
        filled.push_str(before);
        filled.push_str(&value(gap, name, numbers));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

fn value(gap: &str, name: &str, numbers: &mut Numbers) -> String {
    match gap {
        "order" => format!("4471-{}", numbers.digits(4)),
        "price" => format!("{},{} €", 10 + numbers.below(400), numbers.digits(2)),
        "card" => card(numbers),
        "iban" => iban(numbers),
        "name" => name.to_owned(),
        "email" => format!("{}{}@example.com", name[..2].to_lowercase(), numbers.digits(4)),
        "phone" => match numbers.below(3) {
            0 => format!("202-555-01{}", numbers.digits(2)),
            1 => format!("020 7946 0{}", numbers.digits(3)),
            _ => format!("030 23125 {}", numbers.digits(3)),
        },
        "house" => (1 + numbers.below(90)).to_string(),
        "code" => numbers.digits(6),
        "password" => format!("Lantern!{}", numbers.digits(4)),
        "birth" => {
            let (day, month) = (1 + numbers.below(28), 1 + numbers.below(12));
            format!("{day:02}.{month:02}.{}", 1940 + numbers.below(65))
        }
        "ip" => format!("203.0.113.{}", numbers.below(255)),
        _ => String::new(),
    }
}

/// A card number of 16 digits in a test range, in groups or not, its last digit Luhn's.
fn card(numbers: &mut Numbers) -> String {
    let mut digits = numbers.one_of(&["411111", "424242", "555555"]).to_owned() + &numbers.digits(9);
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    digits.push_str(&((10 - sum % 10) % 10).to_string());
    if numbers.below(2) == 0 {
        return digits;
    }
    let groups = [&digits[..4], &digits[4..8], &digits[8..12], &digits[12..]];
    groups.join(" ")
}

/// A German account number of a bank that does not exist, its check digits right (ISO 13616).
fn iban(numbers: &mut Numbers) -> String {
    let account = "99999999".to_owned() + &numbers.digits(10);
    // The country's letters as numbers (D 13, E 14) and two zeros go to the end; what is left of 98 checks.
    let rest =
        format!("{account}131400").bytes().fold(0_u64, |rest, d| (rest * 10 + u64::from(d - b'0')) % 97);
    format!("DE{:02}{account}", 98 - rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_again_by_its_word() {
        for message in [0, 1, 15, 16, 4_711, 999_999, u64::from(u32::MAX)] {
            assert_eq!(message_of(&text(1, 7, message)), Some(message));
        }
        for other in ["", "Hello", "Your message: thanks", "Message q: x", "Message qxyz: x", "Message: q"] {
            assert_eq!(message_of(other), None, "{other}");
        }
    }

    #[test]
    fn one_text_in_five_holds_personal_data_and_every_language_is_spoken() {
        let texts: Vec<_> = (0..6_000).map(|n| text(3, n, n)).collect();
        let count = |which: &dyn Fn(&str) -> bool| texts.iter().filter(|text| which(text)).count();
        let said = |list: &[&str], text: &str| {
            list.iter().any(|one| text.contains(one.split('{').next().unwrap()) && !one.starts_with('{'))
        };
        let personal = count(&|text| LANGUAGES.iter().any(|l| said(l.personal, text)));
        assert!((1_000..1_500).contains(&personal), "{personal}");
        for language in &LANGUAGES {
            let spoken = count(&|text| said(language.plain, text));
            assert!(spoken > 400, "{}: {spoken}", language.message);
        }
        assert!(texts.iter().all(|text| !text.contains('{') && !text.contains('}')));
    }

    #[test]
    fn numbers_have_right_check_digits() {
        let mut numbers = Numbers::new(5);
        for _ in 0..100 {
            let iban = iban(&mut numbers);
            let moved = format!("{}1314{}", &iban[4..], &iban[2..4]);
            let rest = moved.bytes().fold(0_u64, |rest, d| (rest * 10 + u64::from(d - b'0')) % 97);
            assert_eq!((iban.len(), rest), (22, 1), "{iban}");
            let card: Vec<u32> = card(&mut numbers).chars().filter_map(|c| c.to_digit(10)).collect();
            let sum: u32 = card
                .iter()
                .rev()
                .enumerate()
                .map(|(place, digit)| if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { *digit })
                .sum();
            assert_eq!((card.len(), sum % 10), (16, 0), "{card:?}");
        }
    }
}
