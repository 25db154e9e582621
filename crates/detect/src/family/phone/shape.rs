//! Forms in which numbers are typically written in some country, and hardly anything else is.

use super::run::Run;
use crate::{Certainty, page::Page};

/// How many groups from the run's first on have the form of a national number, and how sure that is.
pub(super) fn typical(page: &Page<'_>, run: &Run, opened: bool) -> Option<(usize, Certainty)> {
    north_american(page, run, opened)
        .or_else(|| russian(run))
        .or_else(|| brazilian(page, run, opened))
        .or_else(|| with_trunk_zero(page, run, opened))
        .or_else(|| without_trunk(run))
}

/// 3-3-4, with a 1 before it or not, area code and exchange from 2 on (North American Numbering
/// Plan).
fn north_american(page: &Page<'_>, run: &Run, opened: bool) -> Option<(usize, Certainty)> {
    let (groups, skip) = if run.has_lengths(&[1, 3, 3, 4]) && run.digits(1) == b"1" {
        (4, 1)
    } else if run.has_lengths(&[3, 3, 4]) {
        (3, 0)
    } else {
        return None;
    };
    let digits = &run.digits(groups)[skip..];
    if digits[0] > b'1' && digits[3] > b'1' {
        return Some((groups, Certainty::Likely));
    }
    // No such number is given out, but people who invent one, or mistype theirs, write it so.
    let last = page.gap(run.first + groups - 2);
    let dashed = matches!(last, b"-" | b".") && (opened || page.gap(run.first + groups - 3) == last);
    (dashed && digits[0] > b'0').then_some((groups, Certainty::Guessed))
}

/// "8 (912) 345-67-89".
fn russian(run: &Run) -> Option<(usize, Certainty)> {
    let fits = run.has_lengths(&[1, 3, 3, 2, 2]) && matches!(run.digits(1), b"7" | b"8");
    fits.then_some((5, Certainty::Likely))
}

/// "(11) 91234-5678", "(11) 3123-4567"; without parentheses only a mobile number.
fn brazilian(page: &Page<'_>, run: &Run, opened: bool) -> Option<(usize, Certainty)> {
    let mobile = run.has_lengths(&[2, 5, 4]) && run.digits(3)[2] == b'9';
    let spaced = run.has_lengths(&[2, 1, 4, 4]) && run.digits(2)[2] == b'9' && run.digits(1)[0] != b'0';
    if spaced {
        return Some((4, if opened { Certainty::Likely } else { Certainty::Guessed }));
    }
    let landline = run.has_lengths(&[2, 4, 4]) && opened;
    if !(mobile || landline) || run.digits(1)[0] == b'0' {
        return None;
    }
    let closed = page.byte(page.groups[run.first].end) == b')';
    let dash = page.gap(run.first + 1) == b"-";
    ((opened && closed) || (mobile && dash)).then_some((3, Certainty::Likely))
}

/// Area code with its trunk zero: half of the world writes 9 to 12 digits in two to five groups.
fn with_trunk_zero(page: &Page<'_>, run: &Run, opened: bool) -> Option<(usize, Certainty)> {
    let head = run.digits(1);
    if head[0] != b'0' || !(2..=6).contains(&head.len()) || head[1] == b'0' {
        return None;
    }
    // Six digits before a dash are rather a day and its year in somebody's number.
    if head.len() == 6 && run.groups() > 1 && page.gap(run.first) != b"/" && !opened {
        return None;
    }
    let groups = (2..=run.groups().min(6)).rev().find(|groups| {
        let digits = run.digits(*groups).len();
        let fewest = if *groups > 2 || opened { 9 } else { 10 };
        (fewest..=12).contains(&digits)
            && !run.lengths(*groups).eq([4, 4, 2])
            && run.lengths(*groups).skip(1).all(|len| len > 1)
    })?;
    if run.has_lengths(&[2, 2, 2, 2, 2]) {
        // Pairs in rising order are drawn numbers rather than a French telephone.
        let pairs = run.digits(5);
        let drawn = pairs.chunks(2).is_sorted() && pairs[8] < b'6';
        return (!drawn).then_some((5, Certainty::Likely));
    }
    Some((groups, if groups > 2 || opened { Certainty::Likely } else { Certainty::Guessed }))
}

/// Countries without trunk prefix, in groupings that prices and counts do not have.
fn without_trunk(run: &Run) -> Option<(usize, Certainty)> {
    const FORMS: &[(&[usize], &[u8])] = &[
        // Spain, and Poland's landlines.
        (&[2, 3, 2, 2], b"6789"),
        (&[3, 2, 2, 2], b"6789"),
        // China's mobiles.
        (&[3, 4, 4], b"1"),
        // India's mobiles.
        (&[5, 5], b"6789"),
        // Italy's mobiles.
        (&[3, 7], b"3"),
        // Turkey's mobiles.
        (&[3, 3, 2, 2], b"5"),
        // Mexico City.
        (&[2, 4, 4], b"5"),
        // Australia's shared numbers.
        (&[4, 3, 3], b"1"),
    ];
    let (lengths, _) = FORMS.iter().find(|(lengths, heads)| {
        run.has_lengths(lengths) && heads.contains(&run.digits(1)[0]) && {
            let digits = run.digits(lengths.len());
            match *lengths {
                [3, 4, 4] => digits[1] > b'2',
                [2, 4, 4] => matches!(digits[1], b'5' | b'6'),
                [4, 3, 3] => matches!(&digits[..4], b"1300" | b"1800"),
                _ => true,
            }
        }
    })?;
    Some((lengths.len(), Certainty::Guessed))
}
