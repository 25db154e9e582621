//! From a text to the pieces that the model knows, each with its place in the text.

mod byte_pairs;
mod charsmap;
mod normal;
mod read;
mod read_unigram;
mod unigram;
mod word_piece;

pub(crate) use normal::is_mark;
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

/// Whether what stands at `start..end` goes on with the word before it: letters, digits and their marks do, in scripts
/// that put spaces between words.
fn goes_on(text: &str, start: usize, end: usize) -> bool {
    let joins = |c: char| (c.is_alphanumeric() || is_mark(c)) && !normal::is_of_a_script_without_spaces(c);
    let first = text[start..end].chars().next();
    first.is_some_and(joins) && text[..start].chars().next_back().is_some_and(joins)
}

/// The ids that stand around every text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ends {
    pub(crate) first: u32,
    pub(crate) last: u32,
}
