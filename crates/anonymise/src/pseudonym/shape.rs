//! Letters for letters, digits for digits.

use super::Dice;

/// The value with every letter and digit changed for another one of its sort.
pub(super) fn same_shape(value: &str, dice: &mut Dice<'_>) -> String {
    value
        .chars()
        .map(|c| match c {
            c if c.is_numeric() => char::from(b'0' + dice.digit()),
            c if c.is_uppercase() => char::from(b'A' + dice.roll(26) as u8),
            c if c.is_alphabetic() => char::from(b'a' + dice.roll(26) as u8),
            c => c,
        })
        .collect()
}
