//! One pass over the folded text: its runs of digits, its cues, the fixed signs of secrets.

use super::{
    Cue, INDEX, Prefix,
    blocks::{Marks, Runs, blocks},
    index::{Literal, Meaning, PART, Part, is_letter, letters},
    spare,
};
use crate::page::Group;

/// What the pass found, in the order of the literals' keys.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) groups: Vec<Group>,
    pub(super) cues: Vec<Cue>,
    pub(super) prefixes: Vec<Prefix>,
    pub(super) marks: Marks,
    /// Whether seventeen signs stand somewhere without a space between them.
    pub(super) has_long_words: bool,
    /// Where every twelfth of the words of three to eight letters begins that stand in a row.
    pub(super) twelfths: Vec<usize>,
}

/// The letters of [`letters`] that count in a beginning.
const FIRST: u64 = (1 << (8 * PART)) - 1;

/// Of so many words of three to eight letters in a row one is remembered: prose has shorter and longer ones between.
const ROW: usize = 12;

/// How many signs without a space between them may be a key whose fixed sign stands somewhere within.
const LONG: usize = 40;
/// How many may be a long code of another kind.
const LONGISH: usize = 17;

/// What belongs to a word of so many letters among eight bytes; to one letter, the sign behind it.
const WITHIN: [u64; 9] = {
    let mut within = [u64::MAX; 9];
    let mut len = 0;
    while len < 8 {
        within[len] = (1 << (8 * if len == 1 { 2 } else { len })) - 1;
        len += 1;
    }
    within
};

pub(super) fn scan(bytes: &[u8]) -> Seen {
    let (groups, cues, twelfths) = spare::take();
    let mut seen = Seen { groups, cues, twelfths, ..Seen::default() };
    let (mut space, mut long) = (0, false);
    let mut row = 0;
    let (mut words, mut numbers) = (Runs::default(), Runs::default());
    for (block, base) in blocks(bytes) {
        words.each(block.letters, base, |start, end| {
            row = if (3..=8).contains(&(end - start)) { row + 1 } else { 0 };
            if row == ROW {
                row = 0;
                seen.twelfths.push(start);
            }
            seen.word(bytes, start, end);
        });
        numbers.each(block.digits, base, |start, end| seen.number(bytes, start, end));
        let mut marks = block.marks;
        while marks != 0 {
            let at = base + marks.trailing_zeros() as usize;
            marks &= marks - 1;
            seen.marks.add(bytes[at]);
            if INDEX.signs[usize::from(bytes[at])] {
                seen.sign(bytes, at);
            }
        }
        if block.spaces != 0 {
            // The last block has a space behind the text.
            let first = base + block.spaces.trailing_zeros() as usize;
            let (longish, very_long) = gaps(block.spaces);
            seen.has_long_words |= first - space >= LONGISH || longish;
            long |= first - space >= LONG || very_long;
            space = base + 63 - block.spaces.leading_zeros() as usize;
        }
    }
    if long {
        seen.amid_letters(bytes);
    }
    seen
}

/// Whether there are [`LONGISH`] steps from one bit to the next, and whether there are [`LONG`].
const fn gaps(bits: u64) -> (bool, bool) {
    // A run of n - 1 zeros with a one at its end: runs of 2, 4, … are what is left after each step.
    let zeros = !bits;
    let two = zeros & (zeros >> 1);
    let four = two & (two >> 2);
    let eight = four & (four >> 4);
    let sixteen = eight & (eight >> 8);
    let thirty_two = sixteen & (sixteen >> 16);
    (sixteen != 0, thirty_two & (thirty_two >> (LONG - 1 - 32)) != 0)
}

impl Seen {
    /// Remembers a run of digits.
    fn number(&mut self, bytes: &[u8], start: usize, end: usize) {
        let letters = |from: usize| bytes[from..start].iter().all(u8::is_ascii_alphabetic);
        let within = start > 0
            && bytes[start - 1].is_ascii_alphabetic()
            && self.groups.last().is_some_and(|before| letters(before.end));
        self.groups.push(Group { start, end, within });
    }

    /// Looks a word of the text up.
    fn word(&mut self, bytes: &[u8], start: usize, end: usize) {
        let len = end - start;
        let head = match bytes[start..].first_chunk::<8>() {
            // Every byte of a letter has this bit when it is lower case.
            Some(head) => u64::from_le_bytes(*head) | u64::from_le_bytes([b' '; 8]),
            None => letters(bytes, start, bytes.len() - start),
        };
        let whole = head & WITHIN[len.min(8)];
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

    /// Looks for the literals without letters.
    fn sign(&mut self, bytes: &[u8], at: usize) {
        for literal in INDEX.of_signs().iter().filter(|literal| !literal.open_left) {
            if literal.text[literal.key as usize] == bytes[at] {
                self.compare(bytes, literal, at);
            }
        }
    }

    /// Compares the text with a literal whose key would stand at `key`: its ends first, which differ nearly always.
    #[expect(clippy::inline_always, reason = "a call costs more than the two comparisons that it mostly is")]
    #[inline(always)]
    fn compare(&mut self, bytes: &[u8], literal: &'static Literal, key: usize) {
        let start = key.wrapping_sub(literal.key as usize);
        let last = start.wrapping_add(literal.text.len() - 1);
        if let (Some(first), Some(last)) = (bytes.get(start), bytes.get(last))
            && (first | 0x20, last | 0x20) == literal.ends
        {
            self.compare_whole(bytes, literal, start);
        }
    }

    #[inline(never)]
    fn compare_whole(&mut self, bytes: &[u8], literal: &'static Literal, start: usize) {
        let end = start + literal.text.len();
        let there = &bytes[start..end];
        match literal.meaning {
            Meaning::Cue(topic) => {
                if is_in_lower_case(there, literal.text)
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

/// Whether bytes are the same but for upper case; `lower` has none, and is as long.
fn is_in_lower_case(bytes: &[u8], lower: &[u8]) -> bool {
    let ((bytes, rest), (lower, rest_lower)) = (bytes.as_chunks::<8>(), lower.as_chunks::<8>());
    bytes.iter().zip(lower).all(|(some, lower)| lower_case(*some) == u64::from_le_bytes(*lower))
        && rest.eq_ignore_ascii_case(rest_lower)
}

/// Eight bytes with their capital letters made small.
fn lower_case(eight: [u8; 8]) -> u64 {
    let all = |byte: u8| u64::from_le_bytes([byte; 8]);
    let eight = u64::from_le_bytes(eight);
    let low = eight & all(0x7F);
    // Each sum stays within its byte, since the highest bits are clear.
    let capital = (low + all(0x80 - b'A')) & !(low + all(0x80 - b'Z' - 1)) & !eight & all(0x80);
    eight | capital >> 2
}

/// Whether a word may begin or end at `at`: there is no letter on both sides.
fn stands_free(bytes: &[u8], at: usize) -> bool {
    at == 0 || at == bytes.len() || !(is_letter(bytes[at - 1]) && is_letter(bytes[at]))
}
