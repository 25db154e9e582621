//! Numbers with check digits.

use super::{Dice, shape::same_shape};

/// A card number of the same length and grouping. With a wrong Luhn digit it can be nobody's; with a right one it is
/// of a range that payment companies document for tests (400000, and 378282 with fifteen digits).
pub(super) fn card(value: &str, valid: bool, dice: &mut Dice<'_>) -> String {
    let length = value.chars().filter(char::is_ascii_digit).count();
    if length < 8 {
        return same_shape(value, dice);
    }
    let mut digits: Vec<u8> = (0..length).map(|_| dice.digit()).collect();
    let begin: &[u8] = match (valid, length) {
        (true, 15) => &[3, 7, 8, 2, 8, 2],
        (true, _) => &[4, 0, 0, 0, 0, 0],
        // The first digit says whose network it is, and nothing else.
        (false, _) => &[value.bytes().find(u8::is_ascii_digit).unwrap_or(b'4') - b'0'],
    };
    digits[..begin.len()].copy_from_slice(begin);
    digits[length - 1] = 0;
    let sum: u32 = digits.iter().rev().enumerate().map(|(at, digit)| luhn(*digit, at % 2 == 1)).sum();
    let right = ((10 - sum % 10) % 10) as u8;
    digits[length - 1] = if valid { right } else { (right + 1 + dice.roll(9) as u8) % 10 };
    fill(value, &digits)
}

fn luhn(digit: u8, doubled: bool) -> u32 {
    let digit = u32::from(digit);
    match (doubled, digit * 2) {
        (false, _) => digit,
        (true, twice) if twice > 9 => twice - 9,
        (true, twice) => twice,
    }
}

/// An account of the same country and form: letters for letters, digits for digits, check digits modulo 97 wrong or
/// right.
pub(super) fn iban(value: &str, valid: bool, dice: &mut Dice<'_>) -> String {
    let compact: Vec<char> = value.chars().filter(char::is_ascii_alphanumeric).collect();
    if compact.len() < 8 || !compact[..2].iter().all(char::is_ascii_alphabetic) {
        return same_shape(value, dice);
    }
    let made_up = same_shape(&compact[4..].iter().collect::<String>(), dice);
    let country: String = compact[..2].iter().collect();
    let right = 98 - mod_97(&format!("{made_up}{country}00"));
    // Check digits lie between 02 and 98.
    let check = if valid { right } else { 2 + (right - 2 + 1 + dice.roll(95) as u32) % 97 };
    let all = format!("{country}{check:02}{made_up}");
    let mut letters = all.chars();
    value.chars().map(|c| if c.is_ascii_alphanumeric() { letters.next().unwrap_or('0') } else { c }).collect()
}

fn mod_97(text: &str) -> u32 {
    text.chars()
        .filter_map(|c| c.to_digit(36))
        .fold(0, |rest, n| (rest * if n > 9 { 100 } else { 10 } + n) % 97)
}

/// Area 666 has never been given out (SSA, POMS RM 10201.035).
pub(super) fn us_ssn(value: &str, dice: &mut Dice<'_>) -> String {
    let count = value.chars().filter(char::is_ascii_digit).count();
    let mut digits: Vec<u8> = (0..count).map(|_| dice.digit()).collect();
    if let Some(area) = digits.get_mut(..3) {
        area.fill(6);
    }
    fill(value, &digits)
}

/// The digits in the places of the value's digits; whatever else it has stays.
fn fill(value: &str, digits: &[u8]) -> String {
    let mut digits = digits.iter();
    value
        .chars()
        .map(|c| if c.is_ascii_digit() { digits.next().map_or('0', |d| char::from(b'0' + d)) } else { c })
        .collect()
}
