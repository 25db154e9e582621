//! From the numbers of the model to names: pieces become words, words become names.

use crate::{
    labels::{Labels, Meaning},
    layer::softmax,
    tokens::Piece,
};
use aside_detect::{NameOf, Tagged};

/// A longer name than this, in bytes, is none: it bounds what a model that says "name" to everything can claim.
const LONGEST: usize = 256;

/// Joins pieces to names as they come.
///
/// The first piece of a word speaks for the word, as such models are taught. Words of one kind that follow each other are
/// one name, unless the label of one says that a name begins with it or ended before it.
pub(crate) struct Joiner<'l> {
    labels: &'l Labels,
    word: Option<Word>,
    open: Option<Tagged>,
    closed: bool,
    names: Vec<Tagged>,
}

#[derive(Clone, Copy)]
struct Word {
    start: usize,
    end: usize,
    meaning: Meaning,
    margin: f32,
}

impl<'l> Joiner<'l> {
    pub(crate) const fn new(labels: &'l Labels) -> Self {
        Self { labels, word: None, open: None, closed: false, names: Vec::new() }
    }

    /// Takes the next piece, with a number for each label.
    pub(crate) fn add(&mut self, piece: Piece, logits: &mut [f32]) {
        if piece.start == piece.end {
            return;
        }
        match &mut self.word {
            // A character that is spelled as several may be cut: its pieces have one place.
            Some(word) if !piece.begins_word || piece.start < word.end => word.end = word.end.max(piece.end),
            _ => {
                self.end_word();
                let (meaning, margin) = self.verdict(logits);
                self.word = Some(Word { start: piece.start, end: piece.end, meaning, margin });
            }
        }
    }

    /// All names, in order.
    pub(crate) fn end(mut self) -> Vec<Tagged> {
        self.end_word();
        self.end_name();
        self.names
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        let Meaning::Inside { what, begins, ends } = word.meaning else { return self.end_name() };
        match &mut self.open {
            Some(open) if open.what == what && !begins && !self.closed => {
                open.end = word.end;
                open.margin = open.margin.min(word.margin);
            }
            _ => {
                self.end_name();
                self.open = Some(Tagged { what, start: word.start, end: word.end, margin: word.margin });
            }
        }
        self.closed = ends;
    }

    fn end_name(&mut self) {
        let fits = |name: &Tagged| name.end - name.start <= LONGEST;
        self.names.extend(self.open.take().filter(fits));
        self.closed = false;
    }

    /// The likeliest label, and how far what it says (wherever in a name) is ahead of everything else that could be said:
    /// natural logarithm of a ratio of likelihoods, nought or more.
    fn verdict(&self, logits: &mut [f32]) -> (Meaning, f32) {
        if logits.iter().any(|logit| !logit.is_finite()) {
            return (Meaning::Outside, 0.0);
        }
        softmax(logits);
        let meanings = self.labels.meanings();
        let best = logits.iter().zip(meanings).rev().max_by(|a, b| a.0.total_cmp(b.0));
        let Some((_, meaning)) = best else { return (Meaning::Outside, 0.0) };
        let share = |what: Option<NameOf>| -> f32 {
            let said = logits.iter().zip(meanings).filter(|(_, meaning)| meaning.what() == what);
            said.map(|(share, _)| share).sum()
        };
        let others = [None, Some(NameOf::Person), Some(NameOf::Place), Some(NameOf::Organisation)];
        let rival =
            others.into_iter().filter(|other| *other != meaning.what()).map(share).fold(0.0, f32::max);
        let margin = share(meaning.what()).ln() - rival.max(f32::MIN_POSITIVE).ln();
        (*meaning, margin.max(0.0))
    }
}
