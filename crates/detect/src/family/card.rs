//! Payment card numbers.
//!
//! A number counts when it has an issuer's prefix and length and the Luhn digit is right. How it is
//! grouped and what words stand around it decide how sure that is, never whether it is reported.

use super::{issuer, luhn};
use crate::{
    Certainty, Evidence,
    cue::{Bank, Cue, Topic},
    page::{Found, Page, is_word},
};
use aside_taxonomy::DataType;

const SHORTEST: usize = 12;
pub(super) const LONGEST: usize = 19;
/// The longest run of digits without separator that may hide a card among other digits.
const LONGEST_RUN: usize = 40;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    if page.digit_count() < SHORTEST {
        return;
    }
    // Regular numbers first, so that a chance match that begins earlier cannot tear one apart.
    for regular in [true, false] {
        for first in page.heads() {
            if !found.is_used(first)
                && let Some(card) = best_at(page, found, first, regular)
            {
                report(page, found, &card);
            }
        }
    }
    for i in 0..page.groups.len() {
        if !found.is_used(i)
            && let Some(card) = inside_run(page, i)
        {
            report(page, found, &card);
        }
    }
    for cue in page.cues.about(Topic::Card) {
        by_cue(page, found, cue);
    }
}

/// The number that a word for cards names: reported even if its issuer is unknown or, where the
/// length is the issuer's usual one, if a digit is mistyped.
fn by_cue(page: &Page<'_>, found: &mut Found, cue: Cue) {
    // "Your card? 4111…": the answer follows the question.
    let answer = || {
        let i = page.group_from(cue.end)?;
        let gap = &page.bytes()[cue.end..page.groups[i].start];
        (gap.len() <= 3 && !gap.iter().any(|b| is_word(*b))).then_some(i)
    };
    let Some(first) = super::reading::number_after(page, cue.end, 24).or_else(answer) else { return };
    let (mut digits, mut length) = ([0u8; LONGEST], 0);
    let mut best = None;
    for i in first..page.groups.len() {
        let group = page.digits(i);
        if found.is_used(i) || length + group.len() > LONGEST || (i > first && !joins(page.gap(i - 1))) {
            break;
        }
        digits[length..length + group.len()].copy_from_slice(group);
        length += group.len();
        let number = &digits[..length];
        let right = length >= SHORTEST && is_number(number);
        let mistyped = length >= 14 && issuer::lengths(number).first() == Some(&length);
        // A right digit and an issuer's length make up for an odd grouping.
        let issued = || right && on_one_line(page, first, i) && issuer::lengths(number).contains(&length);
        if is_regular(page, first, i) && (right || (mistyped && best.is_none())) || issued() {
            let check = if right { Evidence::Luhn } else { Evidence::CheckFailed };
            best = Some((page.groups[i].end, check));
        }
    }
    if let Some((end, check)) = best {
        let reasons = [check, Evidence::CueBefore];
        let what = crate::page::What::new(DataType::FinPan, "card", Certainty::Likely, &reasons);
        found.take(page, page.groups[first].start, end, what);
    }
}

struct Card {
    start: usize,
    end: usize,
    /// As long as the issuer's numbers usually are, or longer than anything but a card.
    usual: bool,
    /// As long as most of the issuer's numbers.
    most_usual: bool,
    regular: bool,
    /// Digits follow or precede without a separator; whether they read like expiry and code.
    glued: Option<bool>,
}

fn is_separator(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'-' | b'.' | b'_' | b'/' | b'\t' | b'\r' | b'\n' | b',' | b'*' | b'|' | b':' | b'\\' | b'\''
    )
}

/// Whether digits on both sides of the gap may belong to one number.
fn joins(gap: &[u8]) -> bool {
    gap.len() <= 4 && gap.iter().all(|b| is_separator(*b))
}

