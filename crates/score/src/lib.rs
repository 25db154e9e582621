#![doc = include_str!("../README.md")]

pub mod corpus;
mod corpus_scores;
mod kept;
mod mark;
pub mod ours;
pub mod public_sets;
mod scheme;
mod tally;

pub use corpus_scores::{CorpusScores, texts};
pub use kept::{Kept, NotATally};
pub use mark::{IGNORE, Labelled, MarkError, Marked};
pub use scheme::Scheme;
pub use tally::{Count, Mistake, Scores, Tally, score};
