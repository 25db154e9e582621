//! Detecting, replacing, and looking again.

use crate::{
    Key, Operator, Policy,
    anonymised::{Anonymised, Item, Opened, Unopened},
    date, hash,
    key::Purpose,
    operator::Mask,
    pseudonym,
    token::{Sealer, tokens},
};
use aside_detect::{Certainty, Detector, Finding};
use aside_taxonomy::DataType;
use aside_vault::Random;
use aws_lc_rs::hmac;
use std::{iter, ops::Range};

/// From this look on, the whole line goes: after "my password is" each word that follows reads as one once the word
/// before it is gone.
const PATIENCE: usize = 4;
/// How far a line reaches at most on both sides of a value, in bytes.
const LINE: usize = 512;
/// How often what was made is looked at again. Each look replaces what the one before uncovered; hostile texts are
/// done after three or four.
const LOOKS: usize = 8;
/// How far from what was replaced something else can read differently, in bytes; as far again is looked at with it.
const NEAR: usize = aside_detect::WINDOW;

/// Takes personal data out of texts, as a [`Policy`] says.
///
/// Holds no state between texts; one can be used by many threads.
pub struct Anonymiser {
    detector: Detector,
    policy: Policy,
    keys: Option<Keys>,
    min_certainty: Certainty,
    month_first: bool,
}

