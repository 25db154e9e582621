//! Numbers that states, health services and offices give out.
//!
//! Each is a line of a table ([`id::NationalId`]): form, check, the words that name it, and what it
//! needs to be believed. A line is tried where a word names it, and, if its form or its check digits
//! tell enough, wherever a run of digits could begin it.

mod americas;
mod asia;
mod checks;
mod device;
mod documents;
mod eastern;
mod form;
mod health;
mod id;
mod index;
mod mrz;
mod near_east_and_africa;
mod northern;
mod plates;
mod southern;
mod vat;
mod western;

use super::reading::{is_filler, is_link, lead};
use crate::{
    Certainty, Evidence,
    cue::{Cue, IdWord, Topic},
    folded::OTHER,
    page::{Found, Group, Page, What, is_letter, is_word, sentence_ends_in},
};
use form::{LONGEST, Loose, Manner, Reading, begins_free, read};
use id::{NationalId, Proof, Trust};
use index::Lines;

/// How far after the word that names it a number with check digits may stand, in bytes.
const WINDOW: usize = 48;
/// How far into a number its first digit stands at the latest, in bytes.
const DIGIT_WITHIN: usize = 10;
/// How many words in that window are tried.
const TRIES: usize = 8;

/// Numbers that a word names. They come before cards and telephones: the word decides.
pub(super) fn find_named(page: &Page<'_>, found: &mut Found) {
    mrz::find(page, found);
    let mut cues = page.cues.iter().peekable();
    while let Some(cue) = cues.next() {
        let Some(word) = word_of(cue) else { continue };
        if cue.topic == Topic::Ssn && is_american(page, cue.end) {
            continue;
        }
        let mut name = Name { cue, words: [word; 4], count: 1, lines: index::named(word) };
        while let Some(same) = cues.next_if(|next| (next.start, next.end) == (cue.start, cue.end)) {
            name.add(same);
        }
        let Some(hit) = after(page, found, &name).or_else(|| before(page, found, &name)) else { continue };
        let what = What::new(hit.id.data_type, hit.id.kind, hit.certainty, hit.reasons());
        found.take(page, hit.start, hit.end, what);
    }
    device::find_sim_cards(page, found);
}

/// Whether the next number is grouped as social security numbers of the United States are, and no other: they have a
/// family of their own.
fn is_american(page: &Page<'_>, from: usize) -> bool {
    let Some(first) = page.group_from(from) else { return false };
    page.groups[first..].get(..3).is_some_and(|groups| {
        let apart = |i: usize| page.gap(first + i) == b"-";
        let [a, b, c] = [groups[0], groups[1], groups[2]].map(Group::len);
        (a, b, c) == (3, 2, 4) && apart(0) && apart(1) && groups[0].start <= from + WINDOW
    })
}

/// Numbers of devices that a word names. They come after cards: a card number under a wrong name stays
/// a card number.
pub(super) fn find_devices(page: &Page<'_>, found: &mut Found) {
    device::find_named(page, found);
}

/// Numbers that need no word.
pub(super) fn find_unnamed(page: &Page<'_>, found: &mut Found) {
    let regions = !page.regions.is_empty();
    for i in page.heads() {
        let group = page.groups[i];
        let attached = page.before(group.start).is_ascii_alphabetic();
        if !attached
            && matches!(group.len(), 2 | 3 | 9)
            && let Some(name) = in_capitals(page.bytes(), group.start)
            && let Some(hit) = after(page, found, &name)
        {
            let what = What::new(hit.id.data_type, hit.id.kind, hit.certainty, hit.reasons());
            found.take(page, hit.start, hit.end, what);
            continue;
        }
        if !attached && is_short(page, group.end, group.len()) {
            continue;
        }
        let follows = [page.byte(group.end), page.byte(group.end + 1)];
        let lines = index::unnamed(attached, group.len(), follows, regions);
        if lines.are_none() || found.is_used(i) {
            continue;
        }
        // Without signs, a number is a word of its own.
        let bare = lines.with_lengths(1 << word_length(page.bytes(), group.start, group.end));
        let hit = lines.members().find_map(|line| unnamed(page, found, group.start, line, bare.has(line)));
        if let Some(hit) = hit {
            let what = What::new(hit.id.data_type, hit.id.kind, hit.certainty, hit.reasons());
            found.take(page, hit.start, hit.end, what);
        }
    }
}

