//! The conformance suite on PostgreSQL, and what only a store on a server has.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, here as in its helpers")]

mod conformance;
mod database;
mod encryption;
mod faults;
mod opening;
mod schemas;
mod together;
