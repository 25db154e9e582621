//! A text in blocks of 64 bytes, with a bit a byte for each class of bytes.
//!
//! The compiler makes vectors of the loop that tells the classes apart; words and numbers are then found by
//! counting bits.

use super::INDEX;

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
const WATCHED: [u8; 4] = *b"@<:-";

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

impl Block {
    fn new(bytes: &[u8; BYTES]) -> Self {
        let mut classes = [0; BYTES];
        for (class, byte) in classes.iter_mut().zip(bytes) {
            *class = class_of(*byte);
        }
        let mut block = Self { letters: 0, digits: 0, marks: 0, spaces: 0 };
        for (i, eight) in classes.as_chunks().0.iter().enumerate() {
            let eight = u64::from_le_bytes(*eight);
            block.letters |= bits(eight) << (8 * i);
            block.digits |= bits(eight >> 1) << (8 * i);
            block.marks |= bits(eight >> 2) << (8 * i);
            block.spaces |= bits(eight >> 3) << (8 * i);
        }
        block
    }
}

/// The class of a byte: a bit each for a letter, a digit, a mark and a space; without a branch.
fn class_of(byte: u8) -> u8 {
    let latin = u8::from((byte | 0x20).wrapping_sub(b'a') < 26);
    let letter = latin | u8::from(byte == crate::folded::OTHER_LETTER);
    let digit = u8::from(byte.wrapping_sub(b'0') < 10);
    let mark = MARKS.iter().fold(0, |is, mark| is | u8::from(byte == *mark));
    let space = u8::from(byte == b' ');
    letter | (digit << 1) | (mark << 2) | (space << 3)
}

/// The lowest bit of each of eight bytes, side by side.
const fn bits(eight: u64) -> u64 {
    (eight & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
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
    /// The last block's last byte was one of them.
    open: u64,
}

impl Runs {
    /// Which of the next block's bits begin a run.
    pub(super) const fn starts(&mut self, bits: u64) -> u64 {
        let starts = bits & !(bits << 1 | self.open);
        self.open = bits >> 63;
        starts
    }
}

/// The run of set bits from `start` on in the block that begins at `base`, as places in the text; `is` tells of the
/// bytes in the next block.
#[inline]
pub(super) fn run(
    bytes: &[u8],
    bits: u64,
    base: usize,
    start: u32,
    is: impl Fn(u8) -> bool,
) -> (usize, usize) {
    let mut end = base + (start + (bits >> start).trailing_ones()) as usize;
    if end == base + BYTES {
        end += bytes[end..].iter().take_while(|byte| is(**byte)).count();
    }
    (base + start as usize, end)
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
                        let mut starts = runs.starts(block.digits);
                        while starts != 0 {
                            let start = starts.trailing_zeros();
                            seen.push(run(&text, block.digits, base, start, |b| b.is_ascii_digit()));
                            starts &= starts - 1;
                        }
                    }
                    assert_eq!(seen, [(start, end)], "{len}");
                }
            }
        }
    }
}
