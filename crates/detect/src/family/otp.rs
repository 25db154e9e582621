//! One-time codes, by cue only.

use super::{
    card_extras::stands_alone,
    reading::{number_after, number_before},
};
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    // "Sicherheitscode" and its like name a card's code and a code for signing in: six digits
    // are the latter.
    for cue in page.cues.iter().filter(|cue| matches!(cue.topic, Topic::Otp | Topic::Cvv)) {
        let shortest = if cue.topic == Topic::Cvv { 5 } else { 4 };
        if page
            .cue_before(cue.start, 16, |other| other.topic == Topic::Contrary && cue.topic == Topic::Otp)
            .is_some()
        {
            continue;
        }
        let after = number_after(page, cue.end, 40).filter(|i| is_calm(page, cue.end, page.groups[*i].start));
        let named =
            after.and_then(|i| code_at(page, found, i, shortest)).map(|span| (span, Evidence::CueBefore));
        let named = named.or_else(|| {
            let last = number_before(page, cue.start, 28)?;
            let first = if last > 0 && page.groups[last].len() == 3 && page.gap(last - 1).len() == 1 {
                last - 1
            } else {
                last
            };
            let span = code_at(page, found, first, shortest)?;
            let announced = page.bytes()[span.1..cue.start].iter().any(u8::is_ascii_alphabetic);
            (announced && span.1 >= page.groups[last].end).then_some((span, Evidence::CueAfter))
        });
        if let Some(((start, end), evidence)) = named {
            found.take(page, start, end, What::new(DataType::CredOtp, "otp", Certainty::Likely, &[evidence]));
        }
    }
}

/// Nothing else is named between the cue and the number.
fn is_calm(page: &Page<'_>, from: usize, to: usize) -> bool {
    let other = |cue: Cue| !matches!(cue.topic, Topic::Otp | Topic::Email | Topic::Phone | Topic::SpelledAt);
    page.cues.between(from, to, other).is_none()
}

/// 4 to 8 digits, or two times three.
fn code_at(page: &Page<'_>, found: &Found, i: usize, shortest: usize) -> Option<(usize, usize)> {
    let group = page.groups[i];
    let left = page.before(group.start);
    let left_is_cue = page.cues.nearest_before(group.start, 0, |_| true).is_some();
    let prefixed = left == b'-' && page.before(group.start - 1).is_ascii_alphabetic();
    if found.is_used(i) || (is_word(left) && !left_is_cue) {
        return None;
    }
    if group.len() == 3
        && let Some(next) = page.groups.get(i + 1)
        && next.len() == 3
        && matches!(page.gap(i), b" " | b"-" | b".")
        && !found.is_used(i + 1)
        && !is_word(page.byte(next.end))
    {
        return Some((group.start, next.end));
    }
    let free = prefixed || stands_alone(page, i);
    ((shortest..=8).contains(&group.len()) && free && !is_word(page.byte(group.end)))
        .then_some((group.start, group.end))
}
