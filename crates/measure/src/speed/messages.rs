//! Short customer messages, made up from templates: a fifth of them with one value, the others with what looks
//! like one. The same every time.

use super::numbers::Numbers;

/// How many there are.
pub(crate) const COUNT: usize = 2_000;

const WITH_VALUE: &[(&str, Value)] = &[
    ("Hi, my card {} gets declined every time I try to pay, the bank says it is not them. What now?", card),
    ("you took the money twice from {} for one and the same order, I want it back by Friday please", card),
    ("new card for the subscription: {} since the old one was swallowed by a machine last weekend", card),
    (
        "the confirmation never came, please send it to {} once more, I looked into the spam folder, too",
        email,
    ),
    (
        "I would like to log in with {} from now on because I am leaving the company whose address you have",
        email,
    ),
    ("The driver says he rang. He did not. Call me at {} before you send him out for the third time", phone),
    ("please text me on {} when the technician is on his way, I have to come home from work for this", phone),
    ("could somebody ring {} this afternoon, the chat throws me out whenever I am next in the line", phone),
    ("refund to {} please and not to the closed account, I have told three of your people by now", iban),
    ("My new bank details for the monthly payment are {} and the old ones are no longer valid", iban),
    ("Why does the form want my social security number? It is {} if you really cannot do without", ssn),
    ("somebody logged in from {} last night and that was certainly not me, please lock everything", ip),
    ("The site says I am too young, which is flattering, but my date of birth is {} and I am not", date),
    ("The invoice of {} has two jackets on it and the box had one, could you put that right please", date),
];

const WITHOUT: &[&str] = &[
    "Order {order} has been in packing for eleven days now, is anybody packing it or has it been forgotten?",
    "Lovely coat, but the lining came off after one week. Can I bring it back to the shop in town?",
    "do you have the {model} in size 43, the page says yes and the man in the shop says no",
    "the app closes itself as soon as I open the basket, I took it off the phone twice and it is no better",
    "Parcel {track} has been sitting in the same depot since Tuesday, what are they doing with it there",
    "Just wanted to say that whoever wrapped this did it beautifully, my mother was very happy with it",
    "It said 89.{two} on the page and I paid 98.{two}, where does the difference come from, please?",
    "Is there a way to change where order {order} goes? We have moved and I did not think of it in time",
    "do you send to Iceland and what does it cost, I would need three of the {model} before Christmas",
    "ticket {order} is from the beginning of last month and all I ever got is the automatic answer",
    "your code WINTER{two} is on every poster here and the till says that it does not exist, brilliant",
    "Ordered grey and got green. Happy to keep it if you take something off the price, it is not that ugly",
    "since version 4.{two}.1 my {model} loses the connection every few minutes, it was fine before",
    "until when is the shop at the station open on a Saturday? The sign says nine and the door says no",
    "Please tell Priya from the hotline that her trick with the cable worked, I had given up on it",
    "the link for a new password is dead before the mail arrives, can it live a little longer than that?",
];

const ENDS: &[&str] =
    &["", " Thanks", " cheers!", " pls answer soon", " Best, Tom", " ??", " Any news is good news."];

type Value = fn(&mut Numbers) -> String;

/// The messages, [`COUNT`] of them.
pub(crate) fn messages() -> Vec<String> {
    let mut numbers = Numbers::new();
    (0..COUNT)
        .map(|_| {
            let text = if numbers.below(5) == 0 {
                let (template, value) = numbers.one_of(WITH_VALUE);
                template.replace("{}", &value(&mut numbers))
            } else {
                let template = numbers.one_of(WITHOUT);
                let order = numbers.between(1_000_000, 99_999_999).to_string();
                let track = format!("1Z{}", numbers.letters_of(b"0123456789ABCDEFGHX", 16));
                let model = numbers.one_of(&["KX-450", "Fjord 3", "TR900", "Model B2", "Runner 12"]);
                let two = numbers.between(10, 99).to_string();
                let filled = template.replace("{order}", &order).replace("{track}", &track);
                filled.replace("{model}", model).replace("{two}", &two)
            };
            text + numbers.one_of(ENDS)
        })
        .collect()
}

