//! One epoch of a brand's key.

use crate::{
    OpenError, Random, RootKey,
    envelope::{self, Binding},
    key::Key,
};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// One epoch of a brand's key: wraps the keyrings, and seals the brand's own small secrets.
///
/// Rotation makes a new epoch, wraps every living keyring again ([`crate::WrappedKeyring::rewrap`]),
/// seals the small secrets again, and destroys the old epoch. From then on no old copy of a wrapped
/// keyring opens any more, whoever still holds one. So wrapped brand keys must lie apart from the
/// wrapped keyrings, and never in the same backup.
#[derive(ZeroizeOnDrop)]
pub struct BrandKey {
    epoch: u32,
    key: Key,
}

impl BrandKey {
    /// A new random key. Epochs count up; two keys of one brand never share one.
    pub fn generate(epoch: u32, random: &dyn Random) -> Self {
        Self { epoch, key: Key::generate(random) }
    }

    /// The number of this epoch.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Seals this key under the root key, for this brand alone.
    pub fn wrap(&self, root: &RootKey, brand: [u8; 16], random: &dyn Random) -> Vec<u8> {
        envelope::seal(root.key(), &wrapping(&[&brand], self.epoch), self.key.bytes(), random)
    }

    /// Opens what [`BrandKey::wrap`] gave.
    pub fn unwrap(root: &RootKey, brand: [u8; 16], wrapped: &[u8]) -> Result<Self, OpenError> {
        let epoch = envelope::epoch_of(wrapped)?;
        let key = envelope::open(root.key(), &wrapping(&[&brand], epoch), wrapped)?;
        Ok(Self { epoch, key: Key::from_slice(&key)? })
    }

    /// Seals one of the brand's own small secrets, for instance an app secret or a TOTP seed, for
    /// this record and field alone.
    pub fn seal(&self, record: [u8; 16], field: &str, secret: &[u8], random: &dyn Random) -> Vec<u8> {
        envelope::seal(&self.key, &own_secret(&[&record, field.as_bytes()], self.epoch), secret, random)
    }

    /// Opens what [`BrandKey::seal`] gave.
    pub fn open(
        &self,
        record: [u8; 16],
        field: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        envelope::open(&self.key, &own_secret(&[&record, field.as_bytes()], self.epoch), sealed)
    }

    /// The epoch under which a wrapped brand key or a sealed small secret was sealed, so that the
    /// caller can pick the key. It is only believed once the bytes have opened.
    pub fn epoch_of(sealed: &[u8]) -> Result<u32, OpenError> {
        envelope::epoch_of(sealed)
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }
}

fn wrapping<'a>(parts: &'a [&'a [u8]], epoch: u32) -> Binding<'a> {
    Binding { kind: "brand key", epoch: Some(epoch), parts }
}

fn own_secret<'a>(parts: &'a [&'a [u8]], epoch: u32) -> Binding<'a> {
    Binding { kind: "brand secret", epoch: Some(epoch), parts }
}
