//! WhatsApp through the Cloud API: one direct rung for each of a business's telephone numbers.
//!
//! Shapes and their sources: `fixtures/whatsapp/SOURCES.md`. Events of several numbers come in one body and
//! are routed by the number's id. A person is known by the id that the network gives them for this business;
//! their telephone number may be absent, and is their address only where there is nothing else. Message ids
//! hold the telephone number in base64, so they are treated like one: never logged, never stored in clear.

mod account;
mod connector;
mod errors;
mod messages;
mod person;
mod secrets;
mod statuses;

use crate::{
    Inbound,
    meta::{
        handshake, json, signature,
        webhook::{self, Envelope, Events, not_understood},
    },
};
use aside_model::Rung;
use serde_json::Value;

pub use crate::meta::{HandshakeError, ParseError, SIGNATURE_HEADER, SignatureError};
pub use connector::{LONGEST_TEXT, Whatsapp, window};
pub use secrets::{SecretsError, WhatsappSecrets};

/// Whether `header` signs `raw_body`, the bytes as they arrived, under the app's secret.
pub fn verify(
    secrets: &WhatsappSecrets,
    raw_body: &[u8],
    header: Option<&str>,
) -> Result<(), SignatureError> {
    signature::verify(&[&secrets.app_secret], raw_body, header)
}

/// The challenge to answer, as `text/plain`, to a GET with this query string.
pub fn handshake(secrets: &WhatsappSecrets, query: &str) -> Result<String, HandshakeError> {
    handshake::handshake(&secrets.verify_token, query)
}

/// The events in a webhook whose signature was checked, in the order of the body.
///
/// What is not understood becomes [`crate::Event::NotUnderstood`] and spoils nothing around it.
pub fn parse(raw_body: &[u8]) -> Result<Vec<Inbound>, ParseError> {
    webhook::parse(raw_body, "whatsapp_business_account", read_entry)
}

fn read_entry(envelope: &mut Envelope, entry: &mut Value, events: &mut Events) -> Result<(), ParseError> {
    match entry.get_mut("changes") {
        Some(Value::Array(changes)) => {
            changes.iter_mut().try_for_each(|change| read_change(envelope, change, events))
        }
        Some(other) => events.push(not_understood(envelope, Rung::Direct, "changes".to_owned(), None, other)),
        None => Ok(()),
    }
}

/// One change: a list of messages, statuses or echoes of one number, or news about the account.
fn read_change(business: &Envelope, change: &mut Value, events: &mut Events) -> Result<(), ParseError> {
    let field = json::word(change.get("field").and_then(Value::as_str).unwrap_or_default());
    let before = events.len();
    if let Some(value) = change.get_mut("value").filter(|value| value.is_object()) {
        let number =
            value.get_mut("metadata").and_then(|metadata| json::take_id(metadata, "phone_number_id"));
        let number = Envelope { account: number.unwrap_or_default(), at: business.at };
        match field.as_str() {
            "messages" => {
                messages::read(&number, value, events)?;
                statuses::read(&number, value, events)?;
            }
            "smb_message_echoes" | "message_echoes" => messages::read_echoes(&number, value, events)?,
            "user_id_update" => person::read_updates(&number, value, events)?,
            _ => {}
        }
    }
    if events.len() == before {
        events.push(account::read(business, &field, change))?;
    }
    Ok(())
}
