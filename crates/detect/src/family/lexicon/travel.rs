//! When somebody is away from home.

use super::{
    evidence,
    link::words_before,
    roles::{FIRST, I_AM, IS, KIN, MY, NOT, OTHERS, roles},
};
use crate::{
    Certainty,
    cue::{Cue, Said, Topic},
    page::{Found, Page, What, is_word, sentence_ends_in},
};
use aside_taxonomy::DataType;

/// How far from the word the dates may stand.
const WINDOW: usize = 40;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Said(Said::Away)) {
        let span = days_after(page, cue).or_else(|| days_before(page, cue));
        let Some((start, end)) = span else { continue };
        if somebody_is(page, cue.start.min(start))
            || somebody_is(page, cue.start)
            || opens(page, cue, start, end)
        {
            let reasons = evidence(true);
            let what = What::new(DataType::LocItinerary, "itinerary", Certainty::Guessed, &reasons);
            found.add(page, cue.start.min(start), cue.end.max(end), what);
        }
    }
}

/// "Absents du 5 au 20 août", "nie ma nas od 3 do 17 sierpnia": two days, and nobody named before. A country alone is
/// too little.
fn opens(page: &Page<'_>, cue: Cue, start: usize, end: usize) -> bool {
    let days = page.groups.iter().filter(|group| group.start >= start && group.end <= end).count();
    let country =
        page.bytes()[cue.start..].starts_with(b"in ") || page.bytes()[cue.start..].starts_with(b"en ");
    days > 1 && !country && words_before(page.bytes(), cue.start.min(start)).next().is_none()
}

/// "We are", "bin", "we're": shortly before.
fn somebody_is(page: &Page<'_>, at: usize) -> bool {
    let mut verb = false;
    for (_, word) in words_before(page.bytes(), at).take(5) {
        if word.eq_ignore_ascii_case(b"sind") {
            return true;
        }
        let roles = roles(word);
        if roles & NOT != 0 || (roles & OTHERS != 0 && roles & (FIRST | IS | I_AM) == 0 && !verb) {
            return false;
        }
        if roles & (I_AM | MY) != 0
            || (verb && roles & (FIRST | KIN) != 0)
            || (roles & FIRST != 0 && roles & IS == 0)
        {
            return true;
        }
        verb |= roles & IS != 0;
    }
    false
}

/// A day with its month, or two days, behind the word.
fn days_after(page: &Page<'_>, cue: Cue) -> Option<(usize, usize)> {
    let first = page.group_from(cue.end)?;
    let start = page.groups[first].start;
    if start - cue.end > WINDOW || sentence_ends_in(&page.bytes()[cue.end..start]) {
        return None;
    }
    Some((cue.start, days_end(page, first)?))
}

/// The same before the word: "vom 3. bis 17. August im Urlaub".
fn days_before(page: &Page<'_>, cue: Cue) -> Option<(usize, usize)> {
    let upto = page.groups.partition_point(|g| g.end <= cue.start);
    let first = (upto.saturating_sub(4)..upto).find(|i| {
        cue.start - page.groups[*i].start <= WINDOW && days_end(page, *i).is_some_and(|end| end <= cue.start)
    })?;
    let day = page.groups[first].start;
    if sentence_ends_in(&page.bytes()[day..cue.start]) {
        return None;
    }
    // "From", "vom", "du" belongs to it.
    let from = words_before(page.bytes(), day).next().filter(|(_, word)| {
        [&b"from"[..], b"vom", b"von", b"du", b"del", b"dal", b"de", b"van", b"od", b"from"]
            .iter()
            .any(|w| w.eq_ignore_ascii_case(word))
    });
    Some((from.map_or(day, |(at, _)| at), cue.end))
}

/// Where the days end that begin with group `first`: behind the month after the first or second number.
fn days_end(page: &Page<'_>, first: usize) -> Option<usize> {
    // "Until the 20th", "bis zum 20."
    let day = page.groups[first];
    let ordinal = match page.bytes().get(day.end..).unwrap_or_default() {
        [b'.', ..] => Some(1),
        [a, b, ..] if is_ordinal(&[*a, *b]) => Some(2),
        _ => None,
    };
    if let Some(ends) = ordinal
        && day.len() <= 2
        && words_before(page.bytes(), day.start)
            .filter(|(_, word)| !matches!(*word, b"the" | b"zum" | b"le" | b"den"))
            .take(1)
            .any(|(_, word)| is_until(word))
    {
        return Some(day.end + ends);
    }
    let is_month = |cue: Cue| matches!(cue.topic, Topic::Month(_));
    for i in (first..page.groups.len()).take(2) {
        let group = page.groups[i];
        let touched = is_word(page.before(group.start)) || is_word(page.byte(group.end));
        if group.len() > 2 || touched || group.start - page.groups[first].start > WINDOW {
            return None;
        }
        if let Some(month) = page.cues.nearest_after(group.end, 6, is_month) {
            return Some(month.end);
        }
    }
    // "3/8 - 17/8", "03.08. bis 17.08."
    let last = first + 3;
    let days = page.groups.get(first..=last)?;
    let short = days.iter().all(|day| day.len() <= 2);
    let parted = [page.gap(first), page.gap(last - 1)].iter().all(|gap| matches!(*gap, b"/" | b"."));
    (short && parted && page.gap(first + 1).len() <= 8).then_some(page.groups[last].end)
}

fn is_ordinal(letters: &[u8]) -> bool {
    [b"st", b"nd", b"rd", b"th"].iter().any(|known| known.eq_ignore_ascii_case(letters))
}

fn is_until(word: &[u8]) -> bool {
    [&b"until"[..], b"till", b"til", b"bis"].iter().any(|known| known.eq_ignore_ascii_case(word))
}
