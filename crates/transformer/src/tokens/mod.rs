//! From a text to the pieces that the model knows, each with its place in the text.

mod byte_pairs;
mod normal;
mod read;
mod word_piece;

pub(crate) use read::{Tokeniser, read};

/// A piece of a text that has a number in the model's vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Piece {
    /// Its number.
    pub id: u32,
    /// Its first byte, on a character boundary.
    pub start: usize,
    /// The byte after its last, on a character boundary. Never before `start`; both are the same for a piece that is
    /// nothing but a space.
    pub end: usize,
    /// Whether a word begins here; if not, the piece goes on with the word before it.
    pub begins_word: bool,
}

/// The ids that stand around every text, and the one of what the vocabulary does not know.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    pub(crate) first: u32,
    pub(crate) last: u32,
}
