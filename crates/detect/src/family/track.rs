//! What is written on a card's magnetic stripe (ISO/IEC 7813).

use super::{issuer, luhn};
use crate::{
    Certainty, Evidence,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

/// The first track has at most 79 signs.
const LONGEST: usize = 79;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        let (group, digits) = (page.groups[i], page.digits(i));
        if !(12..=19).contains(&digits.len()) || found.is_used(i) || issuer::lengths(digits).is_empty() {
            continue;
        }
        let span = match page.byte(group.end) {
            b'^' => first(page, group.start, group.end),
            b'=' | b'D' => second(page, group.start, group.end),
            _ => None,
        };
        if let Some((start, end)) = span.filter(|_| luhn::is_right(digits)) {
            let evidence = [Evidence::Format, Evidence::Luhn];
            found.take(
                page,
                start,
                end,
                What::new(DataType::FinSadPinTrack, "track", Certainty::Certain, &evidence),
            );
        }
    }
}

/// "%B4111…^DOE/JOHN^2712101…?": the name, then year, month and service code.
fn first(page: &Page<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let name = bytes[end + 1..].iter().take(27).position(|b| *b == b'^')?;
    let after = end + 1 + name + 1;
    let code = digits_at(bytes, after);
    let rest = &bytes[after..];
    let len = rest.iter().take(LONGEST - 19).take_while(|b| b.is_ascii_graphic() && **b != b'?').count();
    let start = match (page.before(start), page.before(start.saturating_sub(1))) {
        (b'B' | b'b', b'%') => start - 2,
        (b'B' | b'b', _) => start - 1,
        _ => start,
    };
    (code >= 7).then(|| (start, after + len + usize::from(rest.get(len) == Some(&b'?'))))
}

/// ";4111…=2712101…?"
fn second(page: &Page<'_>, start: usize, end: usize) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let code = digits_at(bytes, end + 1);
    let stop = end + 1 + code;
    let start = start - usize::from(page.before(start) == b';');
    (code >= 7).then(|| (start, stop + usize::from(bytes.get(stop) == Some(&b'?'))))
}

fn digits_at(bytes: &[u8], at: usize) -> usize {
    bytes[at..].iter().take(LONGEST).take_while(|b| b.is_ascii_digit()).count()
}
