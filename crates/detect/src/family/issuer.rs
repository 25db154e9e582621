//! Which first digits belong to which card scheme, and how long its numbers are.
//!
//! From the schemes' published ranges (ISO/IEC 7812 issuer identification numbers); lengths with
//! the usual one first.

struct Range {
    low: u32,
    high: u32,
    /// How many first digits `low` and `high` have.
    prefix: usize,
    lengths: &'static [usize],
}

const fn range(low: u32, high: u32, prefix: usize, lengths: &'static [usize]) -> Range {
    Range { low, high, prefix, lengths }
}

const SIXTEEN: &[usize] = &[16];
const UP_TO_19: &[usize] = &[16, 19, 18, 17];

/// The schemes' own ranges; national schemes whose numbers lie in them are found with them: Dankort (5019, 4571), Elo
/// (5066, 5067, 509, 6363), Hipercard (6062, 3841), Verve (5060 to 5061, 6500), RuPay (60, 65, 81, 82, 508), Laser,
/// Switch and Solo (49, 63, 67). UATP (1, fifteen digits) needs a word for cards: any number may begin so.
const RANGES: &[Range] = &[
    range(34, 34, 2, &[15]), // American Express
    range(37, 37, 2, &[15]),
    range(300, 305, 3, &[14, 16, 19, 18, 17]), // Diners Club
    range(3095, 3095, 4, &[14, 16, 19, 18, 17]),
    range(36, 36, 2, &[14, 16, 19, 18, 17]),
    range(38, 39, 2, &[14, 16, 19, 18, 17]),
    range(3528, 3589, 4, UP_TO_19), // JCB
    range(35, 35, 2, SIXTEEN),      // JCB, as most validators know it
    range(2131, 2131, 4, &[15]),
    range(1800, 1800, 4, &[15]),
    range(4, 4, 1, &[16, 19, 13]),                       // Visa
    range(51, 55, 2, SIXTEEN),                           // Mastercard
    range(2221, 2720, 4, SIXTEEN),                       // Mastercard, second series
    range(2200, 2204, 4, UP_TO_19),                      // Mir
    range(6011, 6011, 4, UP_TO_19),                      // Discover
    range(644, 649, 3, UP_TO_19),                        // Discover
    range(65, 65, 2, UP_TO_19),                          // Discover, RuPay
    range(62, 62, 2, UP_TO_19),                          // UnionPay
    range(81, 82, 2, UP_TO_19),                          // UnionPay, RuPay
    range(50, 50, 2, &[16, 18, 19, 17, 15, 14, 13, 12]), // Maestro
    range(56, 58, 2, &[16, 18, 19, 17, 15, 14, 13, 12]),
    range(60, 61, 2, &[16, 18, 19, 17, 15, 14, 13, 12]),
    range(63, 63, 2, &[16, 18, 19, 17, 15, 14, 13, 12]),
    range(66, 69, 2, &[16, 18, 19, 17, 15, 14, 13, 12]),
    range(9792, 9792, 4, SIXTEEN),   // Troy
    range(8600, 8600, 4, SIXTEEN),   // Uzcard
    range(9860, 9860, 4, SIXTEEN),   // Humo
    range(2205, 2205, 4, SIXTEEN),   // BORICA
    range(9704, 9704, 4, &[16, 19]), // Napas
    range(1946, 1946, 4, SIXTEEN),   // GPN
];

/// The lengths of numbers that begin with these digits, the usual one first; empty where no
/// scheme issues them.
pub(super) fn lengths(digits: &[u8]) -> &'static [usize] {
    let mut prefixes = [0; 5];
    for (i, digit) in digits.iter().take(4).enumerate() {
        prefixes[i + 1] = prefixes[i] * 10 + u32::from(digit - b'0');
    }
    RANGES
        .iter()
        .find(|r| digits.len() >= r.prefix && (r.low..=r.high).contains(&prefixes[r.prefix]))
        .map_or(&[], |r| r.lengths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemes_are_known_by_their_first_digits() {
        for (digits, usual) in [
            ("4111", 16),
            ("2221", 16),
            ("2720", 16),
            ("3782", 15),
            ("3056", 14),
            ("1800", 15),
            ("5018", 16),
            ("6011", 16),
            ("5019", 16),
            ("5066", 16),
            ("6062", 16),
            ("2200", 16),
            ("9792", 16),
            ("9704", 16),
            ("8171", 16),
        ] {
            assert_eq!(lengths(digits.as_bytes()).first(), Some(&usual), "{digits}");
        }
        for digits in ["2721", "2220", "1234", "0000", "7777", "59"] {
            assert!(lengths(digits.as_bytes()).is_empty(), "{digits}");
        }
    }
}
