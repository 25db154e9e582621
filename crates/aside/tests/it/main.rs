//! The whole program, tested: in process with time and networks in the tests' hands, and as a process.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod database;
mod features;
mod process;
mod rules;
mod world;
