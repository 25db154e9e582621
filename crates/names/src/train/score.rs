//! Scores a model on labelled texts: spans count when they overlap by at least half of both.

use super::conll::Labelled;
use crate::{Label, Names};
use std::fmt::Write as _;

fn overlap(a: (usize, usize), b: (usize, usize)) -> f64 {
    let both = a.1.min(b.1).saturating_sub(a.0.max(b.0));
    both as f64 / (a.1.max(b.1) - a.0.min(b.0)).max(1) as f64
}

/// Adds a line for each label to the report.
pub(crate) fn score(model: &[u8], texts: &[Labelled], report: &mut String) {
    let Some(names) = Names::with(model.to_vec().leak()) else { return };
    for label in Label::ALL {
        let (mut right, mut wrong, mut missed) = (0_usize, 0_usize, 0_usize);
        for text in texts {
            let mut open: Vec<_> = text.spans.iter().filter(|s| s.2 == label).map(|s| (s.0, s.1)).collect();
            for entity in names.find(&text.text).iter().filter(|e| e.label == label) {
                let span = (entity.start, entity.end);
                if text.handles.iter().any(|handle| overlap(*handle, span) > 0.0) {
                    continue;
                }
                match open.iter().position(|gold| overlap(*gold, span) >= 0.5) {
                    Some(which) => {
                        open.swap_remove(which);
                        right += 1;
                    }
                    None => wrong += 1,
                }
            }
            missed += open.len();
        }
        let (precision, recall) =
            (right as f64 / (right + wrong).max(1) as f64, right as f64 / (right + missed).max(1) as f64);
        let f1 = 2.0 * right as f64 / (2 * right + wrong + missed).max(1) as f64;
        let _ = writeln!(
            report,
            "{label:?}: right {right}, wrong {wrong}, missed {missed}, precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}"
        );
    }
}