/// The policy has an operator that does nothing without a key; its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` needs a key")]
pub struct NeedsKey(pub &'static str);

/// Findings that do not fit the text: out of it, inside a character, overlapping or out of order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the spans do not fit the text")]
pub struct BadSpans;

struct Keys {
    hash: hmac::Key,
    dates: hmac::Key,
    pseudonym: hmac::Key,
    sealer: Sealer,
}

impl Keys {
    fn new(key: &Key) -> Self {
        Self {
            hash: key.hashing(Purpose::Hash),
            dates: key.hashing(Purpose::Dates),
            pseudonym: key.hashing(Purpose::Pseudonym),
            sealer: Sealer::new(&key.derive(Purpose::Token)),
        }
    }
}

/// A part of the original, and what stands in its place.
struct Piece {
    was: Range<usize>,
    data_type: DataType,
    kind: &'static str,
    operator: &'static str,
    text: String,
    /// The look that made it, from 0.
    look: usize,
}

impl Anonymiser {
    /// Without a key; for policies that replace, mask, redact and keep alone.
    pub fn new(detector: Detector, policy: Policy) -> Result<Self, NeedsKey> {
        policy.needs_key().map_or(Ok(()), |operator| Err(NeedsKey(operator)))?;
        Ok(Self { detector, policy, keys: None, min_certainty: Certainty::Guessed, month_first: false })
    }

    /// With the caller's key; for any policy, and for opening tokens.
    pub fn with_key(detector: Detector, policy: Policy, key: &Key) -> Self {
        let keys = Some(Keys::new(key));
        Self { detector, policy, keys, min_certainty: Certainty::Guessed, month_first: false }
    }

    /// Leaves findings alone that are less certain.
    pub const fn min_certainty(mut self, certainty: Certainty) -> Self {
        self.min_certainty = certainty;
        self
    }

    /// Reads 03/04/1984 as the fourth of March, as in the United States.
    pub const fn month_first(mut self) -> Self {
        self.month_first = true;
        self
    }

    /// The text without its personal data.
    ///
    /// `subject` is whom the text is about: their dates all move by the same number of days. `random` is asked by
    /// `encrypt:random` alone.
    ///
    /// What was made is looked at again, since what is left may read differently without what stood beside it: the
    /// same detector finds nothing in the result but inside of the [items](Anonymised::items), which hold what the
    /// operators wrote, and what the policy keeps. Where one value after the other comes to light that way, the whole
    /// line becomes one item.
    pub fn anonymise(&self, text: &str, subject: &str, random: &dyn Random) -> Anonymised {
        let mut pieces = Vec::new();
        let mut now = self.detect(text);
        for look in 0..LOOKS {
            if now.is_empty() {
                break;
            }
            let whole_lines = look >= PATIENCE;
            let spans = now.into_iter().map(|finding| {
                let span = finding.start..finding.end;
                (if whole_lines { line_around(text, span) } else { span }, finding)
            });
            let piece = |was, finding: &Finding| {
                let piece = self.piece(text, was, finding, subject, random);
                Piece { look, ..piece }
            };
            pieces = joined(pieces, spans, piece);
            now = if look + 1 < LOOKS { self.uncovered(text, &pieces, look) } else { Vec::new() };
        }
        assemble(text, pieces)
    }

    /// The text with these findings, and nothing else, replaced; they are sorted by start and do not overlap.
    pub fn apply(
        &self,
        text: &str,
        findings: &[Finding],
        subject: &str,
        random: &dyn Random,
    ) -> Result<Anonymised, BadSpans> {
        let mut end = 0;
        for finding in findings {
            if finding.start < end || text.get(finding.start..finding.end).is_none() {
                return Err(BadSpans);
            }
            end = finding.end;
        }
        let pieces = findings
            .iter()
            .map(|finding| self.piece(text, finding.start..finding.end, finding, subject, random))
            .collect();
        Ok(assemble(text, pieces))
    }

    /// The text with every token opened that this key sealed, wherever it stands by now.
    pub fn decrypt(&self, text: &str) -> Opened {
        let (mut out, mut items, mut unopened, mut copied) = (String::new(), Vec::new(), Vec::new(), 0);
        for token in tokens(text) {
            let value = self.keys.as_ref().and_then(|keys| keys.sealer.open(&token));
            let Some(value) = value else {
                unopened.push(Unopened { start: token.span.start, end: token.span.end });
                continue;
            };
            out.push_str(&text[copied..token.span.start]);
            let start = out.len();
            out.push_str(&value);
            copied = token.span.end;
            let lower = token.kind.to_ascii_lowercase();
            let known =
                DataType::ALL.iter().find_map(|t| t.kinds().iter().find(|k| **k == lower).map(|k| (*t, *k)));
            if let Some((data_type, kind)) = known {
                let was = token.span;
                items.push(Item { data_type, kind, start, end: out.len(), operator: "decrypt", was });
            }
        }
        out.push_str(&text[copied..]);
        Opened { text: out, items, unopened }
    }

    fn detect(&self, text: &str) -> Vec<Finding> {
        let mut findings = self.detector.detect(text);
        findings.retain(|finding| finding.certainty >= self.min_certainty);
        findings
    }

    /// Findings in what the pieces make, by their place in the original, that are not inside of a piece. Only what is
    /// near a piece of the last look can be new.
    fn uncovered(&self, text: &str, pieces: &[Piece], look: usize) -> Vec<Finding> {
        let made = Made::new(text, pieces);
        let mut findings = Vec::new();
        for seen in made.seen_again(look) {
            let base = seen.text.start;
            findings.extend(self.detect(&made.text[seen.text.clone()]).into_iter().filter_map(
                |mut finding| {
                    finding.start += base;
                    finding.end += base;
                    seen.counts(&(finding.start..finding.end)).then_some(finding)
                },
            ));
        }
        findings.retain_mut(|finding| {
            // What is kept must not take along what was replaced beside it.
            let kept = *self.policy.operator(finding.data_type, finding.kind) == Operator::Keep;
            if kept || made.is_inside(finding.start, finding.end) {
                return false;
            }
            (finding.start, finding.end) =
                (made.original_start(finding.start), made.original_end(finding.end));
            finding.start < finding.end
        });
        findings
    }

    fn piece(
        &self,
        text: &str,
        was: Range<usize>,
        finding: &Finding,
        subject: &str,
        random: &dyn Random,
    ) -> Piece {
        let Finding { data_type, kind, .. } = *finding;
        let operator = self.policy.operator(data_type, kind);
        let text = self.operate(operator, data_type, kind, &text[was.clone()], subject, random);
        Piece { was, data_type, kind, operator: operator.name(), text, look: 0 }
    }

    fn operate(
        &self,
        operator: &Operator,
        data_type: DataType,
        kind: &str,
        value: &str,
        subject: &str,
        random: &dyn Random,
    ) -> String {
        let moved = |at_most| {
            let keys = self.keys.as_ref()?;
            date::shift(value, date::days_for(&keys.dates, subject, at_most), self.month_first)
        };
        let written = match operator {
            Operator::Keep => Some(value.to_owned()),
            Operator::Redact => Some(String::new()),
            Operator::Replace(with) => with.clone(),
            Operator::Mask(how) => Some(masked(*how, data_type, kind, value)),
            Operator::Hash(how) => self.keys.as_ref().map(|keys| hash::hash(&keys.hash, *how, kind, value)),
            Operator::Encrypt(how) => {
                self.keys.as_ref().map(|keys| keys.sealer.seal(*how, kind, value, random))
            }
            Operator::ShiftDates { at_most } => moved(*at_most),
            Operator::Pseudonym { valid } => self
                .keys
                .as_ref()
                .and_then(|keys| pseudonym::pseudonym(&keys.pseudonym, kind, value, *valid))
                .or_else(|| moved(365)),
        };
        // Whatever an operator cannot do, the value does not stay.
        written.unwrap_or_else(|| sign(kind))
    }
}

/// The pieces with those of further findings among them; pieces that a finding touches become part of its own. Both
/// are sorted by start, and one pass over them is enough however many they are.
fn joined(
    pieces: Vec<Piece>,
    findings: impl Iterator<Item = (Range<usize>, Finding)>,
    piece: impl Fn(Range<usize>, &Finding) -> Piece,
) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut later = pieces.into_iter().peekable();
    for (mut was, finding) in findings {
        out.extend(iter::from_fn(|| later.next_if(|piece| piece.was.end <= was.start)));
        while let Some(touched) = out.pop_if(|piece| piece.was.end > was.start) {
            was = was.start.min(touched.was.start)..was.end.max(touched.was.end);
        }
        while let Some(touched) = later.next_if(|piece| piece.was.start < was.end) {
            was = was.start.min(touched.was.start)..was.end.max(touched.was.end);
        }
        out.push(piece(was, &finding));
    }
    out.extend(later);
    out
}

