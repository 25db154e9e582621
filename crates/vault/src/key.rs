//! Thirty-two secret bytes, the stuff of every key here.

use crate::{Random, error::OpenError};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// Boxed, so that moving a key copies a pointer and leaves no bytes behind on the stack.
pub(crate) struct Key(Box<[u8; 32]>);

impl Key {
    pub(crate) fn generate(random: &dyn Random) -> Self {
        let mut key = Self::zero();
        random.fill(key.0.as_mut_slice());
        key
    }

    pub(crate) fn zero() -> Self {
        Self(Box::new([0; 32]))
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Result<Self, OpenError> {
        if bytes.len() != 32 {
            return Err(OpenError::WrongContent);
        }
        let mut key = Self::zero();
        key.0.copy_from_slice(bytes);
        Ok(key)
    }

    pub(crate) fn duplicate(&self) -> Self {
        let mut key = Self::zero();
        key.0.copy_from_slice(self.bytes());
        key
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        self.0.as_mut_slice()
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for Key {}
