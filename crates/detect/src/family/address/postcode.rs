//! The forms of postcodes.

use crate::page::{Page, is_letter, is_word};

/// A postcode in the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Code {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Hardly anything else looks like it.
    pub(super) strong: bool,
    /// The place is written behind it.
    pub(super) place_follows: bool,
}

/// The postcode whose first digits are group `i`.
pub(super) fn at(page: &Page<'_>, i: usize) -> Option<Code> {
    let group = page.groups[i];
    match group.len() {
        1..=2 if page.before(group.start).is_ascii_alphabetic() => {
            lettered(page, i).or_else(|| dashed(page, i))
        }
        1..=2 => dashed(page, i),
        3..=6 => dashed(page, i).or_else(|| dutch(page, i)).or_else(|| plain(page, i)),
        _ => None,
    }
}

fn free(page: &Page<'_>, start: usize, end: usize) -> bool {
    let tied =
        |sign: u8, beyond: u8| matches!(sign, b'-' | b'.' | b',' | b'/' | b':') && beyond.is_ascii_digit();
    let (left, right) = (page.before(start), page.byte(end));
    !is_word(left)
        && !is_word(right)
        && !matches!(left, b'#' | b'$' | b'+' | b'@' | b'_')
        && !matches!(right, b'%' | b'$')
        && !tied(right, page.byte(end + 1))
        && !tied(left, page.before(start.saturating_sub(1)))
}

/// "SW1A 1AA", "M5H 1K5", "V95 X2T6": letters first.
fn lettered(page: &Page<'_>, i: usize) -> Option<Code> {
    let bytes = page.bytes();
    let group = page.groups[i];
    let letters = bytes[..group.start].iter().rev().take(3).take_while(|b| b.is_ascii_uppercase()).count();
    let start = group.start - letters;
    let end =
        (bytes.get(start).is_some_and(u8::is_ascii_uppercase).then(|| british(bytes, group.start)).flatten())
            .or_else(|| canadian(bytes, group.start, letters))
            .or_else(|| irish(bytes, group.start, letters))?;
    free(page, start, end).then_some(Code { start, end, strong: true, place_follows: false })
}

/// Where "SW1A 1AA" ends, if the digit at `digit` is its first.
fn british(bytes: &[u8], digit: usize) -> Option<usize> {
    let letters = bytes[..digit].iter().rev().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
    let run = bytes[digit..].iter().take(6).take_while(|b| b.is_ascii_alphanumeric()).count();
    // Without a space the last three signs are the inward code.
    let outward = if run >= 4 { run - 3 } else { run };
    let gap = usize::from(bytes.get(digit + outward) == Some(&b' '));
    let inward = bytes.get(digit + outward + gap..digit + outward + gap + 3)?;
    let fits = matches!(letters, 1 | 2)
        && (1..=2).contains(&outward)
        && inward[0].is_ascii_digit()
        && inward[1..].iter().all(u8::is_ascii_alphabetic);
    let end = digit + outward + gap + 3;
    (fits && !bytes.get(end).is_some_and(|b| is_word(*b))).then_some(end)
}

/// The same in small letters, both halves alike and with a space between them.
pub(super) fn british_in_small_letters(bytes: &[u8], digit: usize) -> Option<usize> {
    let end = british(bytes, digit)?;
    (bytes[end - 4] == b' ' && bytes[end - 1].is_ascii_lowercase()).then_some(end)
}

fn canadian(bytes: &[u8], digit: usize, letters: usize) -> Option<usize> {
    let gap = usize::from(matches!(bytes.get(digit + 2), Some(b' ' | b'-')));
    let rest = bytes.get(digit + 2 + gap..digit + 5 + gap)?;
    let fits = letters == 1
        && bytes[digit + 1].is_ascii_uppercase()
        && matches!(rest, [a, b, c] if a.is_ascii_digit() && b.is_ascii_uppercase() && c.is_ascii_digit());
    fits.then_some(digit + 5 + gap)
}

fn irish(bytes: &[u8], digit: usize, letters: usize) -> Option<usize> {
    let gap = usize::from(bytes.get(digit + 2) == Some(&b' '));
    let rest = bytes.get(digit + 2 + gap..digit + 6 + gap)?;
    let fits = letters == 1
        && (bytes[digit + 1].is_ascii_digit() || bytes[digit + 1] == b'W')
        && rest.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && rest[0].is_ascii_uppercase()
        && rest.iter().any(u8::is_ascii_digit);
    fits.then_some(digit + 6 + gap)
}

