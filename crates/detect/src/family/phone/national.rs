//! Numbers as they are written at home: by form, by cue, by region.

use super::{
    Number, extension, names_phone,
    plan::{home, plan_of},
    run::{Run, ends_freely},
    shape,
};
use crate::{
    Certainty, Evidence, Region,
    cue::{Cue, Topic},
    family::reading::{is_filler, is_link},
    page::{Found, Page, is_letter},
};

/// The fewest digits of a number that a word names; with fewer it is a short code.
const FEWEST: usize = 7;

pub(super) fn read(
    page: &Page<'_>,
    found: &Found,
    first: usize,
    near: impl Fn() -> Option<Cue>,
) -> Option<Number> {
    let start = page.groups[first].start;
    let opened = page.before(start) == b'(';
    let left = if opened { page.before(start - 1) } else { page.before(start) };
    // "Ph.0151…" and "phone=0151…": the sign belongs to the word.
    let labelled = || {
        let to = start - usize::from(opened) - 1;
        page.cue_before(to, 0, |cue| cue.topic == Topic::Phone).is_some()
            || page.cue_before(to + 1, 0, |cue| cue.topic == Topic::Phone).is_some()
    };
    if left.is_ascii_alphanumeric()
        || matches!(left, b'$' | b'+' | b'/' | b'#' | b'@' | b'_' | b'&' | b'%' | b'-')
        || matches!(left, b'.' | b'=') && !labelled()
    {
        return None;
    }
    let run = Run::new(page, found, first, 0);
    if run.groups() == 0 || run.digits(run.groups()).len() < FEWEST - 1 {
        return None;
    }
    let number = |groups: usize, certainty: Certainty, evidence: Evidence| {
        let closed = page.byte(page.groups[first].end) == b')';
        let start = start - usize::from(opened && (closed || run.groups() == 1));
        Number { start, end: run.end(page, groups), certainty, evidence: [Some(evidence), None] }
    };
    let free = |groups: usize| {
        let end = run.end(page, groups);
        let glued = page.byte(end).is_ascii_alphanumeric() && extension(&page.bytes()[end..]) == 0;
        // In a table's row a comma ends a number that is grouped.
        let cell = groups > 2 && page.byte(end) == b',' && !page.bytes()[start..end].contains(&b',');
        (ends_freely(page, end) || cell) && !glued && !is_amount(page, end)
    };
    let near = near();
    let named = near.filter(|cue| names_phone(*cue));
    let contrary = near.is_some() && named.is_none();
    if let Some((groups, certainty)) = shape::typical(page, &run, opened)
        && free(groups)
        && (named.is_some() || stands_alone(page, found, &run, groups))
    {
        if contrary {
            return None;
        }
        if named.is_some() {
            return Some(number(groups, Certainty::Likely, Evidence::CueBefore));
        }
        let certainty = certainty.max(at_home(page.regions, &run, groups).unwrap_or(certainty));
        return Some(number(groups, certainty, Evidence::NationalFormat));
    }
    let longest = |wanted: &dyn Fn(usize) -> bool| {
        (1..=run.groups()).rev().find(|groups| free(*groups) && wanted(*groups))
    };
    if let Some(cue) = named
        && let Some(groups) = longest(&|groups| cue_allows(page, &run, cue, groups))
    {
        return Some(number(groups, Certainty::Likely, Evidence::CueBefore));
    }
    if let Some(groups) =
        longest(&|groups| is_plausible(&run, groups) && named_after(page, run.end(page, groups)))
    {
        return Some(number(groups, Certainty::Likely, Evidence::CueAfter));
    }
    if contrary {
        return None;
    }
    if is_lettered(page, start - usize::from(opened))
        && let Some(groups) = longest(&|groups| run.digits(groups).len() > 7 && is_plausible(&run, groups))
    {
        return Some(number(groups, Certainty::Likely, Evidence::CueBefore));
    }
    let (groups, certainty) = (1..=run.groups()).rev().filter(|groups| free(*groups)).find_map(|groups| {
        let certainty = at_home(page.regions, &run, groups)?;
        Some((groups, certainty))
    })?;
    Some(number(groups, certainty, Evidence::NationalFormat))
}

