//! WordPiece: each word is cut into the longest pieces that the vocabulary has, from its beginning on.

use super::{
    Piece,
    normal::{Normal, Read},
};
use std::collections::HashMap;

/// A vocabulary with its reading of characters.
pub(crate) struct WordPiece {
    pub(crate) normal: Normal,
    /// Pieces at the beginning of a word.
    pub(crate) first: HashMap<Box<str>, u32>,
    /// Pieces within a word, without the sign that says so.
    pub(crate) inner: HashMap<Box<str>, u32>,
    pub(crate) unknown: u32,
    /// A word of more characters is unknown.
    pub(crate) longest: usize,
}

/// A word as it is gathered: what is spelled, and where each character comes from.
#[derive(Default)]
struct Word {
    spelled: String,
    /// For each character: where it ends in `spelled`, and its place in the text.
    characters: Vec<(usize, usize, usize)>,
    /// Its last byte in the text, also where it is too long to be kept.
    end: usize,
}

impl WordPiece {
    /// Appends the pieces of the next word, or of the next few if they stand together, and moves `at` behind them;
    /// `false` at the end of the text. Takes time linear in what it moves over, and memory for one word at most.
    pub(crate) fn next(&self, text: &str, at: &mut usize, pieces: &mut Vec<Piece>) -> bool {
        let (before, begin) = (pieces.len(), *at);
        let mut word = Word::default();
        for (place, character) in text[begin..].char_indices() {
            let (start, end) = (begin + place, begin + place + character.len_utf8());
            *at = end;
            let mut done = false;
            self.normal.read(character, |read| match read {
                Read::Space => {
                    self.cut(&mut word, pieces);
                    done = true;
                }
                Read::Alone(sign) => {
                    self.cut(&mut word, pieces);
                    word.push(sign, start, end, self.longest);
                    self.cut(&mut word, pieces);
                    done = true;
                }
                Read::Inside(letter) => word.push(letter, start, end, self.longest),
            });
            // A character that is spelled as several may have begun a word behind a sign.
            if done && word.characters.is_empty() && pieces.len() > before {
                return true;
            }
        }
        self.cut(&mut word, pieces);
        pieces.len() > before
    }

    fn cut(&self, word: &mut Word, pieces: &mut Vec<Piece>) {
        let Some((_, start, _)) = word.characters.first().copied() else { return };
        let before = pieces.len();
        let unknown = Piece { id: self.unknown, start, end: word.end, begins_word: true };
        if word.characters.len() > self.longest {
            pieces.push(unknown);
        } else {
            let mut next = 0;
            while next < word.characters.len() {
                let from = if next == 0 { 0 } else { word.characters[next - 1].0 };
                let vocabulary = if next == 0 { &self.first } else { &self.inner };
                let longest = (next..word.characters.len()).rev().find_map(|last| {
                    vocabulary.get(&word.spelled[from..word.characters[last].0]).map(|id| (last, *id))
                });
                let Some((last, id)) = longest else {
                    pieces.truncate(before);
                    pieces.push(unknown);
                    break;
                };
                pieces.push(Piece {
                    id,
                    start: word.characters[next].1,
                    end: word.characters[last].2,
                    begins_word: next == 0,
                });
                next = last + 1;
            }
        }
        word.spelled.clear();
        word.characters.clear();
    }
}

impl Word {
    fn push(&mut self, character: char, start: usize, end: usize, longest: usize) {
        self.end = end;
        // One more than may be is enough to know.
        if self.characters.len() <= longest {
            self.spelled.push(character);
            self.characters.push((self.spelled.len(), start, end));
        }
    }
}
