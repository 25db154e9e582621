//! Quotas: how they are counted, and how answers tell of them.

use aside_model::Time;
use axum::http::{HeaderName, HeaderValue};
use serde_json::json;
use std::time::Duration;

/// How many calls were made in the present period.
#[derive(Default)]
pub(crate) struct Counter {
    since: Option<Time>,
    used: u32,
}

impl Counter {
    /// Counts one more. The share used in percent, and how long until the period ends.
    pub(crate) fn take(&mut self, now: Time, calls: u32, per: Duration) -> (u32, Duration) {
        if self.since.is_none_or(|since| now.since(since) >= per) {
            (self.since, self.used) = (Some(now), 0);
        }
        self.used += 1;
        let left = per.saturating_sub(self.since.map_or(Duration::ZERO, |since| now.since(since)));
        (self.used.saturating_mul(100) / calls.max(1), left)
    }
}

/// The usage headers of every answer about an account: the kind of the quota, the share used in percent, and how
/// long until it is there again.
pub(crate) fn usage_headers(
    account: &str,
    kind: &str,
    (percent, left): (u32, Duration),
) -> Vec<(HeaderName, HeaderValue)> {
    let minutes = if percent > 100 { left.as_secs().div_ceil(60) } else { 0 };
    let business = json!({ account: [{
        "type": kind,
        "call_count": percent,
        "total_cputime": percent / 4,
        "total_time": percent / 4,
        "estimated_time_to_regain_access": minutes,
    }]});
    let app = json!({ "call_count": percent, "total_cputime": percent / 4, "total_time": percent / 4 });
    [("x-business-use-case-usage", business), ("x-app-usage", app)]
        .into_iter()
        .filter_map(|(name, value)| {
            Some((HeaderName::from_static(name), HeaderValue::from_str(&value.to_string()).ok()?))
        })
        .collect()
}
