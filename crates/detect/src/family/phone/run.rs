//! Groups of digits that may belong to one telephone number.

use crate::page::{Found, Page};

/// No number has more digits (ITU-T E.164: 15, and up to three that are dialled before them).
const DIGITS: usize = 18;
const GROUPS: usize = 9;
/// The most signs between two groups of a number.
pub(super) const LONGEST_GAP: usize = 3;

/// The groups from one on, as far as separators allow that they are one number.
pub(super) struct Run {
    pub(super) first: usize,
    digits: [u8; DIGITS],
    /// How many digits the first 1, 2, ... groups have together.
    upto: [usize; GROUPS],
    groups: usize,
}

impl Run {
    /// Reads on from group `first`, whose first `skip` digits do not count.
    pub(super) fn new(page: &Page<'_>, found: &Found, first: usize, skip: usize) -> Self {
        let mut run = Self { first, digits: [0; DIGITS], upto: [0; GROUPS], groups: 0 };
        let mut count = 0;
        // The line may have been wrapped where nobody could take what stands before for a number.
        let wraps = page.before(page.groups[first].start) == b'+';
        for i in first..page.groups.len().min(first + GROUPS) {
            let digits = if i == first { &page.digits(i)[skip..] } else { page.digits(i) };
            let joined = i == first
                || joins(page.gap(i - 1), count)
                || wraps && count < 6 && is_wrapped(page.gap(i - 1));
            if found.is_used(i) || !joined || count + digits.len() > DIGITS {
                break;
            }
            // The trunk zero in parentheses, "+46 (0)8 …", is not dialled from abroad.
            let trunk = i > first
                && digits == b"0"
                && page.before(page.groups[i].start) == b'('
                && page.byte(page.groups[i].end) == b')';
            if !trunk {
                run.digits[count..count + digits.len()].copy_from_slice(digits);
                count += digits.len();
            }
            run.upto[run.groups] = count;
            run.groups += 1;
        }
        run
    }

    pub(super) const fn groups(&self) -> usize {
        self.groups
    }

    /// The digits of the first `groups` groups.
    pub(super) fn digits(&self, groups: usize) -> &[u8] {
        &self.digits[..self.upto[groups - 1]]
    }

    /// The lengths of the first `groups` groups.
    pub(super) fn lengths(&self, groups: usize) -> impl Iterator<Item = usize> + '_ {
        (0..groups).map(|i| self.upto[i] - if i == 0 { 0 } else { self.upto[i - 1] })
    }

    pub(super) fn has_lengths(&self, lengths: &[usize]) -> bool {
        self.groups >= lengths.len() && self.lengths(lengths.len()).eq(lengths.iter().copied())
    }

    /// Where the last of the first `groups` groups ends.
    pub(super) fn end(&self, page: &Page<'_>, groups: usize) -> usize {
        page.groups[self.first + groups - 1].end
    }
}

/// Whether digits on both sides belong to one number: at most three signs, no line break, and once
/// `before` digits could be a whole number, no slash that stands for itself.
fn joins(gap: &[u8], before: usize) -> bool {
    let signs = matches!(gap.len(), 1..=LONGEST_GAP)
        && gap.iter().all(|b| matches!(b, b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'_' | b'\''));
    let pause = gap.len() > 1 && (gap.contains(&b'/') || gap == b". ");
    signs && !(pause && before > 6)
}

/// A line break, alone or behind a space.
fn is_wrapped(gap: &[u8]) -> bool {
    matches!(gap, b"\n" | b"\r\n" | b" \n" | b" \r\n")
}

/// Whether a number may end at `end`: no decimals, time, fraction or share goes on from there.
pub(super) fn ends_freely(page: &Page<'_>, end: usize) -> bool {
    let (right, beyond) = (page.byte(end), page.byte(end + 1));
    let goes_on = matches!(right, b'.' | b',' | b'/' | b':' | b'-') && beyond.is_ascii_digit();
    let first_of_pair = |sign: u8| matches!(sign, b'/' | b':') && page.byte(end + 2).is_ascii_digit();
    !(goes_on || matches!(right, b'%' | b'$') || right == b' ' && first_of_pair(beyond))
}
