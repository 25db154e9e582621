//! Facebook: comments under a page's posts are the public rung, Messenger is the direct one.
//!
//! Shapes and their sources: `fixtures/facebook/SOURCES.md`. Signatures are checked over the raw bytes,
//! before anything is parsed; events of several pages come in one body and are routed by page id. A signature
//! carries no time, so a replayed webhook is told by its events' keys alone.

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
pub use connector::{Facebook, private_reply_window, window};
pub use secrets::{FacebookSecrets, SecretsError};

/// Whether `header` signs `raw_body`, the bytes as they arrived, under the app's secret.
pub fn verify(
    secrets: &FacebookSecrets,
    raw_body: &[u8],
    header: Option<&str>,
) -> Result<(), SignatureError> {
    signature::verify(&[&secrets.app_secret], raw_body, header)
}

/// The challenge to answer, as `text/plain`, to a GET with this query string.
pub fn handshake(secrets: &FacebookSecrets, query: &str) -> Result<String, HandshakeError> {
    handshake::handshake(&secrets.verify_token, query)
}

/// The events in a webhook whose signature was checked, in the order of the body.
///
/// What is not understood becomes [`crate::Event::NotUnderstood`] and spoils nothing around it.
pub fn parse(raw_body: &[u8]) -> Result<Vec<Inbound>, ParseError> {
    webhook::parse(raw_body, "page", read_entry)
}

fn read_entry(envelope: &mut Envelope, entry: &mut Value, events: &mut Events) -> Result<(), ParseError> {
    events.read_list(envelope, entry, ("messaging", Rung::Direct, direct::read))?;
    events.read_list(envelope, entry, ("standby", Rung::Direct, direct::read_standby))?;
    events.read_list(envelope, entry, ("changes", Rung::Public, comments::read))
}
