//! What Facebook's error numbers mean. Their sources: `fixtures/facebook/errors.json` and `SOURCES.md`.

use crate::{
    ErrorCode, Refusal,
    meta::graph::Meaning::{self, No, PassingFault, PerhapsDone, QuotaUsedUp},
};

/// What a number means; an unknown one is a refusal that is told by its number.
pub(super) const fn meaning(code: ErrorCode) -> Meaning {
    match (code.code, code.subcode) {
        // The vendor's note: the messages were sent although the answer says otherwise.
        (1, Some(1_357_046)) => PerhapsDone,
        (1, Some(99)) => No(Refusal::NotPermitted),
        (1 | 2 | 1200, _) => PassingFault,
        (4 | 9 | 17 | 32 | 341 | 613 | 80_000..=80_014, _) => QuotaUsedUp,
        (10, Some(2_018_278 | 2_018_065 | 2_534_022)) | (10_901, _) => No(Refusal::WindowClosed),
        (551, _) | (200, Some(1_545_041)) => No(Refusal::PersonUnavailable),
        (100, Some(2_018_001 | 2_018_292 | 33)) | (803, _) => No(Refusal::Gone),
        (102 | 190 | 463 | 467, _) => No(Refusal::TokenInvalid),
        (3 | 10 | 200..=299, _) => No(Refusal::NotPermitted),
        (368 | 506 | 1_404_078, _) => No(Refusal::Blocked),
        (10_900, _) => No(Refusal::AlreadyReplied),
        (10_902 | 10_903, _) => No(Refusal::NotReplyable),
        _ => No(Refusal::NotTaken),
    }
}
