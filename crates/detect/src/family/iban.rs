//! International bank account numbers (ISO 13616).

use super::bban;
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

/// Two are check digits. Some countries' forms allow letters everywhere else, but no bank numbers its accounts without
/// digits.
pub(super) const FEWEST_DIGITS: usize = 4;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in page.heads() {
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
            if iban.right {
                bic_behind(page, found, &iban);
            }
        }
    }
}

/// The bank's code right behind an account of the same country: "DE89… COBADEFFXXX".
fn bic_behind(page: &Page<'_>, found: &mut Found, iban: &Iban) {
    let rest = &page.bytes()[iban.end..];
    let gap =
        rest.iter().take(3).take_while(|b| matches!(b, b' ' | b',' | b';' | b'/' | b'\n' | b'(')).count();
    let code = &rest[gap..];
    let code = &code[..code.iter().take(12).take_while(|b| b.is_ascii_alphanumeric()).count()];
    let country = &page.bytes()[iban.start..iban.start + 2];
    if gap > 0 && super::account::is_bic(code) && code[4..6].eq_ignore_ascii_case(country) {
        let start = iban.end + gap;
        let evidence = [Evidence::Format, Evidence::Grouping];
        let what = What::new(DataType::FinBankAccount, "bic", Certainty::Likely, &evidence);
        found.take(page, start, start + code.len(), what);
    }
}

struct Iban {
    start: usize,
    end: usize,
    right: bool,
}

fn is_separator(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'-' | b'.' | b'_' | b'\t' | b'\n' | b'\r' | b'/' | b',' | b':' | b'|' | b'\'' | b'*'
    )
}

/// The number whose check digits begin with group `i`.
fn at_group(page: &Page<'_>, i: usize) -> Option<Iban> {
    let bytes = page.bytes();
    let digits = page.groups[i].start;
    let start = digits.checked_sub(2 + usize::from(is_separator(page.before(digits))))?;
    let structure = bban::structure([bytes[start], bytes[start + 1]])?;
    // Nothing may be glued before, but "IBANDE89…" is written often enough.
    let glued = start > 0 && is_word(bytes[start - 1]);
    if glued && !bytes[..start].to_ascii_lowercase_ends_with(b"iban") {
        return None;
    }
    let wanted = bban::length(structure) + 4;
    // "It is 768-75-4204 which …" is read no further than this, but where somebody speaks of an IBAN.
    let no_letters = !structure.contains(['a', 'c']) && !page.cues.has(&[Topic::Iban]);
    let mut signs = [0u8; 34];
    let (mut count, mut at, mut gap, mut letters) = (0, start, 0, 0);
    let (mut small, mut odd) = (0, false);
    while count < wanted {
        let byte = *bytes.get(at)?;
        if byte.is_ascii_alphanumeric() {
            signs[count] = byte.to_ascii_uppercase();
            letters += usize::from(count > 3 && byte.is_ascii_alphabetic());
            if no_letters && letters > 0 {
                return None;
            }
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
    if page.folded.has_accents(start, at) {
        return None;
    }
    let signs = &signs[..count];
    let ends = bytes.get(at).is_none_or(|b| !b.is_ascii_digit());
    let fits = signs[2..4].iter().all(u8::is_ascii_digit) && bban::fits(structure, &signs[4..]);
    let right = fits && remainder(signs) == 1 && ends;
    let believable = ends && (fits || letters <= 6) && bytes.get(at).is_none_or(|b| !is_word(*b));
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
