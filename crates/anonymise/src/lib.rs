#![doc = include_str!("../README.md")]

mod anonymised;
mod anonymiser;
mod canonical;
mod date;
mod hash;
mod key;
mod operator;
mod policy;
mod pseudonym;
mod token;

pub use anonymised::{Anonymised, Item, Mapping, NotItsMapping, Opened, Unopened};
pub use anonymiser::{Anonymiser, BadSpans, NeedsKey};
pub use aside_vault::Random;
pub use key::{Key, NotAKey};
pub use operator::{Encoding, Encrypt, Hash, Mask, NotAnOperator, Operator};
pub use policy::{NotATarget, Policy, Target};
