//! What somebody is to a brand, and what they bought: harmless by itself, not beside a health brand's name.

use super::{
    evidence,
    link::{Link, Ways, link_before, word_after, words_before},
    roles::{FIRST, HAS, I_AM, I_HAVE, IS, MY, roles},
    words_around::{is_denied, words_after},
};
use crate::{
    Certainty,
    cue::{Cue, Topic},
    page::{Found, Page, What},
    word_set::WordSet,
};
use aside_taxonomy::DataType;

/// "I am", "I have", "my", "on the".
const BELONGING: Ways = Ways::new(I_AM | I_HAVE | MY, IS | HAS, 1);

/// "Since", "seit".
static SINCE: WordSet<{ SINCES.len() }> = WordSet::new(SINCES);
const SINCES: &[&str] = &[
    "since", "for", "from", "over", "seit", "schon", "depuis", "desde", "hace", "dal", "da", "dai", "ha",
    "sinds", "al", "od", "sedan", "i", "yildir", "siden",
];

/// Units of a tenure.
static YEARS: WordSet<{ YEAR.len() }> = WordSet::new(YEAR);
const YEAR: &[&str] = &[
    "year", "years", "yrs", "months", "decades", "jahr", "jahre", "jahren", "monaten", "an", "ans", "annees",
    "mois", "ano", "anos", "meses", "anni", "mesi", "jaar", "maanden", "lat", "ar", "manader", "yildir",
];

/// When something was bought, in words; months and numbers are known otherwise.
static WHEN: WordSet<{ TIMES.len() }> = WordSet::new(TIMES);
const TIMES: &[&str] = &[
    "yesterday",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "ago",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "december",
    "gestern",
    "vorgestern",
    "woche",
    "wochen",
    "monat",
    "monaten",
    "jahr",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "hier",
    "semaine",
    "semaines",
    "mois",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "ayer",
    "semana",
    "semanas",
    "mes",
    "lunes",
    "martes",
    "miercoles",
    "jueves",
    "viernes",
    "sabado",
    "domingo",
    "ieri",
    "settimana",
    "settimane",
    "mese",
    "lunedi",
    "martedi",
    "mercoledi",
    "giovedi",
    "venerdi",
    "sabato",
    "domenica",
    "ontem",
    "segunda",
    "terca",
    "quarta",
    "quinta",
    "sexta",
    "gisteren",
    "maand",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "wczoraj",
    "tygodniu",
    "tydzien",
    "tygodni",
    "miesiacu",
    "poniedzialek",
    "wtorek",
    "srode",
    "czwartek",
    "piatek",
    "sobote",
    "niedziele",
    "igar",
    "vecka",
    "veckan",
    "veckor",
    "manad",
    "manaden",
    "mandags",
    "dun",
    "hafta",
    "ay",
];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Customer) {
        customer(page, found, cue);
    }
    for cue in page.cues.about(Topic::Membership) {
        if let Some(link) = link_before(page.bytes(), (cue.start, cue.end), BELONGING)
            && !is_denied(page.bytes(), cue.start, cue.end)
        {
            relationship(page, found, (cue.start, cue.end), &link);
        }
    }
    for cue in page.cues.about(Topic::Bought) {
        bought(page, found, cue);
    }
}

fn relationship(page: &Page<'_>, found: &mut Found, span: (usize, usize), link: &Link) {
    let reasons = evidence(link.first_person);
    let what = What::new(DataType::AccountRelationship, "relationship", Certainty::Guessed, &reasons);
    found.add(page, span.0, span.1, what);
}

/// "I'm a customer of yours", "customer since 2015", "seit 10 Jahren Kunde".
fn customer(page: &Page<'_>, found: &mut Found, cue: Cue) {
    let bytes = page.bytes();
    if is_denied(bytes, cue.start, cue.end) {
        return;
    }
    let alone = Link { first_person: true, from: cue.start, at: cue.start, child: false };
    if let Some(span) = tenure(page, cue) {
        relationship(page, found, span, &alone);
    } else if let Some(link) = link_before(bytes, (cue.start, cue.end), BELONGING)
        && link.first_person
        && roles(words_before(bytes, cue.start).next().map_or(b"", |(_, word)| word)) & MY == 0
    {
        relationship(page, found, (cue.start, cue.end), &link);
    }
}

