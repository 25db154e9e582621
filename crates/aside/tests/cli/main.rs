//! The commands, run as people run them: the built program, its output, its exit code.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking, in their helpers too")]

mod agents;
mod anonymise;
mod channels;
mod detect;
mod doctor;
mod keys;
mod ledger;
mod names_model;
mod presidio;
mod stage;
mod streams;
mod tampering;
