//! Postal addresses of the usual forms, and postcodes by cue.

use super::reading::lead;
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What, is_letter, is_word},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.iter() {
        let street = match cue.topic {
            Topic::Street => number_first(page, found, cue),
            Topic::StreetGerman => number_last(page, found, cue),
            Topic::Postcode => {
                postcode_by_cue(page, found, cue);
                None
            }
            _ => None,
        };
        if let Some((start, end)) = street {
            let with_code = postcode_near(page, end);
            let before = postcode_before(page, found, start);
            let (start, with_code) =
                before.map_or((start, with_code), |start| (start, with_code.or(Some(end))));
            let reasons = [Evidence::Street, Evidence::PostcodeNearby];
            let (end, certainty, reasons) = match with_code {
                Some(end) => (end, Certainty::Likely, &reasons[..]),
                None => (end, Certainty::Guessed, &reasons[..1]),
            };
            found.take(page, start, end, What::new(DataType::ContactAddress, "address", certainty, reasons));
        }
    }
    postcodes_with_place(page, found);
}

/// "12 Baker Street", "4711 N Main St.": number, one to four words, street.
fn number_first(page: &Page<'_>, found: &Found, cue: Cue) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let i = page.groups.partition_point(|g| g.end <= cue.start).checked_sub(1)?;
    let group = page.groups[i];
    let mut from = group.end;
    if bytes.get(from).is_some_and(u8::is_ascii_alphabetic) && bytes.get(from + 1) == Some(&b' ') {
        from += 1;
    }
    let between = bytes.get(from..cue.start)?;
    let words = || between.split(|b| *b == b' ').filter(|word| !word.is_empty());
    let capital = |word: &[u8]| word[0].is_ascii_uppercase() || word[0].is_ascii_digit();
    let fits = group.len() <= 5
        && !found.is_used(i)
        && !is_word(page.before(group.start))
        && between.len() <= 40
        && between.first() == Some(&b' ')
        && (1..=4).contains(&words().count())
        && words().all(|word| word.iter().all(|b| is_letter(*b) || matches!(b, b'\'' | b'.' | b'-')))
        && words().next().is_some_and(capital);
    let end = cue.end + usize::from(bytes.get(cue.end) == Some(&b'.') && cue.end - cue.start <= 4);
    // "5 Star Close" is an address; "2 days in St" is not: the street's word is a name too.
    let named = bytes[cue.start].is_ascii_uppercase();
    (fits && named).then_some((group.start, end))
}

/// "Hauptstraße 12a", "Am Alten Platz 3".
fn number_last(page: &Page<'_>, found: &Found, cue: Cue) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let at = cue.end + bytes[cue.end..].iter().take(2).take_while(|b| matches!(b, b' ' | b'.')).count();
    let i = page.group_at(at)?;
    let mut end = page.groups[i].end;
    if page.groups[i].len() > 4 || found.is_used(i) {
        return None;
    }
    if bytes.get(end).is_some_and(u8::is_ascii_alphabetic) && !bytes.get(end + 1).is_some_and(|b| is_word(*b))
    {
        end += 1;
    }
    let back =
        |to: usize| bytes[..to].iter().rev().take(32).take_while(|b| is_letter(**b) || **b == b'-').count();
    let start = cue.start - back(cue.start);
    let word = &bytes[start..cue.end];
    (word.len() > 4 && word[0].is_ascii_uppercase() && !is_word(page.byte(end))).then_some((start, end))
}

/// The end of a postcode (and the place after it, where the code comes first) near an address.
fn postcode_near(page: &Page<'_>, from: usize) -> Option<usize> {
    let bytes = page.bytes();
    let first = page.groups.partition_point(|g| g.start < from);
    for i in first..page.groups.len().min(first + 4) {
        let group = page.groups[i];
        if group.start - from > 64 || crate::page::sentence_ends_in(&bytes[from..group.start]) {
            break;
        }
        if let Some(end) = british(bytes, group.start) {
            return Some(end);
        }
        if (4..=5).contains(&group.len())
            && !is_word(page.before(group.start))
            && !is_word(page.byte(group.end))
        {
            let plus_four = page.byte(group.end) == b'-'
                && page.groups.get(i + 1).is_some_and(|g| g.len() == 4 && g.start == group.end + 1);
            if plus_four {
                return Some(page.groups[i + 1].end);
            }
            // Code first: the place after it belongs to the address.
            let directly = group.start - from <= 3;
            let place = bytes[group.end..]
                .iter()
                .take(32)
                .take_while(|b| is_letter(**b) || matches!(b, b' ' | b'-'))
                .count();
            let words = &bytes[group.end..group.end + place];
            let name = words.get(1).filter(|b| b.is_ascii_uppercase() && words[0] == b' ');
            if directly && name.is_some() {
                let len = words[1..].iter().position(|b| *b == b' ').unwrap_or(words.len() - 1);
                return Some(group.end + 1 + len);
            }
            return Some(group.end);
        }
    }
    None
}

