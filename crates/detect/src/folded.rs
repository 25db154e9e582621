//! One view of a text in which all ways to write a character look the same.
//!
//! The view is one byte a character: digits of every script are ASCII digits, accents are gone,
//! spaces and dashes of every width are one, characters that nobody sees and the marks of quoted lines are left
//! out. Each byte knows where its character stands in the original.

use crate::{
    characters::{DROP, fold_far, fold_near, is_mark},
    homoglyphs,
};
use memchr::memmem;
use std::borrow::Cow;

/// Stands for a letter outside the Latin script.
pub(crate) const OTHER_LETTER: u8 = 0x80;
/// Stands for any other character.
pub(crate) const OTHER: u8 = 0x81;

pub(crate) struct Folded<'t> {
    text: &'t str,
    bytes: Cow<'t, [u8]>,
    /// Where each byte's character starts in `text`; empty where the view is the text itself.
    starts: Vec<u32>,
    /// Where what each byte stands for ends in `text`, where that is not its character; else empty.
    ends: Vec<u32>,
}

/// Another view of a folded text, made piece by piece.
pub(crate) struct View {
    bytes: Vec<u8>,
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl View {
    pub(crate) fn with_capacity(len: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(len),
            starts: Vec::with_capacity(len),
            ends: Vec::with_capacity(len),
        }
    }

    /// Goes on with the view's `from..to` as it is.
    pub(crate) fn copy(&mut self, folded: &Folded<'_>, from: usize, to: usize) {
        for at in from..to {
            self.put(folded, folded.bytes[at], at, at + 1);
        }
    }

    /// Goes on with a byte that stands for the view's `start..end`; for nothing if that is empty.
    pub(crate) fn put(&mut self, folded: &Folded<'_>, byte: u8, start: usize, end: usize) {
        let (first, last) = if start < end {
            folded.original(start, end)
        } else {
            let at = start.checked_sub(1).map_or(0, |before| folded.original(before, start).1);
            (at, at)
        };
        self.bytes.push(byte);
        self.starts.push(first as u32);
        self.ends.push(last as u32);
    }
}