/// "00-950", "1000-001", "01310-100", "100-0001", "20500-1234".
fn dashed(page: &Page<'_>, i: usize) -> Option<Code> {
    let (group, next) = (page.groups[i], page.groups.get(i + 1)?);
    let fits = page.gap(i) == b"-" && matches!((group.len(), next.len()), (2 | 4 | 5, 3) | (3 | 5, 4));
    // "029 459-8371" is a telephone number.
    if group.len() == 3 && page.before(group.start) == b' ' && page.before(group.start - 1).is_ascii_digit() {
        return None;
    }
    let place_follows = matches!((group.len(), next.len()), (2 | 4, 3));
    (fits && free(page, group.start, next.end)).then_some(Code {
        start: group.start,
        end: next.end,
        strong: group.len() > 2,
        place_follows,
    })
}

/// "1012 AB".
fn dutch(page: &Page<'_>, i: usize) -> Option<Code> {
    let bytes = page.bytes();
    let group = page.groups[i];
    let gap = usize::from(page.byte(group.end) == b' ');
    let pair = bytes.get(group.end + gap..group.end + gap + 2)?;
    let end = group.end + gap + 2;
    let fits = group.len() == 4
        && page.byte(group.start) != b'0'
        && pair.iter().all(u8::is_ascii_uppercase)
        && free(page, group.start, end);
    fits.then_some(Code { start: group.start, end, strong: true, place_follows: true })
}

/// Three to six digits, also with a space after the third, and a country's letters before them.
fn plain(page: &Page<'_>, i: usize) -> Option<Code> {
    let group = page.groups[i];
    let mut end = group.end;
    if group.len() == 3 {
        let next = page.groups.get(i + 1)?;
        let more = page.byte(next.end) == b' ' && page.byte(next.end + 1).is_ascii_digit();
        let before = page.before(group.start) == b' ' && page.before(group.start - 1).is_ascii_digit();
        if page.gap(i) != b" " || !matches!(next.len(), 2 | 3) || more || before {
            return None;
        }
        end = next.end;
    }
    let mut start = group.start;
    if page.before(start) == b'-' {
        let letters =
            page.bytes()[..start - 1].iter().rev().take(3).take_while(|b| b.is_ascii_uppercase()).count();
        // "Bengaluru-560001", as India writes it.
        let indian = group.len() == 6 && page.before(start - 1).is_ascii_lowercase();
        if !matches!(letters, 1 | 2) && !indian {
            return None;
        }
        start -= if indian { 0 } else { letters + 1 };
    }
    free(page, start, end).then_some(Code { start, end, strong: false, place_follows: true })
}

/// The postcode that a cue ending before `start` names: "10115", "90210-1234", "SW1A 1AA",
/// "340 12", "1234 AB": its end.
pub(super) fn named(page: &Page<'_>, start: usize, brazilian: bool) -> Option<usize> {
    let bytes = page.bytes();
    let run = |at: usize| {
        bytes[at.min(bytes.len())..].iter().take(9).take_while(|b| b.is_ascii_alphanumeric()).count()
    };
    let digits = |at: usize, len: usize| bytes[at..at + len].iter().filter(|b| b.is_ascii_digit()).count();
    let first = run(start);
    // Eight digits without a dash are Brazil's; elsewhere they are a customer's number.
    if first == 0 || first > 8 || (first == 8 && !brazilian) {
        return None;
    }
    let mut end = start + first;
    if matches!(bytes.get(end), Some(b' ' | b'-')) {
        let second = run(end + 1);
        let (had, more) = (digits(start, first), digits(end + 1, second));
        let small = bytes[end + 1..end + 1 + second].iter().any(u8::is_ascii_lowercase);
        // In small letters only a British or Canadian code is one: never an ordinary word.
        let letters = !small || (second == 3 && more == 1 && (2..=4).contains(&first));
        let joins = (1..=4).contains(&second)
            && had > 0
            && letters
            && (more > 0 && second <= 4 || second == 2 && had == 4);
        if joins && (bytes[end] == b'-' || first <= 4) {
            end += 1 + second;
        }
    }
    let fits = digits(start, end - start) >= 2 && (3..=10).contains(&(end - start));
    (fits && !bytes.get(end).is_some_and(|b| is_letter(*b))).then_some(end)
}
