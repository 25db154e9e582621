//! Names of people and places that the trained model finds where no word introduces them.

use crate::{Certainty, Evidence, Finding};
use aside_names::{Label, Names};
use aside_taxonomy::DataType;

/// How far ahead of every other reading a name is when it is likely, and not only guessed: natural
/// logarithm of a ratio of likelihoods.
const LIKELY: f32 = 2.0;

/// How far ahead a name must be that is written small all through, or in a script without capitals: half the
/// words of a hurried message look like that.
const SMALL: f32 = 1.0;

pub(crate) fn find(names: &Names, text: &str, findings: &mut Vec<Finding>) {
    for entity in names.find(text) {
        let (data_type, kind) = match entity.label {
            Label::Person => (DataType::ContactName, "person"),
            Label::Place => (DataType::LocCoarse, "place"),
            // No personal data; that it is none is why the model knows of it.
            Label::Organisation => continue,
        };
        if entity.margin < SMALL && !text[entity.start..entity.end].contains(char::is_uppercase) {
            continue;
        }
        let certainty = if entity.margin >= LIKELY { Certainty::Likely } else { Certainty::Guessed };
        // Between one half and one: the logistic function of the margin.
        let score = 1.0 / (1.0 + (-entity.margin).exp());
        findings.push(Finding {
            data_type,
            kind,
            start: entity.start,
            end: entity.end,
            score: score.min(0.98),
            certainty,
            evidence: vec![Evidence::NameModel],
        });
    }
}