/// The most believable card that starts with group `first` and ends with a whole group.
fn best_at(page: &Page<'_>, found: &Found, first: usize, regular: bool) -> Option<Card> {
    let mut digits = [0u8; LONGEST];
    let mut length = 0;
    let mut lengths: &[usize] = &[];
    let mut best: Option<((bool, bool, usize), Card)> = None;
    for i in first..page.groups.len() {
        let group = page.digits(i);
        if found.is_used(i) || length + group.len() > LONGEST || (i > first && !joins(page.gap(i - 1))) {
            break;
        }
        digits[length..length + group.len()].copy_from_slice(group);
        length += group.len();
        if length >= 4 && lengths.is_empty() {
            lengths = issuer::lengths(&digits[..length]);
            if lengths.is_empty() {
                return None;
            }
        }
        let Some(place) = lengths.iter().position(|l| *l == length) else { continue };
        if is_regular(page, first, i) != regular {
            continue;
        }
        if !is_number(&digits[..length]) || is_international_phone(page, first, length) {
            continue;
        }
        // Any sixteen digits in any order would be too many: oddly grouped ones must have the usual
        // length and stay on one line.
        if !regular && (place > 0 || follows_plus(page, first) || !on_one_line(page, first, i)) {
            continue;
        }
        if i > first && in_a_row_of_numbers(page, found, first, i) {
            continue;
        }
        let key = (i == first, same_gaps(page, first, i), usize::MAX - place);
        if best.as_ref().is_none_or(|(other, _)| key > *other) {
            let (start, end) = (page.groups[first].start, page.groups[i].end);
            let usual = place == 0 || length >= 16;
            best = Some((key, Card { start, end, usual, most_usual: place == 0, regular, glued: None }));
        }
    }
    best.map(|(_, card)| card)
}

/// Right check digit, and not one digit repeated.
fn is_number(digits: &[u8]) -> bool {
    luhn::is_right(digits) && digits.iter().any(|d| *d != digits[0])
}

/// `+` and at most 15 digits is a telephone number (ITU-T E.164).
fn is_international_phone(page: &Page<'_>, first: usize, length: usize) -> bool {
    length <= 15 && follows_plus(page, first)
}

fn follows_plus(page: &Page<'_>, first: usize) -> bool {
    page.before(page.groups[first].start) == b'+'
}

/// Whether the groups are as people and printers group card numbers: all alike but for a shorter
/// last one, or 4-6-5 and 4-6-4.
fn is_regular(page: &Page<'_>, first: usize, last: usize) -> bool {
    let lens = || page.groups[first..=last].iter().map(|g| g.len());
    let usual = page.groups[first].len();
    let alike = lens().rev().skip(1).all(|l| l == usual) && page.groups[last].len() <= usual;
    (alike && same_gaps(page, first, last)) || lens().eq([4, 6, 5]) || lens().eq([4, 6, 4])
}

/// The same sign between all groups; between groups of four and more, one line may have been wrapped.
fn same_gaps(page: &Page<'_>, first: usize, last: usize) -> bool {
    if (first..last).all(|i| page.gap(i) == page.gap(first)) {
        return true;
    }
    let is_wrapped = |i: &usize| page.gap(*i).contains(&b'\n');
    let mut others = (first..last).filter(|i| !is_wrapped(i)).map(|i| page.gap(i));
    let usual = others.next();
    page.groups[first].len() > 3
        && (first..last).filter(is_wrapped).count() == 1
        && others.all(|gap| Some(gap) == usual)
}

/// Whether short groups go on before or behind with the same sign: "7 8 9 10 11 12 13 14 15" is a list, of which some
/// piece has the form of a card by chance.
fn in_a_row_of_numbers(page: &Page<'_>, found: &Found, first: usize, last: usize) -> bool {
    let short = |i: usize| (1..4).contains(&page.groups[i].len());
    let gap = page.gap(first);
    let before = || first > 0 && !found.is_used(first - 1) && short(first - 1) && page.gap(first - 1) == gap;
    let after = || {
        last + 1 < page.groups.len() && !found.is_used(last + 1) && short(last + 1) && page.gap(last) == gap
    };
    let start = page.groups[first].start;
    short(first)
        && short(first + 1)
        && (before() || after())
        && page.cue_before(start, 48, |cue| cue.topic == Topic::Card).is_none()
}

fn on_one_line(page: &Page<'_>, first: usize, last: usize) -> bool {
    (first..last).all(|i| !page.gap(i).contains(&b'\n') && !page.gap(i).contains(&b','))
}

