//! What WhatsApp's error numbers mean. Their sources: `fixtures/whatsapp/errors.json` and `SOURCES.md`.

use crate::{
    ErrorCode, Refusal,
    meta::graph::Meaning::{self, No, PassingFault, QuotaUsedUp, Wait},
};
use std::time::Duration;

/// One message in six seconds is let through to one person.
const PAIR_PAUSE: Duration = Duration::from_secs(6);
/// So many messages a second are let through from one number.
const THROUGHPUT_PAUSE: Duration = Duration::from_secs(2);
/// A number that people complained about may send less for a while.
const QUALITY_PAUSE: Duration = Duration::from_hours(1);

/// What a number means; an unknown one is a refusal that is told by its number.
pub(super) const fn meaning(code: ErrorCode) -> Meaning {
    match code.code {
        0 | 102 | 190 => No(Refusal::TokenInvalid),
        1 | 2 | 131_000 | 131_016 | 131_057 | 133_004 => PassingFault,
        4 | 80_007..=80_008 => QuotaUsedUp,
        130_429 => Wait(THROUGHPUT_PAUSE, "the number sends more at once than the network lets through"),
        131_056 => Wait(PAIR_PAUSE, "the customer gets more at once than the network lets through"),
        131_048 => Wait(QUALITY_PAUSE, "people complained, so the network lets the number send less"),
        131_047 => No(Refusal::WindowClosed),
        131_026 | 131_050 | 131_021 => No(Refusal::PersonUnavailable),
        130_472 | 131_049 => No(Refusal::Blocked),
        368 | 131_031 | 131_042 => No(Refusal::AccountLocked),
        132_000..=132_069 => No(Refusal::TemplateNotTaken),
        3 | 10 | 200..=299 | 130_497 | 131_005 | 131_045 | 133_010 => No(Refusal::NotPermitted),
        33 => No(Refusal::Gone),
        _ => No(Refusal::NotTaken),
    }
}

/// Why a message will not arrive that the network had taken: what it would try again by itself it has given
/// up.
pub(super) const fn refusal(code: ErrorCode) -> Refusal {
    match meaning(code) {
        No(why) => why,
        Meaning::PassingFault | Meaning::QuotaUsedUp | Meaning::PerhapsDone | Wait(..) => Refusal::GivenUp,
    }
}