/// "SIN 046 454 286", "EIN: 12-3456789": names that are ordinary words in small letters, and no cues for that reason.
fn in_capitals(bytes: &[u8], number: usize) -> Option<Name> {
    let before = bytes[..number].trim_ascii_end();
    let end = before.strip_suffix(b":").unwrap_or(before).len();
    let start = end.checked_sub(3)?;
    let word = match &bytes[start..end] {
        b"SIN" => IdWord::Sin,
        b"EIN" => IdWord::Ein,
        _ => return None,
    };
    let stands_alone = end < number && !bytes[..start].last().is_some_and(|b| is_word(*b));
    let cue = Cue { start, end, topic: Topic::Id(word) };
    stands_alone.then(|| Name { cue, words: [word; 4], count: 1, lines: index::named(word) })
}

/// How many letters and digits the word has in which a run of digits stands; none if they are too many for a number.
fn word_length(bytes: &[u8], start: usize, end: usize) -> usize {
    let sign = |b: &&u8| b.is_ascii_alphanumeric();
    let before = bytes[..start].iter().rev().take(LONGEST).take_while(sign).count();
    let behind = bytes[end..].iter().take(LONGEST).take_while(sign).count();
    Some(before + (end - start) + behind).filter(|length| *length <= LONGEST).unwrap_or_default()
}

/// Whether more digits hang on a run of digits by a single sign, and both have fewer characters than any number of
/// the tables that is printed so: most prices and times.
fn is_short(page: &Page<'_>, end: usize, digits: usize) -> bool {
    const FEWEST: usize = 6;
    if !matches!(page.byte(end), b'.' | b',' | b':') {
        return false;
    }
    let more = page.bytes()[end + 1..].iter().take(FEWEST).take_while(|b| b.is_ascii_digit()).count();
    let then = page.byte(end + 1 + more);
    more > 0
        && digits + more < FEWEST
        && matches!(then, b' ' | b'\n' | b'.' | b',' | b'!' | b'?')
        && !page.byte(end + 2 + more).is_ascii_digit()
}

const fn word_of(cue: Cue) -> Option<IdWord> {
    match cue.topic {
        Topic::Id(word) => Some(word),
        Topic::Ssn => Some(IdWord::SocialSecurity),
        _ => None,
    }
}

/// What one place of a text names: a word may stand for numbers of several countries.
struct Name {
    cue: Cue,
    words: [IdWord; 4],
    count: usize,
    lines: Lines,
}

impl Name {
    fn add(&mut self, cue: Cue) {
        if let Some(word) = word_of(cue)
            && self.count < self.words.len()
        {
            self.words[self.count] = word;
            self.count += 1;
            self.lines = self.lines.with(index::named(word));
        }
    }

    fn words(&self) -> &[IdWord] {
        &self.words[..self.count]
    }

    /// Whether another cue says that a number is something else.
    fn is_denied_by(&self, cue: Cue) -> bool {
        self.words().iter().all(|word| is_contrary(cue, *word))
    }
}

struct Hit {
    id: &'static NationalId,
    start: usize,
    end: usize,
    certainty: Certainty,
    reasons: [Evidence; 3],
    count: usize,
}

impl Hit {
    fn new(
        id: &'static NationalId,
        start: usize,
        end: usize,
        certainty: Certainty,
        why: &[Evidence],
    ) -> Self {
        let mut reasons = [Evidence::Format; 3];
        let count = why.len().min(reasons.len());
        reasons[..count].copy_from_slice(&why[..count]);
        Self { id, start, end, certainty, reasons, count }
    }

