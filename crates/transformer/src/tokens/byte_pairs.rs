//! Byte-level byte pairs: words are cut as GPT-2 cuts them, and their bytes joined pair by pair, the pair that was learned
//! first before all others.

use super::{Piece, goes_on};
use std::collections::HashMap;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// How many bytes are joined at most: longer runs are cut, which bounds the time that joining takes.
const LONGEST: usize = 256;

/// A vocabulary of byte sequences, and how they are joined.
pub(crate) struct BytePairs {
    /// The piece of each single byte.
    pub(crate) bytes: Box<[u32; 256]>,
    /// What two pieces become, and how early that was learned.
    pub(crate) merges: HashMap<(u32, u32), (u32, u32)>,
    /// Whether a text is read as if a space stood before it.
    pub(crate) space_first: bool,
}

/// What may stand together in a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Space,
    Letter,
    Number,
    Other,
}

impl BytePairs {
    /// Appends the pieces of the next run of letters, numbers, signs or spaces, and moves `at` behind it; `false` at the
    /// end of the text. Takes time linear in the run's length.
    pub(crate) fn next(&self, text: &str, at: &mut usize, pieces: &mut Vec<Piece>) -> bool {
        if *at == text.len() {
            return false;
        }
        let (start, end) = (*at, *at + run(&text[*at..]));
        *at = end;
        let lead = self.space_first && start == 0 && !text.starts_with(char::is_whitespace);
        let mut ids: Vec<(u32, usize)> = Vec::new();
        if lead {
            ids.push((self.bytes[usize::from(b' ')], start));
        }
        ids.extend(
            text[start..end].bytes().enumerate().map(|(i, b)| (self.bytes[usize::from(b)], start + i)),
        );
        self.join(&mut ids);
        for (i, (id, from)) in ids.iter().enumerate() {
            let to = ids.get(i + 1).map_or(end, |(_, next)| *next);
            pieces.push(piece(text, *id, *from, to));
        }
        true
    }

    /// Joins pieces, each with its first byte, until nothing can be joined.
    fn join(&self, ids: &mut Vec<(u32, usize)>) {
        loop {
            let pairs = ids.windows(2).enumerate();
            let best = pairs
                .filter_map(|(i, pair)| self.merges.get(&(pair[0].0, pair[1].0)).map(|merge| (*merge, i)))
                .min();
            let Some(((_, joined), i)) = best else { return };
            ids[i].0 = joined;
            ids.remove(i + 1);
        }
    }
}

/// A piece with its span on character boundaries, less the spaces around it.
fn piece(text: &str, id: u32, from: usize, to: usize) -> Piece {
    let start = text.floor_char_boundary(from);
    let end = text.ceil_char_boundary(to);
    let spelled = &text[start..end];
    let start = end - spelled.trim_start().len();
    let end = start + spelled.trim().len();
    // A part of a character goes on with it.
    let begins_word = start >= from && !goes_on(text, start, end);
    Piece { id, start, end, begins_word }
}

fn kind(character: char) -> Kind {
    if character.is_whitespace() {
        return Kind::Space;
    }
    match character.general_category_group() {
        GeneralCategoryGroup::Letter => Kind::Letter,
        GeneralCategoryGroup::Number => Kind::Number,
        _ => Kind::Other,
    }
}

/// The endings that are cut off in English.
const ENDINGS: [&str; 7] = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

/// How long the run at the beginning of `text` is, in bytes: an English ending; letters, numbers or other signs, with one
/// space before them; or spaces, of which the last is left to what comes behind it. At most [`LONGEST`] bytes, or one
/// character.
fn run(text: &str) -> usize {
    if let Some(ending) = ENDINGS.iter().find(|ending| text.starts_with(**ending)) {
        return ending.len();
    }
    let lead = usize::from(text.starts_with(' '));
    let first = text[lead..].chars().next().map(kind);
    if let Some(first @ (Kind::Letter | Kind::Number | Kind::Other)) = first {
        return lead + same(&text[lead..], first, LONGEST - lead);
    }
    let spaces = same(text, Kind::Space, LONGEST);
    let last = text[..spaces].chars().next_back().map_or(0, char::len_utf8);
    if spaces == text.len() || spaces == last { spaces } else { spaces - last }
}

/// How many bytes at the beginning are of one kind; no more than `most`, but one character at least.
fn same(text: &str, wanted: Kind, most: usize) -> usize {
    let mut length = 0;
    for character in text.chars() {
        let longer = length + character.len_utf8();
        if kind(character) != wanted || longer > most && length > 0 {
            break;
        }
        length = longer;
    }
    length
}
