//! The machine's clocks: a driver measures real time, so nothing here takes time as a parameter but what is
//! computed from it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// The time on a clock that only moves forward.
#[expect(clippy::disallowed_methods, reason = "how long a real server took is measured, not simulated")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// The time of day, since 1970 in UTC: what webhooks carry and one-time codes are made of.
#[expect(clippy::disallowed_methods, reason = "a real server compares it with the machine's clock")]
pub(crate) fn since_1970() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
