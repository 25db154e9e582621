//! What words say about somebody: health, belief, family, money, journeys.
//!
//! A term alone says nothing: people ask about cancer insurance, are sick of waiting, and shop on Black Friday. It
//! counts when the words before it say of whom it is said ("I have", "my son is", "as a"), none of them denies it,
//! and no word behind makes something else of it. Everything is guessed; what somebody says of
//! themselves in so many words is likely.

mod age;
mod age_in_other_scripts;
mod age_units;
mod dealings;
mod link;
mod other_scripts;
mod others_contacts;
mod pictures;
mod recordings;
mod roles;
mod roles_in_other_scripts;
mod sum;
mod sums;
mod terms;
mod travel;
mod words_around;

use crate::{
    Evidence,
    cue::{Said, Topic},
    page::{Found, Page},
};

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let cues = &page.cues;
    let said = cues.has(&[Topic::Said(Said::Income)]);
    if said {
        terms::find(page, found);
    }
    if !page.groups.is_empty() {
        if said {
            sums::find(page, found);
        }
        age::find(page, found);
        age_in_other_scripts::find(page, found);
        if said {
            travel::find(page, found);
        }
    }
    if cues.has(&[Topic::Customer, Topic::Membership, Topic::Bought]) {
        dealings::find(page, found);
    }
    if cues.has(&[Topic::Picture, Topic::Biometric]) {
        pictures::find(page, found);
    }
    if cues.has(&[Topic::Recording, Topic::OthersMessage, Topic::Forwarded]) {
        recordings::find(page, found);
    }
    if !found.findings.is_empty() || cues.has(&[Topic::OthersName]) {
        others_contacts::find(page, found);
    }
}

/// The evidence of what somebody says of themselves, or of somebody else.
const fn evidence(first_person: bool) -> [Evidence; 2] {
    [Evidence::Lexicon, if first_person { Evidence::FirstPerson } else { Evidence::OtherPerson }]
}
