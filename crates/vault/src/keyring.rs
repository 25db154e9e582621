//! The two random keys of one subject, and how they lie in a table.

use crate::{
    BrandKey, OpenError, Random,
    content::{TextKey, ValueKey, ValueSealer},
    envelope::{self, Binding},
    key::Key,
};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// Two random keys: one for a subject's texts, one for their values.
///
/// They are random and not derived from anything: what is derived can be derived again, and so
/// cannot be destroyed. Destroying every wrapped copy makes everything sealed under them unreadable.
#[derive(ZeroizeOnDrop)]
pub struct Keyring {
    text: Key,
    value: Key,
}

impl Keyring {
    /// Two new random keys.
    pub fn generate(random: &dyn Random) -> Self {
        Self { text: Key::generate(random), value: Key::generate(random) }
    }

    /// Seals both keys under an epoch of the brand's key, for this brand and this keyring id alone.
    pub fn wrap(
        &self,
        brand_key: &BrandKey,
        brand: [u8; 16],
        id: [u8; 16],
        random: &dyn Random,
    ) -> WrappedKeyring {
        let mut keys = Zeroizing::new([0; 64]);
        keys[..32].copy_from_slice(self.text.bytes());
        keys[32..].copy_from_slice(self.value.bytes());
        let parts: [&[u8]; 2] = [&brand, &id];
        let binding = wrapping(&parts, brand_key.epoch());
        WrappedKeyring(envelope::seal(brand_key.key(), &binding, keys.as_slice(), random))
    }

    /// The key that seals and opens texts.
    pub fn text_key(&self) -> TextKey {
        TextKey::new(self.text.duplicate())
    }

    /// Seals values, and cannot open one.
    pub fn value_sealer(&self) -> ValueSealer {
        ValueSealer::new(self.value.duplicate())
    }

    /// The key that opens values. Call it only where every opening is written down first.
    pub fn open_values(&self) -> ValueKey {
        ValueKey::new(self.value.duplicate())
    }
}

/// A keyring sealed under an epoch of its brand's key: what a table stores.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct WrappedKeyring(Vec<u8>);

impl WrappedKeyring {
    /// Bytes of a wrapped keyring: version, epoch, commitment, nonce, two keys, tag.
    pub const LEN: usize = 1 + 4 + 32 + 12 + 64 + 16;

    /// Reads what [`WrappedKeyring::as_bytes`] gave. Length and version are checked here, the rest
    /// when it is unwrapped.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Result<Self, OpenError> {
        let bytes = bytes.into();
        envelope::check_version(&bytes)?;
        if bytes.len() == Self::LEN { Ok(Self(bytes)) } else { Err(OpenError::WrongLength) }
    }

    /// The bytes to store.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The epoch of the brand key that opens it.
    pub fn epoch(&self) -> u32 {
        envelope::epoch_of(&self.0).expect("version and length were checked when it was made")
    }

    /// Opens the keyring.
    pub fn unwrap(&self, brand_key: &BrandKey, brand: [u8; 16], id: [u8; 16]) -> Result<Keyring, OpenError> {
        let parts: [&[u8]; 2] = [&brand, &id];
        let keys = envelope::open(brand_key.key(), &wrapping(&parts, brand_key.epoch()), &self.0)?;
        let (text, value) = keys.split_at_checked(32).ok_or(OpenError::WrongContent)?;
        Ok(Keyring { text: Key::from_slice(text)?, value: Key::from_slice(value)? })
    }

    /// Wraps the same keys under another epoch. What they sealed stays as it is.
    pub fn rewrap(
        &self,
        old: &BrandKey,
        new: &BrandKey,
        brand: [u8; 16],
        id: [u8; 16],
        random: &dyn Random,
    ) -> Result<Self, OpenError> {
        Ok(self.unwrap(old, brand, id)?.wrap(new, brand, id, random))
    }
}

fn wrapping<'a>(parts: &'a [&'a [u8]], epoch: u32) -> Binding<'a> {
    Binding { kind: "keyring", epoch: Some(epoch), parts }
}
