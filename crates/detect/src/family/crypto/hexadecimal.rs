//! Ethereum's addresses: 40 hexadecimal digits whose upper and lower case is a checksum (EIP-55).

use super::Coin;
use sha3::{Digest, Keccak256};

/// The digits behind "0x": proven by their case, possible if they have one case, nothing otherwise.
pub(super) fn ethereum(digits: &[u8]) -> Option<Coin> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let upper = digits.iter().any(u8::is_ascii_uppercase);
    let lower = digits.iter().any(u8::is_ascii_lowercase);
    let proven = upper && lower;
    if proven && !is_right(digits) {
        return None;
    }
    // Forty zeros are nobody's.
    let various = digits.iter().any(|d| *d != digits[0]);
    various.then_some(Coin { before: 0, kind: "eth", proven })
}

fn is_right(digits: &[u8]) -> bool {
    let hash = Keccak256::digest(digits.to_ascii_lowercase());
    digits.iter().enumerate().filter(|(_, digit)| digit.is_ascii_alphabetic()).all(|(i, digit)| {
        let half = if i % 2 == 0 { hash[i / 2] >> 4 } else { hash[i / 2] & 15 };
        digit.is_ascii_uppercase() == (half > 7)
    })
}
