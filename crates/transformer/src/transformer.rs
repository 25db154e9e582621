//! A model from a folder, ready to read texts.

use crate::{
    LoadError, Piece,
    config::Config,
    encoder::Encoder,
    entity::Joiner,
    folder::Folder,
    labels::Labels,
    tokens::{self, Ends, Tokeniser, is_mark},
    window::Windows,
};
use aside_detect::{Tagged, Tagger};
use std::{fmt, path::Path};

/// How many marks may stand on a name's last letter.
const MOST_MARKS: usize = 8;

/// A transformer for the classification of tokens.
///
/// It is read-only: threads and detectors may share one. Each call takes memory for one window of 254 pieces, and time
/// linear in the length of the text.
pub struct Transformer {
    labels: Labels,
    tokeniser: Tokeniser,
    ends: Ends,
    encoder: Encoder,
    /// How many pieces it takes at once, less its two ends.
    room: usize,
    vocabulary: usize,
}

impl fmt::Debug for Transformer {
    /// Sizes, no weights.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transformer")
            .field("room", &self.room)
            .field("vocabulary", &self.vocabulary)
            .field("labels", &self.labels.meanings().len())
            .finish_non_exhaustive()
    }
}

impl Transformer {
    /// Loads the model in a folder: `config.json`, `model.safetensors`, and the tokeniser's `tokenizer.json` (or
    /// `vocab.txt`, or `vocab.json` with `merges.txt`).
    ///
    /// All weights are held as 32-bit numbers: four bytes for each, whatever the file has. A file's sizes are checked
    /// against the model's limits and the file's length before memory is taken for them.
    pub fn load(folder: impl AsRef<Path>) -> Result<Self, LoadError> {
        let folder = &Folder(folder.as_ref());
        let config = Config::read(folder)?;
        let (tokeniser, ends) = tokens::read(folder, &config)?;
        let encoder = Encoder::read(folder, &config)?;
        let (room, vocabulary) = (config.room() - 2, config.vocabulary);
        Ok(Self { labels: config.labels, tokeniser, ends, encoder, room, vocabulary })
    }

    /// The pieces of a text, without the two ends that the model wants around them.
    ///
    /// What looks like a special token in the text (`[SEP]`, `<mask>`) is text like any other.
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        let (mut at, mut pieces) = (0, Vec::new());
        while self.tokeniser.next(text, &mut at, &mut pieces) {}
        pieces
    }

    /// What the model says of ids of tokens, its two ends among them: for each a row with one number a label, in the order
    /// of `id2label`. `None` where there are more ids than it takes at once, or one is not in its vocabulary.
    ///
    /// For whoever wants to compare with another implementation; [`Tagger::tag`] finds names.
    pub fn logits(&self, ids: &[u32]) -> Option<Vec<Vec<f32>>> {
        let fits = ids.len() <= self.room + 2 && ids.iter().all(|id| (*id as usize) < self.vocabulary);
        let rows = |ids| self.encoder.logits(ids).rows().into_iter().map(|row| row.to_vec()).collect();
        fits.then(|| if ids.is_empty() { Vec::new() } else { rows(ids) })
    }
}

impl Tagger for Transformer {
    fn tag(&self, text: &str) -> Vec<Tagged> {
        // Where there is no letter, there is no name.
        if !text.contains(char::is_alphabetic) {
            return Vec::new();
        }
        let mut windows = Windows::new(&self.tokeniser, text, self.room);
        let mut joiner = Joiner::new(&self.labels);
        let mut ids = Vec::new();
        while let Some(window) = windows.next() {
            ids.clear();
            ids.push(self.ends.first);
            ids.extend(window.pieces.iter().map(|piece| piece.id));
            ids.push(self.ends.last);
            let logits = self.encoder.logits(&ids);
            for i in window.wanted {
                joiner.add(window.pieces[i], &mut logits.row(i + 1).to_vec());
            }
        }
        let mut names = joiner.end();
        for i in 0..names.len() {
            // A mark that the tokeniser leaves out is part of the letter before it all the same.
            let (end, next) = (names[i].end, names.get(i + 1).map_or(text.len(), |next| next.start));
            let marks = text[end..next].chars().take(MOST_MARKS).take_while(|c| is_mark(*c));
            names[i].end += marks.map(char::len_utf8).sum::<usize>();
        }
        names
    }
}
