#![doc = include_str!("../README.md")]

mod brand_key;
mod content;
pub mod drop_box;
mod envelope;
mod error;
mod guarantees;
mod index_key;
mod key;
mod key_file;
mod keyring;
mod mask;
mod place;
mod random;
mod raw;
mod root_key;
mod secret;

pub use brand_key::BrandKey;
pub use content::{TextKey, ValueKey, ValueSealer};
pub use drop_box::DropBoxKey;
pub use error::{OpenError, SealError};
pub use index_key::IndexKey;
pub use key_file::KeyFileError;
pub use keyring::{Keyring, WrappedKeyring};
pub use mask::mask;
pub use place::Place;
pub use random::Random;
pub use raw::Raw;
pub use root_key::RootKey;
pub use secret::{Secret, digests_match};
pub use zeroize::Zeroizing;
