//! The key above all keys.

use crate::{
    Random, Raw,
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

    pub(crate) fn from_key(key: Key) -> Self {
        Self(key)
    }

    pub(crate) fn key(&self) -> &Key {
        &self.0
    }
}
