//! The model file: a lexicon, transitions between tags, and one table of weights.
//!
//! Little-endian. A header of 64 words of four bytes: magic, log2 of the lexicon's entries, log2 of
//! the table's lines, the value of one unit of weight times 2^20, the unit-less bias against
//! "outside", then 7 x 7 transitions and 7 starts in units of weight (signed). The lexicon follows,
//! padded to 64 bytes, the table of likeness, then the lines.
//!
//! A line is 64 bytes, as a processor fetches them: seven checks of two bytes, seven times seven
//! weights of one byte, one byte unused. A feature's hash says which line it is in, and its check.

use crate::{
    label::TAGS,
    lexicon::{ENTRY, Lexicon},
    likeness,
};

pub(crate) const MAGIC: u32 = 0x314d_4e41;
pub(crate) const HEADER: usize = 64 * 4;
pub(crate) const LINE: usize = 64;
/// Features in a line.
pub(crate) const SLOTS: usize = 7;
/// What a forbidden transition costs.
pub(crate) const NEVER: i32 = -1_000_000;

/// Sums of weights, one for each tag; the eighth is nothing.
pub(crate) type Scores = [i32; 8];

/// A model, lying anywhere in memory as it lies in its file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Model<'m> {
    pub(crate) lexicon: Lexicon<'m>,
    /// Log-odds by row of three characters, signed.
    pub(crate) likeness: &'m [u8; likeness::SIZE],
    lines: &'m [u8],
    line_bits: u32,
    /// What one unit of weight is worth in natural logarithms.
    pub(crate) unit: f32,
    pub(crate) transitions: [[i32; TAGS]; TAGS],
    pub(crate) starts: [i32; TAGS],
}

/// Where a feature's line begins, and its check, which is never 0.
pub(crate) const fn place(feature: u64, line_bits: u32) -> (usize, u16) {
    let line = (feature >> (64 - line_bits)) as usize;
    let check = (feature >> 8) as u16;
    (line * LINE, if check == 0 { 1 } else { check })
}

impl<'m> Model<'m> {
    /// Reads the header; `None` where the bytes are no model.
    pub(crate) fn read(bytes: &'m [u8]) -> Option<Self> {
        let (header, rest) = bytes.split_at_checked(HEADER)?;
        let mut words = header.as_chunks::<4>().0.iter().map(|w| u32::from_le_bytes(*w));
        let mut word = || words.next();
        if word()? != MAGIC {
            return None;
        }
        let lexicon_bytes = (1_usize.checked_shl(word()?)?).checked_mul(ENTRY)?;
        let line_bits = word()?;
        let lines_bytes = (1_usize.checked_shl(line_bits)?).checked_mul(LINE)?;
        let unit = word()? as f32 / (1 << 20) as f32;
        let against_outside = word()? as i32;
        let mut transitions = [[0; TAGS]; TAGS];
        for to in transitions.iter_mut().flatten() {
            *to = word()? as i32;
        }
        let mut starts = [0; TAGS];
        for start in &mut starts {
            *start = word()? as i32;
        }
        for from in &mut transitions {
            from[0] -= against_outside;
        }
        starts[0] -= against_outside;
        let (lexicon, rest) = rest.split_at_checked(lexicon_bytes.next_multiple_of(LINE))?;
        let (likeness, rest) = rest.split_first_chunk::<{ likeness::SIZE }>()?;
        let lines = rest.get(..lines_bytes)?;
        Some(Self {
            lexicon: Lexicon::new(&lexicon[..lexicon_bytes])?,
            likeness,
            lines,
            line_bits,
            unit,
            transitions,
            starts,
        })
    }

    /// Adds a feature's weights to the scores.
    #[inline]
    pub(crate) fn add(&self, feature: u64, scores: &mut Scores) {
        let (at, check) = place(feature, self.line_bits);
        let Some(line) = self.lines.get(at..at + LINE).and_then(|l| <&[u8; LINE]>::try_from(l).ok()) else {
            return;
        };
        for slot in 0..SLOTS {
            if u16::from_le_bytes([line[slot * 2], line[slot * 2 + 1]]) == check {
                let weights = &line[SLOTS * 2 + slot * TAGS..SLOTS * 2 + slot * TAGS + TAGS];
                for (score, weight) in scores.iter_mut().zip(weights) {
                    *score += i32::from(*weight as i8);
                }
                return;
            }
        }
    }
}