/// "T: 020 7946 0958 | M: 07700 900123" below a letter: one letter at the beginning of a line or of a part of it.
fn is_lettered(page: &Page<'_>, start: usize) -> bool {
    let bytes = page.bytes();
    let head = &bytes[start.saturating_sub(6)..start];
    let Some([rest @ .., letter]) = head.trim_ascii_end().strip_suffix(b":") else { return false };
    let first = rest.trim_ascii_end().last().map_or(start < 6, |b| *b == b'|');
    let line = rest.last().is_none_or(|b| *b == b'\n') && (rest.last().is_some() || start < 6);
    matches!(letter, b'T' | b'M' | b'P' | b'C' | b'F' | b'H' | b'W') && (first || line)
}

/// Whether one of the expected regions has such numbers, and how sure that is.
fn at_home(regions: &[Region], run: &Run, groups: usize) -> Option<Certainty> {
    let digits = run.digits(groups);
    if groups > 1 && run.lengths(groups).skip(1).any(|len| len == 1) {
        return None;
    }
    regions.iter().find_map(|region| {
        let home = home(*region)?;
        let plan = home.plan()?;
        let bare = digits.strip_prefix(home.trunk.as_bytes()).filter(|_| !home.trunk.is_empty());
        let dialled = bare.is_some_and(|bare| plan.fits(bare));
        let whole = (home.trunk.is_empty() || home.may_drop_trunk()) && plan.fits(digits);
        let certainty = if dialled || groups > 1 { Certainty::Likely } else { Certainty::Guessed };
        (dialled || whole).then_some(certainty)
    })
}

/// "0612345678 or at home 020 123 4567": a number without a form of its own, before the one that begins
/// at `start` with group `next` and tells what both are.
pub(super) fn beside(page: &Page<'_>, found: &Found, start: usize, next: usize) -> Option<Number> {
    const OR: &[&str] = &[
        "or", "and", "oder", "und", "ou", "et", "o", "y", "e", "of", "en", "lub", "albo", "i", "eller",
        "och", "og", "tai", "nebo", "a", "vagy", "sau", "veya",
    ];
    let last = next.checked_sub(1)?;
    let between = page.bytes().get(page.groups[last].end..start)?;
    let mut words = between.split(|b| !is_letter(*b)).filter(|word| !word.is_empty());
    let joined = between.len() <= 24
        && between.iter().all(|b| is_letter(*b) || matches!(b, b' ' | b',' | b'/' | b'('))
        && words.next().map_or(between.contains(&b'/'), |word| {
            OR.iter().any(|or| or.as_bytes().eq_ignore_ascii_case(word))
        });
    // Its own groups: up to four more before the last, with the same separators.
    let mut first = last;
    while first > 0 && last - first < 4 && matches!(page.gap(first - 1), b" " | b"-" | b"." | b"/") {
        first -= 1;
    }
    if !joined || (first..=last).any(|i| found.is_used(i)) {
        return None;
    }
    let run = Run::new(page, found, first, 0);
    let left = page.before(page.groups[first].start);
    let whole = run.groups() == last - first + 1
        && (9..=11).contains(&run.digits(run.groups()).len())
        && is_plausible(&run, run.groups())
        && !(left.is_ascii_alphanumeric() || matches!(left, b'$' | b'#' | b'+' | b'.' | b',' | b'-' | b'/'));
    let near = super::near(page, page.groups[first].start);
    (whole && near.is_none_or(names_phone)).then(|| Number {
        start: page.groups[first].start,
        end: page.groups[last].end,
        certainty: Certainty::Guessed,
        evidence: [Some(Evidence::CueAfter), None],
    })
}

