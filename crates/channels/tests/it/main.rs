//! The connectors against fixtures, hostile bodies, and a receiver that answers as the network does.

#![expect(clippy::unwrap_used, clippy::format_push_string, reason = "a test may stop and be wordy")]

mod answers;
mod fixtures;
mod hostile;
mod instagram;
mod logged;
mod shown;
mod signatures;
mod simulated;
mod telegram;
mod whatsapp;
