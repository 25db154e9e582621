#![doc = include_str!("../README.md")]

mod decode;
mod doubt;
mod feature;
mod fold;
mod hash;
mod label;
mod lexicon;
mod likeness;
mod look;
mod model;
mod token;
#[cfg(feature = "train")]
pub mod train;

pub use decode::{Entity, Names};
pub use label::Label;
