//! Account numbers that need no word: grouped as nothing else is, with right check digits.

use super::{FEWEST_DIGITS, checks, number::Number, number::Piece, take};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, is_word},
};

/// The numbers that leave no doubt, or the others.
pub(super) fn find(page: &Page<'_>, found: &mut Found, proven: bool) {
    for i in 0..page.groups.len() {
        // The first groups of all the forms below.
        if found.is_used(i) || !matches!(page.groups[i].len(), 1..=6 | 8 | 10 | 26) {
            continue;
        }
        let start = page.groups[i].start;
        let tied =
            matches!(page.before(start), b'-' | b'.' | b'/' | b'+' | b',') || is_word(page.before(start));
        if tied || !begins(page, i) {
            continue;
        }
        let number = Number::at(page, found, i);
        let known = number.pieces().find_map(|piece| {
            let ends = !is_word(page.byte(piece.end)) && !goes_on(page, piece.end);
            form(&piece)
                .filter(|_| ends)
                .map(|(kind, certainty, evidence)| (piece.end, kind, certainty, evidence))
        });
        let Some((end, kind, certainty, evidence)) = known else { continue };
        if proven != (certainty == Certainty::Certain || evidence == PROVEN_AND_LONG) {
            continue;
        }
        let contrary = page.cue_before(start, 32, |cue| cue.topic == Topic::Contrary).is_some();
        if certainty == Certainty::Certain || !contrary {
            take(page, found, (start, end), kind, certainty, evidence);
        }
    }
}

/// A separator and a further digit.
fn goes_on(page: &Page<'_>, end: usize) -> bool {
    matches!(page.byte(end), b'-' | b'.' | b'/') && page.byte(end + 1).is_ascii_digit()
}

/// A cheap look before anything is copied: whether so many digits as the shortest number has stand here, behind
/// single separators.
fn begins(page: &Page<'_>, i: usize) -> bool {
    let (mut at, mut digits) = (i, page.groups[i].len());
    while digits < FEWEST_DIGITS
        && at + 1 < page.groups.len()
        && matches!(page.gap(at), [b' ' | b'-' | b'.' | b'/'])
    {
        at += 1;
        digits += page.groups[at].len();
    }
    digits >= FEWEST_DIGITS && (at > i || digits == 26)
}

/// Twenty-six digits are longer than any card.
const PROVEN_AND_LONG: &[Evidence] = &[Evidence::CheckDigit, Evidence::Format];
const PROVEN: &[Evidence] = &[Evidence::CheckDigit, Evidence::Grouping];

fn form(piece: &Piece<'_>) -> Option<(&'static str, Certainty, &'static [Evidence])> {
    let digits = piece.digits;
    let grouped = |lengths: &[usize], separators: &[u8]| piece.is_grouped(lengths, separators);
    let proven = |right: bool, certainty| right.then_some(("bank_account", certainty, PROVEN));
    match digits.len() {
        // Poland
        26 if grouped(&[2, 4, 4, 4, 4, 4, 4], b" -") => proven(checks::polish(digits), Certainty::Certain),
        26 if grouped(&[26], b"") && checks::polish(digits) => {
            Some(("bank_account", Certainty::Likely, PROVEN_AND_LONG))
        }
        // Hungary
        24 if grouped(&[8, 8, 8], b"-") => proven(checks::hungarian(digits), Certainty::Certain),
        16 if grouped(&[8, 8], b"-") => proven(checks::hungarian(digits), Certainty::Likely),
        // France
        23 if grouped(&[5, 5, 11, 2], b" -") => proven(checks::french(digits), Certainty::Certain),
        // Spain
        20 if grouped(&[4, 4, 2, 10], b" -") => proven(checks::spanish(digits), Certainty::Certain),
        // New Zealand
        15 | 16 if grouped(&[2, 4, 7, 2], b"-") || grouped(&[2, 4, 7, 3], b"-") => {
            let bank = (digits[0] - b'0') * 10 + digits[1] - b'0';
            (1..=38).contains(&bank).then_some(("bank_account", Certainty::Likely, &[Evidence::Grouping][..]))
        }
        // United Kingdom: sort code and account
        14 if grouped_as_sort_code(piece) => Some(("uk_account", Certainty::Likely, &[Evidence::Grouping])),
        // Belgium
        12 if grouped(&[3, 7, 2], b"-") => proven(checks::belgian(digits), Certainty::Likely),
        // Norway
        11 if grouped(&[4, 2, 5], b".") => proven(checks::norwegian(digits), Certainty::Likely),
        // Czechia, Slovakia
        _ => proven(is_czech(piece), Certainty::Likely),
    }
}

/// "20-00-00 55779911"
fn grouped_as_sort_code(piece: &Piece<'_>) -> bool {
    piece.lengths().eq([2, 2, 2, 8]) && matches!(piece.gaps(), [b'-', b'-', b' ' | b'/'])
}

/// "19-2000145399/0800": perhaps a prefix, the number, the bank.
fn is_czech(piece: &Piece<'_>) -> bool {
    /// The banks' codes in Czechia and Slovakia that most people have.
    const BANKS: [&[u8]; 28] = [
        b"0100", b"0200", b"0300", b"0600", b"0710", b"0720", b"0800", b"0900", b"1100", b"1111", b"2010",
        b"2060", b"2070", b"2100", b"2250", b"2600", b"2700", b"3030", b"3100", b"5500", b"5600", b"5800",
        b"6100", b"6210", b"6500", b"7500", b"7930", b"8330",
    ];
    let (body, bank) = piece.digits.split_at(piece.digits.len().saturating_sub(4));
    let mut lengths = piece.lengths();
    let first = lengths.next().unwrap_or_default();
    let right = match piece.gaps() {
        [b'/'] => body.len() > 5 && checks::czech(body),
        [b'-', b'/'] if first <= 6 => body.split_at_checked(first).is_some_and(|(prefix, number)| {
            number.len() > 1 && checks::czech(number) && (first < 2 || checks::czech(prefix))
        }),
        _ => false,
    };
    right && lengths.last() == Some(4) && BANKS.contains(&bank)
}
