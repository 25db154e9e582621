//! How far a run is, on a terminal.

use std::{
    io::{IsTerminal, Write, stderr},
    sync::atomic::{AtomicUsize, Ordering},
};

/// One line that is written over.
pub(super) struct Progress {
    terminal: bool,
    steps: AtomicUsize,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self { terminal: stderr().is_terminal(), steps: AtomicUsize::new(0) }
    }

    /// One more customer got as far as this.
    pub(super) fn step(&self, what: &str) {
        let steps = self.steps.fetch_add(1, Ordering::Relaxed);
        if steps.is_multiple_of(50) {
            self.say(&format!("{steps} steps, now: {what}"));
        }
    }

    /// Says something else.
    pub(super) fn say(&self, what: &str) {
        if self.terminal {
            // A terminal that is gone is no reason to stop.
            drop(write!(stderr(), "\r\x1b[K{what}").and_then(|()| stderr().flush()));
        }
    }

    /// Leaves a clean line behind.
    pub(super) fn done(&self) {
        self.say("");
    }
}
