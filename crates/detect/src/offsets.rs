//! Converts byte spans into the units that other languages count in.

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
    let (mut byte, mut counted) = (0, 0);
    let mut reach = |to: usize| {
        let step = text.get(byte..to).unwrap_or_default();
        counted += match unit {
            Unit::Bytes => step.len(),
            Unit::Chars => step.chars().count(),
            Unit::Utf16 => step.encode_utf16().count(),
        };
        byte += step.len();
        counted
    };
    findings.iter().map(|finding| reach(finding.start)..reach(finding.end)).collect()
}
