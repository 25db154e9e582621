//! What Meta documents once for all of its networks: how webhooks are confirmed and signed, how the Graph API
//! takes its parameters, counts calls and refuses.

mod escaped;
pub(crate) mod handshake;
pub(crate) mod refusal;
pub(crate) mod request;
pub(crate) mod signature;
pub(crate) mod usage;

pub use escaped::escaped;
