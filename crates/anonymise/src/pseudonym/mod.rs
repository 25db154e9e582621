//! Made-up values: of the same kind, always the same one for a value, nobody's.
//!
//! | kind | what is made up |
//! |---|---|
//! | names | word for word from a list of given names and surnames, so `Anna` is part of the new `Anna Moss` |
//! | e-mail, URL, domain | at `example.com`, which belongs to nobody (RFC 2606) |
//! | telephone | in ranges that regulators keep for films (Ofcom, BNetzA, ARCEP; 555-01xx in North America) |
//! | IP and MAC addresses | in ranges for documentation (RFC 5737, 3849, 7042) |
//! | cards | same length and grouping; a wrong Luhn digit, or a range of test numbers with a right one |
//! | IBAN | same country, length and grouping; wrong check digits, or right ones |
//! | addresses | a street and town that do not exist |
//! | dates | moved as `shift-dates` does |
//! | everything else | letters for letters, digits for digits |

mod bank;
mod contact;
mod network;
mod shape;

use crate::{canonical::canonical, key::sign};
use aws_lc_rs::hmac;

/// Numbers that key, kind and value decide.
pub(crate) struct Dice<'k> {
    key: &'k hmac::Key,
    kind: &'k str,
    value: String,
    block: [u8; 32],
    used: usize,
    blocks: u32,
}

impl<'k> Dice<'k> {
    fn new(key: &'k hmac::Key, kind: &'k str, value: String) -> Self {
        Self { key, kind, value, block: [0; 32], used: 32, blocks: 0 }
    }

