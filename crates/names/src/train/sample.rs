//! Sentences as the trainer sees them: rows of numbers.

use super::{conll::Labelled, sentences::recased};
use crate::{
    decode::may_be_in_a_name,
    feature::{features, tone},
    label::{OUTSIDE, Tag, begin, inside},
    look::{Lore, lines, look_at_line},
    token::{Token, Tokens},
};
use std::collections::HashMap;

/// One line of a text: for each piece its tag and its features (none: it is outside).
pub(crate) struct Sample {
    pub(crate) tags: Vec<Tag>,
    /// Where each piece's features begin in `features`; one more at the end.
    pub(crate) from: Vec<u32>,
    pub(crate) features: Vec<u32>,
    /// How much the line counts.
    pub(crate) weight: f32,
}

pub(crate) struct Samples {
    pub(crate) lines: Vec<Sample>,
    /// The features' hashes by number.
    pub(crate) features: Vec<u64>,
    /// How often each was seen.
    pub(crate) counts: Vec<u32>,
}

/// The tags of a line's pieces.
fn tags(text: &Labelled, tokens: &[Token]) -> Vec<Tag> {
    let mut last = None;
    tokens
        .iter()
        .map(|token| {
            let span = text.spans.iter().position(|(start, end, _)| token.start < *end && *start < token.end);
            let begins = span != last;
            last = span;
            span.map_or(OUTSIDE, |i| if begins { begin(text.spans[i].2) } else { inside(text.spans[i].2) })
        })
        .collect()
}

impl Samples {
    /// `corpus` are texts that people have written, `sources` these and others, and how much each text of them counts.
    pub(crate) fn new(lore: Lore<'_>, corpus: &[Labelled], sources: &[(&[Labelled], f32)]) -> Self {
        let small: Vec<Labelled> = corpus
            .iter()
            .filter(|t| !t.spans.is_empty())
            .step_by(6)
            .map(|t| recased(t, |c, out| out.extend(c.to_lowercase())))
            .collect();
        let small = [(&small[..], 0.5)];
        let all =
            sources.iter().chain(&small).flat_map(|(texts, weight)| texts.iter().map(|text| (text, *weight)));
        let mut numbers: HashMap<u64, u32> = HashMap::new();
        let (mut hashes, mut counts) = (Vec::new(), Vec::new());
        let mut samples = Vec::new();
        for (text, weight) in all {
            let tokens: Vec<Token> = Tokens::new(&text.text).collect();
            for range in lines(&tokens) {
                let mut looks = Vec::new();
                let begins = look_at_line(&text.text, &tokens, range.clone(), lore, &mut looks);
                let line = &tokens[range];
                let tone = tone(&looks[begins..begins + line.len()]);
                let mut sample =
                    Sample { tags: tags(text, line), from: vec![0], features: Vec::new(), weight };
                for i in 0..line.len() {
                    if may_be_in_a_name(&looks, begins + i) {
                        features(&looks, begins + i, tone, |feature| {
                            let number = *numbers.entry(feature).or_insert_with(|| {
                                hashes.push(feature);
                                counts.push(0);
                                hashes.len() as u32 - 1
                            });
                            counts[number as usize] += 1;
                            sample.features.push(number);
                        });
                    } else {
                        sample.tags[i] = OUTSIDE;
                    }
                    sample.from.push(sample.features.len() as u32);
                }
                mend(&mut sample.tags);
                samples.push(sample);
            }
        }
        let mut all = Self { lines: samples, features: hashes, counts };
        all.leave_out_rare();
        all
    }

    /// Features that were seen once only say nothing about other texts.
    fn leave_out_rare(&mut self) {
        let mut new_number = vec![u32::MAX; self.features.len()];
        let (mut hashes, mut counts) = (Vec::new(), Vec::new());
        for (old, count) in self.counts.iter().enumerate().filter(|(_, count)| **count >= 2) {
            new_number[old] = hashes.len() as u32;
            hashes.push(self.features[old]);
            counts.push(*count);
        }
        for sample in &mut self.lines {
            let old = std::mem::take(&mut sample.features);
            for i in 0..sample.tags.len() {
                let range = sample.from[i] as usize..sample.from[i + 1] as usize;
                sample.from[i] = sample.features.len() as u32;
                let kept = old[range].iter().map(|f| new_number[*f as usize]).filter(|f| *f != u32::MAX);
                sample.features.extend(kept);
            }
            let last = sample.tags.len();
            sample.from[last] = sample.features.len() as u32;
        }
        (self.features, self.counts) = (hashes, counts);
    }

    pub(crate) fn pieces(&self) -> usize {
        self.lines.iter().map(|s| s.tags.len()).sum()
    }
}

/// After a piece was put outside, what followed in its entity begins anew.
fn mend(tags: &mut [Tag]) {
    let mut previous = OUTSIDE;
    for tag in tags {
        if !crate::label::may_follow(previous, *tag) {
            *tag -= 1;
        }
        previous = *tag;
    }
}
