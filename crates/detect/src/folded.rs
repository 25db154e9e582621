//! One view of a text in which all ways to write a character look the same.
//!
//! The view is one byte a character: digits of every script are ASCII digits, accents are gone,
//! spaces and dashes of every width are one, characters that nobody sees are left out. Each byte
//! knows where its character stands in the original.

use crate::characters::{Fold, fold, is_mark};
use std::borrow::Cow;

/// Stands for a letter outside the Latin script.
pub(crate) const OTHER_LETTER: u8 = 0x80;
/// Stands for any other character.
pub(crate) const OTHER: u8 = 0x81;

pub(crate) struct Folded<'t> {
    text: &'t str,
    bytes: Cow<'t, [u8]>,
    /// Where each byte's character starts in `text`; empty where the text is plain ASCII.
    starts: Vec<u32>,
}

impl<'t> Folded<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, bytes: Cow::Borrowed(text.as_bytes()), starts: Vec::new() };
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut starts = Vec::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if let Fold::Byte(byte) = fold(c) {
                bytes.push(byte);
                starts.push(at as u32);
            }
        }
        Self { text, bytes: Cow::Owned(bytes), starts }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of the original that the view's `start..end` (not empty) stands for, with the
    /// marks that belong to its last character.
    pub(crate) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        if self.starts.is_empty() {
            return (start, end);
        }
        let last = self.starts[end - 1] as usize;
        let mut rest = self.text[last..].chars();
        let mut stop = last + rest.next().map_or(0, char::len_utf8);
        for c in rest.take_while(|c| is_mark(*c)).take(8) {
            stop += c.len_utf8();
        }
        (self.starts[start] as usize, stop)
    }

    /// Whether a letter in the view's `start..end` (not empty) is an accented one in the original:
    /// harmless in words, never a part of a code.
    pub(crate) fn has_accents(&self, start: usize, end: usize) -> bool {
        if self.starts.is_empty() {
            return false;
        }
        let (start, end) = self.original(start, end);
        let accented = |c: char| matches!(c as u32, 0xC0..=0x24F | 0x1E00..=0x1EFF | 0x0300..=0x036F);
        self.text[start..end].chars().any(accented)
    }

    /// The span in the view of a span that [`Self::original`] returned.
    pub(crate) fn folded(&self, start: usize, end: usize) -> (usize, usize) {
        if self.starts.is_empty() {
            return (start, end);
        }
        let at = |byte: usize| self.starts.partition_point(|s| (*s as usize) < byte);
        (at(start), at(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_become_ascii_and_spans_lead_back() {
        let text = "x ４\u{200b}１٣";
        let folded = Folded::new(text);
        assert_eq!(folded.bytes(), b"x 413");
        assert_eq!(folded.original(2, 5), (2, text.len()));
        assert_eq!(folded.original(2, 3), (2, 5));
    }

    #[test]
    fn accents_and_widths_do_not_matter() {
        assert_eq!(Folded::new("Prüfziffer").bytes(), b"Prufziffer");
        assert_eq!(Folded::new("Pru\u{308}fziffer").bytes(), b"Prufziffer");
        assert_eq!(Folded::new("ＡＢ\u{a0}c\u{ad}d – ł").bytes(), b"AB cd - l");
    }

    #[test]
    fn a_keycap_digit_is_covered_whole() {
        let text = "4\u{fe0f}\u{20e3}";
        assert_eq!(Folded::new(text).original(0, 1), (0, text.len()));
    }
}
