//! The caller's key, and the keys that are derived from it.

use aws_lc_rs::hmac;
use std::fmt;
use zeroize::ZeroizeOnDrop;

/// 32 bytes that the caller keeps secret: whoever has them opens encrypted values, and can try out which value
/// a hash or a made-up value stands for.
///
/// It cannot be printed, and clears itself when dropped. Operators use it only by way of keys derived from it, one
/// for each purpose, so that what one operator writes says nothing about another's.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Key([u8; 32]);

/// The text is not a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a key is 32 bytes, written as 64 hexadecimal digits")]
pub struct NotAKey;

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

/// What a derived key is for.
#[derive(Clone, Copy)]
pub(crate) enum Purpose {
    Hash,
    Token,
    Dates,
    Pseudonym,
}

impl Key {
    /// A key of 32 bytes from a source of randomness that nobody can predict.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads 64 hexadecimal digits; spaces and line breaks around them do not count.
    pub fn from_hex(text: &str) -> Result<Self, NotAKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| NotAKey)?;
        Ok(Self(bytes))
    }

    /// HMAC-SHA-256 of the purpose's name under this key.
    pub(crate) fn derive(&self, purpose: Purpose) -> [u8; 32] {
        let name: &[u8] = match purpose {
            Purpose::Hash => b"aside anonymise v1: hash",
            Purpose::Token => b"aside anonymise v1: token",
            Purpose::Dates => b"aside anonymise v1: dates",
            Purpose::Pseudonym => b"aside anonymise v1: pseudonym",
        };
        sign(&hmac::Key::new(hmac::HMAC_SHA256, &self.0), &[name])
    }

    /// A keyed hash for one purpose.
    pub(crate) fn hashing(&self, purpose: Purpose) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, &self.derive(purpose))
    }
}

/// HMAC-SHA-256 over the parts, each behind its length, so that no two lists of parts are the same bytes.
pub(crate) fn sign(key: &hmac::Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
    let mut tag = [0; 32];
    tag.copy_from_slice(context.sign().as_ref());
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_from_hex_and_never_printed() {
        let key = Key::from_hex(&format!(" {}\n", "0a".repeat(32))).unwrap();
        assert_eq!(format!("{key:?}"), "Key");
        assert_eq!(key.0, [10; 32]);
        for text in ["", "0a", &"0a".repeat(33), &"zz".repeat(32)] {
            assert_eq!(Key::from_hex(text).unwrap_err(), NotAKey);
        }
    }

    #[test]
    fn every_purpose_has_a_key_of_its_own() {
        let key = Key::new([7; 32]);
        let keys = [Purpose::Hash, Purpose::Token, Purpose::Dates, Purpose::Pseudonym].map(|p| key.derive(p));
        for (i, one) in keys.iter().enumerate() {
            assert!(keys[i + 1..].iter().all(|other| other != one));
        }
    }
}