/// What stands in the place of a value that nothing else is put in the place of: `<CARD>`.
fn sign(kind: &str) -> String {
    format!("<{}>", kind.to_ascii_uppercase())
}

/// The line that a span stands in, or as much of it as is near.
fn line_around(text: &str, span: Range<usize>) -> Range<usize> {
    let from = text.floor_char_boundary(span.start.saturating_sub(LINE));
    let to = text.ceil_char_boundary((span.end + LINE).min(text.len()));
    let start = text[from..span.start].rfind('\n').map_or(from, |at| from + at + 1);
    let end = text[span.end..to].find('\n').map_or(to, |at| span.end + at);
    start..end
}

fn masked(how: Mask, data_type: DataType, kind: &str, value: &str) -> String {
    let hide = |with: char, hidden: Range<usize>| {
        value.chars().enumerate().map(|(at, c)| if hidden.contains(&at) { with } else { c }).collect()
    };
    match how {
        Mask::Shape => aside_vault::mask(data_type, kind, value),
        Mask::All(with) => hide(with, 0..usize::MAX),
        Mask::First(with, count) => hide(with, 0..count),
        Mask::Last(with, count) => hide(with, value.chars().count().saturating_sub(count)..usize::MAX),
    }
}

/// What the pieces make, and where everything of it comes from.
struct Made<'p> {
    text: String,
    /// Where each piece stands in `text`.
    places: Vec<Range<usize>>,
    pieces: &'p [Piece],
}

/// A part of what was made that is looked at again.
struct SeenAgain {
    /// With what stands around it.
    text: Range<usize>,
    /// Where findings count: near new pieces.
    near: Vec<Range<usize>>,
}

impl SeenAgain {
    fn counts(&self, span: &Range<usize>) -> bool {
        let next = self.near.partition_point(|near| near.end <= span.start);
        self.near.get(next).is_some_and(|near| near.start < span.end)
    }
}

impl<'p> Made<'p> {
    fn new(original: &str, pieces: &'p [Piece]) -> Self {
        let (mut text, mut places, mut copied) = (String::new(), Vec::with_capacity(pieces.len()), 0);
        for piece in pieces {
            text.push_str(&original[copied..piece.was.start]);
            let start = text.len();
            text.push_str(&piece.text);
            places.push(start..text.len());
            copied = piece.was.end;
        }
        text.push_str(&original[copied..]);
        Self { text, places, pieces }
    }

    /// The parts of the text that are worth another look, since something was put into them in the look before.
    fn seen_again(&self, look: usize) -> Vec<SeenAgain> {
        let mut all: Vec<SeenAgain> = Vec::new();
        let around = |place: &Range<usize>, far: usize| {
            let start = self.text.floor_char_boundary(place.start.saturating_sub(far));
            start..self.text.ceil_char_boundary((place.end + far).min(self.text.len()))
        };
        for (place, _) in self.places.iter().zip(self.pieces).filter(|(_, piece)| piece.look == look) {
            let (near, text) = (around(place, NEAR), around(place, 2 * NEAR));
            match all.last_mut() {
                Some(last) if text.start <= last.text.end => {
                    last.text.end = last.text.end.max(text.end);
                    match last.near.last_mut() {
                        Some(before) if near.start <= before.end => before.end = before.end.max(near.end),
                        _ => last.near.push(near),
                    }
                }
                _ => all.push(SeenAgain { near: vec![near], text }),
            }
        }
        all
    }

