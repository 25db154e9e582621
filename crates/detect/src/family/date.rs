//! Dates, and which of them are dates of birth.

use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        if !found.is_used(i)
            && let Some(date) = numeric(page, found, i).or_else(|| compact(page, i))
        {
            report(page, found, date);
        }
    }
    for cue in page.cues.iter() {
        if let Topic::Month(month) = cue.topic
            && let Some(date) = with_month(page, found, cue, u32::from(month))
        {
            report(page, found, date);
        }
    }
}

#[derive(Clone, Copy)]
struct Date {
    start: usize,
    end: usize,
    /// The form is so loose that only a word makes it a date.
    needs_cue: bool,
}

fn report(page: &Page<'_>, found: &mut Found, date: Date) {
    let before = birth_before(page, date.start);
    let born = before || page.cue_after(date.end, 16, |cue| cue.topic == Topic::Birth).is_some();
    if born {
        let cue = if before { Evidence::CueBefore } else { Evidence::CueAfter };
        let reasons = [cue, Evidence::CalendarDay];
        found.take(
            page,
            date.start,
            date.end,
            What::new(DataType::DemoDob, "dob", Certainty::Likely, &reasons),
        );
    } else if !date.needs_cue {
        let end = date.end + time_of_day(page, date.end);
        let reasons = [Evidence::CalendarDay];
        found.take(page, date.start, end, What::new(DataType::DemoDob, "date", Certainty::Guessed, &reasons));
    }
}

/// A word of birth before, in the same sentence or right at the end of the one before
/// ("Your date of birth? 12.5.1984").
fn birth_before(page: &Page<'_>, at: usize) -> bool {
    let wanted = |cue: Cue| cue.topic == Topic::Birth;
    page.cue_before(at, 48, wanted).is_some() || page.cues.nearest_before(at, 16, wanted).is_some()
}

fn value(digits: &[u8]) -> u32 {
    digits.iter().take(4).fold(0, |n, d| n * 10 + u32::from(d - b'0'))
}

fn days(month: u32, year: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

fn exists(day: u32, month: u32, year: u32) -> bool {
    (1..=12).contains(&month) && (1..=days(month, year)).contains(&day) && (1900..=2099).contains(&year)
}

/// Day and month in either order.
fn exists_either_way(a: u32, b: u32, year: u32) -> bool {
    exists(a, b, year) || exists(b, a, year)
}

/// The full year of two digits; which century does not matter to the calendar but for leap days.
fn century(year: u32) -> u32 {
    if year > 30 { 1900 + year } else { 2000 + year }
}

fn numeric(page: &Page<'_>, found: &Found, i: usize) -> Option<Date> {
    if i + 2 >= page.groups.len() || found.is_used(i + 1) || found.is_used(i + 2) {
        return None;
    }
    let (gap, next_gap) = (page.gap(i).trim_ascii(), page.gap(i + 1).trim_ascii());
    let signs = page.gap(i).len() <= 3 && page.gap(i + 1).len() <= 3 && page.gap(i) == page.gap(i + 1)
        || gap == b"." && next_gap == b"." && page.gap(i + 1).len() <= 2;
    if !signs || !matches!(gap, b"." | b"/" | b"-" | b"") || (gap.is_empty() && page.gap(i) != b" ") {
        return None;
    }
    let (start, end) = (page.groups[i].start, page.groups[i + 2].end);
    let tied = |sign: u8, beyond: u8| {
        (sign == gap.first().copied().unwrap_or(b' ') || matches!(sign, b'.' | b'-' | b'/'))
            && beyond.is_ascii_digit()
    };
    let left = page.before(start);
    if tied(page.byte(end), page.byte(end + 1))
        || is_word(left)
        || matches!(left, b'+' | b'$')
        || tied(left, page.before(start.saturating_sub(1)))
    {
        return None;
    }
    if is_word(page.byte(end)) && !matches!(page.byte(end), b'T' | b't') {
        return None;
    }
    let parts = [page.digits(i), page.digits(i + 1), page.digits(i + 2)];
    let [a, b, c] = parts.map(value);
    let needs_cue = gap.is_empty();
    let date = |needs_cue| Some(Date { start, end, needs_cue });
    match parts.map(<[u8]>::len) {
        [4, 1..=2, 1..=2] if exists(c, b, a) || (gap == b"/" && exists(b, c, a)) => date(needs_cue),
        [1..=2, 1..=2, 4] if exists_either_way(a, b, c) => date(needs_cue),
        [1..=2, 1..=2, 2] if exists_either_way(a, b, century(c)) => date(true),
        [2, 1..=2, 1..=2] if exists(c, b, century(a)) => date(true),
        _ => None,
    }
}

/// DDMMYYYY, MMDDYYYY or YYYYMMDD without separators, by cue.
fn compact(page: &Page<'_>, i: usize) -> Option<Date> {
    let digits = page.digits(i);
    if digits.len() != 8
        || is_word(page.before(page.groups[i].start))
        || is_word(page.byte(page.groups[i].end))
    {
        return None;
    }
    let part = |from: usize, to: usize| value(&digits[from..to]);
    let fits =
        exists_either_way(part(0, 2), part(2, 4), part(4, 8)) || exists(part(6, 8), part(4, 6), part(0, 4));
    fits.then_some(Date { start: page.groups[i].start, end: page.groups[i].end, needs_cue: true })
}

/// Whether nothing but the words that dates are written with stands in the bytes.
fn is_date_glue(bytes: &[u8]) -> bool {
    const WORDS: [&[u8]; 14] =
        [b"st", b"nd", b"rd", b"th", b"of", b"de", b"del", b"er", b"the", b"o", b"do", b"a", b"e", b"den"];
    bytes.len() <= 8
        && bytes
            .iter()
            .all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'.' | b',' | b'-' | b'/' | b'\''))
        && bytes
            .split(|b| !b.is_ascii_alphabetic())
            .filter(|word| !word.is_empty())
            .all(|word| WORDS.iter().any(|w| w.eq_ignore_ascii_case(word)))
}

