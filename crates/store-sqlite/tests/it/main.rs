//! The conformance suite on SQLite, and what only a store in a folder has.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, here as in its helpers")]

mod conformance;
mod folder;
