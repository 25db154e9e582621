//! What all networks of one vendor, Meta, have in common: how webhooks are signed and confirmed, the frame that
//! events come in, and the Graph API. What the events and the error numbers mean is each network's own.

mod answer;
pub(crate) mod graph;
pub(crate) mod handshake;
pub(crate) use crate::json;
pub(crate) mod signature;
pub(crate) mod webhook;

pub use handshake::HandshakeError;
pub use signature::{SIGNATURE_HEADER, SignatureError};
pub use webhook::{MAX_BODY, MAX_EVENTS, ParseError};

/// The version of the Graph API that the connectors speak.
pub const GRAPH_VERSION: &str = "v25.0";
