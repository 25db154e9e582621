#![doc = include_str!("../README.md")]

pub mod bundle;
mod checkpoint;
mod error;
mod fault;
mod files;
mod frontier;
mod hash;
mod key;
pub mod leaf;
pub mod path;
mod proof;
mod proof_text;
mod tree;
mod verify;

pub use checkpoint::Checkpoint;
pub use error::LedgerError;
pub use fault::Fault;
pub use files::{TileReader, TileWrite, read_entry};
pub use hash::{EMPTY_ROOT, Hash, leaf_hash};
pub use key::LogKey;
pub use proof::{check_consistency, check_inclusion, consistency_proof, inclusion_proof};
pub use proof_text::{Proof, proof_text};
pub use tree::Tree;
pub use verify::{OnEntry, Report, VerifyOptions, verify};

/// The largest tree this crate reads or writes, in entries: 2⁴⁸. At a million entries a second it
/// is reached after nine years; below it no index arithmetic can overflow.
pub const MAX_SIZE: u64 = 1 << 48;
