//! What an answer of the Graph API means.
//!
//! Each network says what its numbers mean. The HTTP status of an error varies in the field, so the number in
//! the body decides where there is one.

use super::graph::{Answer, Meaning};
use crate::{ErrorCode, Refusal};
use reqwest::{StatusCode, header::HeaderMap};
use serde_json::Value;
use std::time::Duration;

/// How long to wait after a quota is used up, where the network does not say.
const QUOTA_PAUSE: Duration = Duration::from_mins(5);
/// How long to wait after a passing fault.
const FAULT_PAUSE: Duration = Duration::from_secs(30);
/// The longest pause that is believed.
const LONGEST_PAUSE: Duration = Duration::from_hours(24);

/// Understands an answer; `body` is `None` where it was no JSON.
pub(super) fn understand(
    status: StatusCode,
    headers: &HeaderMap,
    body: Option<Value>,
    meaning: fn(ErrorCode) -> Meaning,
) -> Answer {
    let error = body.as_ref().and_then(|body| body.get("error"));
    let code = error.and_then(|error| {
        let code = error.get("code")?.as_i64()?;
        Some(ErrorCode { code, subcode: error.get("error_subcode").and_then(Value::as_i64) })
    });
    match (code, body) {
        (Some(code), _) => by_number(code, meaning(code), headers),
        (None, Some(body)) if status.is_success() && body.get("error").is_none() => Answer::Done(body),
        _ => by_status(status, headers),
    }
}

fn by_number(code: ErrorCode, meaning: Meaning, headers: &HeaderMap) -> Answer {
    let pause = |usual| asked_pause(headers).unwrap_or(usual);
    match meaning {
        Meaning::PassingFault => {
            Answer::Later { wait: pause(FAULT_PAUSE), reason: "the network has a passing fault" }
        }
        Meaning::QuotaUsedUp => {
            Answer::Later { wait: pause(QUOTA_PAUSE), reason: "the network's quota is used up for now" }
        }
        Meaning::Wait(usual, reason) => Answer::Later { wait: pause(usual), reason },
        Meaning::PerhapsDone => Answer::Lost { reason: "the network reported a fault after sending" },
        Meaning::No(why) => Answer::No { why, code: Some(code) },
    }
}

/// An answer without a number comes from something in front of the API.
fn by_status(status: StatusCode, headers: &HeaderMap) -> Answer {
    match status.as_u16() {
        200..=299 => Answer::Lost { reason: "the network accepted, but its answer cannot be read" },
        429 | 503 => Answer::Later {
            wait: asked_pause(headers).unwrap_or(FAULT_PAUSE),
            reason: "the network is too busy",
        },
        408 | 500..=599 => Answer::Lost { reason: "the network failed without saying whether it had acted" },
        401 => Answer::no(Refusal::TokenInvalid),
        403 => Answer::no(Refusal::NotPermitted),
        404 | 410 => Answer::no(Refusal::Gone),
        _ => Answer::no(Refusal::NotTaken),
    }
}

/// The pause that the network asks for: `Retry-After` in seconds, or the longest
/// `estimated_time_to_regain_access` (minutes) in `X-Business-Use-Case-Usage`, which is
/// `{"<id>":[{"type","call_count","total_cputime","total_time","estimated_time_to_regain_access"}]}`.
fn asked_pause(headers: &HeaderMap) -> Option<Duration> {
    let seconds =
        headers.get("retry-after").and_then(|value| value.to_str().ok()?.trim().parse::<u64>().ok());
    let usage = json_header(headers, "x-business-use-case-usage");
    let minutes = usage
        .iter()
        .filter_map(Value::as_object)
        .flat_map(|businesses| businesses.values())
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|one| one.get("estimated_time_to_regain_access")?.as_u64())
        .max();
    let pauses = [seconds, minutes.map(|minutes| minutes.saturating_mul(60))];
    pauses.into_iter().flatten().max().filter(|&s| s > 0).map(|s| Duration::from_secs(s).min(LONGEST_PAUSE))
}

/// The largest share of a quota that is used, in percent, from any of the network's usage headers.
pub(super) fn share_used(headers: &HeaderMap) -> Option<u64> {
    const SHARES: [&str; 3] = ["call_count", "total_cputime", "total_time"];
    fn largest(value: &Value) -> Option<u64> {
        match value {
            Value::Object(map) => map
                .iter()
                .filter_map(|(key, value)| match value {
                    Value::Number(number) if SHARES.contains(&key.as_str()) => number.as_u64(),
                    other => largest(other),
                })
                .max(),
            Value::Array(list) => list.iter().filter_map(largest).max(),
            _ => None,
        }
    }
    ["x-business-use-case-usage", "x-app-usage", "x-page-usage"]
        .iter()
        .filter_map(|name| largest(&json_header(headers, name)?))
        .max()
}

fn json_header(headers: &HeaderMap, name: &str) -> Option<Value> {
    serde_json::from_slice(headers.get(name)?.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.parse().unwrap(), HeaderValue::from_str(value).unwrap())])
    }

    #[test]
    fn the_network_says_how_long_to_wait() {
        let usage = r#"{"1":[{"type":"messenger","call_count":100,"estimated_time_to_regain_access":7}],
            "2":[{"type":"pages","call_count":40,"estimated_time_to_regain_access":0}]}"#
            .replace('\n', "");
        let headers_of = headers("x-business-use-case-usage", &usage);
        assert_eq!(asked_pause(&headers_of), Some(Duration::from_mins(7)));
        assert_eq!(share_used(&headers_of), Some(100));
        assert_eq!(asked_pause(&headers("retry-after", "12")), Some(Duration::from_secs(12)));
        assert_eq!(asked_pause(&headers("retry-after", "99999999")), Some(LONGEST_PAUSE));
        assert_eq!(asked_pause(&headers("x-business-use-case-usage", "[[")), None);
        assert_eq!(share_used(&headers("x-app-usage", r#"{"call_count":28,"total_time":31}"#)), Some(31));
    }
}
