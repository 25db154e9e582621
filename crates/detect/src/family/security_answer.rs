//! Answers to security questions, by cue: "my mother's maiden name is …".

use super::reading::{is_filler, is_ordinary, lead};
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
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
    let lead = lead(page, cue.end);
    let bytes = page.bytes();
    if lead.at == cue.end || lead.at >= bytes.len() {
        return None;
    }
    // "First pet Biscuit, that's my security answer": no word announces it, but a second cue says what it is.
    let twice =
        || page.cues.nearest_after(lead.at, 48, |other| other.topic == Topic::SecurityAnswer).is_some();
    let quoted = matches!(bytes[lead.at], b'"' | b'\'');
    let start = lead.at + usize::from(quoted);
    let first = word(bytes, start);
    let capital = bytes.get(start).is_some_and(u8::is_ascii_uppercase);
    if first < start + 2 || !(lead.announced || capital && twice()) {
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
