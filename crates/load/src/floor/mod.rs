//! The floor: the statements that a run wrote with, replayed straight into the same store, in the same
//! transactions, with nothing else. What a server loses against it is what it does beside writing.

mod spool;
pub(crate) mod sqlite;

use serde::Serialize;

/// What the floor took.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Floor {
    /// Statements replayed, begin and commit included.
    pub statements: u64,
    /// Transactions among them.
    pub transactions: u64,
    /// How long it took.
    pub seconds: f64,
    /// Processor time of the replaying process, in seconds.
    pub cpu_seconds: f64,
    /// Messages that these statements store.
    pub messages: u64,
}

impl Floor {
    /// Messages a second.
    pub fn per_second(&self) -> f64 {
        self.messages as f64 / self.seconds
    }

    /// Processor time a message, in microseconds.
    pub fn cpu_a_message(&self) -> f64 {
        self.cpu_seconds * 1e6 / self.messages.max(1) as f64
    }
}