    /// A number from 0 to `below` (not reached); 0 if `below` is.
    fn roll(&mut self, below: usize) -> usize {
        if self.used + 4 > self.block.len() {
            let number = self.blocks.to_be_bytes();
            self.block = sign(self.key, &[self.kind.as_bytes(), self.value.as_bytes(), &number]);
            self.blocks += 1;
            self.used = 0;
        }
        let mut four = [0; 4];
        four.copy_from_slice(&self.block[self.used..self.used + 4]);
        self.used += 4;
        u32::from_be_bytes(four) as usize % below.max(1)
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    fn digit(&mut self) -> u8 {
        self.roll(10) as u8
    }

    /// A word that can be spoken, in lower case.
    fn word(&mut self, syllables: usize) -> String {
        const BEGIN: [&str; 16] =
            ["b", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z"];
        const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];
        (0..syllables).map(|_| [self.pick(&BEGIN), self.pick(&VOWELS)].concat()).collect()
    }
}

/// The made-up value for a value; `None` for dates, which are moved.
pub(crate) fn pseudonym(key: &hmac::Key, kind: &str, value: &str, valid: bool) -> Option<String> {
    // A made-up value that is the value itself hides nothing; the next roll is another one.
    for attempt in 0..8_u8 {
        let mut seed = canonical(kind, value);
        if attempt > 0 {
            seed.push(char::from(b'0' + attempt));
        }
        let mut dice = Dice::new(key, kind, seed);
        let made_up = match kind {
            "date" | "dob" => return None,
            "person" | "cardholder" => contact::person(key, value, attempt),
            "email" => contact::email(&mut dice),
            "handle" | "username" => contact::handle(value, &mut dice),
            "phone" | "fax" => contact::phone(value, &mut dice),
            "address" => contact::address(&mut dice),
            "card" => bank::card(value, valid, &mut dice),
            "iban" => bank::iban(value, valid, &mut dice),
            "us_ssn" | "us_itin" => bank::us_ssn(value, &mut dice),
            "ipv4" => network::ipv4(&mut dice),
            "ipv6" => network::ipv6(&mut dice),
            "mac" => network::mac(value, &mut dice),
            "url" => network::url(&mut dice),
            "domain" => network::domain(&mut dice),
            _ => shape::same_shape(value, &mut dice),
        };
        if canonical(kind, &made_up) != canonical(kind, value) {
            return Some(made_up);
        }
    }
    // A value without a letter or digit, such as "***", has nothing to make up.
    Some(format!("<{}>", kind.to_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Key, Purpose};
    use aside_detect::{Certainty, Detector};

    fn made_up(kind: &str, value: &str, valid: bool) -> String {
        pseudonym(&Key::new([5; 32]).hashing(Purpose::Pseudonym), kind, value, valid).unwrap()
    }

    #[test]
    fn the_same_value_has_the_same_pseudonym_however_it_is_spelled() {
        let digits = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let card = made_up("card", "4111 1111 1111 1111", false);
        assert_eq!(digits(&card), digits(&made_up("card", "4111-1111-1111-1111", false)));
        assert_eq!(made_up("email", "Anna@Example.org", false), made_up("email", "anna@example.org", false));
        assert_ne!(made_up("email", "anna@example.org", false), made_up("email", "bert@example.org", false));
        let other = Key::new([6; 32]).hashing(Purpose::Pseudonym);
        assert_ne!(
            pseudonym(&other, "email", "anna@example.org", false),
            Some(made_up("email", "anna@example.org", false))
        );
    }

    #[test]
    fn a_card_keeps_length_and_grouping_and_its_luhn_digit_is_wrong_unless_asked() {
        for (value, groups) in
            [("4111 1111 1111 1111", vec![4, 4, 4, 4]), ("3782-822463-10005", vec![4, 6, 5])]
        {
            for (valid, found) in [(false, None), (true, Some(Certainty::Certain))] {
                let card = made_up("card", value, valid);
                let lengths: Vec<_> = card.split([' ', '-']).map(str::len).collect();
                assert_eq!(lengths, groups, "{card}");
                let finding = Detector::new().detect(&card).into_iter().find(|f| f.kind == "card");
                assert_eq!(finding.map(|f| f.certainty), found, "{card}");
            }
        }
    }

    #[test]
    fn an_iban_keeps_country_and_length_and_its_check_digits_are_wrong_unless_asked() {
        for value in ["DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "ES9121000418450200051332"] {
            for (valid, certain) in [(false, false), (true, true)] {
                let iban = made_up("iban", value, valid);
                assert_eq!((&iban[..2], iban.len()), (&value[..2], value.len()));
                assert_ne!(iban, value);
                let found = Detector::new().detect(&iban);
                let is_certain = found.iter().any(|f| f.kind == "iban" && f.certainty == Certainty::Certain);
                assert_eq!(is_certain, certain, "{iban}");
            }
        }
    }

    #[test]
    fn names_change_word_for_word_and_keep_their_case() {
        let whole = made_up("person", "Anna Moss", false);
        let words: Vec<_> = whole.split(' ').collect();
        assert_eq!(words.len(), 2, "{whole}");
        assert_eq!(made_up("person", "Anna", false), words[0]);
        assert_eq!(made_up("person", "ANNA MOSS", false), whole.to_uppercase());
        assert_eq!(made_up("person", "anna moss", false), whole.to_lowercase());
        let titled = made_up("person", "Dr. Anna von Moss", false);
        assert_eq!(titled, format!("Dr. {} von {}", words[0], words[1]));
    }

    #[test]
    fn made_up_addresses_and_numbers_are_reserved_ones() {
        assert!(made_up("email", "anna@corp.test", false).ends_with("@example.com"));
        assert!(made_up("url", "https://corp.test/x?y", false).starts_with("https://example.com/"));
        assert!(made_up("domain", "corp.test", false).ends_with(".example"));
        assert!(made_up("phone", "+44 20 7946 0018", false).starts_with("+44 7700 900"));
        let german = made_up("phone", "+49 30 23125 001", false);
        let kept = ["30 23125", "40 66969", "69 90009", "89 99998", "221 4710"];
        assert!(kept.iter().any(|range| german.starts_with(&format!("+49 {range}"))), "{german}");
        let french = made_up("phone", "+33 1 99 00 12 34", false);
        let kept = ["1 99 00", "2 61 91", "3 53 01", "4 65 71", "5 36 49", "6 39 98"];
        assert!(kept.iter().any(|range| french.starts_with(&format!("+33 {range}"))), "{french}");
        assert!(made_up("phone", "202-555-0142", false).contains(" 555 01"));
        assert!(made_up("ipv4", "198.51.100.7", false).split('.').count() == 4);
        assert!(made_up("ipv6", "2001:db8::1", false).starts_with("2001:db8:"));
        assert!(made_up("mac", "AA-BB-CC-DD-EE-FF", false).starts_with("00-00-5E-00-53-"));
        assert!(made_up("us_ssn", "078-05-1120", false).starts_with("666-"));
    }

    #[test]
    fn anything_else_keeps_its_shape() {
        let code = made_up("booking_ref", "K7-qx2M", false);
        let shape: String = code
            .chars()
            .map(|c| match c {
                'A'..='Z' => 'A',
                'a'..='z' => 'a',
                '0'..='9' => '0',
                c => c,
            })
            .collect();
        assert_eq!(shape, "A0-aa0A");
        assert_eq!(made_up("cvv", "***", false), "<CVV>");
    }

    #[test]
    fn strange_values_are_no_trouble() {
        for kind in aside_taxonomy::DataType::ALL.iter().flat_map(|t| t.kinds()) {
            for value in ["", " ", "é", "😀", "1", &"9".repeat(10_000), "\u{0}", "٤١١١", "DE", "a@b@c", "::"]
            {
                for valid in [false, true] {
                    let key = Key::new([5; 32]).hashing(Purpose::Pseudonym);
                    if let Some(made_up) = pseudonym(&key, kind, value, valid) {
                        assert!(made_up.len() <= 4 * value.len() + 100, "{kind} {made_up}");
                    }
                }
            }
        }
    }
}
