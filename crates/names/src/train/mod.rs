//! Makes the model: reads labelled texts, writes sentences from templates, trains, packs.
//!
//! The same input gives the same bytes: order and chance are fixed, one thread does it all, and
//! exponentials are computed here.

mod conll;
mod crf;
mod lists;
mod messages;
mod pack;
mod renamed;
mod sample;
mod score;
mod sentences;

use crate::{lexicon::Lexicon, look::Lore};
use std::{fmt::Write as _, path::Path};

pub use conll::Unreadable;
pub use messages::Part;

/// The sets of tweets and other short texts that the model learns from.
const SETS: [&str; 7] = ["btc/a", "btc/b", "btc/e", "btc/g", "wnut17/train", "wnut17/dev", HALVED];

/// The set of which only the first half is learnt from.
const HALVED: &str = "btc/h";

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
    /// How many copies with other people's names are made of each text of the corpora that names somebody.
    pub renamed: usize,
    /// How much such a copy counts.
    pub renamed_counts: f32,
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
            written: 0.2,
            repeats: 12,
            against_outside: 0.4,
            renamed: 2,
            renamed_counts: 0.4,
            line_bits: 16,
        }
    }
}

/// Trains on the sets in the folder `data` and the lists in the folder `training`, and scores on the second half of
/// `btc/h`. Sets that are named in `without` ("btc/g") are left out and scored on as well, all of `btc/h` if it is one
/// of them: for choosing settings, and for saying how the model does on texts of a kind that it has not seen.
pub fn train(
    data: &Path,
    training: &Path,
    without: &[String],
    settings: Settings,
) -> Result<Trained, Unreadable> {
    let mut report = String::new();
    let lists = lists::Lists::read(training)?;
    let (mut corpus, mut held_out) = (Vec::new(), Vec::new());
    for set in SETS {
        let mut texts = conll::read(&data.join(set).with_extension("conll"))?;
        let is_without = without.iter().any(|name| name == set);
        if set == HALVED {
            let first_half = if is_without { 0 } else { texts.len() / 2 };
            held_out.push((set, texts.split_off(first_half)));
            corpus.extend(texts);
        } else if is_without {
            held_out.push((set, texts));
        } else {
            corpus.extend(texts);
        }
    }
    let written = sentences::write(training, &lists, settings.repeats)?;
    let lexicon = lists.lexicon(&corpus);
    let _ = writeln!(report, "sentences: {} of the corpora, {} written", corpus.len(), written.len());
    let table = pack::lexicon(&lexicon);
    let likeness = lists.likeness(&corpus);
    let lore = Lore {
        lexicon: Lexicon::new(&table).expect("the table is a power of two of entries"),
        likeness: &likeness,
    };
    let renamed = renamed::renamed(&corpus, &lists, settings.renamed);
    let sources =
        [(&corpus[..], 1.0), (&renamed[..], settings.renamed_counts), (&written[..], settings.written)];
    let samples = sample::Samples::new(lore, &corpus, &sources);
    let _ = writeln!(report, "pieces: {}, features: {}", samples.pieces(), samples.features.len());
    let learnt = crf::learn(&samples, settings);
    let model = pack::pack(&table, &likeness[..], &samples, &learnt, settings);
    let _ = writeln!(report, "model: {} bytes", model.len());
    for (set, texts) in &held_out {
        let _ = writeln!(report, "{set}, {} texts that were not learnt from:", texts.len());
        score::score(&model, texts, &mut report);
    }
    Ok(Trained { model, report })
}

/// What the model makes of the labelled messages in a file, for a person to read; with `show`, each mistake.
pub fn score(model: &[u8], messages: &Path, part: Part, show: bool) -> Result<String, Unreadable> {
    score::messages(model, messages, part, show)
}
