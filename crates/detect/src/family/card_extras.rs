//! What stands beside a card: security code, expiry date, the last four digits.

use super::{
    goods,
    reading::{lead, number_after, number_before},
};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_letter},
};
use aside_taxonomy::DataType;

/// How far after a card its expiry date and code are looked for, in bytes.
const BESIDE: usize = 24;

/// What names something beside a card.
pub(super) const TOPICS: &[Topic] = &[Topic::Expiry, Topic::Cvv, Topic::LastFour, Topic::Cardholder];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let cards: Vec<(usize, usize)> = cards(page, found);
    expiry_by_cue(page, found, &cards);
    code_by_cue(page, found, &cards);
    for (start, end) in &cards {
        beside(page, found, *start, *end);
    }
    for cue in page.cues.about(Topic::LastFour) {
        last_four_by_cue(page, found, cue.start, cue.end);
    }
    masked(page, found);
    holder_by_cue(page, found, &cards);
}

/// The name behind "cardholder", beside a card; elsewhere it is a name like any other.
fn holder_by_cue(page: &Page<'_>, found: &mut Found, cards: &[(usize, usize)]) {
    for cue in page.cues.about(Topic::Cardholder).filter(|cue| near_card(cards, cue.start)) {
        let start = lead(page, cue.end).at;
        let end = capitalised(page.bytes(), start);
        if start > cue.end && end > start {
            let evidence = [Evidence::CueBefore, Evidence::BesideCard, Evidence::Capitals];
            let what = What::new(DataType::FinCardExpiry, "cardholder", Certainty::Likely, &evidence);
            found.add(page, start, end, what);
        }
    }
}

/// The end of two to four words with capitals, on one line; `start` where there are none.
fn capitalised(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut end, mut words) = (start, start, 0);
    while words < 4 && bytes.get(at).is_some_and(u8::is_ascii_uppercase) {
        let in_word = |b: &&u8| is_letter(**b) || matches!(**b, b'-' | b'\'' | b'.');
        let len = bytes[at..].iter().take(24).take_while(in_word).count();
        end = at + len;
        words += 1;
        if bytes.get(end) != Some(&b' ') {
            break;
        }
        at = end + 1;
    }
    while end > start && matches!(bytes[end - 1], b'.' | b'-' | b'\'') {
        end -= 1;
    }
    if words > 1 { end } else { start }
}

/// The cards found so far, as folded spans.
fn cards(page: &Page<'_>, found: &Found) -> Vec<(usize, usize)> {
    let ends: Vec<(usize, usize)> =
        found.findings.iter().filter(|f| f.kind == "card").map(|f| (f.start, f.end)).collect();
    let mut spans: Vec<(usize, usize)> =
        ends.iter().map(|(start, end)| page.folded.folded(*start, *end)).collect();
    spans.sort_unstable();
    spans
}

fn near_card(cards: &[(usize, usize)], at: usize) -> bool {
    let next = cards.partition_point(|(start, _)| *start <= at);
    next.checked_sub(1).is_some_and(|i| at <= cards[i].1 + 96)
        || cards.get(next).is_some_and(|(start, _)| start - at <= 96)
}

fn code(
    page: &Page<'_>,
    found: &mut Found,
    start: usize,
    end: usize,
    certainty: Certainty,
    evidence: &[Evidence],
) {
    found.take(page, start, end, What::new(DataType::FinSadCvv, "cvv", certainty, evidence));
}