/// The span of a customer and since when, if a year or a number of years says it.
fn tenure(page: &Page<'_>, cue: Cue) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let is_since =
        |span: Option<(usize, usize)>| span.is_some_and(|(start, end)| SINCE.has(&bytes[start..end]));
    let mut after = words_after(bytes, cue.end);
    if is_since(after.next())
        && let Some((start, mut end)) =
            after.find(|(start, _)| bytes[*start].is_ascii_digit()).filter(|at| at.0 < cue.end + 20)
        && is_time(page, start, end, after.next().map(|(start, end)| &bytes[start..end]))
    {
        // "For 10 years": the unit belongs to it.
        if end - start < 4
            && let Some((_, unit_end)) = words_after(bytes, end).next()
        {
            end = unit_end;
        }
        return Some((cue.start, end));
    }
    // "Seit 2015 Kunde", "seit 10 Jahren treuer Kunde".
    let before: Vec<(usize, &[u8])> = words_before(bytes, cue.start).take(5).collect();
    let number = before.iter().position(|(_, word)| word.iter().all(u8::is_ascii_digit))?;
    let (since, word) = before.get(number + 1)?;
    let unit = number.checked_sub(1).and_then(|i| before.get(i)).map(|(_, word)| *word);
    let (start, digits) = before[number];
    (SINCE.has(word) && is_time(page, start, start + digits.len(), unit)).then_some((*since, cue.end))
}

/// A year, or a number of years.
fn is_time(page: &Page<'_>, start: usize, end: usize, unit: Option<&[u8]>) -> bool {
    let digits = &page.bytes()[start..end];
    let year = digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"));
    let count = digits.len() < 3 && digits.iter().all(u8::is_ascii_digit);
    year || count && unit.is_some_and(|unit| YEARS.has(unit))
}

/// "I bought a phone last week", "habe gestern zwei Paar bestellt".
fn bought(page: &Page<'_>, found: &mut Found, cue: Cue) {
    let bytes = page.bytes();
    if is_denied(bytes, cue.start, cue.end) {
        return;
    }
    // A participle needs somebody who has.
    let participle =
        [&b"kauft"[..], b"stellt", b"schickt", b"miert", b"schwert", b"undigt", b"kocht", b"teld", b"tuurd"]
            .iter()
            .any(|end| bytes[..cue.end].ends_with(end));
    let mut had = false;
    let has = words_before(bytes, cue.start).any(|(_, word)| {
        let roles = roles(word);
        had |= roles & HAS != 0;
        roles & I_HAVE != 0 || had && roles & FIRST != 0
    });
    if participle && !has {
        return;
    }
    let is_when = |start: usize, word: &[u8]| {
        WHEN.has(word)
            || page
                .cues
                .nearest_after(start, 0, |cue| cue.start == start && matches!(cue.topic, Topic::Month(_)))
                .is_some()
    };
    let after =
        words_after(bytes, cue.end).filter(|(start, end)| is_when(*start, &bytes[*start..*end])).last();
    let before = words_before(bytes, cue.start).take(6).filter(|(start, word)| is_when(*start, word)).last();
    let span = match (after, before) {
        (Some((_, end)), _) => (cue.start, last_end(bytes, end)),
        (None, Some((start, _))) => (start, cue.end),
        (None, None) => return,
    };
    let reasons = evidence(true);
    let what = What::new(DataType::AccountHistory, "history", Certainty::Guessed, &reasons);
    found.add(page, span.0, span.1, what);
}

/// Where "la semana pasada", "zwei Wochen her" end: a word that belongs to the time may follow it.
fn last_end(bytes: &[u8], end: usize) -> usize {
    const LAST: &[&str] = &[
        "derniere", "dernier", "passee", "pasada", "pasado", "passada", "passado", "scorsa", "scorso", "fa",
        "atras", "geleden", "temu", "sedan", "ago", "once",
    ];
    let word = word_after(bytes, end)
        .filter(|word| LAST.iter().any(|last| last.as_bytes().eq_ignore_ascii_case(word)));
    end + word.map_or(0, |word| 1 + word.len())
}
