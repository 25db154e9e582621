//! Base58 with a checksum of SHA-256 twice: Bitcoin and the coins that came from it; Monero's blocks.

use super::SECRET;
use sha2::{Digest, Sha256};
use sha3::Keccak256;

const BITCOIN: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const RIPPLE: &[u8; 58] = b"rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

/// The longest number that is read: an extended key.
const LONGEST: usize = 82;

const fn values(alphabet: &[u8; 58]) -> [u8; 128] {
    let mut values = [u8::MAX; 128];
    let mut i = 0;
    while i < 58 {
        values[alphabet[i] as usize] = i as u8;
        i += 1;
    }
    values
}

static BITCOIN_VALUES: [u8; 128] = values(BITCOIN);
static RIPPLE_VALUES: [u8; 128] = values(RIPPLE);

/// The bytes that the signs stand for, at the end of the buffer, and where they begin.
fn decode(signs: &[u8], values: &[u8; 128]) -> Option<([u8; LONGEST], usize)> {
    let mut bytes = [0u8; LONGEST];
    let mut start = LONGEST;
    for sign in signs {
        let mut carry = u32::from(*values.get(usize::from(*sign))?);
        if carry > 57 {
            return None;
        }
        for byte in bytes[start..].iter_mut().rev() {
            carry += u32::from(*byte) * 58;
            *byte = (carry & 0xFF) as u8;
            carry >>= 8;
        }
        while carry > 0 {
            start = start.checked_sub(1)?;
            bytes[start] = (carry & 0xFF) as u8;
            carry >>= 8;
        }
    }
    // Each leading sign of value zero is a byte of zeros.
    let zeros = signs.iter().take_while(|sign| values[usize::from(**sign)] == 0).count();
    Some((bytes, start.checked_sub(zeros)?))
}

/// The payload before a right checksum.
fn checked(signs: &[u8], values: &[u8; 128], length: usize) -> Option<[u8; LONGEST]> {
    let (bytes, start) = decode(signs, values)?;
    let whole = &bytes[start..];
    if whole.len() != length {
        return None;
    }
    let (payload, check) = whole.split_last_chunk::<4>()?;
    if Sha256::digest(Sha256::digest(payload))[..4] != check[..] {
        return None;
    }
    let mut shifted = [0; LONGEST];
    shifted[..payload.len()].copy_from_slice(payload);
    Some(shifted)
}

/// The kind of a word that begins like one of the coins' addresses or keys and has a right checksum.
pub(super) fn kind(word: &[u8]) -> Option<&'static str> {
    let first = word[0];
    match word.len() {
        51 | 52 if matches!(first, b'5' | b'K' | b'L' | b'9' | b'c') => {
            let length = if word.len() == 51 { 37 } else { 38 };
            let payload = checked(word, &BITCOIN_VALUES, length)?;
            matches!(payload[0], 0x80 | 0xEF).then_some(SECRET)
        }
        111 => {
            let private = matches!(&word[1..4], b"prv");
            let public = matches!(&word[1..4], b"pub");
            (private || public).then_some(())?;
            checked(word, &BITCOIN_VALUES, 82)?;
            Some(if private { SECRET } else { "btc" })
        }
        35 if first == b't' => {
            let payload = checked(word, &BITCOIN_VALUES, 26)?;
            matches!(payload[..2], [0x1C, 0xB8 | 0xBD]).then_some("zec")
        }
        25..=36 if first == b'r' => (checked(word, &RIPPLE_VALUES, 25)?[0] == 0).then_some("xrp"),
        25..=36
            if matches!(
                first,
                b'1' | b'3' | b'm' | b'n' | b'2' | b'L' | b'M' | b'D' | b'A' | b'9' | b'X' | b'7' | b'T'
            ) =>
        {
            match checked(word, &BITCOIN_VALUES, 25)?[0] {
                0x00 | 0x05 | 0x6F | 0xC4 => Some("btc"),
                0x30 | 0x32 => Some("ltc"),
                0x1E | 0x16 => Some("doge"),
                0x4C | 0x10 => Some("dash"),
                0x41 => Some("trx"),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether the word stands for 32 bytes, as Solana's addresses do; they have no checksum.
pub(super) fn is_key_of_32_bytes(word: &[u8]) -> bool {
    let mixed = word.iter().any(u8::is_ascii_lowercase) && word.iter().any(u8::is_ascii_uppercase);
    mixed && decode(word, &BITCOIN_VALUES).is_some_and(|(_, start)| LONGEST - start == 32)
}

/// A standard (95 signs) or integrated (106 signs) Monero address: blocks of eleven signs for eight bytes, the
/// last of seven for five; the last four bytes are a Keccak-256 of the others.
pub(super) fn is_monero(word: &[u8]) -> bool {
    let mut bytes = [0u8; 77];
    let mut length = 0;
    for block in word.chunks(11) {
        let size = if block.len() == 11 { 8 } else { 5 };
        let Some((decoded, _)) = decode_block(block, size) else { return false };
        bytes[length..length + size].copy_from_slice(&decoded[8 - size..]);
        length += size;
    }
    let Some((payload, check)) = bytes[..length].split_last_chunk::<4>() else { return false };
    matches!(payload[0], 18 | 19 | 42) && Keccak256::digest(payload)[..4] == check[..]
}

fn decode_block(signs: &[u8], size: usize) -> Option<([u8; 8], usize)> {
    let mut value = 0u128;
    for sign in signs {
        let digit = *BITCOIN_VALUES.get(usize::from(*sign))?;
        if digit > 57 {
            return None;
        }
        value = value * 58 + u128::from(digit);
    }
    (value >> (8 * size) == 0).then(|| ((value as u64).to_be_bytes(), size))
}
