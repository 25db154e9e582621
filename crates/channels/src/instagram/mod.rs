//! Instagram: comments under an account's media are the public rung, its messages the direct one.
//!
//! Shapes and their sources: `fixtures/instagram/SOURCES.md`. An account is connected by one of two logins, and
//! with it come the host, the shape of comments' webhooks and the secret that signs them; all are taken from any
//! connection. Instagram tells of new comments alone: not of one that is edited, taken back, or hidden by others.

mod comments;
mod connector;
mod direct;
mod errors;
mod secrets;

use crate::{
    Inbound,
    meta::{
        handshake, signature,
        webhook::{self, Envelope, Events},
    },
};
use aside_model::Rung;
use serde_json::Value;

pub use crate::meta::{
    GRAPH_VERSION, HandshakeError, MAX_BODY, MAX_EVENTS, ParseError, SIGNATURE_HEADER, SignatureError,
};
pub use connector::{Instagram, LONGEST_DIRECT_BYTES, private_reply_window, window};
pub use secrets::{InstagramSecrets, Login, SecretsError};

/// Whether `header` signs `raw_body`, the bytes as they arrived, under either of the app's secrets.
pub fn verify(
    secrets: &InstagramSecrets,
    raw_body: &[u8],
    header: Option<&str>,
) -> Result<(), SignatureError> {
    signature::verify(&[&secrets.instagram_app_secret, &secrets.facebook_app_secret], raw_body, header)
}

/// The challenge to answer, as `text/plain`, to a GET with this query string.
pub fn handshake(secrets: &InstagramSecrets, query: &str) -> Result<String, HandshakeError> {
    handshake::handshake(&secrets.verify_token, query)
}

/// The events in a webhook whose signature was checked, in the order of the body.
///
/// What is not understood becomes [`crate::Event::NotUnderstood`] and spoils nothing around it.
pub fn parse(raw_body: &[u8]) -> Result<Vec<Inbound>, ParseError> {
    webhook::parse(raw_body, "instagram", read_entry)
}

fn read_entry(envelope: &mut Envelope, entry: &mut Value, events: &mut Events) -> Result<(), ParseError> {
    events.read_list(envelope, entry, ("messaging", Rung::Direct, direct::read))?;
    events.read_list(envelope, entry, ("standby", Rung::Direct, direct::read_standby))?;
    events.read_list(envelope, entry, ("changes", Rung::Public, comments::read))?;
    // With Instagram's own login an entry is a change itself.
    if entry.get("field").is_some() {
        events.push(comments::read(envelope, entry))?;
    }
    Ok(())
}
