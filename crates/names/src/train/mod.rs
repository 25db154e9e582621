//! Makes the model: reads labelled texts, writes sentences from templates, trains, packs.
//!
//! The same input gives the same bytes: order and chance are fixed, one thread does it all, and
//! exponentials are computed here.

mod conll;
mod crf;
mod lists;
mod messages;
mod pack;
mod sample;
mod score;
mod sentences;

use crate::{lexicon::Lexicon, look::Lore};
use std::{fmt::Write as _, path::Path};

pub use conll::Unreadable;
pub use messages::Part;

/// What came out of training.
pub struct Trained {
    /// The model file.
    pub model: Vec<u8>,
    /// Figures for a person: sizes, and scores on the development set.
    pub report: String,
}

/// What is turned when trying things out.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Passes over all sentences.
    pub passes: usize,
    /// How often everything is learnt with other chances, to take the mean.
    pub rounds: usize,
    /// Share of features that are left out at random while learning.
    pub dropout: f32,
    /// Pull of every weight towards 0.
    pub decay: f32,
    /// Step width.
    pub rate: f32,
    /// How much one written sentence counts beside one from the corpora.
    pub written: f32,
    /// How many sentences each template makes.
    pub repeats: usize,
    /// Bias against "outside", in natural logarithms.
    pub against_outside: f32,
    /// Whether all of `btc/h` is kept for scoring, and not only its second half: for choosing settings.
    pub hold_all: bool,
    /// Binary logarithm of the lines of 64 bytes that weights take.
    pub line_bits: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            passes: 20,
            rounds: 4,
            dropout: 0.4,
            decay: 1e-5,
            rate: 0.03,
            written: 0.3,
            repeats: 12,
            against_outside: 0.7,
            hold_all: false,
            line_bits: 16,
        }
    }
}

/// Trains on the sets in the folder `data` and the lists in the folder `training`.
pub fn train(data: &Path, training: &Path, settings: Settings) -> Result<Trained, Unreadable> {
    let mut report = String::new();
    let lists = lists::Lists::read(training)?;
    let mut corpus = Vec::new();
    for set in
        ["btc/a.conll", "btc/b.conll", "btc/e.conll", "btc/g.conll", "wnut17/train.conll", "wnut17/dev.conll"]
    {
        corpus.extend(conll::read(&data.join(set))?);
    }
    let mut dev = conll::read(&data.join("btc/h.conll"))?;
    let first_half = if settings.hold_all { 0 } else { dev.len() / 2 };
    let dev_set = dev.split_off(first_half);
    corpus.extend(dev);
    let written = sentences::write(training, &lists, settings.repeats)?;
    let lexicon = lists.lexicon(&corpus);
    let _ = writeln!(report, "sentences: {} of the corpora, {} written", corpus.len(), written.len());
    let table = pack::lexicon(&lexicon);
    let likeness = lists.likeness(&corpus);
    let lore = Lore {
        lexicon: Lexicon::new(&table).expect("the table is a power of two of entries"),
        likeness: &likeness,
    };
    let samples = sample::Samples::new(lore, &corpus, &written, settings.written);
    let _ = writeln!(report, "pieces: {}, features: {}", samples.pieces(), samples.features.len());
    let learnt = crf::learn(&samples, settings);
    let model = pack::pack(&table, &likeness[..], &samples, &learnt, settings);
    let _ = writeln!(report, "model: {} bytes", model.len());
    score::score(&model, &dev_set, &mut report);
    Ok(Trained { model, report })
}

/// What the model makes of the labelled messages in a file, for a person to read; with `show`, each mistake.
pub fn score(model: &[u8], messages: &Path, part: Part, show: bool) -> Result<String, Unreadable> {
    score::messages(model, messages, part, show)
}
