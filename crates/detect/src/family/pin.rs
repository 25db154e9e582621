//! PINs, by cue only.

use super::{
    card_extras::stands_alone,
    reading::{number_after, number_before},
};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Pin) {
        let fits = |found: &Found, i: &usize| {
            (4..=8).contains(&page.groups[*i].len())
                && !found.is_used(*i)
                && stands_alone(page, *i)
                && !is_word(page.byte(page.groups[*i].end))
        };
        let named =
            number_after(page, cue.end, 48).filter(|i| fits(found, i)).map(|i| (i, Evidence::CueBefore));
        let named = named.or_else(|| {
            number_before(page, cue.start, 20).filter(|i| fits(found, i)).map(|i| (i, Evidence::CueAfter))
        });
        if let Some((i, evidence)) = named {
            let group = page.groups[i];
            let reasons = [evidence];
            let what = What::new(DataType::FinSadPinTrack, "pin", Certainty::Likely, &reasons);
            found.take(page, group.start, group.end, what);
        }
    }
}