fn code_by_cue(page: &Page<'_>, found: &mut Found, cards: &[(usize, usize)]) {
    for cue in page.cues.about(Topic::Cvv) {
        let fits = |found: &Found, i: &usize| {
            // "Sicherheitscode 902 114" is a code for signing in.
            let half = page.groups[*i].len() == 3
                && page.groups.get(*i + 1).is_some_and(|next| next.len() == 3)
                && page.gap(*i) == b" ";
            matches!(page.groups[*i].len(), 3 | 4) && !half && !found.is_used(*i) && stands_alone(page, *i)
        };
        let after = number_after(page, cue.end, 40).filter(|i| fits(found, i));
        let (i, evidence) = match after {
            Some(i) => (i, Evidence::CueBefore),
            None => match number_before(page, cue.start, 24)
                .filter(|i| fits(found, i))
                .filter(|i| !is_part_of_a_name(page, page.groups[*i].start))
            {
                Some(i) => (i, Evidence::CueAfter),
                None => continue,
            },
        };
        let group = page.groups[i];
        if near_card(cards, group.start) {
            code(page, found, group.start, group.end, Certainty::Certain, &[evidence, Evidence::BesideCard]);
        } else {
            code(page, found, group.start, group.end, Certainty::Likely, &[evidence]);
        }
    }
}

/// "SHA-256", "salsa208": letters right before, perhaps with a dash between.
fn is_part_of_a_name(page: &Page<'_>, start: usize) -> bool {
    let dash = usize::from(page.before(start) == b'-');
    is_letter(page.before(start - dash))
}

/// Not a part of a longer number, a date or an amount.
pub(super) fn stands_alone(page: &Page<'_>, i: usize) -> bool {
    is_untied(page, i, b"-/.,:")
}

/// Neither side has one of the signs with a digit behind it.
fn is_untied(page: &Page<'_>, i: usize, signs: &[u8]) -> bool {
    let group = page.groups[i];
    let tied = |sign: u8, beyond: u8| signs.contains(&sign) && beyond.is_ascii_digit();
    let before = group.start > 1 && tied(page.before(group.start), page.before(group.start - 1));
    let after = tied(page.byte(group.end), page.byte(group.end + 1));
    !before && !after
}