fn card(numbers: &mut Numbers) -> String {
    let (prefix, length) = numbers.one_of(&[("4", 16), ("52", 16), ("2223", 16), ("34", 15), ("6011", 16)]);
    let mut number = prefix.to_owned() + &numbers.letters_of(b"0123456789", length - 1 - prefix.len());
    number.push(luhn_digit(&number));
    match numbers.below(5) {
        0 | 1 => number,
        form => grouped(&number, if form == 2 { '-' } else { ' ' }),
    }
}

/// The last digit that makes the number right (ISO/IEC 7812-1).
fn luhn_digit(number: &str) -> char {
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, digit)| {
            let value = u32::from(digit - b'0') * if i % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

fn iban(numbers: &mut Numbers) -> String {
    let (country, bank, digits) = numbers.one_of(&[
        ("DE", "", 18),
        ("GB", "WEST", 14),
        ("FR", "", 23),
        ("ES", "", 20),
        ("NL", "ABNA", 10),
    ]);
    let account = bank.to_owned() + &numbers.letters_of(b"0123456789", digits);
    let rest = (account.clone() + country + "00").bytes().fold(0, |rest, byte| match byte {
        b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter - b'A') + 10) % 97,
    });
    let number = format!("{country}{:02}{account}", 98 - rest);
    if numbers.below(2) == 0 { number } else { grouped(&number, ' ') }
}

fn grouped(number: &str, separator: char) -> String {
    let mut text = String::new();
    for (i, c) in number.chars().enumerate() {
        if i > 0 && i % 4 == 0 {
            text.push(separator);
        }
        text.push(c);
    }
    text
}

fn email(numbers: &mut Numbers) -> String {
    let name = numbers.one_of(&["anna", "jo.smith", "lena_k", "t.okafor", "sunil", "c-dupont", "kim"]);
    let domain = numbers.one_of(&["example.com", "example.org", "mail.example.net", "post.example.com"]);
    format!("{name}{}@{domain}", numbers.between(1, 99))
}

fn phone(numbers: &mut Numbers) -> String {
    let area = numbers.one_of(&[212, 415, 646, 305, 202, 503]);
    let last = numbers.between(0, 99);
    match numbers.below(5) {
        0 => format!("({area}) 555-01{last:02}"),
        1 => format!("{area}-555-01{last:02}"),
        2 => format!("+1 {area} 555 01{last:02}"),
        3 => format!("+44 20 7946 00{last:02}"),
        _ => format!("+49 30 23125 0{last:02}"),
    }
}

fn ssn(numbers: &mut Numbers) -> String {
    format!("{}-{}-{}", numbers.between(100, 665), numbers.between(10, 99), numbers.between(1_000, 9_998))
}

fn ip(numbers: &mut Numbers) -> String {
    let network = numbers.one_of(&["192.0.2", "198.51.100", "203.0.113"]);
    format!("{network}.{}", numbers.between(1, 254))
}

fn date(numbers: &mut Numbers) -> String {
    let (year, month, day) = (numbers.between(1950, 2025), numbers.between(1, 12), numbers.between(1, 28));
    match numbers.below(3) {
        0 => format!("{day:02}/{month:02}/{year}"),
        1 => format!("{day:02}.{month:02}.{year}"),
        _ => format!("{year}-{month:02}-{day:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aside_detect::Detector;
    use aside_taxonomy::DataType;

    #[test]
    fn a_fifth_of_the_messages_holds_a_value_and_they_are_short() {
        let messages = messages();
        let bytes: usize = messages.iter().map(String::len).sum();
        assert!((80..130).contains(&(bytes / COUNT)), "{} bytes on average", bytes / COUNT);
        // Order and parcel numbers are personal data of their own kind, and in many of the others.
        let structured = [
            DataType::FinPan,
            DataType::FinBankAccount,
            DataType::ContactEmail,
            DataType::ContactPhone,
            DataType::GovUsSsnItin,
            DataType::DevOnlineId,
            DataType::DemoDob,
        ];
        let detector = Detector::builder().types(structured).build();
        let found = messages.iter().filter(|message| !detector.detect(message).is_empty()).count();
        assert!((300..500).contains(&found), "{found} of {COUNT} hold something");
    }

    #[test]
    fn the_same_messages_come_every_time() {
        assert_eq!(messages(), messages());
    }
}
