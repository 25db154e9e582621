//! A text in blocks of 64 bytes, with a bit a byte for each class of bytes.
//!
//! The classes are told apart in vectors of sixteen bytes; words and numbers are then found by counting bits.

use super::INDEX;
use wide::u8x16;

/// How many bytes a block has.
const BYTES: usize = 64;

/// Which bytes of a block belong to which class; the first byte has the lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) letters: u64,
    pub(super) digits: u64,
    /// The signs of [`Marks`].
    pub(super) marks: u64,
    /// Spaces, and what lies beyond the end of the text.
    pub(super) spaces: u64,
}

/// Signs that families look for: where a text has none of one, they need not.
const WATCHED: [u8; 5] = *b"@<:-.";

const MARK_COUNT: usize = {
    let (mut count, mut byte) = (0, 0);
    while byte < INDEX.signs.len() {
        count += (INDEX.signs[byte] || is_watched(byte as u8)) as usize;
        byte += 1;
    }
    count
};

/// The bytes that literals without letters are looked for by, and those that are watched.
const MARKS: [u8; MARK_COUNT] = {
    let mut marks = [0; MARK_COUNT];
    let (mut count, mut byte) = (0, 0);
    while byte < INDEX.signs.len() {
        if INDEX.signs[byte] || is_watched(byte as u8) {
            marks[count] = byte as u8;
            count += 1;
        }
        byte += 1;
    }
    marks
};

const fn is_watched(byte: u8) -> bool {
    let mut i = 0;
    while i < WATCHED.len() {
        if WATCHED[i] == byte {
            return true;
        }
        i += 1;
    }
    false
}

/// Which of the marks a text has.
#[derive(Clone, Copy, Default)]
pub(super) struct Marks(u128);

impl Marks {
    pub(super) fn add(&mut self, byte: u8) {
        self.0 |= 1 << (byte & 0x7F);
    }

    /// Whether a text has this sign, which must be a watched one.
    pub(super) fn has(self, byte: u8) -> bool {
        debug_assert!(is_watched(byte), "nobody has looked for {byte}");
        self.0 & 1 << (byte & 0x7F) != 0
    }
}

/// How many bytes are told apart at once.
const LANES: usize = 16;

impl Block {
    fn new(bytes: &[u8; BYTES]) -> Self {
        let mut block = Self { letters: 0, digits: 0, marks: 0, spaces: 0 };
        for (i, some) in bytes.as_chunks::<LANES>().0.iter().enumerate() {
            let some = u8x16::new(*some);
            let bits = |is: u8x16| u64::from(is.to_bitmask()) << (LANES * i);
            let among = |some: u8x16, first: u8, last: u8| {
                (some - u8x16::splat(first)).simd_le(u8x16::splat(last - first))
            };
            let is = |byte: u8| some.simd_eq(u8x16::splat(byte));
            let latin = among(some | u8x16::splat(0x20), b'a', b'z');
            block.letters |= bits(latin | is(crate::folded::OTHER_LETTER));
            block.digits |= bits(among(some, b'0', b'9'));
            block.marks |= bits(MARKS.iter().fold(u8x16::ZERO, |any, mark| any | is(*mark)));
            block.spaces |= bits(is(b' '));
        }
        block
    }
}

/// The blocks of a text, each with the place of its first byte. The last one has spaces behind the text, at least one.
pub(super) fn blocks(bytes: &[u8]) -> impl Iterator<Item = (Block, usize)> + '_ {
    let (whole, rest) = bytes.as_chunks::<BYTES>();
    let mut filled = [b' '; BYTES];
    filled[..rest.len()].copy_from_slice(rest);
    (0..=whole.len()).map(move |i| (Block::new(whole.get(i).unwrap_or(&filled)), i * BYTES))
}

/// Runs of bytes of one class, which may go on from block to block.
#[derive(Default)]
pub(super) struct Runs {
    /// Whether the last block's last byte was one of them: a bit.
    open: u64,
    /// Where the run began that is open.
    start: usize,
}

impl Runs {
    /// Tells of each run that ends in the next block, whose bytes of the class have these bits, as places in the text.
    #[expect(
        clippy::inline_always,
        reason = "the loops of a scan are one function: half of its time is here"
    )]
    #[inline(always)]
    pub(super) fn each(&mut self, bits: u64, base: usize, mut run: impl FnMut(usize, usize)) {
        let mut begins = bits & !(bits << 1 | self.open);
        let mut ends = !bits & (bits << 1 | self.open);
        let mut next_start = || {
            let start = base + begins.trailing_zeros() as usize;
            begins &= begins.wrapping_sub(1);
            start
        };
        let mut start = if self.open == 0 { next_start() } else { self.start };
        while ends != 0 {
            run(start, base + ends.trailing_zeros() as usize);
            ends &= ends - 1;
            start = next_start();
        }
        (self.open, self.start) = (bits >> 63, start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cue::index::is_letter;

    #[test]
    fn every_byte_is_in_its_class_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            let text = [byte; 3 * BYTES - 1];
            for (block, base) in blocks(&text) {
                let all = if base == 2 * BYTES { u64::MAX >> 1 } else { u64::MAX };
                let bits = |is: bool| if is { all } else { 0 };
                assert_eq!(block.letters, bits(is_letter(byte)), "{byte}");
                assert_eq!(block.digits, bits(byte.is_ascii_digit()), "{byte}");
                assert_eq!(block.marks, bits(MARKS.contains(&byte)), "{byte}");
                assert_eq!(block.spaces, bits(byte == b' ') | !all, "{byte}");
            }
        }
    }

    #[test]
    fn runs_are_whole_wherever_they_begin_and_end() {
        for start in 0..130 {
            for end in start + 1..200 {
                for len in [end, end + 1, 256] {
                    let text: Vec<u8> =
                        (0..len).map(|at| if (start..end).contains(&at) { b'7' } else { b'-' }).collect();
                    let (mut runs, mut seen) = (Runs::default(), Vec::new());
                    for (block, base) in blocks(&text) {
                        runs.each(block.digits, base, |start, end| seen.push((start, end)));
                    }
                    assert_eq!(seen, [(start, end)], "{len}");
                }
            }
        }
    }
}
