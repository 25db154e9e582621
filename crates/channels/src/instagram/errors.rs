//! What Instagram's error numbers mean. Their sources: `fixtures/instagram/errors.json` and `SOURCES.md`.

use crate::{
    ErrorCode, Refusal,
    meta::graph::Meaning::{self, No, PassingFault, PerhapsDone, QuotaUsedUp},
};

/// What a number means; an unknown one is a refusal that is told by its number.
pub(super) const fn meaning(code: ErrorCode) -> Meaning {
    match (code.code, code.subcode) {
        (1, Some(1_357_046)) => PerhapsDone,
        (1, Some(99)) => No(Refusal::NotPermitted),
        (-2 | -1 | 1 | 2 | 1200, _) => PassingFault,
        // The vendor's note at 4/2207051: held for abuse, not for a quota.
        (4, Some(2_207_051)) => No(Refusal::Blocked),
        (4 | 9 | 17 | 32 | 341 | 613 | 80_000..=80_014, _) => QuotaUsedUp,
        (10, Some(2_018_278 | 2_018_065 | 2_534_022)) | (10_901, _) => No(Refusal::WindowClosed),
        (551, _) | (200, Some(1_545_041)) => No(Refusal::PersonUnavailable),
        (_, Some(2_534_025)) | (10_900, _) => No(Refusal::AlreadyReplied),
        (10_902 | 10_903, _) => No(Refusal::NotReplyable),
        (_, Some(2_534_014 | 2_534_001))
        | (100, Some(2_018_001 | 2_018_292 | 33))
        | (24, Some(2_207_006))
        | (803, _) => No(Refusal::Gone),
        (102 | 190 | 463 | 467, _) => No(Refusal::TokenInvalid),
        (3 | 10 | 200..=299, _) => No(Refusal::NotPermitted),
        (368 | 506 | 1_404_078, _) => No(Refusal::Blocked),
        _ => No(Refusal::NotTaken),
    }
}
