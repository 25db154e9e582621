//! Texts that go through the program: read in pieces, worked on by every core, written in the order of the input.
//!
//! Nothing grows with the input. One thread reads, one per core works, the caller's thread writes. Jobs go round the
//! workers in turn and are written in the same turn, so the order is that of the input without a queue that could
//! grow.

pub(super) mod blocks;
pub(super) mod input;
pub(super) mod output;
pub(super) mod pipeline;
mod progress;
pub(super) mod row;
pub(super) mod rows;

use aside_detect::offsets::Unit;
use clap::ValueEnum;

/// What `start` and `end` count.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Offsets {
    /// Bytes of UTF-8 (Rust, Go)
    Bytes,
    /// Unicode code points (Python)
    Chars,
    /// UTF-16 code units (JavaScript, Java, C#)
    Utf16,
}

impl From<Offsets> for Unit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Bytes => Unit::Bytes,
            Offsets::Chars => Unit::Chars,
            Offsets::Utf16 => Unit::Utf16,
        }
    }
}

/// What the input is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub(super) enum Format {
    /// One JSON object a line, with `id` and `text`
    Jsonl,
    /// One text; values may go on over line breaks
    Text,
}

/// A line that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {number} {why}")]
pub(super) struct BadLine {
    /// From 1.
    pub(super) number: u64,
    /// What is wrong, without a word of the line.
    pub(super) why: &'static str,
}
