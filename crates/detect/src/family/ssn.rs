//! United States social security and individual taxpayer numbers.

use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        if found.is_used(i) {
            continue;
        }
        let group = page.groups[i];
        let end = match (group.len(), page.groups.get(i + 1), page.groups.get(i + 2)) {
            (3, Some(b), Some(c)) if b.len() == 2 && c.len() == 4 && same_separator(page, i) => c.end,
            (9, _, _) => group.end,
            _ => continue,
        };
        if (end != group.end && (found.is_used(i + 1) || found.is_used(i + 2)))
            || !stands_free(page, group.start, end)
        {
            continue;
        }
        let cue = page.cue_before(group.start, 48, |cue| {
            matches!(cue.topic, Topic::Ssn | Topic::Contrary | Topic::Phone)
        });
        let named = cue.is_some_and(|cue| cue.topic == Topic::Ssn)
            || page.cue_after(end, 24, |cue| cue.topic == Topic::Ssn).is_some();
        let contrary = cue.is_some_and(|cue| cue.topic != Topic::Ssn);
        let mut digits = [0; 9];
        let written = page.bytes()[group.start..end].iter().filter(|b| b.is_ascii_digit());
        digits.iter_mut().zip(written).for_each(|(to, from)| *to = *from);
        let bare = end == group.end;
        let dashes = !bare && page.gap(i) == b"-";
        let (kind, valid) = kind(&digits);
        if !named && (bare || contrary || !valid || !dashes && page.gap(i) != b" ") {
            continue;
        }
        let certainty = if named && valid && !bare { Certainty::Certain } else { Certainty::Likely };
        let reasons = [Evidence::CueBefore, Evidence::ValidRange, Evidence::Grouping];
        let reasons = match (named, valid) {
            (true, true) => &reasons[..],
            (true, false) => &reasons[..1],
            (false, _) => &reasons[1..],
        };
        found.take(page, group.start, end, What::new(DataType::GovUsSsnItin, kind, certainty, reasons));
    }
}

fn same_separator(page: &Page<'_>, i: usize) -> bool {
    let usual = |gap: &[u8]| {
        matches!(
            gap,
            [b'-' | b' ' | b'.' | b'/' | b'_'] | b" - " | b"--" | b"  " | [b' ', b'-'] | [b'-', b' ']
        )
    };
    usual(page.gap(i)) && page.gap(i) == page.gap(i + 1)
}

fn stands_free(page: &Page<'_>, start: usize, end: usize) -> bool {
    let tied = |sign: u8, beyond: u8| matches!(sign, b'-' | b'.' | b'/') && beyond.is_ascii_digit();
    let left = page.before(start);
    let right = page.byte(end);
    let more_before = left == b' ' && page.before(start - 1).is_ascii_digit();
    let more_after = is_word(right) || tied(right, page.byte(end + 1));
    !more_before && !more_after && !matches!(left, b'+' | b'-' | b'.' | b'_')
}

/// The kind, and whether the number can have been given out (SSA: areas 000, 666 and 900-999
/// never; IRS: taxpayer numbers begin with 9 and have groups of their own).
fn kind(digits: &[u8; 9]) -> (&'static str, bool) {
    let number = |part: &[u8]| part.iter().fold(0u32, |n, d| n * 10 + u32::from(d - b'0'));
    let (area, group, serial) = (number(&digits[..3]), number(&digits[3..5]), number(&digits[5..]));
    if area >= 900 && matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99) {
        return ("us_itin", true);
    }
    ("us_ssn", area != 0 && area != 666 && area < 900 && group != 0 && serial != 0)
}
