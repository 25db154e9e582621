//! Telephone numbers: international ones by `+` or `00`, national ones by cue, region or a form
//! that is typical of some country.

mod international;
mod national;
mod plan;
mod plans;
mod run;
mod shape;

use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What, is_letter},
};
use aside_taxonomy::DataType;

/// How far before a number the word may stand that names it.
const WINDOW: usize = 40;

/// No number has fewer.
pub(super) const FEWEST_DIGITS: usize = 6;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in page.heads() {
        let group = page.groups[i];
        // Too few digits, and none near enough to belong to them.
        let alone = group.len() < FEWEST_DIGITS && page.gap(i).len() > run::LONGEST_GAP;
        if found.is_used(i) || alone && page.before(group.start) != b'+' {
            continue;
        }
        let near = || near(page, page.groups[i].start);
        if let Some(number) =
            international::read(page, found, i, near).or_else(|| national::read(page, found, i, near))
        {
            report(page, found, &number, near());
            if let Some(other) = national::beside(page, found, number.start, i) {
                report(page, found, &other, None);
            }
        }
    }
}

/// A number in the folded text, and why it is one.
struct Number {
    start: usize,
    end: usize,
    certainty: Certainty,
    evidence: [Option<Evidence>; 2],
}

fn report(page: &Page<'_>, found: &mut Found, number: &Number, near: Option<Cue>) {
    let mut reasons = [Evidence::Format; 3];
    let mut count = 0;
    let mut certainty = number.certainty;
    let named = match near {
        Some(cue) if names_phone(cue) => Some(Evidence::CueBefore),
        Some(_) => {
            certainty = certainty.min(Certainty::Likely);
            Some(Evidence::ContraryCue)
        }
        None => None,
    };
    let extra = named.filter(|reason| !number.evidence.contains(&Some(*reason)));
    for reason in number.evidence.into_iter().chain([extra]).flatten() {
        reasons[count] = reason;
        count += 1;
    }
    let fax = near.is_some_and(|cue| is_fax(&page.bytes()[cue.start..cue.end]));
    let end = number.end + extension(&page.bytes()[number.end..]);
    let kind = if fax { "fax" } else { "phone" };
    found.take(
        page,
        number.start,
        end,
        What::new(DataType::ContactPhone, kind, certainty, &reasons[..count]),
    );
}

fn is_fax(word: &[u8]) -> bool {
    word.get(..3).is_some_and(|w| w.eq_ignore_ascii_case(b"fax") || w.eq_ignore_ascii_case(b"fak"))
        || word.get(..7).is_some_and(|w| w.eq_ignore_ascii_case(b"telefax"))
}

/// The nearest word before the number that says what it is.
fn near(page: &Page<'_>, start: usize) -> Option<Cue> {
    let tells = |cue: Cue| {
        matches!(
            cue.topic,
            Topic::Phone
                | Topic::Call
                | Topic::Contrary
                | Topic::Imei
                | Topic::Postcode
                | Topic::Iban
                | Topic::Ssn
                | Topic::Card
                | Topic::Version
        )
    };
    // A heading on another line speaks of its own column.
    let elsewhere = |cue: &Cue| {
        let between = &page.bytes()[cue.end..start];
        !names_phone(*cue) && between.contains(&b'\n') && between.iter().any(|b| is_letter(*b))
    };
    page.cue_before(start, WINDOW, tells).filter(|cue| !elsewhere(cue))
}

const fn names_phone(cue: Cue) -> bool {
    matches!(cue.topic, Topic::Phone | Topic::Call)
}

/// How many bytes of "x123", " ext. 123" and the like follow.
fn extension(bytes: &[u8]) -> usize {
    const WORDS: [&[u8]; 12] = [
        b"x",
        b"ext",
        b"extn",
        b"extension",
        b"durchwahl",
        b"dw",
        b"poste",
        b"anexo",
        b"ramal",
        b"interno",
        b"wew",
        b"toestel",
    ];
    let mut at = bytes.iter().take(2).take_while(|b| matches!(b, b' ' | b',')).count();
    let len = bytes[at..].iter().take(10).take_while(|b| is_letter(**b)).count();
    let word = &bytes[at..at + len];
    let known = WORDS.iter().any(|w| w.eq_ignore_ascii_case(word));
    if !known && bytes.get(at) != Some(&b'#') {
        return 0;
    }
    at += if known { len } else { 1 };
    at += bytes[at..].iter().take(2).take_while(|b| matches!(b, b'.' | b':' | b' ')).count();
    let digits = bytes[at..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    // "#4711" after a number is rather an order than an extension, unless it is short.
    if matches!(digits, 1..=5) && (known || digits < 4) { at + digits } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_ends_with_its_digits() {
        assert_eq!(extension(b"x123 and"), 4);
        assert_eq!(extension(b" ext. 123"), 9);
        assert_eq!(extension(b", extension 12"), 14);
        assert_eq!(extension(b" x-ray 12"), 0);
        assert_eq!(extension(b" 123"), 0);
        assert_eq!(extension(b""), 0);
    }
}