/// An expiry date that starts with group `i`: its end.
fn expiry_at(page: &Page<'_>, found: &Found, i: usize) -> Option<usize> {
    if found.is_used(i) {
        return None;
    }
    let group = page.groups[i];
    let month = |digits: &[u8]| matches!(digits, [b'1'..=b'9'] | [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']);
    if group.len() == 4 && super::card::is_expiry(page.digits(i)) && is_untied(page, i, b"-.:") {
        return Some(group.end);
    }
    if !month(page.digits(i)) || i + 1 >= page.groups.len() || found.is_used(i + 1) {
        return None;
    }
    let gap = page.gap(i);
    let year = page.digits(i + 1);
    let year_fits = matches!(year, [b'0'..=b'4', _] | [b'2', b'0', b'0'..=b'4', _]);
    let tied =
        gap.len() <= 3 && gap.iter().all(|b| matches!(b, b'/' | b'-' | b'.' | b' ')) && !gap.is_empty();
    let ends = !matches!(page.gap(i + 1).first(), Some(b'/' | b'-' | b'.'))
        || !page.byte(page.groups[i + 1].end + 1).is_ascii_digit();
    (tied && year_fits && ends).then_some(page.groups[i + 1].end)
}

fn expiry_by_cue(page: &Page<'_>, found: &mut Found, cards: &[(usize, usize)]) {
    for cue in page.cues.about(Topic::Expiry) {
        if let Some(i) = number_after(page, cue.end, 32)
            && let Some(end) = expiry_at(page, found, i)
            && (near_card(cards, cue.start) || !goods::are_meant(page, cue.start, end))
        {
            let what =
                What::new(DataType::FinCardExpiry, "card_expiry", Certainty::Likely, &[Evidence::CueBefore]);
            found.take(page, page.groups[i].start, end, what);
        } else if let Some((start, end)) = expiry_in_words(page, found, cue.end)
            && near_card(cards, cue.start)
        {
            let what =
                What::new(DataType::FinCardExpiry, "card_expiry", Certainty::Likely, &[Evidence::CueBefore]);
            found.take(page, start, end, what);
        }
    }
}

/// "Expires March 2027", beside a card.
fn expiry_in_words(page: &Page<'_>, found: &Found, from: usize) -> Option<(usize, usize)> {
    let month = page.cues.nearest_after(from, 12, |cue| matches!(cue.topic, Topic::Month(_)))?;
    let i = page.group_from(month.end)?;
    let year = matches!(page.digits(i), [b'2' | b'3', _] | [b'2', b'0', b'2' | b'3', _]);
    let gap = &page.bytes()[month.end..page.groups[i].start];
    let near = gap.len() <= 5 && gap.iter().all(|b| matches!(b, b' ' | b'\'' | b'.' | b',' | b'd' | b'e'));
    (year && near && !found.is_used(i)).then_some((month.start, page.groups[i].end))
}

/// "4111111111111111 12/27 123": both without any word.
fn beside(page: &Page<'_>, found: &mut Found, card_start: usize, card_end: usize) {
    let mut at = glued(page, found, card_end);
    let calm = |from: usize, to: usize| {
        to - from <= BESIDE && page.bytes()[from..to].iter().filter(|b| b.is_ascii_alphabetic()).count() <= 8
    };
    if let Some(i) = page.group_from(at)
        && calm(at, page.groups[i].start)
        && let Some(end) = expiry_at(page, found, i)
    {
        let evidence = [Evidence::BesideCard];
        let what = What::new(DataType::FinCardExpiry, "card_expiry", Certainty::Certain, &evidence);
        found.take(page, page.groups[i].start, end, what);
        at = end;
    } else if let Some(i) = page.group_from(at)
        && found.is_used(i)
        && calm(at, page.groups[i].start)
    {
        // An expiry date that a cue already named.
        at = page.groups[i..]
            .iter()
            .take_while(|g| g.start < at + BESIDE)
            .map(|g| g.end)
            .take(2)
            .last()
            .unwrap_or(at);
    }
    // Codes of four digits are American Express's; behind an expiry date they are codes too.
    let four = page.byte(card_start) == b'3' || at != card_end;
    if let Some(i) = page.group_from(at)
        && !found.is_used(i)
        && (page.groups[i].len() == 3 || page.groups[i].len() == 4 && four)
        && is_untied(page, i, b"-.:")
        && page.groups[i].start - at <= 6
        && page.bytes()[at..page.groups[i].start].iter().all(|b| !b.is_ascii_alphabetic())
    {
        let evidence = [Evidence::BesideCard];
        code(page, found, page.groups[i].start, page.groups[i].end, Certainty::Certain, &evidence);
    }
}

/// "4111111111111111" + "1227" + "123" without separators: where the digits end.
fn glued(page: &Page<'_>, found: &mut Found, card_end: usize) -> usize {
    let rest = page.bytes()[card_end..].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
    let reasons = [Evidence::BesideCard, Evidence::GluedDigits];
    let dated = matches!(rest, 4 | 7 | 8) && super::card::is_expiry(&page.bytes()[card_end..card_end + 4]);
    let mut at = card_end;
    if dated {
        at += 4;
        let what = What::new(DataType::FinCardExpiry, "card_expiry", Certainty::Certain, &reasons);
        found.take(page, card_end, at, what);
    }
    if matches!(card_end + rest - at, 3 | 4) {
        code(page, found, at, card_end + rest, Certainty::Certain, &reasons);
        at = card_end + rest;
    }
    at
}

fn last_four(
    page: &Page<'_>,
    found: &mut Found,
    start: usize,
    end: usize,
    certainty: Certainty,
    evidence: Evidence,
) {
    found.take(page, start, end, What::new(DataType::FinCardTrunc, "card_last4", certainty, &[evidence]));
}

/// "The sale ends 1530": words of many meanings need a card.
const WEAK_LAST_FOUR: [&[u8]; 7] =
    [b"ends", b"endet", b"finale", b"slutar", b"slutter", b"sonu", b"com final"];

fn last_four_by_cue(page: &Page<'_>, found: &mut Found, start: usize, end: usize) {
    let Some(i) = number_after(page, end, 40) else { return };
    if page.groups[i].len() != 4 || found.is_used(i) || !stands_alone(page, i) {
        return;
    }
    let other = |cue: crate::cue::Cue| {
        matches!(cue.topic, Topic::Contrary | Topic::Phone | Topic::Ssn | Topic::Iban | Topic::Card)
    };
    let near = page.cue_before(start, 40, other);
    let at = page.groups[i].start;
    // "The offer is ending in 2025": what may be a year needs a card.
    let year = matches!(page.digits(i), [b'1', b'9', b'9', _] | [b'2', b'0', b'0'..=b'4', _]);
    let weak = || WEAK_LAST_FOUR.iter().any(|word| word.eq_ignore_ascii_case(&page.bytes()[start..end]));
    let needed = year || weak();
    let card = || {
        let is_card = |cue: crate::cue::Cue| cue.topic == Topic::Card;
        page.cue_before(at, 96, is_card).is_some() || page.cue_after(at, 24, is_card).is_some()
    };
    if near.map_or_else(|| !needed || !year && card(), |cue| cue.topic == Topic::Card) {
        let group = page.groups[i];
        last_four(page, found, group.start, group.end, Certainty::Likely, Evidence::CueBefore);
        last_four_of_others(page, found, i);
    }
}

/// "The ones ending in 0329, 4471 and 8851": the cards behind the first.
fn last_four_of_others(page: &Page<'_>, found: &mut Found, first: usize) {
    const AND: [&[u8]; 15] = [
        b"and", b"or", b"not", b"&", b"und", b"oder", b"nicht", b"et", b"ou", b"y", b"o", b"e", b"en", b"of",
        b"i",
    ];
    for i in first + 1..page.groups.len().min(first + 4) {
        let mut words = page.gap(i - 1).split(|b| matches!(b, b' ' | b',')).filter(|word| !word.is_empty());
        let joined = words.all(|word| AND.iter().any(|and| and.eq_ignore_ascii_case(word)));
        let year = matches!(page.digits(i), [b'1', b'9', ..] | [b'2', b'0', ..]);
        if !joined || page.groups[i].len() != 4 || found.is_used(i) || year || !stands_alone(page, i) {
            break;
        }
        let group = page.groups[i];
        last_four(page, found, group.start, group.end, Certainty::Likely, Evidence::CueBefore);
    }
}

/// "**** **** **** 4242", "xxxx-4242", "411111******1111".
fn masked(page: &Page<'_>, found: &mut Found) {
    let bytes = page.bytes();
    for i in 0..page.groups.len() {
        let group = page.groups[i];
        if group.len() != 4 || found.is_used(i) {
            continue;
        }
        let mut hidden = 0;
        let mut start = group.start;
        for at in (group.start.saturating_sub(24)..group.start).rev() {
            match bytes[at] {
                b'*' | b'x' | b'X' | b'#' => {
                    hidden += 1;
                    start = at;
                }
                b'.' if hidden > 0 || at + 1 == group.start => {
                    hidden += 1;
                    start = at;
                }
                b' ' | b'-' => {}
                _ => break,
            }
        }
        // "Visa ...4242", but not "my card. 4242".
        let dots = bytes[start..group.start].contains(&b'.');
        if dots && !bytes[start..group.start].starts_with(b"...") {
            continue;
        }
        let named = hidden > 1 && page.cue_before(start, 12, |cue| cue.topic == Topic::Card).is_some();
        if ((hidden < 4 || dots) && !named) || start > 0 && bytes[start - 1].is_ascii_alphabetic() {
            continue;
        }
        if i > 0 && page.groups[i - 1].end == start && matches!(page.groups[i - 1].len(), 4 | 6 | 8) {
            start = page.groups[i - 1].start;
        }
        let certainty = if hidden >= 8 { Certainty::Certain } else { Certainty::Likely };
        last_four(page, found, start, group.end, certainty, Evidence::MaskedDigits);
    }
}
