//! Dates in figures: `12.05.1984`, `5/12/84`, `1984-05-12`, `1984年5月12日`.

use super::{
    Date,
    calendar::{century, exists, exists_either_way, value},
};
use crate::{
    cue::{Cue, Topic},
    folded::OTHER_LETTER,
    page::{Found, Page, is_word},
};

/// The date whose first number is group `i`.
pub(super) fn read(page: &Page<'_>, found: &Found, i: usize) -> Option<Date> {
    if found.is_used(i) {
        return None;
    }
    match page.groups[i].len() {
        8 => compact(page, i),
        1..=4 => numeric(page, found, i).or_else(|| ideographic(page, found, i)),
        _ => None,
    }
}

/// The sign between two numbers of a date, without the spaces around it.
fn sign(gap: &[u8]) -> Option<u8> {
    match gap.trim_ascii() {
        [] if gap == b" " => Some(b' '),
        [sign @ (b'.' | b'/' | b'-')] if gap.len() <= 3 && !gap.contains(&b'\n') => Some(*sign),
        _ => None,
    }
}

fn numeric(page: &Page<'_>, found: &Found, i: usize) -> Option<Date> {
    if i + 2 >= page.groups.len() || found.is_used(i + 1) || found.is_used(i + 2) {
        return None;
    }
    let (gap, next_gap) = (page.gap(i), page.gap(i + 1));
    let sign = sign(gap).filter(|sign| self::sign(next_gap) == Some(*sign))?;
    // "1. 5. 1984" and "1.5. 1984" are written so; other signs stand alike on both sides.
    if gap != next_gap && sign != b'.' {
        return None;
    }
    let (start, end) = (page.groups[i].start, page.groups[i + 2].end);
    let tied =
        |at: u8, beyond: u8| (at == sign || matches!(at, b'.' | b'-' | b'/')) && beyond.is_ascii_digit();
    let left = page.before(start);
    if tied(page.byte(end), page.byte(end + 1))
        || left.is_ascii_alphanumeric()
        || matches!(left, b'+' | b'$')
        || tied(left, page.before(start.saturating_sub(1)))
    {
        return None;
    }
    let right = page.byte(end);
    if right.is_ascii_alphanumeric() && !matches!(right, b'T' | b't') {
        return None;
    }
    let parts = [page.digits(i), page.digits(i + 1), page.digits(i + 2)];
    let [a, b, c] = parts.map(value);
    let version = |cue: Cue| cue.topic == Topic::Version;
    let loose = sign == b' ' && !(parts[2].len() == 4 && is_introduced(page, start))
        || (sign == b'.' && page.cue_before(start, 2, version).is_some());
    let date = |needs_cue| Some(Date { start, end, needs_cue });
    match parts.map(<[u8]>::len) {
        [4, 1..=2, 1..=2] if exists(c, b, a) || (sign == b'/' && exists(b, c, a)) => date(loose),
        [1..=2, 1..=2, 4] if exists_either_way(a, b, c) => date(loose),
        [1..=2, 1..=2, 2] if exists_either_way(a, b, century(c)) => {
            date(loose || !is_dated(page, start, end, parts))
        }
        [2, 1..=2, 1..=2] if exists(c, b, century(a)) => date(true),
        _ => None,
    }
}

/// Whether a date with a two-digit year stands where dates stand: after a preposition or a weekday,
/// or before a time of day. Alone it may be a score, a version or a fraction.
fn is_dated(page: &Page<'_>, start: usize, end: usize, parts: [&[u8]; 3]) -> bool {
    if super::time::time_of_day(page, end) > 0 {
        return true;
    }
    let alike = parts[0] == parts[1] && parts[1] == parts[2];
    // "03/09/69" can be no score and no fraction of a page; "05.05.77" with its zeros hardly a version.
    let sign = page.byte(start + 2);
    let year = value(parts[2]) > 31 && parts.iter().all(|part| part.len() == 2);
    if year && !alike && (sign == b'/' || sign == b'.' && parts[0][0] == b'0' && parts[1][0] == b'0') {
        return true;
    }
    let two_digits = parts[0].len() == 2 && parts[1].len() == 2;
    !alike && (two_digits && is_introduced(page, start) || sign_is_a_stop(page, parts, start))
}

/// "Vom 1.7.23", "du 3.4.24": a day behind a word that no version has before it.
fn sign_is_a_stop(page: &Page<'_>, parts: [&[u8]; 3], start: usize) -> bool {
    const DAYS: [&[u8]; 14] = [
        b"vom", b"am", b"zum", b"du", b"le", b"el", b"del", b"dal", b"il", b"op", b"dnia", b"em", b"dia",
        b"den",
    ];
    let bytes = page.bytes();
    let len = bytes[..start.saturating_sub(1)].iter().rev().take(5).take_while(|b| is_word(**b)).count();
    let word = &bytes[start.saturating_sub(1) - len..start.saturating_sub(1)];
    let stops = page.byte(start + parts[0].len()) == b'.' && page.before(start) == b' ';
    stops && value(parts[2]) > 9 && DAYS.iter().any(|day| day.eq_ignore_ascii_case(word))
}