/// Whether no more digits of the same row stand on either side: what lies in the middle of a longer
/// number has the form of a telephone number by chance.
fn stands_alone(page: &Page<'_>, found: &Found, run: &Run, groups: usize) -> bool {
    let joined = |i: usize| matches!(page.gap(i), b" " | b"-" | b".");
    let last = run.first + groups - 1;
    let before = run.first > 0 && !found.is_used(run.first - 1) && joined(run.first - 1);
    let after = last + 1 < page.groups.len() && joined(last) && !found.is_used(last + 1);
    !(before || after)
}

/// Whether digits can be a number that a word names: enough of them and no single ones in between.
fn is_plausible(run: &Run, groups: usize) -> bool {
    let digits = run.digits(groups);
    let single = groups > 1 && run.lengths(groups).skip(1).any(|len| len == 1);
    let abroad = || plan_of(digits).is_some_and(|plan| plan.fits(&digits[plan.code_len()..]));
    let years = groups == 2 && run.has_lengths(&[4, 4]) && digits.chunks(4).all(is_year_or_clock);
    let shortened_date = groups == 3 && digits.len() == 6;
    // Behind the trunk zero there is room for one more.
    let longest = if digits[0] == b'0' { 13 } else { 12 };
    (FEWEST - 1..=15).contains(&digits.len())
        && (digits.len() <= longest || abroad())
        && !single
        && !years
        && !shortened_date
}

/// "2019-2024", "0800-1730".
fn is_year_or_clock(part: &[u8]) -> bool {
    let year = matches!(&part[..2], b"19" | b"20");
    let clock = part[..2] <= b"24"[..] && matches!(&part[2..], b"00" | b"15" | b"30" | b"45");
    year || clock
}

/// Whether the word before lets the first groups be a telephone number. A label ("Tel.") says more
/// than a verb ("called"), and a short number needs a label right before it.
fn cue_allows(page: &Page<'_>, run: &Run, cue: Cue, groups: usize) -> bool {
    let start = page.groups[run.first].start;
    let between = &page.bytes()[cue.end..start];
    let digits = run.digits(groups);
    let close = between.len() <= 3
        || between.split(|b| !is_letter(*b)).filter(|w| !w.is_empty()).all(|w| is_link(w) || is_filler(w));
    let label = cue.topic == Topic::Phone;
    let short = digits.len() < FEWEST;
    let strong =
        close || label || (!between.iter().any(u8::is_ascii_digit) && (groups > 1 || digits.len() > 8));
    is_plausible(run, groups) && strong && (!short || (label && close))
}

/// "0151 … is my number", "555-0198 (mobile)".
fn named_after(page: &Page<'_>, end: usize) -> bool {
    let wanted = |cue: Cue| cue.topic == Topic::Phone;
    let Some(cue) = page.cue_after(end, 16, wanted) else { return false };
    let between = &page.bytes()[end..cue.start];
    let calm = between.iter().all(|b| is_letter(*b) || matches!(b, b' ' | b'(' | b'[' | b'\'' | b'-'));
    calm && between.split(|b| !is_letter(*b)).filter(|w| !w.is_empty()).all(|w| is_link(w) || is_filler(w))
}

/// Whether a currency or a measure follows.
fn is_amount(page: &Page<'_>, end: usize) -> bool {
    const UNITS: &[&str] = &[
        "eur",
        "euro",
        "euros",
        "usd",
        "gbp",
        "chf",
        "pln",
        "zl",
        "kr",
        "sek",
        "dkk",
        "nok",
        "inr",
        "brl",
        "kg",
        "km",
        "gb",
        "mb",
        "kb",
        "tb",
        "ml",
        "mm",
        "cm",
        "kwh",
        "points",
        "steps",
        "views",
        "followers",
        "people",
        "pieces",
        "pcs",
        "stk",
        "stuck",
        "dollars",
        "pounds",
        "rupees",
        "reais",
        "zlotych",
        "miles",
        "bytes",
    ];
    let bytes = page.bytes();
    let at = end + usize::from(page.byte(end) == b' ');
    let len = bytes[at.min(bytes.len())..].iter().take(10).take_while(|b| is_letter(**b)).count();
    len > 1 && UNITS.iter().any(|unit| unit.as_bytes().eq_ignore_ascii_case(&bytes[at..at + len]))
}
