//! The conformance suite on SQLite, and what only a store in a folder has.

mod conformance;
mod folder;
