//! A webhook's body, into events.

use super::{comments, direct, json};
use crate::{Event, Inbound};
use aside_model::{Raw, Rung, Time};
use serde_json::Value;

/// The largest body that is parsed, in bytes. The network sends at most 1,000 events at once, a few
/// hundred bytes each.
pub const MAX_BODY: usize = 4 << 20;

/// The most events in one body.
pub const MAX_EVENTS: usize = 10_000;

/// The body as a whole is not one that this network sends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ParseError {
    /// It has more bytes than [`MAX_BODY`].
    #[error("the webhook is larger than {MAX_BODY} bytes")]
    TooLarge,
    /// It has more events than [`MAX_EVENTS`].
    #[error("the webhook holds more than {MAX_EVENTS} events")]
    TooMany,
    /// It is not JSON, or nested deeper than 128 levels.
    #[error("the webhook is not JSON")]
    NotJson,
    /// It is JSON but no object.
    #[error("the webhook is not a JSON object")]
    NotAnObject,
}

/// The events in a webhook whose signature was checked, in the order of the body.
///
/// What is not understood becomes [`Event::NotUnderstood`] and spoils nothing around it.
pub fn parse(raw_body: &[u8]) -> Result<Vec<Inbound>, ParseError> {
    if raw_body.len() > MAX_BODY {
        return Err(ParseError::TooLarge);
    }
    let mut body: Value = if let Ok(body) = serde_json::from_slice(raw_body) {
        body
    } else {
        let repaired = Raw::new(json::repaired(raw_body));
        serde_json::from_str(repaired.expose()).map_err(|_| ParseError::NotJson)?
    };
    if !body.is_object() {
        json::scrub(&mut body);
        return Err(ParseError::NotAnObject);
    }
    let mut events = Vec::new();
    let is_page = body.get("object").and_then(Value::as_str) == Some("page");
    match body.get_mut("entry") {
        Some(Value::Array(entries)) if is_page => {
            for entry in entries {
                read_entry(entry, &mut events)?;
            }
        }
        _ => {
            let kind = json::word(body.get("object").and_then(Value::as_str).unwrap_or_default());
            events.push(not_understood(&mut Envelope::default(), Rung::Direct, kind, None, &body));
        }
    }
    json::scrub(&mut body);
    Ok(events)
}

/// What an entry says about all of its events.
#[derive(Default)]
pub(super) struct Envelope {
    /// The page.
    pub(super) account: String,
    /// When the notification was made; for events that have no time of their own.
    pub(super) at: Time,
}

impl Envelope {
    /// An event of this page.
    pub(super) fn event(&self, rung: Rung, key: &str, at: Option<Time>, event: Event) -> Inbound {
        let event_key = format!("{}/{key}", self.account);
        Inbound { account: self.account.clone(), rung, event_key, at: at.unwrap_or(self.at), event }
    }
}

/// What was not understood, as an event of its own.
pub(super) fn not_understood(
    envelope: &mut Envelope,
    rung: Rung,
    kind: String,
    id: Option<String>,
    value: &Value,
) -> Inbound {
    let key = format!("other/{}", json::digest_of(value));
    envelope.event(rung, &key, None, Event::NotUnderstood { kind, id })
}

/// Reads one event of a list.
type Read = fn(&mut Envelope, &mut Value) -> Inbound;

fn read_entry(entry: &mut Value, events: &mut Vec<Inbound>) -> Result<(), ParseError> {
    let at = json::moment(entry, "time").unwrap_or_default();
    let mut envelope = Envelope { account: json::take_id(entry, "id").unwrap_or_default(), at };
    let before = events.len();
    let readers: [(&str, Rung, Read); 3] = [
        ("messaging", Rung::Direct, direct::read),
        ("standby", Rung::Direct, direct::read_standby),
        ("changes", Rung::Public, comments::read),
    ];
    for (key, rung, read) in readers {
        match entry.get_mut(key) {
            Some(Value::Array(list)) => {
                for one in list {
                    if events.len() >= MAX_EVENTS {
                        return Err(ParseError::TooMany);
                    }
                    events.push(read(&mut envelope, one));
                }
            }
            Some(other) => {
                let event = not_understood(&mut envelope, rung, key.to_owned(), None, other);
                events.push(event);
            }
            None => {}
        }
    }
    if events.len() == before {
        if events.len() >= MAX_EVENTS {
            return Err(ParseError::TooMany);
        }
        events.push(not_understood(&mut envelope, Rung::Direct, "entry".to_owned(), None, entry));
    }
    Ok(())
}
