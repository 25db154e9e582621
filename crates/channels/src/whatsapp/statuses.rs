//! What became of our messages: `value.statuses[]`. What they cost is not read.

use super::errors;
use crate::{
    ErrorCode, Event, Inbound, Refusal, Reported,
    meta::{
        json::{self, take_id},
        webhook::{Envelope, Events, ParseError, not_understood},
    },
};
use aside_model::Rung;
use serde_json::Value;

/// The statuses of a change.
pub(super) fn read(number: &Envelope, value: &mut Value, events: &mut Events) -> Result<(), ParseError> {
    match value.get_mut("statuses") {
        Some(Value::Array(statuses)) => {
            statuses.iter_mut().try_for_each(|status| events.push(read_one(number, status)))
        }
        Some(other) => events.push(not_understood(number, Rung::Direct, "statuses".to_owned(), None, other)),
        None => Ok(()),
    }
}

fn read_one(number: &Envelope, status: &mut Value) -> Inbound {
    let at = json::moment(status, "timestamp");
    let word = json::word(status.get("status").and_then(Value::as_str).unwrap_or_default());
    let became = match word.as_str() {
        "sent" => Some(Reported::Sent),
        "delivered" => Some(Reported::Delivered),
        // A voice message that was listened to was read.
        "read" | "played" => Some(Reported::Read),
        "failed" => Some(failed(status)),
        _ => None,
    };
    if let Some(became) = became
        && let Some(provider_id) = take_id(status, "id")
    {
        let key = format!("status/{provider_id}/{word}");
        return number.event(Rung::Direct, &key, at, Event::Status { provider_id, became });
    }
    let mut event = not_understood(number, Rung::Direct, format!("status_{word}"), None, status);
    event.at = at.unwrap_or(event.at);
    event
}

/// Why a message will not arrive: the first error's number. Its words may quote the customer.
fn failed(status: &Value) -> Reported {
    let code = status.get("errors").and_then(|errors| errors.get(0)?.get("code")?.as_i64());
    let code = code.map(|code| ErrorCode { code, subcode: None });
    Reported::Failed { why: code.map_or(Refusal::GivenUp, errors::refusal), code }
}
