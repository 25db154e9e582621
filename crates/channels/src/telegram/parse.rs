//! A webhook's body, one update, into an event.

use super::message;
use crate::{Event, Inbound, json};
use aside_model::{Raw, Rung, Time};
use serde_json::Value;

/// The largest body that is parsed, in bytes. A text has at most 4,096 characters; what makes an update long is
/// what it quotes.
pub const MAX_BODY: usize = 1 << 20;

/// The body as a whole is not one that this network sends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ParseError {
    /// It has more bytes than [`MAX_BODY`].
    #[error("the webhook is larger than {MAX_BODY} bytes")]
    TooLarge,
    /// It is not JSON, or nested deeper than 128 levels.
    #[error("the webhook is not JSON")]
    NotJson,
    /// It is JSON but no object.
    #[error("the webhook is not a JSON object")]
    NotAnObject,
}

/// What stands around every update.
pub(super) struct Envelope {
    /// The bot whose connection it came to; updates do not say.
    pub(super) bot: String,
    /// The update's number, which rises by one with each; none in a damaged one.
    pub(super) number: Option<i64>,
    /// The event's key.
    pub(super) key: String,
}

impl Envelope {
    /// An event of this update.
    pub(super) fn event(&self, rung: Rung, at: Time, event: Event) -> Inbound {
        Inbound { account: self.bot.clone(), rung, event_key: self.key.clone(), at, event }
    }

    /// What is not understood, as an event of its own.
    pub(super) fn not_understood(&self, kind: &str) -> Inbound {
        self.event(Rung::Direct, Time::default(), Event::NotUnderstood { kind: json::word(kind), id: None })
    }
}

/// The event in a webhook whose secret was checked, for the bot with this id.
///
/// An update holds one event. What is not understood becomes [`Event::NotUnderstood`].
pub fn parse(bot: &str, raw_body: &[u8]) -> Result<Vec<Inbound>, ParseError> {
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
    let number = body.get("update_id").and_then(Value::as_i64).filter(|number| *number >= 0);
    let key = match number {
        Some(number) => format!("{bot}/update/{number}"),
        None => format!("{bot}/other/{}", json::digest_of(&body)),
    };
    let envelope = Envelope { bot: bot.to_owned(), number, key };
    let event = read(&envelope, &mut body);
    json::scrub(&mut body);
    Ok(vec![event])
}

fn read(envelope: &Envelope, body: &mut Value) -> Inbound {
    let kind = body.as_object().and_then(|map| map.keys().find(|key| *key != "update_id")).cloned();
    let kind = kind.unwrap_or_default();
    // Without a number a second delivery could not be told from the first.
    if envelope.number.is_none() {
        return envelope.not_understood(&kind);
    }
    let read = match kind.as_str() {
        "message" => body.get_mut("message").and_then(|part| message::written(envelope, part)),
        "edited_message" => body.get_mut("edited_message").and_then(|part| message::edited(envelope, part)),
        // Channels' posts are the brand's own words; buttons, votes, reactions and memberships say nothing that
        // belongs into a conversation. Who blocked the bot is told again by the next refusal.
        _ => None,
    };
    read.unwrap_or_else(|| envelope.not_understood(&kind))
}
