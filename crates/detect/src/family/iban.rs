//! International bank account numbers (ISO 13616).

use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

/// Country and length, sorted by country (SWIFT IBAN registry, and countries that use the format
/// without being registered).
const LENGTHS: &[([u8; 2], usize)] = &[
    (*b"AD", 24),
    (*b"AE", 23),
    (*b"AL", 28),
    (*b"AO", 25),
    (*b"AT", 20),
    (*b"AZ", 28),
    (*b"BA", 20),
    (*b"BE", 16),
    (*b"BF", 28),
    (*b"BG", 22),
    (*b"BH", 22),
    (*b"BI", 27),
    (*b"BJ", 28),
    (*b"BR", 29),
    (*b"BY", 28),
    (*b"CF", 27),
    (*b"CG", 27),
    (*b"CH", 21),
    (*b"CI", 28),
    (*b"CM", 27),
    (*b"CR", 22),
    (*b"CV", 25),
    (*b"CY", 28),
    (*b"CZ", 24),
    (*b"DE", 22),
    (*b"DJ", 27),
    (*b"DK", 18),
    (*b"DO", 28),
    (*b"DZ", 26),
    (*b"EE", 20),
    (*b"EG", 29),
    (*b"ES", 24),
    (*b"FI", 18),
    (*b"FK", 18),
    (*b"FO", 18),
    (*b"FR", 27),
    (*b"GA", 27),
    (*b"GB", 22),
    (*b"GE", 22),
    (*b"GI", 23),
    (*b"GL", 18),
    (*b"GQ", 27),
    (*b"GR", 27),
    (*b"GT", 28),
    (*b"GW", 25),
    (*b"HN", 28),
    (*b"HR", 21),
    (*b"HU", 28),
    (*b"IE", 22),
    (*b"IL", 23),
    (*b"IQ", 23),
    (*b"IR", 26),
    (*b"IS", 26),
    (*b"IT", 27),
    (*b"JO", 30),
    (*b"KM", 27),
    (*b"KW", 30),
    (*b"KZ", 20),
    (*b"LB", 28),
    (*b"LC", 32),
    (*b"LI", 21),
    (*b"LT", 20),
    (*b"LU", 20),
    (*b"LV", 21),
    (*b"LY", 25),
    (*b"MA", 28),
    (*b"MC", 27),
    (*b"MD", 24),
    (*b"ME", 22),
    (*b"MG", 27),
    (*b"MK", 19),
    (*b"ML", 28),
    (*b"MN", 20),
    (*b"MR", 27),
    (*b"MT", 31),
    (*b"MU", 30),
    (*b"MZ", 25),
    (*b"NE", 28),
    (*b"NI", 28),
    (*b"NL", 18),
    (*b"NO", 15),
    (*b"OM", 23),
    (*b"PK", 24),
    (*b"PL", 28),
    (*b"PS", 29),
    (*b"PT", 25),
    (*b"QA", 29),
    (*b"RO", 24),
    (*b"RS", 22),
    (*b"RU", 33),
    (*b"SA", 24),
    (*b"SC", 31),
    (*b"SD", 18),
    (*b"SE", 24),
    (*b"SI", 19),
    (*b"SK", 24),
    (*b"SM", 27),
    (*b"SN", 28),
    (*b"SO", 23),
    (*b"ST", 25),
    (*b"SV", 28),
    (*b"TD", 27),
    (*b"TG", 28),
    (*b"TL", 23),
    (*b"TN", 24),
    (*b"TR", 26),
    (*b"UA", 29),
    (*b"VA", 22),
    (*b"VG", 24),
    (*b"XK", 20),
    (*b"YE", 30),
];

