//! The key above all keys.

use crate::{
    Random, Raw, envelope,
    key::Key,
    key_file::{self, KeyFileError},
};
use aws_lc_rs::digest;
use std::fmt::Write;
use zeroize::ZeroizeOnDrop;

/// The key above all keys: wraps every brand key and every index key.
///
/// Whoever holds it and the wrapped brand keys opens everything; whoever loses it has lost
/// everything. Keep a copy in escrow, and compare fingerprints before relying on it.
#[derive(ZeroizeOnDrop)]
pub struct RootKey(Key);

impl RootKey {
    /// A new random key.
    pub fn generate(random: &dyn Random) -> Self {
        Self(Key::generate(random))
    }

    /// The key as a small text file, sealed by the passphrase if there is one.
    ///
    /// With a passphrase this takes Argon2id with 64 MiB of memory and three passes, about 0.15 s
    /// of one core. Without one, the file *is* the key: whoever reads it has it.
    pub fn to_file(&self, passphrase: Option<&Raw>, random: &dyn Random) -> Vec<u8> {
        key_file::write(self, passphrase, random)
    }

    /// Reads a key file. The file may be anything: it is refused when it is larger than 4 KiB or
    /// asks Argon2id for more than 256 MiB, 16 passes or 4 lanes.
    pub fn from_file(file: &[u8], passphrase: Option<&Raw>) -> Result<Self, KeyFileError> {
        key_file::read(file, passphrase)
    }

    /// A short name of the key, by which people compare an escrow copy: `1f09-8a3c-52d7-e6b4`, the
    /// first eight bytes of a SHA-256. It tells nothing about the key and stands in the file.
    pub fn fingerprint(&self) -> String {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(b"aside-vault root key fingerprint\x01");
        context.update(self.0.bytes());
        let mut fingerprint = String::new();
        for (index, byte) in context.finish().as_ref()[..8].iter().enumerate() {
            let separator = if index > 0 && index % 2 == 0 { "-" } else { "" };
            write!(fingerprint, "{separator}{byte:02x}").expect("writing to a String cannot fail");
        }
        fingerprint
    }

    /// A secret for a purpose that seals nothing, for instance for signing the tokens of forms: the same for
    /// every process that holds the key, another one for every purpose, and no way back to the key.
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        let derived = envelope::derive(&self.0, "purpose", purpose.as_bytes());
        derived.bytes().try_into().expect("a key has 32 bytes")
    }

    pub(crate) fn from_key(key: Key) -> Self {
        Self(key)
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_for_a_purpose_is_the_same_for_whoever_holds_the_key_and_another_for_each_purpose() {
        let key = |byte| RootKey::from_key(Key::from_slice(&[byte; 32]).unwrap());
        assert_eq!(key(1).secret_for("forms"), key(1).secret_for("forms"));
        assert_ne!(key(1).secret_for("forms"), key(1).secret_for("others"));
        assert_ne!(key(1).secret_for("forms"), key(2).secret_for("forms"));
        assert_ne!(key(1).secret_for("forms"), [1; 32]);
    }
}
