//! Facebook: comments under a page's posts are the public rung, Messenger is the direct one.
//!
//! Shapes and their sources: `fixtures/facebook/SOURCES.md`. Signatures are checked over the raw bytes,
//! before anything is parsed; events of several pages come in one body and are routed by page id. A signature
//! carries no time, so a replayed webhook is told by its events' keys alone.

mod answer;
mod comments;
mod connector;
mod direct;
mod graph;
mod handshake;
mod json;
mod parse;
mod secrets;
mod signature;

pub use connector::{Facebook, private_reply_window, window};
pub use handshake::{HandshakeError, handshake};
pub use parse::{MAX_BODY, MAX_EVENTS, ParseError, parse};
pub use secrets::{FacebookSecrets, SecretsError};
pub use signature::{SIGNATURE_HEADER, SignatureError, verify};

/// The version of the Graph API that this connector speaks.
pub const GRAPH_VERSION: &str = "v25.0";
