//! Keyed hashes.

use crate::{
    canonical::canonical,
    key::sign,
    operator::{Encoding, Hash},
};
use aws_lc_rs::hmac;

/// RFC 4648, in lower case.
const BASE32: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// HMAC-SHA-256 of kind and value. The same value has the same hash however it is spelled.
pub(crate) fn hash(key: &hmac::Key, how: Hash, kind: &str, value: &str) -> String {
    let tag = sign(key, &[kind.as_bytes(), canonical(kind, value).as_bytes()]);
    let mut text = match how.encoding {
        Encoding::Hex => hex::encode(tag),
        Encoding::Base32 => base32(&tag),
    };
    if let Some(length) = how.length {
        text.truncate(usize::from(length));
    }
    text
}

fn base32(bytes: &[u8]) -> String {
    let (mut text, mut bits, mut held) = (String::with_capacity(bytes.len() * 8 / 5 + 1), 0_u32, 0_u32);
    for byte in bytes {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        while held >= 5 {
            held -= 5;
            text.push(char::from(BASE32[(bits >> held) as usize & 31]));
        }
        bits &= (1 << held) - 1;
    }
    if held > 0 {
        text.push(char::from(BASE32[(bits << (5 - held)) as usize & 31]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Key, Purpose};

    #[test]
    fn base32_is_that_of_rfc_4648() {
        for (bytes, text) in [("", ""), ("f", "my"), ("fo", "mzxq"), ("foobar", "mzxw6ytboi")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_hash_depends_on_key_kind_and_value_and_not_on_spelling() {
        let how = Hash { encoding: Encoding::Hex, length: None };
        let key = |byte| Key::new([byte; 32]).hashing(Purpose::Hash);
        let one = hash(&key(1), how, "card", "4111 1111 1111 1111");
        assert_eq!(one.len(), 64);
        assert_eq!(one, hash(&key(1), how, "card", "4111111111111111"));
        assert_ne!(one, hash(&key(2), how, "card", "4111111111111111"));
        assert_ne!(one, hash(&key(1), how, "iban", "4111111111111111"));
        assert_ne!(one, hash(&key(1), how, "card", "4111111111111112"));
        let short = Hash { encoding: Encoding::Base32, length: Some(20) };
        assert_eq!(hash(&key(1), short, "card", "4111111111111111").len(), 20);
    }
}
