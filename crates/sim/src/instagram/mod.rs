//! Instagram: comments under an account's media and on its broadcasts, and direct messages.
//!
//! Written from the vendor's pages; which, is in `crates/channels/fixtures/instagram/SOURCES.md`. Instagram tells
//! less than Facebook: nothing of a comment after it was written, and of our own messages only that they were read.

mod api;
mod config;
mod event;
mod network;
mod person;
mod refusal;
mod state;

pub use config::{Account, InstagramConfig, Login, SignedBy};
pub use network::Instagram;
pub use person::Person;
