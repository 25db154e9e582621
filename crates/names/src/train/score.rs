//! Scores a model on labelled texts: spans count when they overlap by at least half of both.

use super::{
    conll::{Labelled, Unreadable},
    messages::{self, Part},
};
use crate::{Label, Names};
use std::{fmt::Write as _, path::Path};

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

/// What a model makes of the labelled messages in a file: people found and missed, places, and how many messages
/// without people have one found in them. With `show`, each mistake.
pub(crate) fn messages(model: &[u8], path: &Path, part: Part, show: bool) -> Result<String, Unreadable> {
    let texts = messages::read(path, part)?;
    let mut report = String::new();
    let Some(names) = Names::with(model.to_vec().leak()) else { return Ok(report) };
    let (mut clean, mut alarmed) = (0_u32, 0_u32);
    for text in &texts {
        let gold: Vec<_> = text.spans.iter().filter(|s| s.2 == Label::Person).map(|s| (s.0, s.1)).collect();
        let mut found = names.find(&text.text);
        found.retain(|e| {
            e.label == Label::Person && text.handles.iter().all(|h| overlap(*h, (e.start, e.end)) <= 0.0)
        });
        if gold.is_empty() {
            clean += 1;
            alarmed += u32::from(!found.is_empty());
        }
        if show {
            let met = |a: (usize, usize), b: (usize, usize)| overlap(a, b) >= 0.5;
            for entity in &found {
                let right = gold.iter().any(|span| met(*span, (entity.start, entity.end)));
                let name = &text.text[entity.start..entity.end];
                let verdict = if right { "right" } else { "false" };
                let _ = writeln!(report, "  {verdict} {:.2} `{name}` in {:?}", entity.margin, text.text);
            }
            for span in gold.iter().filter(|span| !found.iter().any(|e| met(**span, (e.start, e.end)))) {
                let _ = writeln!(report, "  missed `{}` in {:?}", &text.text[span.0..span.1], text.text);
            }
        }
    }
    score(model, &texts, &mut report);
    let share = 100.0 * f64::from(alarmed) / f64::from(clean.max(1));
    let _ = writeln!(report, "messages without people: {clean}, alarmed {alarmed} ({share:.2} %)");
    Ok(report)
}
