//! Who is woken after a commit, in this process.

use aside_model::BrandId;
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};
use tokio::sync::{Notify, broadcast};

/// How many announcements a slow receiver may fall behind before it has to read again.
const BACKLOG: usize = 1_024;

/// What commits changed, as far as somebody waits for it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Changed {
    /// The brands with new live events, and the newest of each.
    pub(crate) events: BTreeMap<BrandId, i64>,
    /// Whether a job was added, or is due again.
    pub(crate) job: bool,
    /// Whether an entry was added.
    pub(crate) entry: bool,
}

impl Changed {
    /// This and something more.
    pub(crate) fn and(&mut self, more: &Self) {
        for (brand, number) in &more.events {
            let newest = self.events.entry(*brand).or_insert(*number);
            *newest = (*newest).max(*number);
        }
        self.job |= more.job;
        self.entry |= more.entry;
    }

    pub(crate) fn is_nothing(&self) -> bool {
        self.events.is_empty() && !self.job && !self.entry
    }
}

/// Wakes pages, workers and the sequencer of this process.
pub(crate) struct Announcements {
    pub(crate) events: broadcast::Sender<(BrandId, i64)>,
    pub(crate) job: Notify,
    pub(crate) entry: Notify,
    /// The newest number of each brand that was told already, by whomever it was announced.
    told: Mutex<HashMap<BrandId, i64>>,
}

impl Announcements {
    pub(crate) fn new() -> Self {
        Self {
            events: broadcast::Sender::new(BACKLOG),
            job: Notify::new(),
            entry: Notify::new(),
            told: Mutex::default(),
        }
    }

    /// Tells what was changed; an event that was told before is not told again.
    pub(crate) fn announce(&self, changed: &Changed) {
        for (brand, number) in &changed.events {
            if self.is_new(*brand, *number) {
                // Nobody listening is no error.
                drop(self.events.send((*brand, *number)));
            }
        }
        if changed.job {
            self.job.notify_one();
        }
        if changed.entry {
            self.entry.notify_one();
        }
    }

    fn is_new(&self, brand: BrandId, number: i64) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let newest = told.entry(brand).or_insert(0);
        let new = number > *newest;
        *newest = (*newest).max(number);
        new
    }
}
