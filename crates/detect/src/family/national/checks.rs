//! Arithmetic of check digits and dates that several countries share.
//!
//! Every function takes the characters of a number without separators: ASCII digits and capital
//! letters.

pub(super) use crate::family::luhn::is_right as luhn;

/// The value of a digit, and of a letter counted from A = 10.
pub(super) fn value(sign: u8) -> u32 {
    match sign {
        b'0'..=b'9' => u32::from(sign - b'0'),
        b'A'..=b'Z' => u32::from(sign - b'A') + 10,
        _ => 0,
    }
}

/// The value of the sign at `i`.
pub(super) fn at(signs: &[u8], i: usize) -> u32 {
    signs.get(i).map_or(0, |sign| value(*sign))
}

/// The number that at most nine digits write.
pub(super) fn number(digits: &[u8]) -> u32 {
    digits.iter().take(9).fold(0, |n, d| n * 10 + value(*d))
}

/// The sum of every sign's value times its weight.
pub(super) fn weighted(signs: &[u8], weights: &[u32]) -> u32 {
    signs.iter().zip(weights).map(|(sign, weight)| value(*sign) * weight).sum()
}

/// What is left of a number of any length after division.
pub(super) fn remainder(digits: &[u8], modulus: u32) -> u32 {
    digits.iter().fold(0, |rest, d| (rest * 10 + value(*d)) % modulus)
}

/// What must be added to reach the next multiple: `modulus` itself counts as 0.
pub(super) fn up_to(sum: u32, modulus: u32) -> u32 {
    (modulus - sum % modulus) % modulus
}

/// ISO/IEC 7064 MOD 11,10 (one digit).
pub(super) fn mod_11_10(digits: &[u8]) -> bool {
    let Some((last, rest)) = digits.split_last() else { return false };
    let product = rest.iter().fold(10, |product, d| {
        let sum = (product + value(*d)) % 10;
        (if sum == 0 { 10 } else { sum }) * 2 % 11
    });
    (11 - product) % 10 == value(*last)
}

/// Verhoeff's check digit, the last one (J. Verhoeff, Error Detecting Decimal Codes, 1969).
pub(super) fn verhoeff(digits: impl DoubleEndedIterator<Item = u8>) -> bool {
    const fn multiply(a: u32, b: u32) -> u32 {
        // The group of the turns and flips of a pentagon.
        match (a < 5, b < 5) {
            (true, true) => (a + b) % 5,
            (true, false) => (a + b) % 5 + 5,
            (false, true) => (a + 5 - b) % 5 + 5,
            (false, false) => (a + 5 - b) % 5,
        }
    }
    const TURN: [u32; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let rest = digits.rev().enumerate().fold(0, |rest, (i, d)| {
        let turned = (0..i % 8).fold(value(d), |n, _| TURN[n as usize]);
        multiply(rest, turned)
    });
    rest == 0
}

/// The check digit of travel documents: weights 7, 3, 1 (ICAO Doc 9303 part 3, 4.9). A filler
/// counts as 0.
pub(super) fn icao(signs: &[u8]) -> u32 {
    signs.iter().zip([7, 3, 1].iter().cycle()).map(|(sign, weight)| value(*sign) * weight).sum::<u32>() % 10
}

/// Whether every sign is the same.
pub(super) fn all_same(signs: &[u8]) -> bool {
    signs.iter().all(|sign| *sign == signs[0])
}

/// Whether the calendar has the day. A year of two digits may be of any century.
pub(super) fn is_day(year: u32, month: u32, day: u32) -> bool {
    let leap = if year < 100 {
        year.is_multiple_of(4)
    } else {
        year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
    };
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=last).contains(&day)
}

/// Whether six digits are a day written year, month, day.
pub(super) fn is_ymd(digits: &[u8]) -> bool {
    digits.len() >= 6 && is_day(number(&digits[..2]), number(&digits[2..4]), number(&digits[4..6]))
}

/// Whether six digits are a day written day, month, year.
pub(super) fn is_dmy(digits: &[u8]) -> bool {
    digits.len() >= 6 && is_day(number(&digits[4..6]), number(&digits[2..4]), number(&digits[..2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_standards_come_out_right() {
        assert!(mod_11_10(b"07945"), "ISO/IEC 7064");
        assert!(verhoeff(b"2363".iter().copied()) && !verhoeff(b"2364".iter().copied()));
        assert_eq!(icao(b"520727"), 3, "ICAO Doc 9303 part 3");
        assert_eq!(icao(b"AB2134<<<"), 5, "ICAO Doc 9303 part 3");
    }

    #[test]
    fn every_swap_of_neighbours_breaks_verhoeff() {
        let right = *b"234567890124";
        assert!(verhoeff(right.iter().copied()));
        for i in 0..right.len() - 1 {
            let mut swapped = right;
            swapped.swap(i, i + 1);
            assert!(swapped == right || !verhoeff(swapped.iter().copied()), "{i}");
        }
    }

    #[test]
    fn days_follow_the_calendar() {
        assert!(is_ymd(b"000229") && is_ymd(b"240229") && !is_ymd(b"230229"));
        assert!(is_dmy(b"311299") && !is_dmy(b"310499") && !is_dmy(b"000199"));
        assert!(!is_day(1900, 2, 29) && is_day(2000, 2, 29));
    }
}
