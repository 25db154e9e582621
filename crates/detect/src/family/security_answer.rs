//! Answers to security questions, by cue: "my mother's maiden name is …".

use super::reading::{is_filler, is_ordinary, lead};
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    folded::OTHER_LETTER,
    page::{Found, Page, What, is_letter, is_word},
};
use aside_taxonomy::DataType;

/// How many words an answer may have.
const WORDS: usize = 3;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::SecurityAnswer) {
        if let Some((start, end)) = answer(page, cue) {
            let what =
                What::new(DataType::CredKba, "security_answer", Certainty::Likely, &[Evidence::CueBefore]);
            found.take(page, start, end, what);
        }
    }
}

fn answer(page: &Page<'_>, cue: Cue) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let mut lead = lead(page, cue.end);
    let asked = asked(page, cue);
    if let Some(at) = asked.or_else(|| answer_word(bytes, lead.at)) {
        (lead.at, lead.announced) = (at, asked.is_none());
    }
    if lead.at == cue.end || lead.at >= bytes.len() {
        return None;
    }
    // "First pet Biscuit, that's my security answer": no word announces it, but a second cue says what it is.
    let twice =
        || page.cues.nearest_after(lead.at, 48, |other| other.topic == Topic::SecurityAnswer).is_some();
    let quoted = matches!(bytes[lead.at], b'"' | b'\'');
    let start = lead.at + usize::from(quoted);
    let first = word(bytes, start);
    let capital = bytes.get(start).is_some_and(|first| match *first {
        OTHER_LETTER => page.original(start, start + 1).starts_with(char::is_uppercase),
        first => first.is_ascii_uppercase(),
    });
    // "Mother's maiden name Hathersage": nothing but the name stands there.
    let named = || {
        capital && (asked.is_some() || names_a_name(&bytes[cue.start..cue.end])) && ends_clause(page, first)
    };
    if first < start + 2 || !(lead.announced || capital && twice() || named()) {
        return None;
    }
    let value = &bytes[start..first];
    let sensible =
        !is_ordinary(value) && (capital || !is_filler(value)) && value.iter().any(|b| is_letter(*b));
    if !sensible || page.cues.between(start, first, |_| true).is_some_and(is_cue) {
        return None;
    }
    let mut end = first;
    if capital || quoted {
        for _ in 1..WORDS {
            let next = word(bytes, end + 1);
            let goes_on = bytes.get(end) == Some(&b' ')
                && next > end + 1
                && (quoted || bytes[end + 1].is_ascii_uppercase());
            if !goes_on {
                break;
            }
            end = next;
        }
    }
    Some((start, end))
}

/// "Mother's maiden name? Hathersage." in one message: where the answer begins.
fn asked(page: &Page<'_>, cue: Cue) -> Option<usize> {
    let bytes = page.bytes();
    let begins = bytes[..cue.start].trim_ascii_end();
    let word = begins.rsplit(|b| !is_letter(*b)).next().unwrap_or_default();
    let before = if is_filler(word) { begins[..begins.len() - word.len()].trim_ascii_end() } else { begins };
    let alone =
        before.last().is_none_or(|b| matches!(b, b'.' | b'?' | b'!' | b',' | b';' | b':' | b'\n' | b'"'));
    let gap = bytes.get(cue.end..)?;
    let space = gap.get(1).is_some_and(u8::is_ascii_whitespace);
    (alone && gap.first() == Some(&b'?') && space).then_some(cue.end + 2)
}

/// ", Antwort Schnuffi": where the answer begins behind a word that says that it comes.
fn answer_word(bytes: &[u8], from: usize) -> Option<usize> {
    const WORDS: [&[u8]; 12] = [
        b"answer",
        b"ans",
        b"antwort",
        b"reponse",
        b"respuesta",
        b"risposta",
        b"resposta",
        b"antwoord",
        b"odpowiedz",
        b"svar",
        b"svaret",
        b"cevap",
    ];
    let skipped =
        |at: usize, signs: &[u8]| at + bytes[at..].iter().take(3).take_while(|b| signs.contains(b)).count();
    let at = skipped(from, b" ,;:?-\n");
    let len = bytes[at..].iter().take(10).take_while(|b| is_letter(**b)).count();
    let end = skipped(at + len, b" :=-\"");
    (end > at + len && WORDS.iter().any(|word| word.eq_ignore_ascii_case(&bytes[at..at + len])))
        .then_some(end)
}

/// Whether the cue asks for a family's name: what follows is one, or nothing.
fn names_a_name(cue: &[u8]) -> bool {
    const ENDS: [&[u8]; 16] = [
        b"maiden name",
        b"mere",
        b"madre",
        b"mae",
        b"mutter",
        b"moeder",
        b"matki",
        b"soltera",
        b"nubile",
        b"solteira",
        b"panienskie",
        b"flicknamn",
        b"pigenavn",
        b"pikenavn",
        b"soyadi",
        b"secreta",
    ];
    ENDS.iter().any(|end| cue.len() >= end.len() && cue[cue.len() - end.len()..].eq_ignore_ascii_case(end))
        || cue.iter().all(|b| matches!(b, &OTHER_LETTER | b' '))
}

/// Whether the text, the line or a part of the sentence ends there.
fn ends_clause(page: &Page<'_>, end: usize) -> bool {
    let rest = page.bytes().get(end..).unwrap_or_default();
    match rest.first() {
        None | Some(b'\n' | b',' | b';' | b')') => true,
        Some(b'.' | b'!') => rest.get(1).is_none_or(u8::is_ascii_whitespace),
        _ => false,
    }
}

const fn is_cue(cue: Cue) -> bool {
    matches!(cue.topic, Topic::SecurityAnswer | Topic::Password | Topic::Otp | Topic::Idle)
}

/// The end of the word at `start`, with hyphens and apostrophes inside.
fn word(bytes: &[u8], start: usize) -> usize {
    let rest = bytes.get(start..).unwrap_or_default();
    let mut length =
        rest.iter().take(40).take_while(|b| is_word(**b) || matches!(b, b'-' | b'\'' | b'_')).count();
    while length > 0 && matches!(rest[length - 1], b'-' | b'\'') {
        length -= 1;
    }
    start + length
}
