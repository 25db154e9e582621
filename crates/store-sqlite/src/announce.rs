//! Who is woken after a commit.

use aside_model::BrandId;
use std::collections::HashMap;
use tokio::sync::{Notify, broadcast};

/// How many announcements a slow receiver may fall behind before it has to read again.
const BACKLOG: usize = 1_024;

/// What a command changed, as far as somebody waits for it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Changed {
    /// The brand and its newest live event.
    pub(crate) event: Option<(BrandId, i64)>,
    /// Whether a job was added, or is due again.
    pub(crate) job: bool,
    /// Whether an entry was added.
    pub(crate) entry: bool,
    /// Whether a customer was erased.
    pub(crate) erased: bool,
}

/// Wakes pages, workers and the sequencer.
pub(crate) struct Announcements {
    pub(crate) events: broadcast::Sender<(BrandId, i64)>,
    pub(crate) job: Notify,
    pub(crate) entry: Notify,
}

impl Announcements {
    pub(crate) fn new() -> Self {
        Self { events: broadcast::Sender::new(BACKLOG), job: Notify::new(), entry: Notify::new() }
    }

    /// Tells what a commit changed: each brand's newest event once.
    pub(crate) fn announce(&self, changes: &[Changed]) {
        let newest: HashMap<_, _> = changes.iter().filter_map(|c| c.event).collect();
        for event in newest {
            // Nobody listening is no error.
            drop(self.events.send(event));
        }
        if changes.iter().any(|c| c.job) {
            self.job.notify_one();
        }
        if changes.iter().any(|c| c.entry) {
            self.entry.notify_one();
        }
    }
}
