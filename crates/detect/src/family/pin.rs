//! PINs, by cue only.

use super::{
    card_extras::stands_alone,
    reading::{lead, number_after, number_before},
};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Pin) {
        if page.bytes()[cue.start..cue.end].to_ascii_lowercase().ends_with(b"block") {
            block(page, found, cue.end);
            continue;
        }
        let fits = |found: &Found, i: &usize| {
            (4..=8).contains(&page.groups[*i].len())
                && !found.is_used(*i)
                && stands_alone(page, *i)
                && !page.byte(page.groups[*i].end).is_ascii_alphanumeric()
        };
        let named =
            number_after(page, cue.end, 48).filter(|i| fits(found, i)).map(|i| (i, Evidence::CueBefore));
        let named = named.or_else(|| {
            // "@anna1984 PIN": the digits of a handle are none.
            let alone = |i: &usize| {
                let piece = *i > 0 && page.groups[*i - 1].len() > 2 && page.gap(*i - 1) == b" ";
                !piece && !is_word(page.before(page.groups[*i].start))
            };
            number_before(page, cue.start, 20)
                .filter(|i| fits(found, i) && alone(i))
                .map(|i| (i, Evidence::CueAfter))
        });
        if let Some((i, evidence)) = named {
            let group = page.groups[i];
            let reasons = [evidence];
            let what = What::new(DataType::FinSadPinTrack, "pin", Certainty::Likely, &reasons);
            found.take(page, group.start, group.end, what);
        }
    }
}

/// An encrypted PIN block: sixteen hexadecimal digits (ISO 9564-1).
fn block(page: &Page<'_>, found: &mut Found, from: usize) {
    let start = lead(page, from).at;
    let rest = page.bytes().get(start..).unwrap_or_default();
    let digits = rest.iter().take(17).take_while(|b| b.is_ascii_hexdigit()).count();
    if start > from && digits == 16 && rest.get(16).is_none_or(|b| !is_word(*b)) {
        let what = What::new(
            DataType::FinSadPinTrack,
            "pin",
            Certainty::Likely,
            &[Evidence::CueBefore, Evidence::Format],
        );
        found.take(page, start, start + 16, what);
    }
}
