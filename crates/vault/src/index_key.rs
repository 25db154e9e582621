//! Finding a value again without opening it.

use crate::{
    OpenError, Random, RootKey,
    envelope::{self, Binding, VERSION, push_part},
    key::Key,
};
use aws_lc_rs::hmac;
use zeroize::ZeroizeOnDrop;

/// The key of one brand's blind indexes.
///
/// It is random and stands beside the brand key's epochs, not below them, so that indexes survive a
/// rotation. An index shows whoever can read the table which records hold the same value in the
/// same field, and how often each occurs. Whoever can also have values indexed can try candidates:
/// for a field with few possible values that is as good as reading it. Index only what must be
/// searched, and nothing of low entropy.
#[derive(ZeroizeOnDrop)]
pub struct IndexKey(Key);

impl IndexKey {
    /// A new random key.
    pub fn generate(random: &dyn Random) -> Self {
        Self(Key::generate(random))
    }

    /// Seals this key under the root key, for this brand alone.
    pub fn wrap(&self, root: &RootKey, brand: [u8; 16], random: &dyn Random) -> Vec<u8> {
        envelope::seal(root.key(), &wrapping(&[&brand]), self.0.bytes(), random)
    }

    /// Opens what [`IndexKey::wrap`] gave.
    pub fn unwrap(root: &RootKey, brand: [u8; 16], wrapped: &[u8]) -> Result<Self, OpenError> {
        let key = envelope::open(root.key(), &wrapping(&[&brand]), wrapped)?;
        Ok(Self(Key::from_slice(&key)?))
    }

    /// The blind index of a value: HMAC-SHA256 over version, field and value, each with its length.
    ///
    /// Equal values give equal indexes, so normalise first (`jane@example.com`, digits only).
    pub fn index(&self, field: &str, value: &[u8]) -> [u8; 32] {
        let mut prefix = b"aside-vault index".to_vec();
        prefix.push(VERSION);
        push_part(&mut prefix, field.as_bytes());
        prefix.extend_from_slice(&(value.len() as u64).to_be_bytes());
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, self.0.bytes()));
        context.update(&prefix);
        // The value goes straight in, so that no copy of it has to be cleared.
        context.update(value);
        context.sign().as_ref().try_into().expect("HMAC-SHA256 gives 32 bytes")
    }
}

fn wrapping<'a>(parts: &'a [&'a [u8]]) -> Binding<'a> {
    Binding { kind: "index key", epoch: None, parts }
}
