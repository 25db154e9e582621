//! The doors with a whole house behind them: the real use cases over a real store, a simulated network
//! before them, and a listener on a free port.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod access;
mod detecting;
mod doors;
mod erasing;
mod forms;
mod house;
mod leading;
mod links;
mod live;
mod log;
mod misses;
mod outbox;
mod walk;
