//! Time in the test's hands.

use aside_model::{Clock, Time};
use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

/// A clock whose hands the test moves. It begins at half past nine in the morning of 22 November 2026, in
/// the middle of every window that anything is counted in.
pub(crate) struct Hands(AtomicI64);

impl Hands {
    pub(crate) fn new() -> Self {
        Self(AtomicI64::new(1_795_339_800_000_000))
    }

    /// Time passes.
    pub(crate) fn pass(&self, duration: Duration) {
        self.0.fetch_add(i64::try_from(duration.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> Time {
        // A microsecond with each look, so that things happen one after the other.
        Time(self.0.fetch_add(1, Ordering::SeqCst))
    }
}
