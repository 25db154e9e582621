//! One pass over the folded text: its runs of digits, its cues, the fixed signs of secrets.

use super::{
    Cue, INDEX, Prefix,
    index::{Literal, Meaning, PART, Part, is_letter, letters},
};
use crate::page::Group;

/// What the pass found, in the order of the literals' keys.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) groups: Vec<Group>,
    pub(super) cues: Vec<Cue>,
    pub(super) prefixes: Vec<Prefix>,
    /// How many words of three to eight letters stand in a row at most.
    pub(super) longest_row: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Letter,
    Digit,
    /// A literal without letters may stand here.
    Sign,
}

/// The class of every byte.
static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = if is_letter(byte as u8) {
            Class::Letter
        } else if (byte as u8).is_ascii_digit() {
            Class::Digit
        } else if INDEX.signs[byte] {
            Class::Sign
        } else {
            Class::Other
        };
        byte += 1;
    }
    classes
};

/// The letters of [`letters`] that count in a beginning.
const FIRST: u64 = (1 << (8 * PART)) - 1;

/// How many signs without a space between them may be a key whose fixed sign stands somewhere within.
const LONG: usize = 40;

fn class(byte: u8) -> Class {
    CLASSES[byte as usize]
}

fn run(bytes: &[u8], from: usize, wanted: Class) -> usize {
    bytes[from..].iter().position(|b| class(*b) != wanted).map_or(bytes.len(), |len| from + len)
}

pub(super) fn scan(bytes: &[u8]) -> Seen {
    let mut seen = Seen::default();
    let (mut at, mut space, mut longest, mut row) = (0, 0, 0, 0);
    while let Some(&byte) = bytes.get(at) {
        match class(byte) {
            Class::Other => {
                if byte == b' ' {
                    longest = longest.max(at - space);
                    space = at;
                }
                at += 1;
            }
            Class::Letter => {
                let end = run(bytes, at + 1, Class::Letter);
                row = if (3..=8).contains(&(end - at)) { row + 1 } else { 0 };
                seen.longest_row = seen.longest_row.max(row);
                seen.word(bytes, at, end);
                at = end;
            }
            Class::Digit => {
                let end = run(bytes, at + 1, Class::Digit);
                seen.groups.push(Group { start: at, end });
                at = end;
            }
            Class::Sign => {
                for literal in INDEX.of_signs().iter().filter(|literal| !literal.open_left) {
                    if literal.text[literal.key as usize] == byte {
                        seen.compare(bytes, literal, at);
                    }
                }
                at += 1;
            }
        }
    }
    if longest.max(bytes.len() - space) >= LONG {
        seen.amid_letters(bytes);
    }
    seen
}

impl Seen {
    /// Looks a word of the text up.
    fn word(&mut self, bytes: &[u8], start: usize, end: usize) {
        let len = end - start;
        let head = match bytes[start..].first_chunk::<8>() {
            // Every byte of a letter has this bit when it is lower case.
            Some(head) => u64::from_le_bytes(*head) | 0x2020_2020_2020_2020,
            None => letters(bytes, start, len),
        };
        let whole = if len < 8 { head & ((1 << (8 * len)) - 1) } else { head };
        if INDEX.has_whole(whole, len) {
            for literal in INDEX.of(Part::Whole, whole, len) {
                self.compare(bytes, literal, start);
            }
        }
        if len < PART {
            return;
        }
        if INDEX.has_first(head) {
            for literal in INDEX.of(Part::Start, head & FIRST, PART) {
                self.compare(bytes, literal, start);
            }
        }
        let last = if len <= 8 { whole >> (8 * (len - PART)) } else { letters(bytes, end - PART, PART) };
        if INDEX.has_last(last) {
            for literal in INDEX.of(Part::End, last, PART) {
                if let Some(from) = end.checked_sub(literal.upto_key_end()) {
                    self.compare(bytes, literal, from + literal.key as usize);
                }
            }
        }
    }

    /// Compares the text with a literal whose key would stand at `key`.
    fn compare(&mut self, bytes: &[u8], literal: &'static Literal, key: usize) {
        let Some(start) = key.checked_sub(literal.key as usize) else { return };
        let end = start + literal.text.len();
        let Some(there) = bytes.get(start..end) else { return };
        match literal.meaning {
            Meaning::Cue(topic) => {
                if there.eq_ignore_ascii_case(literal.text)
                    && (literal.open_left || stands_free(bytes, start))
                    && (literal.open_right || stands_free(bytes, end))
                {
                    self.cues.push(Cue { start, end, topic });
                }
            }
            Meaning::Secret(which) => {
                if there == literal.text {
                    self.prefixes.push(Prefix { start, end, which: which as usize });
                }
            }
        }
    }

    /// The fixed signs that may stand amid letters, of keys longer than any word.
    fn amid_letters(&mut self, bytes: &[u8]) {
        for literal in INDEX.of_signs().iter().filter(|literal| literal.open_left) {
            for start in memchr::memmem::find_iter(bytes, literal.text) {
                self.compare(bytes, literal, start);
            }
        }
    }
}

/// Whether a word may begin or end at `at`: there is no letter on both sides.
fn stands_free(bytes: &[u8], at: usize) -> bool {
    at == 0 || at == bytes.len() || !(is_letter(bytes[at - 1]) && is_letter(bytes[at]))
}