    fn is_inside(&self, start: usize, end: usize) -> bool {
        let at = self.places.partition_point(|place| place.end < end);
        self.places.get(at).is_some_and(|place| place.start <= start && end <= place.end)
    }

    /// Where in the original stands what begins at `at`; inside of a piece, the piece's beginning.
    fn original_start(&self, at: usize) -> usize {
        // An empty piece at `at` stands before it.
        let next = self.places.partition_point(|place| place.end <= at);
        match (self.places.get(next), self.pieces.get(next)) {
            (Some(place), Some(piece)) if place.start <= at => piece.was.start,
            _ => self.outside(next, at),
        }
    }

    /// Where in the original stands what ends at `at`; inside of a piece, the piece's end.
    fn original_end(&self, at: usize) -> usize {
        let next = self.places.partition_point(|place| place.end < at);
        match (self.places.get(next), self.pieces.get(next)) {
            (Some(place), Some(piece)) if place.start < at => piece.was.end,
            _ => self.outside(next, at),
        }
    }

    /// A place between the pieces, `next` being the first one behind it.
    fn outside(&self, next: usize, at: usize) -> usize {
        let before = next.checked_sub(1).map_or((0, 0), |i| (self.places[i].end, self.pieces[i].was.end));
        before.1 + (at - before.0)
    }
}

fn assemble(text: &str, pieces: Vec<Piece>) -> Anonymised {
    let made = Made::new(text, &pieces);
    let (new_text, places) = (made.text, made.places);
    let items = places
        .into_iter()
        .zip(pieces)
        .map(|(place, piece)| Item {
            data_type: piece.data_type,
            kind: piece.kind,
            start: place.start,
            end: place.end,
            operator: piece.operator,
            was: piece.was,
        })
        .collect();
    Anonymised { text: new_text, items }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aside_detect::Evidence;

    fn finding(span: &Range<usize>) -> Finding {
        Finding {
            data_type: DataType::CredPassword,
            kind: "password",
            start: span.start,
            end: span.end,
            score: 0.8,
            certainty: Certainty::Likely,
            evidence: vec![Evidence::CueBefore],
        }
    }

    fn piece(was: Range<usize>, _: &Finding) -> Piece {
        let (data_type, kind) = (DataType::CredPassword, "password");
        Piece { was, data_type, kind, operator: "redact", text: String::new(), look: 0 }
    }

    type Spans = Vec<(usize, usize)>;

    fn spans(first: &[(usize, usize)], second: &[(usize, usize)]) -> Spans {
        let with = |pieces: Vec<Piece>, spans: &[(usize, usize)]| {
            let ranges = spans.iter().map(|(start, end)| *start..*end);
            joined(pieces, ranges.map(|span| (span.clone(), finding(&span))), piece)
        };
        let pieces = with(with(Vec::new(), first), second);
        pieces.into_iter().map(|piece| (piece.was.start, piece.was.end)).collect()
    }

    #[test]
    fn pieces_that_a_later_finding_touches_become_part_of_it() {
        assert_eq!(spans(&[(2, 4), (8, 10)], &[(4, 8)]), [(2, 4), (4, 8), (8, 10)]);
        assert_eq!(spans(&[(2, 4), (8, 10)], &[(3, 9)]), [(2, 10)]);
        assert_eq!(
            spans(&[(2, 4), (5, 6), (8, 10)], &[(0, 1), (5, 9), (20, 21)]),
            [(0, 1), (2, 4), (5, 10), (20, 21)]
        );
        // Whole lines may touch one another.
        assert_eq!(spans(&[(12, 14)], &[(0, 10), (5, 13), (13, 20)]), [(0, 20)]);
    }

    #[test]
    fn many_findings_of_a_later_look_are_put_among_many_pieces_soon() {
        let every = |from: usize| (0..300_000).map(|n| (n * 10 + from, n * 10 + from + 3)).collect::<Spans>();
        assert_eq!(spans(&every(0), &every(5)).len(), 600_000);
    }
}
