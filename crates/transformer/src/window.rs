//! A text of any length through a model that takes a few hundred pieces: windows that overlap.

use crate::tokens::{Piece, Tokeniser};
use std::ops::Range;

/// How many pieces a window has at most, whatever the model could take: attention costs the square of it, and a name
/// is known by the sentence around it.
pub(crate) const PIECES: usize = 254;

/// Walks over a text; holds the pieces of one window and those of the next word.
pub(crate) struct Windows<'t> {
    tokeniser: &'t Tokeniser,
    text: &'t str,
    at: usize,
    ended: bool,
    pieces: Vec<Piece>,
    /// How many pieces a window takes.
    room: usize,
    /// From where on the window's answers are wanted; the window before answered for what stands before.
    wanted: usize,
    /// How many pieces no later window needs.
    done: usize,
}

/// Some pieces that the model reads together.
pub(crate) struct Window<'w> {
    pub(crate) pieces: &'w [Piece],
    /// For which of them its answers count: each piece is in exactly one window's, that which sees most around it.
    pub(crate) wanted: Range<usize>,
}

impl<'t> Windows<'t> {
    /// `room` is how many pieces the model takes, at least 4.
    pub(crate) fn new(tokeniser: &'t Tokeniser, text: &'t str, room: usize) -> Self {
        let room = room.min(PIECES);
        Self { tokeniser, text, at: 0, ended: false, pieces: Vec::new(), room, wanted: 0, done: 0 }
    }

    /// The next window, from the beginning of the text to its end.
    pub(crate) fn next(&mut self) -> Option<Window<'_>> {
        self.pieces.drain(..self.done);
        self.done = 0;
        while !self.ended && self.pieces.len() <= self.room {
            self.ended = !self.tokeniser.next(self.text, &mut self.at, &mut self.pieces);
        }
        if self.pieces.len() <= self.room {
            let wanted = self.wanted..self.pieces.len();
            self.done = wanted.end;
            self.wanted = 0;
            return (!wanted.is_empty()).then_some(Window { pieces: &self.pieces, wanted });
        }
        // A quarter of the window stands in the next one, too; each answers for the half that it sees better.
        let overlap = self.room / 4;
        let end = self.word_before(self.room);
        let answered = self.word_before(end - overlap / 2).max(self.wanted + 1);
        self.done = self.word_before(end - overlap).min(answered);
        let wanted = self.wanted..answered;
        self.wanted = answered - self.done;
        Some(Window { pieces: &self.pieces[..end], wanted })
    }

    /// Where a word begins, at `at` or not far before it; `at` itself, where words are very long.
    fn word_before(&self, at: usize) -> usize {
        let from = at.saturating_sub(self.room / 8).max(1);
        (from..=at).rev().find(|at| self.pieces[*at].begins_word).unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::Config, folder::Folder, tokens};
    use std::path::Path;

    fn tokeniser(model: &str) -> Tokeniser {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(model);
        let folder = Folder(&path);
        tokens::read(&folder, &Config::read(&folder).unwrap()).unwrap().0
    }

    #[test]
    fn every_piece_is_answered_for_once_and_no_more_than_a_window_is_held() {
        let texts = [
            "hello, my name is Zoltrude Vandorp-Whitcombe from Nova Quillan, thanks!! ".repeat(30),
            "unbroken".repeat(300),
            "a ".repeat(500),
            "'".repeat(700),
            String::new(),
        ];
        for model in ["bert", "roberta", "xlm-roberta"] {
            let tokeniser = tokeniser(model);
            for text in &texts {
                let (mut at, mut all) = (0, Vec::new());
                while tokeniser.next(text, &mut at, &mut all) {}
                for room in [6, 7, 13, 40, 254] {
                    let mut windows = Windows::new(&tokeniser, text, room);
                    let mut answered = Vec::new();
                    while let Some(window) = windows.next() {
                        assert!(window.pieces.len() <= room, "{model}: {} in {room}", window.pieces.len());
                        answered.extend_from_slice(&window.pieces[window.wanted]);
                        // What is held beside a window are the pieces of one word, which are cut at 256 bytes or so.
                        assert!(windows.pieces.len() <= room + 300, "{model}: {}", windows.pieces.len());
                    }
                    assert!(answered == all, "{model} with room for {room}");
                }
            }
        }
    }
}
