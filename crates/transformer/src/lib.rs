#![doc = include_str!("../README.md")]

mod config;
mod encoder;
mod entity;
mod error;
mod folder;
mod labels;
mod layer;
mod tokens;
mod transformer;
mod weights;
mod window;

pub use error::LoadError;
pub use tokens::Piece;
pub use transformer::Transformer;
