//! What an answer of the Bot API means.
//!
//! The API answers with `ok`, an `error_code` that is the HTTP status, and a `description` for people, which may
//! change (`fixtures/telegram/SOURCES.md`). One status covers many reasons, so the description is looked at for
//! the words that clients agree on. It is never kept: it may quote.

use crate::{ErrorCode, Refusal};
use reqwest::StatusCode;
use serde_json::Value;
use std::time::Duration;

/// How long to wait after too many calls, where the network does not say.
const FLOOD_PAUSE: Duration = Duration::from_secs(30);
/// How long to wait while the network is too busy.
const BUSY_PAUSE: Duration = Duration::from_secs(30);
/// The longest pause that is believed.
const LONGEST_PAUSE: Duration = Duration::from_hours(24);

/// What became of a request.
pub(super) enum Answer {
    /// Done, with its result.
    Done(Value),
    /// Not done: the group is another chat now.
    Moved { chat: i64 },
    /// Not done: the message that it was about is not there any more.
    NotThere { code: Option<ErrorCode> },
    /// Not done, may be later.
    Later { wait: Duration, reason: &'static str },
    /// Not done.
    No { why: Refusal, code: Option<ErrorCode> },
    /// It may have been done.
    Lost { reason: &'static str },
}

impl Answer {
    pub(super) const fn no(why: Refusal) -> Self {
        Answer::No { why, code: None }
    }
}

/// What the descriptions of a 400 say, in lower case, where the chat is there and the message is not.
const MESSAGE_GONE: [&str; 5] = [
    "to delete not found",
    "to be replied not found",
    "replied message not found",
    "reply message not found",
    "message_id_invalid",
];

/// What the other descriptions of a 400 say, in lower case, by what they mean; the first that is found counts.
const REASONS: [(&str, Refusal); 17] = [
    ("message is too long", Refusal::TooLong),
    ("text is too long", Refusal::TooLong),
    ("chat not found", Refusal::Gone),
    ("user not found", Refusal::Gone),
    ("topic_closed", Refusal::NotPermitted),
    ("can't be deleted", Refusal::NotPermitted),
    ("not enough rights", Refusal::NotPermitted),
    ("have no rights", Refusal::NotPermitted),
    ("need administrator rights", Refusal::NotPermitted),
    ("chat_admin_required", Refusal::NotPermitted),
    ("chat_write_forbidden", Refusal::NotPermitted),
    ("chat_restricted", Refusal::NotPermitted),
    ("member list is inaccessible", Refusal::NotPermitted),
    ("user_is_blocked", Refusal::PersonUnavailable),
    ("input_user_deactivated", Refusal::PersonUnavailable),
    ("peer_id_invalid", Refusal::PersonUnavailable),
    ("user is deactivated", Refusal::PersonUnavailable),
];

/// Understands an answer; `body` is `None` where it was no JSON.
pub(super) fn understand(status: StatusCode, body: Option<Value>) -> Answer {
    let Some(mut body) = body else { return without_words(status) };
    if body.get("ok").and_then(Value::as_bool) == Some(true) {
        let result = body.get_mut("result").map(Value::take);
        return result.map_or_else(|| without_words(status), Answer::Done);
    }
    let Some(number) = body.get("error_code").and_then(Value::as_i64) else { return without_words(status) };
    let code = Some(ErrorCode { code: number, subcode: None });
    let no = |why| Answer::No { why, code };
    let parameter = |name: &str| body.get("parameters").and_then(|all| all.get(name)).and_then(Value::as_i64);
    let words = body.get("description").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    match number {
        400 | 403 if parameter("migrate_to_chat_id").is_some() => {
            Answer::Moved { chat: parameter("migrate_to_chat_id").unwrap_or_default() }
        }
        429 | 420 => Answer::Later {
            wait: parameter("retry_after").and_then(pause).unwrap_or(FLOOD_PAUSE),
            reason: "telegram's limit is used up for now",
        },
        // A token of the wrong form is an address that is not there.
        401 | 404 => no(Refusal::TokenInvalid),
        // Whoever blocked the bot, deleted their account or never spoke with it; else a group put it out.
        403 if words.contains("group") || words.contains("channel") || words.contains("rights") => {
            no(Refusal::NotPermitted)
        }
        403 => no(Refusal::PersonUnavailable),
        400 if MESSAGE_GONE.iter().any(|found| words.contains(found)) => Answer::NotThere { code },
        400 => no(REASONS
            .iter()
            .find(|(found, _)| words.contains(found))
            .map_or(Refusal::NotTaken, |(_, meaning)| *meaning)),
        500..=599 => without_words(StatusCode::from_u16(number.unsigned_abs() as u16).unwrap_or(status)),
        _ => no(Refusal::NotTaken),
    }
}

/// An answer that is no JSON of the API's comes from something in front of it.
fn without_words(status: StatusCode) -> Answer {
    match status.as_u16() {
        200..=299 => Answer::Lost { reason: "telegram accepted, but its answer cannot be read" },
        429 => Answer::Later { wait: FLOOD_PAUSE, reason: "telegram's limit is used up for now" },
        503 => Answer::Later { wait: BUSY_PAUSE, reason: "telegram is too busy" },
        408 | 500..=599 => Answer::Lost { reason: "telegram failed without saying whether it had acted" },
        401 | 404 => Answer::no(Refusal::TokenInvalid),
        403 => Answer::no(Refusal::NotPermitted),
        _ => Answer::no(Refusal::NotTaken),
    }
}

fn pause(seconds: i64) -> Option<Duration> {
    u64::try_from(seconds).ok().filter(|s| *s > 0).map(|s| Duration::from_secs(s).min(LONGEST_PAUSE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn later(seconds: &Value) -> Option<Duration> {
        let body = json!({"ok": false, "error_code": 429, "parameters": {"retry_after": seconds}});
        match understand(StatusCode::TOO_MANY_REQUESTS, Some(body)) {
            Answer::Later { wait, .. } => Some(wait),
            _ => None,
        }
    }

    #[test]
    fn the_network_says_how_long_to_wait() {
        assert_eq!(later(&json!(35)), Some(Duration::from_secs(35)));
        assert_eq!(later(&json!(3_600)), Some(Duration::from_hours(1)));
        assert_eq!(later(&json!(99_999_999)), Some(LONGEST_PAUSE));
        for odd in [json!(null), json!(0), json!(-4), json!("soon")] {
            assert_eq!(later(&odd), Some(FLOOD_PAUSE), "{odd}");
        }
    }
}
