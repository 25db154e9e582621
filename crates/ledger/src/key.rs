//! The key that signs a log's checkpoints: Ed25519, as C2SP `signed-note` encodes it.

use crate::LedgerError;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::prelude::{BASE64_STANDARD, Engine};
use std::fmt;
use zeroize::Zeroizing;

/// The algorithm byte of Ed25519 note signatures.
const ED25519: u8 = 1;

const PREFIX: &str = "PRIVATE+KEY+";

/// A log's signing key. Its name is the log's origin, so no key speaks for two logs.
///
/// It has no `Clone`, and `Debug` shows its name alone; the bytes that leave it wipe themselves.
pub struct LogKey {
    name: String,
    seed: Zeroizing<[u8; 32]>,
    pair: Ed25519KeyPair,
}

impl LogKey {
    /// A new key from 32 random bytes, which `fill` must take from a cryptographic source.
    ///
    /// The name is the log's origin, by custom a URL without its scheme (`example.com/log`): not empty,
    /// at most 255 bytes, without spaces, control characters and `+`.
    pub fn generate(name: &str, fill: &mut dyn FnMut(&mut [u8])) -> Result<Self, LedgerError> {
        let mut seed = Zeroizing::new([0; 32]);
        fill(seed.as_mut_slice());
        Self::from_seed(name, seed)
    }

    fn from_seed(name: &str, seed: Zeroizing<[u8; 32]>) -> Result<Self, LedgerError> {
        let valid = signed_note::is_key_name_valid(name) && !name.contains(char::is_control);
        if !valid || name.len() > 255 {
            return Err(LedgerError::malformed("the key's name", "empty, too long, or with a space or `+`"));
        }
        let pair = Ed25519KeyPair::from_seed_unchecked(seed.as_slice())
            .map_err(|_| LedgerError::malformed("the signing key", "not an Ed25519 seed"))?;
        Ok(Self { name: name.to_owned(), seed, pair })
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote, or any Ed25519 signer key of Go's
    /// `golang.org/x/mod/sumdb/note`.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LedgerError> {
        let malformed = |what| LedgerError::malformed("the signing key", what);
        let text = std::str::from_utf8(bytes).map_err(|_| malformed("not text"))?;
        let rest = text.strip_prefix(PREFIX).ok_or_else(|| malformed("does not begin as one"))?;
        let mut parts = rest.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(malformed("does not have its five parts"));
        };
        let key = BASE64_STANDARD.decode(key).map(Zeroizing::new).map_err(|_| malformed("not base64"))?;
        let Some((&ED25519, seed)) = key.split_first() else {
            return Err(malformed("of an unknown algorithm"));
        };
        let seed = <[u8; 32]>::try_from(seed).map_err(|_| malformed("not 32 bytes"))?;
        let key = Self::from_seed(name, Zeroizing::new(seed))?;
        if id != format!("{:08x}", key.id()) {
            return Err(malformed("its id is that of another key"));
        }
        Ok(key)
    }

    /// The key as text: `PRIVATE+KEY+name+id+base64`. Whoever has it can sign for the log.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut key = Zeroizing::new([ED25519; 33]);
        key[1..].copy_from_slice(self.seed.as_slice());
        // Room for 33 bytes in base64, so that no half-written copy is left behind by growing.
        let head = format!("{PREFIX}{}+{:08x}+", self.name, self.id());
        let mut bytes = Zeroizing::new(vec![0; head.len() + 44]);
        bytes[..head.len()].copy_from_slice(head.as_bytes());
        let written = BASE64_STANDARD.encode_slice(key.as_slice(), &mut bytes[head.len()..]);
        debug_assert_eq!(written, Ok(44));
        bytes
    }

    /// The verifier key (vkey), for everybody to know: `name+id+base64`.
    pub fn verifier(&self) -> String {
        format!("{}+{:08x}+{}", self.name, self.id(), BASE64_STANDARD.encode(self.encoded_public()))
    }

    /// The name of the key, which is the origin of its log.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn id(&self) -> u32 {
        signed_note::key_id(&self.name, &self.encoded_public())
    }

    pub(crate) fn sign(&self, text: &[u8]) -> Vec<u8> {
        self.pair.sign(text).as_ref().to_vec()
    }

    fn encoded_public(&self) -> Vec<u8> {
        [&[ED25519], self.pair.public_key().as_ref()].concat()
    }
}

impl fmt::Debug for LogKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogKey").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example key of `signed_note` and of Go's note package.
    const PETER: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    #[test]
    fn the_example_key_is_read_and_written_back() {
        let key = LogKey::from_bytes(PETER.as_bytes()).unwrap();
        assert_eq!(key.verifier(), "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
        assert_eq!(key.to_bytes().as_slice(), PETER.as_bytes());
        assert_eq!(format!("{key:?}"), "LogKey { name: \"PeterNeumann\", .. }");
    }

    #[test]
    fn a_new_key_comes_from_the_callers_randomness_alone() {
        let new = || LogKey::generate("example.com/log", &mut |bytes| bytes.fill(9)).unwrap();
        assert_eq!(new().to_bytes(), new().to_bytes());
        assert_eq!(LogKey::from_bytes(&new().to_bytes()).unwrap().verifier(), new().verifier());
    }

    #[test]
    fn a_name_that_would_break_the_note_is_refused() {
        for name in ["", "a b", "a+b", "a\nb", "a\u{1}b", "a\u{2003}b", &"a".repeat(256)] {
            assert!(LogKey::generate(name, &mut |_| ()).is_err(), "{name:?}");
        }
    }

    #[test]
    fn a_damaged_key_is_refused() {
        for position in 0..PETER.len() {
            let mut damaged = PETER.as_bytes().to_vec();
            damaged[position] ^= 1;
            assert!(LogKey::from_bytes(&damaged).is_err(), "byte {position}");
            assert!(LogKey::from_bytes(&PETER.as_bytes()[..position]).is_err(), "cut at {position}");
        }
    }
}
