//! A text with parts replaced, and where the replacements stand.

use crate::{conflicts::Given, error::Refused};
use aside_detect::offsets::{Unit, to_bytes};
use serde::Serialize;

/// What came out, as Presidio writes it; items from the last to the first.
#[derive(Serialize)]
pub(crate) struct Rewritten {
    pub(crate) text: String,
    pub(crate) items: Vec<Item>,
}

#[derive(Serialize)]
pub(crate) struct Item {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) entity_type: String,
    pub(crate) text: String,
    pub(crate) operator: &'static str,
    /// That of the result; null on the way back.
    pub(crate) score: Option<f64>,
}

impl Rewritten {
    /// What was given on the way back has no score.
    pub(crate) fn without_scores(mut self) -> Self {
        for item in &mut self.items {
            item.score = None;
        }
        self
    }
}

/// One text's answer, or those of several.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    One(Rewritten),
    Several(Vec<Rewritten>),
}

/// The text in which offsets are looked up.
pub(crate) struct Places<'t> {
    text: &'t str,
    given: Vec<(Given, usize, usize)>,
}

impl<'t> Places<'t> {
    /// Finds the bytes of every span. Spans that end behind the text are refused.
    pub(crate) fn new(text: &'t str, given: Vec<Given>) -> Result<Self, Refused> {
        let offsets: Vec<usize> = given.iter().flat_map(|one| [one.start, one.end]).collect();
        let bytes = to_bytes(text, Unit::Chars, &offsets);
        let mut placed = Vec::with_capacity(given.len());
        for (one, at) in given.into_iter().zip(bytes.chunks_exact(2)) {
            let (Some(start), Some(end)) = (at[0], at[1]) else {
                return Err(Refused::parameter(format!(
                    "Invalid analyzer result, start: {} and end: {}, while text length is only {}.",
                    one.start,
                    one.end,
                    text.chars().count()
                )));
            };
            placed.push((one, start, end));
        }
        placed.sort_by(|a, b| a.1.cmp(&b.1).then(a.2.cmp(&b.2)));
        Ok(Self { text, given: placed })
    }

    /// Replaces each by what `operate` makes of it. Where two overlap, both replacements stand, and what is between
    /// them once.
    pub(crate) fn replace(
        self,
        mut operate: impl FnMut(&str, &str) -> Result<(String, &'static str), Refused>,
    ) -> Result<Rewritten, Refused> {
        let (mut text, mut items, mut counted, mut copied) = (String::new(), Vec::new(), 0, 0);
        for (at, (given, start, end)) in self.given.iter().enumerate() {
            let (new, operator) = operate(&given.entity, &self.text[*start..*end])?;
            let between = &self.text[copied..*start];
            text.push_str(between);
            counted += between.chars().count();
            let length = new.chars().count();
            text.push_str(&new);
            items.push(Item {
                start: counted,
                end: counted + length,
                entity_type: given.entity.clone(),
                text: new,
                operator,
                score: Some(given.score),
            });
            counted += length;
            let next = self.given.get(at + 1).map_or(usize::MAX, |next| next.1);
            copied = (*end).min(next);
        }
        text.push_str(&self.text[copied..]);
        items.reverse();
        Ok(Rewritten { text, items })
    }
}