/// Whether a word before says that a date follows.
fn is_introduced(page: &Page<'_>, start: usize) -> bool {
    const INTRODUCTIONS: &[&str] = &[
        "on",
        "since",
        "dated",
        "until",
        "till",
        "before",
        "by",
        "am",
        "vom",
        "seit",
        "bis",
        "zum",
        "ab",
        "le",
        "du",
        "depuis",
        "el",
        "del",
        "desde",
        "dia",
        "il",
        "dal",
        "em",
        "op",
        "sinds",
        "dnia",
        "od",
        "den",
        "date",
        "datum",
        "fecha",
        "data",
        "of",
        "from",
        "after",
        "between",
        "effective",
        "due",
        "vanaf",
        "tot",
        "entre",
        "au",
        "al",
        "do",
        "til",
        "till",
        "fra",
        "fran",
        "efter",
        "nach",
        "signed",
        "starting",
    ];
    let bytes = page.bytes();
    let space = usize::from(page.before(start) == b' ');
    let upto = start - space;
    let colon = usize::from(upto > 0 && matches!(bytes[upto - 1], b':' | b',' | b'.'));
    let upto = upto - colon;
    let len = bytes[..upto].iter().rev().take(10).take_while(|b| is_word(**b)).count();
    let word = &bytes[upto - len..upto];
    // "As of 13 1 2020", but not "sets of 12 8 2000".
    if word.eq_ignore_ascii_case(b"of") && !matches!(&bytes[..upto - len], [.., b'A' | b'a', b's', b' ']) {
        return false;
    }
    INTRODUCTIONS.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word))
}

/// DDMMYYYY, MMDDYYYY or YYYYMMDD without separators, by cue.
fn compact(page: &Page<'_>, i: usize) -> Option<Date> {
    let digits = page.digits(i);
    if is_word(page.before(page.groups[i].start)) || is_word(page.byte(page.groups[i].end)) {
        return None;
    }
    let part = |from: usize, to: usize| value(&digits[from..to]);
    let fits =
        exists_either_way(part(0, 2), part(2, 4), part(4, 8)) || exists(part(6, 8), part(4, 6), part(0, 4));
    // "signed on 20240115": the year first, and no number of anything else is said to be one's day.
    let (start, end) = (page.groups[i].start, page.groups[i].end);
    let ordered = matches!(&digits[..2], b"19" | b"20") && exists(part(6, 8), part(4, 6), part(0, 4));
    let needs_cue = !(ordered && fits && is_introduced(page, start));
    fits.then_some(Date { start, end, needs_cue })
}

/// Year, month, day, each with its character: Chinese, Japanese, Korean, Vietnamese.
fn ideographic(page: &Page<'_>, found: &Found, i: usize) -> Option<Date> {
    let era = era_before(page, i);
    if (page.groups[i].len() != 4 && era.is_none())
        || i + 2 >= page.groups.len()
        || found.is_used(i + 1)
        || found.is_used(i + 2)
    {
        return None;
    }
    let unit = |at: usize, of: [char; 2]| {
        page.byte(at) == OTHER_LETTER
            && page.original(at, at + 1).chars().next().is_some_and(|c| of.contains(&c))
    };
    let near = |gap: &[u8]| gap.len() <= 3 && gap[1..].iter().all(|b| *b == b' ');
    let [year, month, day] = [page.groups[i], page.groups[i + 1], page.groups[i + 2]];
    let fits = unit(year.end, ['年', '년'])
        && unit(month.end, ['月', '월'])
        && near(page.gap(i))
        && near(page.gap(i + 1))
        && month.len() <= 2
        && day.len() <= 2
        && exists(
            value(page.digits(i + 2)),
            value(page.digits(i + 1)),
            era.unwrap_or(0) + value(page.digits(i)),
        );
    let end = day.end + usize::from(unit(day.end, ['日', '일']));
    let start = if era.is_some() { year.start - 2 } else { year.start };
    fits.then_some(Date { start, end, needs_cue: false })
}

/// The year before the first of the Japanese era that is named right before group `i`.
fn era_before(page: &Page<'_>, i: usize) -> Option<u32> {
    let start = page.groups[i].start;
    if page.groups[i].len() > 2 || start < 2 || page.before(start) != OTHER_LETTER {
        return None;
    }
    match page.original(start - 2, start) {
        "令和" => Some(2018),
        "平成" => Some(1988),
        "昭和" => Some(1925),
        _ => None,
    }
}
