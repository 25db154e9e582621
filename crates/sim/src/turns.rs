//! Whose webhooks wait for whose.

use std::collections::HashMap;
use tokio::sync::watch;

/// Who is waited for, so that what a person did arrives in its order though other people's does not wait.
#[derive(Default)]
pub(crate) struct Turns {
    /// By account and person: their newest bodies, which are gone once they are acknowledged or given up.
    last: HashMap<(String, String), Vec<watch::Receiver<()>>>,
}

/// A body's turn.
#[derive(Default)]
pub(crate) struct Turn {
    before: Vec<watch::Receiver<()>>,
    taken: Option<watch::Sender<()>>,
}

impl Turns {
    /// What must be gone before a batch, and is waited for by nobody after it.
    pub(crate) fn before(&mut self, batch: &[(String, String)]) -> Vec<watch::Receiver<()>> {
        batch.iter().filter_map(|whose| self.last.remove(whose)).flatten().collect()
    }

    /// A turn after those, for which the batch's people are waited for from now on.
    pub(crate) fn take(&mut self, batch: &[(String, String)], before: Vec<watch::Receiver<()>>) -> Turn {
        let (taken, gone) = watch::channel(());
        for whose in batch {
            self.last.entry(whose.clone()).or_default().push(gone.clone());
        }
        Turn { before, taken: Some(taken) }
    }
}

impl Turn {
    /// Waits for it. It is over when what this gives is dropped.
    pub(crate) async fn comes(self) -> Option<watch::Sender<()>> {
        for mut one in self.before {
            // Nothing is ever sent: it changes by ending.
            drop(one.changed().await);
        }
        self.taken
    }
}