impl<'t> Folded<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        let (is_ascii, quoted) = looked_at(text.as_bytes());
        let quoted = quoted && memmem::find(text.as_bytes(), b"\n>").is_some();
        if is_ascii && !quoted {
            return Self {
                text,
                bytes: Cow::Borrowed(text.as_bytes()),
                starts: Vec::new(),
                ends: Vec::new(),
            };
        }
        let (mut bytes, mut starts) = fold(text);
        if quoted {
            leave_out_quote_marks(&mut bytes, &mut starts);
        }
        homoglyphs::read_as_latin(text, &mut bytes, &starts);
        Self { text, bytes: Cow::Owned(bytes), starts, ends: Vec::new() }
    }

    /// The same text in another view, whose pieces were put together from this one.
    pub(crate) fn seen_as(&self, view: View) -> Self {
        Self { text: self.text, bytes: Cow::Owned(view.bytes), starts: view.starts, ends: view.ends }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether a digit of the view's `start..end` stands for a word.
    pub(crate) fn is_spoken(&self, start: usize, end: usize) -> bool {
        let Some(ends) = self.ends.get(start..end) else { return false };
        let longest_digit = 4 + 8 * 4;
        (start..end).zip(ends).any(|(at, stop)| {
            let spans = *stop as usize - self.starts[at] as usize;
            let first = self.text[self.starts[at] as usize..].chars().next();
            self.bytes[at].is_ascii_digit()
                && (spans > longest_digit || first.is_some_and(char::is_alphabetic))
        })
    }

    /// The text that is viewed.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// Whether the view is the text itself, byte for byte.
    pub(crate) fn is_original(&self) -> bool {
        self.starts.is_empty()
    }

    /// The bytes of the original that the view's `start..end` (not empty) stands for, with the
    /// marks that belong to its last character.
    pub(crate) fn original(&self, start: usize, end: usize) -> (usize, usize) {
        if self.starts.is_empty() {
            return (start, end);
        }
        if let Some(stop) = self.ends.get(end - 1) {
            return (self.starts[start] as usize, *stop as usize);
        }
        let last = self.starts[end - 1] as usize;
        let mut rest = self.text[last..].chars();
        let mut stop = last + rest.next().map_or(0, char::len_utf8);
        for c in rest.take_while(|c| is_mark(*c)).take(8) {
            stop += c.len_utf8();
        }
        (self.starts[start] as usize, stop)
    }

    /// The character of the original that the view's byte `at` stands for.
    pub(crate) fn character(&self, at: usize) -> char {
        let (start, _) = self.original(at, at + 1);
        self.text[start..].chars().next().unwrap_or('\n')
    }

    /// Whether a letter in the view's `start..end` is an accented one in the original: harmless in
    /// words, never a part of a code.
    pub(crate) fn has_accents(&self, start: usize, end: usize) -> bool {
        let Some(starts) = self.starts.get(start..end) else { return false };
        starts.iter().zip(&self.bytes[start..end]).any(|(at, byte)| {
            let mut here = self.text[*at as usize..].chars();
            let accented = here.next().is_some_and(|c| matches!(c as u32, 0xC0..=0x24F | 0x1E00..=0x1EFF));
            let marked = here.next().is_some_and(|c| matches!(c as u32, 0x300..=0x36F));
            byte.is_ascii_alphabetic() && (accented || marked)
        })
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

/// Whether a text is all ASCII, and whether it has a `>`.
fn looked_at(bytes: &[u8]) -> (bool, bool) {
    let look = |piece: &[u8]| {
        piece.iter().fold((0, 0), |(high, quoted), b| (high | b & 0x80, quoted | u8::from(*b == b'>')))
    };
    let (pieces, rest) = bytes.as_chunks::<64>();
    // Whole pieces without a way out in between: the compiler makes vectors of them.
    let looks = pieces.iter().map(|piece| look(piece)).chain([look(rest)]);
    let (high, quoted) = looks.fold((0, 0), |all, one| (all.0 | one.0, all.1 | one.1));
    (high == 0, quoted != 0)
}

/// The folded characters of a text that is not all ASCII, and where each starts.
fn fold(text: &str) -> (Vec<u8>, Vec<u32>) {
    let source = text.as_bytes();
    let (mut bytes, mut starts) = (Vec::with_capacity(source.len()), Vec::with_capacity(source.len()));
    let mut at = 0;
    while let Some(first) = source.get(at) {
        let (folded, len) = match first {
            0..0x80 => {
                let rest = &source[at..];
                let run = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
                bytes.extend_from_slice(&rest[..run]);
                starts.extend(at as u32..(at + run) as u32);
                at += run;
                continue;
            }
            0x80..0xE0 => {
                let second = source.get(at + 1).map_or(0, |b| b & 0x3F);
                (fold_near(u32::from(first & 0x1F) << 6 | u32::from(second)), 2)
            }
            _ => {
                let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                // The long-vowel sign of Japanese stands for a dash between digits alone.
                let dash = c == 'ー' && bytes.last().is_some_and(u8::is_ascii_digit);
                (if dash { b'-' } else { fold_far(c) }, c.len_utf8())
            }
        };
        if folded != DROP {
            bytes.push(folded);
            starts.push(at as u32);
        }
        at += len;
    }
    (bytes, starts)
}

/// Takes ">" and "> > " at the beginning of lines out: a value that was wrapped in a quoted message goes on
/// behind them.
fn leave_out_quote_marks(bytes: &mut Vec<u8>, starts: &mut Vec<u32>) {
    let (mut kept, mut at) = (0, 0);
    while at < bytes.len() {
        (bytes[kept], starts[kept]) = (bytes[at], starts[at]);
        at += 1;
        kept += 1;
        if bytes[kept - 1] == b'\n' {
            while bytes.get(at) == Some(&b'>') {
                at += if bytes.get(at + 1) == Some(&b' ') { 2 } else { 1 };
            }
        }
    }
    bytes.truncate(kept);
    starts.truncate(kept);
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
        assert_eq!(Folded::new("Tiếng Việt, nº 4, ÅŞĞıİ").bytes(), b"Tieng Viet, no 4, ASGiI");
    }

    #[test]
    fn dressed_up_letters_and_digits_are_plain() {
        assert_eq!(Folded::new("𝐚𝒃𝕮𝙳ℯ Ⓕⓖ🄷🅸 ᴀʙᴄ").bytes(), b"abCDe FgHI abc");
        assert_eq!(Folded::new("①❷➂⁴₅⓺⑺⒏🄊 𝟗𝟘").bytes(), "12345\u{36}789 90".as_bytes());
        assert_eq!(
            Folded::new("090ー1234ー5678 カード").bytes(),
            b"090-1234-5678 \x80\x80\x80\x80".get(..17).unwrap()
        );
    }

    #[test]
    fn look_alikes_among_latin_letters_are_latin() {
        assert_eq!(Folded::new("аnnа@ехаmрlе.сοm").bytes(), b"anna@example.com");
        assert_eq!(Folded::new("info@раураl.соm").bytes(), b"info@paypal.com");
        assert_eq!(Folded::new("сено, рот").bytes(), b"\x80\x80\x80\x80, \x80\x80\x80");
        assert_eq!(Folded::new("иван@example.com").bytes(), b"\x80\x80\x80\x80@example.com");
    }

    #[test]
    fn a_keycap_digit_is_covered_whole() {
        let text = "4\u{fe0f}\u{20e3}";
        assert_eq!(Folded::new(text).original(0, 1), (0, text.len()));
    }

    #[test]
    fn a_value_goes_on_behind_a_quote_mark() {
        let text = "> 4111 1111\n> > 1111\n>é\n> \n1 > 0";
        let folded = Folded::new(text);
        assert_eq!(folded.bytes(), b"> 4111 1111\n1111\ne\n\n1 > 0");
        assert_eq!(folded.original(2, 16), (2, 20));
    }
}
