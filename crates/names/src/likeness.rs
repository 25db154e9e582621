//! How much a word looks like the name of a person, by its rows of three characters.
//!
//! A table of log-odds, one signed byte each in sixteenths, by a hash of the three characters: how much
//! more often the row stands in the listed names than in ordinary words.

use crate::hash::mix;

/// Binary logarithm of the table's size.
pub(crate) const BITS: u32 = 13;
pub(crate) const SIZE: usize = 1 << BITS;

/// Stands before the first character and behind the last.
const EDGE: u64 = 0x5e;

/// Where a row of three characters has its log-odds.
pub(crate) const fn slot(row: [u64; 3]) -> usize {
    (mix(mix(mix(7, row[0]), row[1]), row[2]) >> (64 - BITS)) as usize
}

/// Collects the rows of a word, character by character.
pub(crate) struct Rows {
    row: [u64; 3],
    rows: usize,
}

impl Rows {
    pub(crate) const fn new() -> Self {
        Self { row: [0, 0, EDGE], rows: 0 }
    }

    /// The slot of the row that ends with this character.
    pub(crate) fn next(&mut self, value: u64) -> usize {
        self.row = [self.row[1], self.row[2], value];
        self.rows += 1;
        slot(self.row)
    }

    /// The slot of the last row, and how many rows there were.
    pub(crate) fn end(mut self) -> (usize, usize) {
        let last = self.next(EDGE);
        (last, self.rows)
    }
}

/// The mean of a word's log-odds, put into one of twelve drawers; 0 for words too short to tell.
pub(crate) fn drawer(sum: i32, rows: usize) -> u8 {
    if rows < 4 {
        return 0;
    }
    let mean = sum * 4 / rows as i32;
    ((mean + 60) / 12).clamp(0, 10) as u8 + 1
}
