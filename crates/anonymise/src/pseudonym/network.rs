//! Addresses of machines, in ranges for documentation.

use super::Dice;

/// RFC 5737.
pub(super) fn ipv4(dice: &mut Dice<'_>) -> String {
    let network = dice.pick(&["192.0.2", "198.51.100", "203.0.113"]);
    format!("{network}.{}", dice.roll(256))
}

/// RFC 3849.
pub(super) fn ipv6(dice: &mut Dice<'_>) -> String {
    format!("2001:db8:{:x}:{:x}::{:x}", dice.roll(65_536), dice.roll(65_536), dice.roll(65_535) + 1)
}

/// RFC 7042, with the value's separator.
pub(super) fn mac(value: &str, dice: &mut Dice<'_>) -> String {
    let separator = value.chars().find(|c| !c.is_ascii_hexdigit()).map(String::from).unwrap_or_default();
    let last = format!("{:02X}", dice.roll(256));
    ["00", "00", "5E", "00", "53", &last].join(&separator)
}

/// RFC 2606.
pub(super) fn url(dice: &mut Dice<'_>) -> String {
    format!("https://example.com/{}", dice.word(5))
}

/// RFC 2606.
pub(super) fn domain(dice: &mut Dice<'_>) -> String {
    format!("{}.example", dice.word(5))
}
