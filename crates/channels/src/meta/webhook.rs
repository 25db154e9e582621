//! The frame of a webhook's body: an object, its entries, and their lists of events.

use super::json;
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

/// Reads one event of a list.
pub(crate) type Read = fn(&mut Envelope, &mut Value) -> Inbound;

/// Reads an entry: takes its events and hands each to [`Events::push`].
pub(crate) type ReadEntry = fn(&mut Envelope, &mut Value, &mut Events) -> Result<(), ParseError>;

/// The events of a body whose signature was checked, in its order, if the body is about `object`.
///
/// What is not understood becomes [`Event::NotUnderstood`] and spoils nothing around it.
pub(crate) fn parse(
    raw_body: &[u8],
    object: &str,
    read_entry: ReadEntry,
) -> Result<Vec<Inbound>, ParseError> {
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
    let mut events = Events::default();
    let is_ours = body.get("object").and_then(Value::as_str) == Some(object);
    let read = match body.get_mut("entry") {
        Some(Value::Array(entries)) if is_ours => entries.iter_mut().try_for_each(|entry| {
            let before = events.0.len();
            let mut envelope = Envelope::of(entry);
            read_entry(&mut envelope, entry, &mut events)?;
            if events.0.len() == before {
                let event = not_understood(&envelope, Rung::Direct, "entry".to_owned(), None, entry);
                events.push(event)?;
            }
            Ok(())
        }),
        _ => {
            let kind = json::word(body.get("object").and_then(Value::as_str).unwrap_or_default());
            events.push(not_understood(&Envelope::default(), Rung::Direct, kind, None, &body))
        }
    };
    json::scrub(&mut body);
    read.map(|()| events.0)
}

/// The events that were read so far.
#[derive(Default)]
pub(crate) struct Events(Vec<Inbound>);

impl Events {
    /// One more, unless there are too many.
    pub(crate) fn push(&mut self, event: Inbound) -> Result<(), ParseError> {
        if self.0.len() >= MAX_EVENTS {
            return Err(ParseError::TooMany);
        }
        self.0.push(event);
        Ok(())
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Reads the list under `key` in an entry, one event after the other.
    pub(crate) fn read_list(
        &mut self,
        envelope: &mut Envelope,
        entry: &mut Value,
        (key, rung, read): (&str, Rung, Read),
    ) -> Result<(), ParseError> {
        match entry.get_mut(key) {
            Some(Value::Array(list)) => list.iter_mut().try_for_each(|one| self.push(read(envelope, one))),
            Some(other) => self.push(not_understood(envelope, rung, key.to_owned(), None, other)),
            None => Ok(()),
        }
    }
}

/// What an entry says about all of its events.
#[derive(Default)]
pub(crate) struct Envelope {
    /// The account (a page's id).
    pub(crate) account: String,
    /// When the notification was made; for events that have no time of their own.
    pub(crate) at: Time,
}

impl Envelope {
    /// What an entry says; its id is taken out of it.
    pub(crate) fn of(entry: &mut Value) -> Self {
        let at = json::moment(entry, "time").unwrap_or_default();
        Self { account: json::take_id(entry, "id").unwrap_or_default(), at }
    }

    /// An event of this account.
    pub(crate) fn event(&self, rung: Rung, key: &str, at: Option<Time>, event: Event) -> Inbound {
        let event_key = format!("{}/{key}", self.account);
        Inbound { account: self.account.clone(), rung, event_key, at: at.unwrap_or(self.at), event }
    }
}

/// What was not understood, as an event of its own.
pub(crate) fn not_understood(
    envelope: &Envelope,
    rung: Rung,
    kind: String,
    id: Option<String>,
    value: &Value,
) -> Inbound {
    let key = format!("other/{}", json::digest_of(value));
    envelope.event(rung, &key, None, Event::NotUnderstood { kind, id })
}