    fn reasons(&self) -> &[Evidence] {
        &self.reasons[..self.count]
    }
}

const fn proof(id: &NationalId) -> Evidence {
    match id.proof {
        Proof::Form => Evidence::NationalFormat,
        Proof::Digit | Proof::Strong => Evidence::CheckDigit,
    }
}

/// Whether no other family has taken a digit of the span.
fn is_free(page: &Page<'_>, found: &Found, start: usize, end: usize) -> bool {
    let from = page.groups.partition_point(|g| g.end <= start);
    (from..page.groups.len()).take_while(|i| page.groups[*i].start < end).all(|i| !found.is_used(i))
}

/// Words that say that a number is something else.
fn is_contrary(cue: Cue, word: IdWord) -> bool {
    match cue.topic {
        Topic::Contrary | Topic::Phone | Topic::Iban => true,
        Topic::Id(other) => other != word,
        _ => false,
    }
}

/// The number that stands after a word that names it.
fn after(page: &Page<'_>, found: &Found, name: &Name) -> Option<Hit> {
    let cue = name.cue;
    let bytes = page.bytes();
    let limit = bytes.len().min(cue.end + WINDOW);
    // What stands behind the next word of this kind is that word's.
    let ends = |other: Cue| matches!(other.topic, Topic::Id(_)) || name.is_denied_by(other);
    let next = page.cues.nearest_after(cue.end, WINDOW, ends);
    let stop = next.map_or(limit, |other| other.start.min(limit));
    let longest = name.lines.longest();
    let mut at = cue.end;
    for _ in 0..TRIES {
        at += bytes.get(at..stop)?.iter().position(u8::is_ascii_alphanumeric)?;
        if !leads_on(&bytes[cue.end..at]) {
            return None;
        }
        if !bytes[at..].iter().take(DIGIT_WITHIN).any(u8::is_ascii_digit) {
            at += bytes[at..stop].iter().position(|b| !is_word(*b))?;
            continue;
        }
        // "+44 7700 900123" is a telephone number, whatever is said before.
        if page.before(at) == b'+' {
            return None;
        }
        let loose = Loose::at(bytes, at, longest);
        let named = name.lines.with_lengths(loose.lengths);
        let lines = || named.members();
        let hit = |line| {
            let id = index::ALL[line];
            let reading = read_named(line, bytes, at, &loose)?;
            let right = (id.check)(reading.signs()) && is_free(page, found, at, reading.end);
            let certainty = if id.proof == Proof::Form { Certainty::Likely } else { Certainty::Certain };
            right.then(|| Hit::new(id, at, reading.end, certainty, &[Evidence::CueBefore, proof(id)]))
        };
        let checked = lines().filter(|line| !has_form_only(*line)).find_map(hit);
        let formed = || {
            lines()
                .filter(|line| has_form_only(*line))
                .filter_map(hit)
                .reduce(|a, b| if b.end > a.end { b } else { a })
        };
        let unchecked = || {
            is_direct(page, cue.end, at)
                .then(|| formed().or_else(|| mistyped(page, found, name, at, &loose)))?
        };
        let hit = checked.or_else(unchecked);
        if hit.is_some() {
            return hit;
        }
        at += bytes[at..stop].iter().position(|b| !is_word(*b))?;
    }
    None
}

/// A number of the right length under its own name, with a wrong check digit.
fn mistyped(page: &Page<'_>, found: &Found, name: &Name, at: usize, loose: &Loose) -> Option<Hit> {
    let own = |line: &usize| {
        let word = index::ALL[*line].words[0];
        !has_form_only(*line) && !word.is_general() && name.words().contains(&word)
    };
    name.lines.with_lengths(loose.lengths).members().filter(own).find_map(|line| {
        let id = index::ALL[line];
        let reading = read_named(line, page.bytes(), at, loose)?;
        let believable = reading.signs().iter().filter(|s| s.is_ascii_digit()).count() >= 6
            && !checks::all_same(reading.signs())
            && is_free(page, found, at, reading.end);
        let why = [Evidence::CueBefore, Evidence::CheckFailed];
        believable.then(|| Hit::new(id, at, reading.end, Certainty::Likely, &why))
    })
}

