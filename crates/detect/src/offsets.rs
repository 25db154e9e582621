//! Converts byte spans into the units that other languages count in, and back.

use crate::Finding;
use std::ops::Range;

/// What an offset counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Unit {
    /// Bytes of UTF-8, as Rust and Go count.
    #[default]
    Bytes,
    /// Unicode code points, as Python counts.
    Chars,
    /// UTF-16 code units, as JavaScript, Java and C# count.
    Utf16,
}

impl Unit {
    /// How long a text is.
    pub fn length(self, text: &str) -> usize {
        match self {
            Unit::Bytes => text.len(),
            Unit::Chars => text.chars().count(),
            Unit::Utf16 => text.encode_utf16().count(),
        }
    }

    const fn of(self, c: char) -> usize {
        match self {
            Unit::Bytes => c.len_utf8(),
            Unit::Chars => 1,
            Unit::Utf16 => c.len_utf16(),
        }
    }
}

/// The spans of `findings` in `unit`, in their order; one pass over the text.
///
/// The findings must be sorted by start and must not overlap, as
/// [`Detector::detect`](crate::Detector::detect) returns them, and `text` must be the text that
/// was given to it.
///
/// ```
/// use aside_detect::{Detector, offsets::{self, Unit}};
/// let text = "Grüße 😀 an anna@example.com";
/// let findings = Detector::new().detect(text);
/// assert_eq!(offsets::convert(text, &findings, Unit::Bytes), [16..32]);
/// assert_eq!(offsets::convert(text, &findings, Unit::Chars), [11..27]);
/// assert_eq!(offsets::convert(text, &findings, Unit::Utf16), [12..28]);
/// ```
pub fn convert(text: &str, findings: &[Finding], unit: Unit) -> Vec<Range<usize>> {
    convert_spans(text, findings.iter().map(|finding| finding.start..finding.end), unit)
}

/// Spans in bytes, sorted by start and not overlapping, in `unit`; one pass over the text.
pub fn convert_spans(
    text: &str,
    spans: impl IntoIterator<Item = Range<usize>>,
    unit: Unit,
) -> Vec<Range<usize>> {
    let (mut byte, mut counted) = (0, 0);
    let mut reach = |to: usize| {
        let step = text.get(byte..to).unwrap_or_default();
        counted += unit.length(step);
        byte += step.len();
        counted
    };
    spans.into_iter().map(|span| reach(span.start)..reach(span.end)).collect()
}

/// The bytes at which the offsets in `unit` stand, in the order in which they are given; one pass over the text.
///
/// `None` for an offset beyond the text, or in the middle of a character.
///
/// ```
/// use aside_detect::offsets::{Unit, to_bytes};
/// assert_eq!(to_bytes("é😀!", Unit::Chars, &[2, 0, 3, 4]), [Some(6), Some(0), Some(7), None]);
/// assert_eq!(to_bytes("é😀!", Unit::Utf16, &[1, 2, 3]), [Some(2), None, Some(6)]);
/// ```
pub fn to_bytes(text: &str, unit: Unit, offsets: &[usize]) -> Vec<Option<usize>> {
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_unstable_by_key(|at| offsets[*at]);
    let mut found = vec![None; offsets.len()];
    let (mut byte, mut counted) = (0, 0);
    let mut rest = text.chars();
    for at in order {
        while counted < offsets[at] {
            let Some(c) = rest.next() else { break };
            counted += unit.of(c);
            byte += c.len_utf8();
        }
        found[at] = (counted == offsets[at]).then_some(byte);
    }
    found
}
