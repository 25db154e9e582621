//! Check digits that brands put into their own numbers.

use std::str::FromStr;

/// How a number's check digit is calculated. Separators do not count; except for `Mod97` and the last sign of
/// `Mod11`, letters do not count either.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum CheckDigit {
    /// The last digit, ISO/IEC 7812-1 Annex B.
    Luhn,
    /// The last digit, weights 3 and 1 from the right (GS1 General Specifications 7.9).
    Gs1,
    /// The last digit, or X for ten: weights 2, 3, 4, … from the right, as in ISBN-10 (ISO 2108).
    Mod11,
    /// The last two digits, ISO/IEC 7064 MOD 97-10; a letter counts as 10 to 35.
    Mod97,
    /// The last digit, by Verhoeff's permutations (Error Detecting Decimal Codes, 1969).
    Verhoeff,
    /// The last digit, by Damm's quasigroup (Total anti-symmetrische Quasigruppen, 2004).
    Damm,
}

/// The name is that of no check digit.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is no check digit; there are: luhn, gs1, mod11, mod97, verhoeff, damm")]
pub struct UnknownCheckDigit(String);

impl FromStr for CheckDigit {
    type Err = UnknownCheckDigit;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Ok(match name {
            "luhn" => CheckDigit::Luhn,
            "gs1" => CheckDigit::Gs1,
            "mod11" => CheckDigit::Mod11,
            "mod97" => CheckDigit::Mod97,
            "verhoeff" => CheckDigit::Verhoeff,
            "damm" => CheckDigit::Damm,
            other => return Err(UnknownCheckDigit(other.to_owned())),
        })
    }
}

/// The multiplication table of the dihedral group of order ten.
const DIHEDRAL: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];
/// Verhoeff's permutation of the digits, applied once a place.
const TURNED: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
/// Damm's quasigroup of order ten.
const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

impl CheckDigit {
    /// Whether the check digit of a value is right. Values without digits are not.
    pub(super) fn is_right(self, value: &[u8]) -> bool {
        let digits = || value.iter().filter(|b| b.is_ascii_digit()).map(|b| b - b'0');
        if digits().count() < 2 {
            return false;
        }
        let from_right = || value.iter().rev().filter(|b| b.is_ascii_digit()).map(|b| u32::from(b - b'0'));
        let weighted = |weight: u32| {
            from_right().zip([1, weight].into_iter().cycle()).map(|(digit, weight)| digit * weight)
        };
        match self {
            CheckDigit::Luhn => weighted(2).map(|n| n / 10 + n % 10).sum::<u32>().is_multiple_of(10),
            CheckDigit::Gs1 => weighted(3).sum::<u32>().is_multiple_of(10),
            CheckDigit::Mod11 => {
                let last = value.iter().rposition(u8::is_ascii_alphanumeric);
                let ten = last.filter(|i| value[*i].eq_ignore_ascii_case(&b'x'));
                let sum: u32 = match ten {
                    Some(_) => 10 + from_right().zip(2..).map(|(digit, weight)| digit * weight).sum::<u32>(),
                    None => from_right().zip(1..).map(|(digit, weight)| digit * weight).sum(),
                };
                sum.is_multiple_of(11)
            }
            CheckDigit::Mod97 => {
                let rest =
                    value.iter().filter(|b| b.is_ascii_alphanumeric()).fold(0_u32, |rest, b| match b {
                        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
                        letter => (rest * 100 + u32::from(letter.to_ascii_uppercase() - b'A') + 10) % 97,
                    });
                rest == 1
            }
            CheckDigit::Verhoeff => {
                let sum = from_right().enumerate().fold(0_u8, |sum, (place, digit)| {
                    let turned = (0..place % 8).fold(digit as u8, |digit, _| TURNED[usize::from(digit)]);
                    DIHEDRAL[usize::from(sum)][usize::from(turned)]
                });
                sum == 0
            }
            CheckDigit::Damm => {
                digits().fold(0_u8, |interim, digit| QUASIGROUP[usize::from(interim)][usize::from(digit)])
                    == 0
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documented_numbers_are_right_and_their_neighbours_are_not() {
        for (check, right, wrong) in [
            (CheckDigit::Luhn, "7992739871-3", "79927398714"),
            (CheckDigit::Gs1, "4006381333931", "4006381333932"),
            (CheckDigit::Mod11, "0-306-40615-2", "0306406153"),
            (CheckDigit::Mod11, "0-8044-2957-X", "0804429561X"),
            (CheckDigit::Mod97, "794 44", "794 45"),
            (CheckDigit::Verhoeff, "2363", "2364"),
            (CheckDigit::Damm, "5724", "5742"),
        ] {
            assert!(check.is_right(right.as_bytes()), "{check:?} {right}");
            assert!(!check.is_right(wrong.as_bytes()), "{check:?} {wrong}");
        }
    }

    #[test]
    fn a_value_without_digits_has_no_check_digit() {
        for check in ["luhn", "gs1", "mod11", "mod97", "verhoeff", "damm"] {
            assert!(!check.parse::<CheckDigit>().unwrap().is_right(b"ABCD"), "{check}");
        }
        assert!("crc".parse::<CheckDigit>().unwrap_err().to_string().contains("verhoeff"));
    }
}