/// "3rd of March 1984", "12. Mai 1984", "March 3, 1984", "3-Mar-84".
fn with_month(page: &Page<'_>, found: &Found, month: Cue, number: u32) -> Option<Date> {
    let bytes = page.bytes();
    let day_before = page
        .groups
        .partition_point(|g| g.end <= month.start)
        .checked_sub(1)
        .filter(|i| {
            !found.is_used(*i)
                && page.groups[*i].len() <= 2
                && is_date_glue(&bytes[page.groups[*i].end..month.start])
        })
        .filter(|i| {
            !is_word(page.before(page.groups[*i].start))
                && !matches!(page.before(page.groups[*i].start), b':' | b'.')
        });
    let next = page
        .group_from(month.end)
        .filter(|i| !found.is_used(*i) && is_date_glue(&bytes[month.end..page.groups[*i].start]));
    let year = |i: usize| {
        let digits = page.digits(i);
        let free = !is_word(page.byte(page.groups[i].end));
        match digits.len() {
            4 => Some(value(digits)).filter(|year| (1900..=2099).contains(year) && free),
            2 => Some(century(value(digits))).filter(|_| free),
            _ => None,
        }
    };
    let long = month.end - month.start > 4;
    if let Some(day) = day_before {
        let start = page.groups[day].start;
        let on = value(page.digits(day));
        if let Some(i) = next
            && let Some(y) = year(i)
            && exists(on, number, y)
        {
            return Some(Date {
                start,
                end: page.groups[i].end,
                needs_cue: page.groups[i].len() < 4 && !long,
            });
        }
        return (long && exists(on, number, 2000)).then_some(Date {
            start,
            end: month.end,
            needs_cue: false,
        });
    }
    let day = next.filter(|i| page.groups[*i].len() <= 2)?;
    let on = value(page.digits(day));
    let after = page.groups[day].end;
    if let Some(i) = (day + 1 < page.groups.len()).then_some(day + 1)
        && !found.is_used(i)
        && page.groups[i].len() == 4
        && is_date_glue(&bytes[after..page.groups[i].start])
        && year(i).is_some_and(|y| exists(on, number, y))
    {
        return Some(Date { start: month.start, end: page.groups[i].end, needs_cue: false });
    }
    let ordinal = bytes.get(after..after + 2).is_some_and(|s| matches!(s, b"st" | b"nd" | b"rd" | b"th"));
    let end = if ordinal { after + 2 } else { after };
    (long && number != 3 && exists(on, number, 2000) && !is_word(page.byte(end))).then_some(Date {
        start: month.start,
        end,
        needs_cue: false,
    })
}

/// How many bytes of "T12:30:45" or " 12:30" follow.
fn time_of_day(page: &Page<'_>, at: usize) -> usize {
    let bytes = page.bytes().get(at..).unwrap_or_default();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let sign = |i: usize, sign: u8| bytes.get(i) == Some(&sign);
    let begins = matches!(bytes.first(), Some(b' ' | b'T' | b't'));
    let clock = digit(1) && digit(2) && sign(3, b':') && digit(4) && digit(5);
    if !begins || !clock {
        return 0;
    }
    let mut len = 6;
    if sign(6, b':') && digit(7) && digit(8) {
        len = 9;
        if sign(9, b'.') {
            len = 10 + bytes[10..].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
        }
    }
    len + usize::from(sign(len, b'Z'))
}
