//! Digits in groups, as account numbers are written.

use crate::page::{Found, Page};

/// The longest national number: Poland's.
const LONGEST: usize = 26;
const GROUPS: usize = 8;

/// Groups of digits with single separators between them.
pub(super) struct Number {
    digits: [u8; LONGEST],
    /// How many digits there are up to the end of each group, and where it ends.
    ends: [(usize, usize); GROUPS],
    /// The separator before each group but the first.
    gaps: [u8; GROUPS],
    count: usize,
    pub(super) start: usize,
}

impl Number {
    /// The groups from `first` on, as many as may belong together.
    pub(super) fn at(page: &Page<'_>, found: &Found, first: usize) -> Self {
        let start = page.groups[first].start;
        let mut number =
            Self { digits: [0; LONGEST], ends: [(0, 0); GROUPS], gaps: [0; GROUPS], count: 0, start };
        let mut length = 0;
        for i in first..page.groups.len().min(first + GROUPS) {
            let group = page.digits(i);
            let gap = if i == first { b" " } else { page.gap(i - 1) };
            let joined = matches!(gap, [b' ' | b'-' | b'.' | b'/']);
            if found.is_used(i) || !joined || length + group.len() > LONGEST {
                break;
            }
            number.digits[length..length + group.len()].copy_from_slice(group);
            length += group.len();
            number.ends[number.count] = (length, page.groups[i].end);
            number.gaps[number.count] = gap[0];
            number.count += 1;
        }
        number
    }

    /// The digits of the first groups, with where they end; the longest piece first.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        (1..=self.count).rev().map(|groups| {
            let (length, end) = self.ends[groups - 1];
            Piece { number: self, groups, digits: &self.digits[..length], end }
        })
    }
}

/// The first groups of a number.
#[derive(Clone, Copy)]
pub(super) struct Piece<'n> {
    number: &'n Number,
    groups: usize,
    pub(super) digits: &'n [u8],
    pub(super) end: usize,
}

impl Piece<'_> {
    /// Whether the groups have these lengths and this separator between them.
    pub(super) fn is_grouped(&self, lengths: &[usize], separators: &[u8]) -> bool {
        lengths.len() == self.groups
            && self.lengths().eq(lengths.iter().copied())
            && self.number.gaps[1..self.groups]
                .iter()
                .all(|gap| separators.contains(gap) && *gap == self.number.gaps[1])
    }

    pub(super) fn lengths(&self) -> impl Iterator<Item = usize> + '_ {
        let mut before = 0;
        self.number.ends[..self.groups].iter().map(move |(length, _)| {
            let group = length - before;
            before = *length;
            group
        })
    }

    /// The separators between the groups.
    pub(super) fn gaps(&self) -> &[u8] {
        &self.number.gaps[1..self.groups.max(1)]
    }
}