/// A card at the beginning or, by cue, at the end of a long run of digits.
fn inside_run(page: &Page<'_>, i: usize) -> Option<Card> {
    let (group, digits) = (page.groups[i], page.digits(i));
    if digits.len() <= SHORTEST {
        return None;
    }
    let usual = |digits: &[u8]| -> Option<usize> {
        let lengths = issuer::lengths(digits);
        lengths.iter().copied().filter(|l| *l >= 14).find(|l| *l < digits.len() && is_number(&digits[..*l]))
    };
    if let Some(length) = usual(digits) {
        let rest = &digits[length..];
        let reads_on = is_expiry(rest.get(..4).unwrap_or_default()) && matches!(rest.len(), 4 | 7 | 8);
        let named = || page.cue_before(group.start, 48, |cue| cue.topic == Topic::Card).is_some();
        let parcel = || page.cue_before(group.start, 32, |cue| cue.topic == Topic::Contrary).is_some();
        if reads_on && (named() || !parcel())
            || (rest.len() == 3 && length < 18 || digits.len() > LONGEST) && named()
        {
            return Some(Card {
                start: group.start,
                end: group.start + length,
                usual: true,
                most_usual: true,
                regular: true,
                glued: Some(reads_on),
            });
        }
    }
    if digits.len() > LONGEST_RUN
        || page.cue_before(group.start, 32, |cue| cue.topic == Topic::Card).is_none()
    {
        return None;
    }
    [16, 15].into_iter().find_map(|length| {
        let tail = &digits[digits.len().checked_sub(length + 1)? + 1..];
        (issuer::lengths(tail).first() == Some(&length) && is_number(tail)).then_some(Card {
            start: group.end - length,
            end: group.end,
            usual: true,
            most_usual: true,
            regular: true,
            glued: Some(false),
        })
    })
}

/// MMYY of this century, up to 2049.
pub(super) fn is_expiry(digits: &[u8]) -> bool {
    match digits {
        [m1, m2, y1, _] => {
            matches!((m1, m2), (b'0', b'1'..=b'9') | (b'1', b'0'..=b'2')) && (b'0'..=b'4').contains(y1)
        }
        _ => false,
    }
}

/// Words for "number", at the end of what names one.
const NUMBER_WORDS: [&str; 16] = [
    "number", "nummer", "numero", "numara", "numarasi", "numer", "numeru", "numery", "numeret", "numret",
    "nr", "no", "num", "nro", "cislo", "szam",
];

/// Whether the digits stand together and the words before them say that they are the number of an order, a
/// parcel, a ticket: "order number 4417…". "Order 4417…" may still be an order paid with that card.
fn is_called_a_number(page: &Page<'_>, cue: Cue, card: &Card) -> bool {
    let together = page.group_at(card.start).is_some_and(|i| page.groups[i].end == card.end);
    let direct = || {
        super::reading::number_after(page, cue.end, 24).is_some_and(|i| page.groups[i].start == card.start)
    };
    let words = || page.bytes()[cue.start..card.start].split(|b| !crate::page::is_letter(*b));
    let called = |word: &[u8]| {
        NUMBER_WORDS.iter().any(|number| {
            let whole = number.len() <= 3;
            let end = word.len().checked_sub(number.len());
            end.is_some_and(|at| (at == 0 || !whole) && word[at..].eq_ignore_ascii_case(number.as_bytes()))
        })
    };
    // "Numéro de suivi", "número de pedido".
    let before = || {
        let before = &page.bytes()[cue.start.saturating_sub(12)..cue.start];
        ["numero de ", "numero di ", "numero do ", "numero du "].iter().any(|words| {
            before.len() >= 10 && before[before.len() - 10..].eq_ignore_ascii_case(words.as_bytes())
        })
    };
    together
        && cue.topic == Topic::Contrary
        && cue.end <= card.start
        && direct()
        && (words().any(called) || before() || page.before(card.start) == b'#')
}

/// "Account no 50100123456789": a bank's number of a length that the issuer hardly uses.
fn is_called_an_account(page: &Page<'_>, card: &Card) -> bool {
    let account = |cue: Cue| matches!(cue.topic, Topic::Bank(Bank::Account | Bank::AccountToo));
    page.cue_before(card.start, 24, account).is_some_and(|cue| {
        super::reading::number_after(page, cue.end, 24).is_some_and(|i| page.groups[i].start == card.start)
    })
}