/// Whether nothing but its form speaks for a number.
fn has_form_only(line: usize) -> bool {
    index::ALL[line].proof == Proof::Form
}

/// Reads a number that a word names: in any manner where check digits speak for it, else the longest
/// that looks right. Small letters with spaces between are words. `loose` is what stands at `at`.
fn read_named(line: usize, bytes: &[u8], at: usize, loose: &Loose) -> Option<Reading> {
    let mut forms = index::forms(line).iter().filter(|form| loose.lengths & 1 << form.signs != 0);
    if has_form_only(line) {
        let readings = forms.filter_map(|form| read(form.text, bytes, at, Manner::Roughly));
        let written = |reading: &Reading| !(reading.lower && bytes[at..reading.end].contains(&b' '));
        return readings.filter(written).max_by_key(|reading| reading.end);
    }
    forms.find_map(|form| loose.read(form.text, bytes))
}

/// Whether the sentence goes on, or is a question and its answer ("Your PESEL? 44051401359").
fn leads_on(gap: &[u8]) -> bool {
    let answers = || gap.len() <= 4 && gap.contains(&b'?') && !gap.iter().any(|b| is_word(*b));
    !sentence_ends_in(gap) || answers()
}

/// Whether nothing but words and signs without meaning stands before a value.
fn is_direct(page: &Page<'_>, from: usize, to: usize) -> bool {
    let mut at = from;
    for _ in 0..4 {
        at = lead(page, at).at;
        if at >= to {
            return at == to;
        }
        // "No." and its like.
        let word = page.bytes()[at..to].iter().take(9).take_while(|b| is_letter(**b)).count();
        let letters = &page.bytes()[at..at + word];
        let abbreviated = page.byte(at + word) == b'.' && is_filler(letters)
            || page.byte(at + word) == OTHER && letters.eq_ignore_ascii_case(b"n");
        let sign = page.byte(at);
        if is_word(sign) && !abbreviated || matches!(sign, b';' | b'!') {
            return false;
        }
        at += word + 1;
    }
    at == to
}

/// "44051401359 is my PESEL": a number with check digits before its name.
fn before(page: &Page<'_>, found: &Found, name: &Name) -> Option<Hit> {
    let cue = name.cue;
    let bytes = page.bytes();
    let last = page.groups.partition_point(|g| g.end <= cue.start).checked_sub(1)?;
    let tail = bytes[page.groups[last].end..cue.start].iter().take(4).take_while(|b| is_word(**b)).count();
    let end = page.groups[last].end + tail;
    let gap = bytes.get(end..cue.start)?;
    let mut words = gap.split(|b| !is_word(*b)).filter(|word| !word.is_empty());
    let calm = gap.len() <= 24 && !gap.iter().any(|b| matches!(b, b':' | b';' | b',' | b'!' | b'?' | b'\n'));
    if !calm || !words.all(|word| is_link(word) || is_filler(word)) {
        return None;
    }
    (last.saturating_sub(5)..=last).find_map(|i| {
        let start = page.groups[i].start;
        let back = bytes[..start].iter().rev().take(7).take_while(|b| b.is_ascii_alphabetic()).count();
        let start = start - back;
        if !begins_free(bytes, start) {
            return None;
        }
        let loose = Loose::at(bytes, start, name.lines.longest());
        let named = name.lines.with_lengths(loose.lengths).members();
        named.filter(|line| !has_form_only(*line)).find_map(|line| {
            let id = index::ALL[line];
            let reading = read_named(line, bytes, start, &loose).filter(|reading| reading.end == end)?;
            let right = (id.check)(reading.signs()) && is_free(page, found, start, reading.end);
            let why = [Evidence::CueAfter, Evidence::CheckDigit];
            right.then(|| Hit::new(id, start, reading.end, Certainty::Certain, &why))
        })
    })
}