fn length(country: [u8; 2]) -> Option<usize> {
    LENGTHS.binary_search_by_key(&country, |(c, _)| *c).ok().map(|i| LENGTHS[i].1)
}

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        if !found.is_used(i)
            && let Some(iban) = at_group(page, i)
        {
            let (certainty, check) = if iban.right {
                (Certainty::Certain, Evidence::Mod97)
            } else {
                (Certainty::Likely, Evidence::CheckFailed)
            };
            let cue = page.cue_before(iban.start, 40, |cue| cue.topic == Topic::Iban);
            let evidence = [check, Evidence::LengthForCountry, Evidence::CueBefore];
            let evidence = &evidence[..if cue.is_some() { 3 } else { 2 }];
            if iban.right || cue.is_some() {
                found.take(
                    page,
                    iban.start,
                    iban.end,
                    What::new(DataType::FinBankAccount, "iban", certainty, evidence),
                );
            }
        }
    }
}

struct Iban {
    start: usize,
    end: usize,
    right: bool,
}

fn is_separator(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'.' | b'_' | b'\t' | b'\n' | b'\r' | b'/')
}

/// The number whose check digits begin with group `i`.
fn at_group(page: &Page<'_>, i: usize) -> Option<Iban> {
    let bytes = page.bytes();
    let mut back = page.groups[i].start;
    let mut skip = |limit: usize| {
        let mut skipped = 0;
        while skipped < limit && back > 0 && is_separator(bytes[back - 1]) {
            back -= 1;
            skipped += 1;
        }
        back = back.checked_sub(1)?;
        Some(bytes[back].to_ascii_uppercase())
    };
    let second = skip(1)?;
    let first = skip(0)?;
    let wanted = length([first, second])?;
    let start = back;
    // Nothing may be glued before, but "IBANDE89…" is written often enough.
    let glued = start > 0 && is_word(bytes[start - 1]);
    if glued && !bytes[..start].to_ascii_lowercase_ends_with(b"iban") {
        return None;
    }
    let mut signs = [0u8; 34];
    let (mut count, mut at, mut gap, mut letters) = (0, start, 0, 0);
    let (mut small, mut odd) = (0, false);
    while count < wanted {
        let byte = *bytes.get(at)?;
        if byte.is_ascii_alphanumeric() {
            signs[count] = byte.to_ascii_uppercase();
            letters += usize::from(count > 3 && byte.is_ascii_alphabetic());
            small += usize::from(byte.is_ascii_lowercase());
            odd |= gap > 0 && (count % 4 != 0 || gap > 1);
            count += 1;
            gap = 0;
        } else if is_separator(byte) && gap < 3 {
            gap += 1;
        } else {
            return None;
        }
        at += 1;
    }
    // A sentence full of numbers can have right check digits: where the groups are not those of
    // four, the letters must be few and of one case.
    let capitals = signs[..count].iter().filter(|b| b.is_ascii_alphabetic()).count() - small;
    if odd && (letters > 6 || (small > 0 && capitals > 0)) {
        return None;
    }
    let ends = bytes.get(at).is_none_or(|b| !b.is_ascii_digit());
    let right = signs[2..4].iter().all(u8::is_ascii_digit) && remainder(&signs[..count]) == 1 && ends;
    let believable = ends && letters <= 6 && bytes.get(at).is_none_or(|b| !is_word(*b));
    (right || believable).then_some(Iban { start, end: at, right })
}

/// ISO 7064 MOD 97-10 of the number with its first four signs moved to the end.
fn remainder(signs: &[u8]) -> u32 {
    signs[4..].iter().chain(&signs[..4]).fold(0, |rest, sign| match sign {
        b'0'..=b'9' => (rest * 10 + u32::from(sign - b'0')) % 97,
        _ => (rest * 100 + u32::from(sign - b'A') + 10) % 97,
    })
}

trait EndsWith {
    fn to_ascii_lowercase_ends_with(&self, suffix: &[u8]) -> bool;
}

impl EndsWith for [u8] {
    fn to_ascii_lowercase_ends_with(&self, suffix: &[u8]) -> bool {
        self.len() >= suffix.len() && self[self.len() - suffix.len()..].eq_ignore_ascii_case(suffix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(LENGTHS.is_sorted());
        assert_eq!(length(*b"DE"), Some(22));
        assert_eq!(length(*b"XX"), None);
    }
}