fn report(page: &Page<'_>, found: &mut Found, card: &Card) {
    let mut evidence = vec![Evidence::Luhn, Evidence::IssuerRange];
    let near = page.cue_before(card.start, 48, |cue| matches!(cue.topic, Topic::Card | Topic::Contrary));
    let named = near.is_some_and(|cue| cue.topic == Topic::Card);
    // "Order 12345678 was paid with 4111…": the cue has its number already.
    let spent = near.is_some_and(|cue| {
        page.group_from(cue.end).is_some_and(|i| page.groups[i].len() > 3 && page.groups[i].end < card.start)
    });
    let contrary = !named
        && (near.is_some() && !spent
            || contrary_after(page, card.end)
            || in_address_or_fraction(page, card.start));
    // An order's number of a length that the issuer hardly uses is an order's number, and so is what somebody
    // calls an order's number in so many words.
    if contrary
        && (!card.most_usual
            || near.is_some_and(|cue| is_called_a_number(page, cue, card))
            || goes_on(page, card.end))
        || !named && (is_article_number(page, card) || !card.most_usual && is_called_an_account(page, card))
    {
        return;
    }
    if card.regular && card.glued.is_none() {
        evidence.push(Evidence::Grouping);
    }
    if named {
        evidence.push(Evidence::CueBefore);
    }
    if card.glued.is_some() {
        evidence.push(Evidence::GluedDigits);
    }
    if contrary {
        evidence.push(Evidence::ContraryCue);
    }
    // One order number in ten has a right Luhn digit: unusually short or oddly grouped ones need a word.
    let plain = card.regular && card.usual && card.glued != Some(false);
    let certainty = if contrary || !(named || plain) || (card.glued == Some(false) && !named) {
        Certainty::Likely
    } else {
        Certainty::Certain
    };
    let what = crate::page::What::new(DataType::FinPan, "card", certainty, &evidence);
    if card.glued == Some(true) {
        // The digits behind it are expiry and code: they are found beside the card.
        found.use_up(page, card.start, card.end);
        found.add(page, card.start, card.end, what);
    } else {
        found.take(page, card.start, card.end, what);
    }
}

/// Whether four more digits follow that are no expiry date: a parcel's number in groups of four.
fn goes_on(page: &Page<'_>, end: usize) -> bool {
    let next = || page.group_at(end + 1).filter(|_| matches!(page.byte(end), b' ' | b'-'));
    next().is_some_and(|i| page.groups[i].len() == 4 && !is_expiry(page.digits(i)))
}

/// Whether the digits stand together and are as long as an article's number, and its check digit is right, too
/// (GTIN-12 and GTIN-13, as bar codes have them): a shop's texts have many of them, and few cards are so short.
fn is_article_number(page: &Page<'_>, card: &Card) -> bool {
    let digits = &page.bytes()[card.start..card.end];
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight)
        .sum();
    matches!(digits.len(), 12 | 13) && digits.iter().all(u8::is_ascii_digit) && sum.is_multiple_of(10)
}

/// "… is my order number".
fn contrary_after(page: &Page<'_>, end: usize) -> bool {
    let Some(cue) = page.cue_after(end, 24, |cue| matches!(cue.topic, Topic::Card | Topic::Contrary)) else {
        return false;
    };
    let between = page.bytes()[end..cue.start].to_ascii_lowercase();
    let links = |word: &[u8]| {
        matches!(word, b"is" | b"ist" | b"est" | b"es" | b"e" | b"jest" | b"to" | b"was" | b"as")
    };
    cue.topic == Topic::Contrary
        && (between.split(|b| !is_word(*b)).find(|word| !word.is_empty()).is_some_and(links)
            || between == b" (")
}

/// A path of an address, or the digits after a decimal point.
fn in_address_or_fraction(page: &Page<'_>, start: usize) -> bool {
    match page.before(start) {
        b'/' | b'=' => page.before(start - 1) != b' ' && is_word(page.before(start - 1)),
        b'.' => page.before(start - 1) == b'0' && !is_word(page.before(start - 2)),
        _ => false,
    }
}