/// A number whose first digits stand at `at` and that needs no word.
/// `bare` says whether the line has a form of the word's length.
fn unnamed(page: &Page<'_>, found: &Found, at: usize, line: usize, bare: bool) -> Option<Hit> {
    let bytes = page.bytes();
    let id = index::ALL[line];
    let believed = |trust| trust == Trust::Alone || trust == Trust::Home && id.is_of(page.regions);
    let fits = |form: &index::Form, manner| {
        let (lead, len) = match manner {
            Manner::Printed => (form.printed_lead, form.text.len()),
            _ => (form.bare_lead, usize::from(form.signs)),
        };
        let start = at.checked_sub(usize::from(lead))?;
        let last = bytes.get(start + len - 1)?;
        // A look at the end: most numbers are shorter or longer.
        if !(last.is_ascii_alphanumeric() || *last == b')')
            || bytes.get(start + len).is_some_and(u8::is_ascii_alphanumeric)
            || !begins_free(bytes, start)
        {
            return None;
        }
        let reading = read(form.text, bytes, start, manner)?;
        // Short numbers in small letters are more often something else.
        let telling = !reading.lower || reading.signs().len() > 10;
        let right = telling && (id.check)(reading.signs()) && !checks::all_same(reading.signs());
        (right && is_free(page, found, start, reading.end)).then_some((start, reading.end))
    };
    let forms = index::forms(line).iter();
    let mut printed = forms.clone().filter(|form| form.has_signs);
    let (span, grouped) = if believed(id.printed)
        && let Some(span) = printed.find_map(|form| fits(form, Manner::Printed))
    {
        (span, true)
    } else if bare
        && believed(id.bare)
        && let Some(span) = forms.clone().find_map(|form| fits(form, Manner::Bare))
    {
        (span, false)
    } else {
        return None;
    };
    let (start, end) = span;
    let signs = bytes[start..end].iter().filter(|b| b.is_ascii_alphanumeric()).count();
    let lettered = bytes[start..end].iter().any(u8::is_ascii_alphabetic);
    let own = |cue: Cue| matches!(cue.topic, Topic::Id(word) if id.words.contains(&word));
    let other = |cue: Cue| matches!(cue.topic, Topic::Id(_)) && lettered;
    let tells = |cue: Cue| own(cue) || is_contrary(cue, id.words[0]) && !other(cue);
    let near = page.cue_before(start, 40, tells);
    let contrary = near.is_some_and(|cue| !own(cue));
    // Numbers of orders begin with the day of the order, too.
    let recent = !lettered && matches!(&bytes[start..start + 3], b"201" | b"202" | b"203");
    let unmistakable =
        id.proof == Proof::Strong && signs > 10 && (grouped || lettered || signs > 14) && !recent;
    if contrary && !unmistakable || more_digits_beside(bytes, start, end, grouped) {
        return None;
    }
    let reasons = [
        proof(id),
        if grouped { Evidence::Grouping } else { Evidence::NationalFormat },
        Evidence::ContraryCue,
    ];
    let (certainty, count) = match id.proof {
        Proof::Strong if !contrary => (Certainty::Certain, 2),
        _ if contrary => (Certainty::Likely, 3),
        Proof::Form if !grouped => (Certainty::Likely, 1),
        _ => (Certainty::Likely, 2),
    };
    Some(Hit::new(id, start, end, certainty, &reasons[..count]))
}

/// A number printed in groups is no piece of a longer row of groups.
fn more_digits_beside(bytes: &[u8], start: usize, end: usize, grouped: bool) -> bool {
    let spaced = grouped && bytes[start..end].contains(&b' ');
    let digit = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    let space = |i: Option<usize>| i.and_then(|i| bytes.get(i)) == Some(&b' ');
    spaced
        && (space(start.checked_sub(1)) && digit(start.checked_sub(2))
            || space(Some(end)) && digit(Some(end + 1)))
}