/// "10115 Berlin, Hauptstraße 5": where the postcode and place before a street begin.
fn postcode_before(page: &Page<'_>, found: &Found, street: usize) -> Option<usize> {
    let i = page.groups.partition_point(|g| g.end <= street).checked_sub(1)?;
    let group = page.groups[i];
    let place = page.bytes().get(group.end..street)?;
    let fits = (4..=5).contains(&group.len())
        && !found.is_used(i)
        && !is_word(page.before(group.start))
        && place.len() <= 32
        && matches!(place, [b' ', b'A'..=b'Z', ..])
        && place.iter().all(|b| is_letter(*b) || matches!(b, b' ' | b'-' | b',' | b'\n'));
    fits.then_some(group.start)
}

/// "geb. 12.05.1984, 10115 Berlin": five digits and a place beside what else tells who someone is.
fn postcodes_with_place(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        let group = page.groups[i];
        let personal = |cue: Cue| matches!(cue.topic, Topic::Birth | Topic::Name);
        if group.len() == 5
            && !found.is_used(i)
            && page.byte(group.end) == b' '
            && page.byte(group.end + 1).is_ascii_uppercase()
            && page.byte(group.end + 2).is_ascii_lowercase()
            && matches!(page.before(group.start), b' ' | b'\n' | b'-')
            && (page.cues.nearest_before(group.start, 64, personal).is_some()
                || page.cues.nearest_after(group.end, 64, personal).is_some())
        {
            let reasons = [Evidence::NationalFormat];
            let what = What::new(DataType::ContactAddress, "postcode", Certainty::Likely, &reasons);
            found.take(page, group.start, group.end, what);
        }
    }
}

/// "SW1A 1AA": where it ends, if the digit at `digit` is its first.
fn british(bytes: &[u8], digit: usize) -> Option<usize> {
    let letters = bytes[..digit].iter().rev().take(3).take_while(|b| b.is_ascii_alphabetic()).count();
    let start = digit - letters;
    let outward = bytes[digit..].iter().take(3).take_while(|b| b.is_ascii_alphanumeric()).count();
    let gap = usize::from(bytes.get(digit + outward) == Some(&b' '));
    let inward = bytes.get(digit + outward + gap..digit + outward + gap + 3)?;
    let fits = matches!(letters, 1 | 2)
        && (1..=2).contains(&outward)
        && bytes[start].is_ascii_uppercase()
        && inward[0].is_ascii_digit()
        && inward[1..].iter().all(u8::is_ascii_alphabetic);
    let end = digit + outward + gap + 3;
    (fits && !bytes.get(end).is_some_and(|b| is_word(*b))).then_some(end)
}

/// "PLZ 10115", "ZIP: 90010-170", "postcode is SW1A 1AA".
fn postcode_by_cue(page: &Page<'_>, found: &mut Found, cue: Cue) {
    let bytes = page.bytes();
    let lead = lead(page, cue.end);
    let start = lead.at;
    if start == cue.end || start - cue.end > 24 {
        return;
    }
    let run = |at: usize| {
        bytes[at.min(bytes.len())..].iter().take(9).take_while(|b| b.is_ascii_alphanumeric()).count()
    };
    let digits = |at: usize, len: usize| bytes[at..at + len].iter().filter(|b| b.is_ascii_digit()).count();
    let first = run(start);
    let mut end = start + first;
    // Eight digits without a dash are Brazil's; elsewhere they are a customer's number.
    let brazilian = bytes[cue.start..cue.end].eq_ignore_ascii_case(b"cep");
    if first == 0 || first > 8 || (first == 8 && !brazilian) {
        return;
    }
    if matches!(bytes.get(end), Some(b' ' | b'-')) {
        let second = run(end + 1);
        let (had, more) = (digits(start, first), digits(end + 1, second));
        let letters = bytes[end + 1..end + 1 + second].iter().all(|b| !b.is_ascii_lowercase());
        // "1234 AB", "B0J 2H0", "340 12", "12345-6789": never an ordinary word.
        let joins = (1..=4).contains(&second)
            && had > 0
            && letters
            && (more > 0 && second <= 4 || second == 2 && had == 4);
        if joins && (bytes[end] == b'-' || first <= 4) {
            end += 1 + second;
        }
    }
    if digits(start, end - start) >= 2
        && (3..=10).contains(&(end - start))
        && !page.group_from(start).is_none_or(|i| found.is_used(i))
    {
        let what = What::new(DataType::ContactAddress, "postcode", Certainty::Likely, &[Evidence::CueBefore]);
        found.take(page, start, end, what);
    }
}
