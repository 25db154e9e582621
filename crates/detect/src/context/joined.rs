//! Several messages as one text, and the way back.

use super::{Context, InContext, Message, Part};
use crate::Finding;
use std::{borrow::Cow, ops::Range};

/// How many messages are looked at on either side.
const MESSAGES: usize = 5;
/// How many bytes of one message are looked at.
const REACH: usize = 512;

/// The messages of a context and the text itself, one after the other.
pub(super) struct Joined<'t> {
    pub(super) text: Cow<'t, str>,
    /// Where the text itself stands.
    pub(super) this: Range<usize>,
    /// Where each message stands, and how much of its own start is left out.
    places: Vec<(Message, Range<usize>, usize)>,
}

impl<'t> Joined<'t> {
    pub(super) fn new(context: &Context<'_>, text: &'t str) -> Self {
        if context.earlier.is_empty() && context.later.is_empty() {
            return Self { text: Cow::Borrowed(text), this: 0..text.len(), places: Vec::new() };
        }
        let mut run: Vec<(Message, &str, usize)> = Vec::new();
        for (i, message) in context.earlier.iter().enumerate().rev().take(MESSAGES) {
            let skipped = message.ceil_char_boundary(message.len().saturating_sub(REACH));
            run.push((Message::Earlier(i), &message[skipped..], skipped));
            if skipped > 0 {
                break;
            }
        }
        run.reverse();
        run.push((Message::This, text, 0));
        for (i, message) in context.later.iter().enumerate().take(MESSAGES) {
            let near = &message[..message.floor_char_boundary(REACH)];
            run.push((Message::Later(i), near, 0));
            if near.len() < message.len() {
                break;
            }
        }
        let (mut whole, mut this, mut places) = (String::new(), 0..0, Vec::with_capacity(run.len()));
        for (message, near, skipped) in run {
            if !whole.is_empty() && !near.is_empty() {
                whole.push(joint(&whole, near));
            }
            let place = whole.len()..whole.len() + near.len();
            whole.push_str(near);
            if message == Message::This {
                this = place.clone();
            }
            places.push((message, place, skipped));
        }
        Self { text: Cow::Owned(whole), this, places }
    }

    /// A finding of the whole text, by what of it stands where.
    pub(super) fn split(&self, mut finding: Finding) -> InContext {
        let span = finding.start..finding.end;
        (finding.start, finding.end) = (
            span.start.max(self.this.start) - self.this.start,
            span.end.min(self.this.end) - self.this.start,
        );
        if self.this.start <= span.start && span.end <= self.this.end {
            return InContext { finding, parts: Vec::new() };
        }
        let parts = self.places.iter().filter_map(|(message, place, skipped)| {
            let (start, end) = (span.start.max(place.start), span.end.min(place.end));
            (start < end).then(|| Part {
                message: *message,
                start: start - place.start + skipped,
                end: end - place.start + skipped,
            })
        });
        InContext { parts: parts.collect(), finding }
    }
}

/// What stands between two messages when they are read as one text: one byte. A number that breaks off and goes
/// on is read with the sign that parts its groups; everything else begins on a new line.
pub fn joint(before: &str, after: &str) -> char {
    let before = before.trim_end_matches([' ', '-', '.', '/']);
    let goes_on = after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let breaks_off = before.ends_with(|c: char| c.is_ascii_digit());
    if !goes_on || !(breaks_off || ends_in_a_code(before)) {
        return '\n';
    }
    let parted_by = before.chars().rev().find(|c| !c.is_ascii_digit());
    parted_by.filter(|sign| matches!(sign, '-' | '.' | '/')).unwrap_or(' ')
}

/// Whether the last word is capitals and the one before it has digits, as in `NL91 ABNA`.
fn ends_in_a_code(text: &str) -> bool {
    let mut words = text.rsplit(' ').take(2);
    let capitals = words.next().is_some_and(|word| {
        (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    });
    capitals && words.next().is_some_and(|word| word.len() <= 8 && word.bytes().any(|b| b.is_ascii_digit()))
}
