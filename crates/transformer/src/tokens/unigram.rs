//! SentencePiece's unigrams: each word is cut into the pieces that are likeliest together.

use super::{
    Piece,
    charsmap::{Charsmap, Spelled},
    goes_on,
};
use std::collections::HashMap;

/// What stands for the space before a word.
pub(crate) const SPACE: char = '▁';
/// How many characters are cut at once: longer words are cut here, which bounds the memory for one.
const LONGEST: usize = 256;
/// How much less likely something unknown is than the least likely piece: natural logarithm.
const UNKNOWN: f64 = 10.0;

/// A vocabulary of pieces with the logarithms of their shares.
pub(crate) struct Unigram {
    pub(crate) charsmap: Charsmap,
    pub(crate) pieces: HashMap<Box<str>, (u32, f64)>,
    pub(crate) unknown: u32,
    /// The least of the shares.
    pub(crate) least: f64,
    /// The most characters that a piece has.
    pub(crate) longest: usize,
}

/// A word as it is spelled: where each character begins in that, and its span of the text.
#[derive(Default)]
struct Word {
    spelled: String,
    characters: Vec<(usize, usize, usize)>,
}

/// The best way to a place: its sum, where its last piece begins, and which that is.
#[derive(Clone, Copy)]
struct Way {
    sum: f64,
    from: usize,
    id: u32,
}

impl Unigram {
    /// Appends the pieces of the next word, or of a part of a long one, and moves `at` behind them; `false` at the end of the text. Takes time linear
    /// in what it moves over.
    pub(crate) fn next(&self, text: &str, at: &mut usize, pieces: &mut Vec<Piece>) -> bool {
        let before = pieces.len();
        let mut word = Word::default();
        let mut begins = *at == 0;
        let mut spelled = Spelled::new(&self.charsmap, text, *at);
        while let Some((characters, start, end)) = spelled.next() {
            for character in characters.chars() {
                if character.is_whitespace() {
                    self.cut(text, &mut word, pieces);
                    begins = true;
                    continue;
                }
                if std::mem::take(&mut begins) {
                    word.push(SPACE, start, start);
                }
                word.push(character, start, end);
            }
            let full = pieces.len() > before;
            if full && characters == " " {
                // It is read again: that a space stands there says that a word begins.
                *at = start;
                return true;
            }
            *at = end;
            if word.characters.len() >= LONGEST || pieces.len() - before >= LONGEST {
                break;
            }
        }
        self.cut(text, &mut word, pieces);
        pieces.len() > before
    }

    /// Cuts a word into the pieces whose logarithms have the greatest sum.
    fn cut(&self, text: &str, word: &mut Word, pieces: &mut Vec<Piece>) {
        let count = word.characters.len();
        let begin = |i: usize| word.characters.get(i).map_or(word.spelled.len(), |(begin, ..)| *begin);
        let nowhere = Way { sum: f64::NEG_INFINITY, from: 0, id: self.unknown };
        let mut ways = vec![nowhere; count + 1];
        ways[0].sum = 0.0;
        for from in 0..count {
            let sum = ways[from].sum;
            let mut alone = false;
            for (to, way) in ways.iter_mut().enumerate().skip(from + 1).take(self.longest) {
                if let Some((id, share)) = self.pieces.get(&word.spelled[begin(from)..begin(to)]) {
                    alone |= to == from + 1;
                    if sum + share > way.sum {
                        *way = Way { sum: sum + share, from, id: *id };
                    }
                }
            }
            let unknown = sum + self.least - UNKNOWN;
            if !alone && unknown > ways[from + 1].sum {
                ways[from + 1] = Way { sum: unknown, from, id: self.unknown };
            }
        }
        let first = pieces.len();
        let mut to = count;
        while to > 0 {
            let Way { from, id, .. } = ways[to];
            let (start, end) = (word.characters[from].1, word.characters[to - 1].2);
            match pieces[first..].last_mut() {
                // What is unknown in a row is one piece.
                Some(next) if id == self.unknown && next.id == id => next.start = start,
                _ => pieces.push(Piece { id, start, end, begins_word: true }),
            }
            to = from;
        }
        pieces[first..].reverse();
        for piece in &mut pieces[first..] {
            piece.begins_word = !goes_on(text, piece.start, piece.end);
        }
        word.spelled.clear();
        word.characters.clear();
    }
}

impl Word {
    fn push(&mut self, character: char, start: usize, end: usize) {
        self.characters.push((self.spelled.len(), start, end));
        self.spelled.push(character);
    }
}
