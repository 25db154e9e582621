//! The rows that a log was made of.

use super::Failure;
use super::messages::Messages;
use aside_ledger::leaf::Leaf;
use aside_model::{
    BrandId, EntryId, MessageId,
    rows::{CheckpointRow, EntryRow},
};
use aside_store::{Store, StoreError};
use std::{collections::VecDeque, sync::Arc};
use tokio::runtime::Handle;

/// How often what looks wrong is looked at before it is called so.
const LOOKS: usize = 3;
/// How many rows are read at once.
const PAGE: u32 = 1_000;

/// A database, and what to call it.
#[derive(Clone)]
pub(super) struct Database {
    pub(super) store: Arc<dyn Store>,
    pub(super) name: &'static str,
}

/// One brand's entries in the database, in the order of the log.
pub(super) struct Rows {
    store: Arc<dyn Store>,
    /// What to call the database.
    pub(super) name: &'static str,
    brand: BrandId,
    page: VecDeque<EntryRow>,
    messages: Messages,
}

impl Rows {
    pub(super) fn new(database: Database, brand: BrandId) -> Self {
        let Database { store, name } = database;
        Self { store, name, brand, page: VecDeque::new(), messages: Messages::default() }
    }

    /// The brands that the database has.
    pub(super) fn brands(store: &dyn Store) -> Result<Vec<BrandId>, Failure> {
        let brands = Handle::current().block_on(store.brands())?;
        Ok(brands.into_iter().map(|row| row.brand).collect())
    }

    /// The newest checkpoint's row.
    pub(super) fn checkpoint(&self) -> Result<Option<CheckpointRow>, String> {
        Handle::current().block_on(self.store.checkpoint(self.brand)).map_err(|e| self.in_database(&e))
    }

    /// How many entries have their place in the log.
    pub(super) fn placed(&self) -> Result<i64, String> {
        let counts = Handle::current().block_on(self.store.entry_counts(self.brand));
        counts.map(|(placed, _)| placed).map_err(|e| self.in_database(&e))
    }

    /// Compares an entry of the log with its row; asked in the log's order. The error names the row.
    pub(super) fn compare(&mut self, index: u64, leaf: &[u8]) -> Result<(), String> {
        let index = i64::try_from(index).map_err(|_| "it lies beyond what a row can hold".to_owned())?;
        let logged = Leaf::parse(leaf).ok();
        let id = logged.as_ref().map(|leaf| EntryId::from_bytes(leaf.id));
        let row = self.next_row(index)?;
        let Some(row) = row.filter(|row| row.index == Some(index)) else {
            return Err(format!("{} has no row at this place: {}", self.name, self.whereabouts(id)?));
        };
        if row.leaf == leaf {
            let Some(logged) = logged else { return Ok(()) };
            agrees_with_leaf(&row, &logged, self.name)?;
            self.messages.hear(&row, &logged);
            return Ok(());
        }
        match id {
            Some(id) if id != row.entry => Err(format!(
                "{} has entry {} at this place and the log has {id}; {}",
                self.name,
                row.entry,
                self.whereabouts(Some(id))?
            )),
            _ => Err(format!(
                "the row of entry {} in {} was changed: its leaf is another",
                row.entry, self.name
            )),
        }
    }

    /// Compares the messages that are stored with what the log says of them, the entries that wait for a
    /// checkpoint included. The error names the row. Returns how many were compared.
    pub(super) fn compare_messages(&mut self, size: u64) -> Result<u64, String> {
        let mut wrong = self.messages.all();
        let compared = wrong.len() as u64;
        // A server may be changing what is looked at: what looks wrong is looked at again with the newest entries.
        for _ in 0..LOOKS {
            self.hear_what_waits(size)?;
            wrong.retain(|message| self.is_wrong(*message).transpose().is_some());
            if wrong.is_empty() {
                return Ok(compared);
            }
        }
        match wrong.first().map(|message| (*message, self.is_wrong(*message))) {
            Some((_, Ok(None))) | None => Ok(compared),
            Some((message, Ok(Some(how)))) => {
                Err(format!("the row of message {message} in {} {how}", self.name))
            }
            Some((_, Err(error))) => Err(error),
        }
    }

    /// How a message's row differs from what the log says of it, if it does.
    fn is_wrong(&self, message: MessageId) -> Result<Option<&'static str>, String> {
        let here = Handle::current();
        let found =
            here.block_on(self.store.message(self.brand, message)).map_err(|e| self.in_database(&e))?;
        let differs = self.messages.differs(message, found.as_ref());
        // An erasure goes in steps: whose conversation nobody sees any more is being erased.
        if found.is_none()
            && differs.is_some()
            && let Some(conversation) = self.messages.conversation(message)
        {
            let there = here.block_on(self.store.conversation(self.brand, conversation));
            let there = there.map_err(|e| self.in_database(&e))?;
            return Ok(differs.filter(|_| there.is_some()));
        }
        Ok(differs)
    }

    /// Entries beyond the checkpoint, with and without places.
    fn hear_what_waits(&mut self, size: u64) -> Result<(), String> {
        self.page.clear();
        let mut index = i64::try_from(size).unwrap_or(i64::MAX);
        while let Some(row) = self.next_row(index)? {
            index = row.index.map_or(i64::MAX, |at| at + 1);
            self.hear(&row);
        }
        let counts = Handle::current().block_on(self.store.entry_counts(self.brand));
        let (_, unsequenced) = counts.map_err(|e| self.in_database(&e))?;
        let unsequenced = u32::try_from(unsequenced).unwrap_or(u32::MAX);
        let newest = self.store.newest_entries(self.brand, None, unsequenced);
        for row in Handle::current().block_on(newest).map_err(|e| self.in_database(&e))?.into_iter().rev() {
            self.hear(&row);
        }
        Ok(())
    }

    fn hear(&mut self, row: &EntryRow) {
        if let Ok(leaf) = Leaf::parse(&row.leaf) {
            self.messages.hear(row, &leaf);
        }
    }

    /// How many entries wait for a checkpoint beyond `size`. The places among them have no gaps.
    pub(super) fn waiting(&mut self, size: u64) -> Result<i64, String> {
        self.page.clear();
        let mut index = i64::try_from(size).unwrap_or(i64::MAX);
        let mut waiting = 0;
        while let Some(row) = self.next_row(index)? {
            if row.index != Some(index) {
                return Err(format!("entry {index} is wrong: {} has no row at this place", self.name));
            }
            (index, waiting) = (index + 1, waiting + 1);
        }
        let (_, unsequenced) = Handle::current()
            .block_on(self.store.entry_counts(self.brand))
            .map_err(|e| self.in_database(&e))?;
        Ok(waiting + unsequenced)
    }

    /// The first row at or after a place.
    fn next_row(&mut self, index: i64) -> Result<Option<EntryRow>, String> {
        if self.page.is_empty() {
            let rows = self.store.entries_from(self.brand, index, PAGE);
            self.page = Handle::current().block_on(rows).map_err(|e| self.in_database(&e))?.into();
        }
        Ok(self.page.pop_front())
    }

    /// Where the row of an entry is, if not where it should be.
    fn whereabouts(&self, id: Option<EntryId>) -> Result<String, String> {
        let Some(id) = id else { return Ok("no row has its place".to_owned()) };
        let row =
            Handle::current().block_on(self.store.entry(self.brand, id)).map_err(|e| self.in_database(&e))?;
        Ok(match row.map(|row| row.index) {
            None => format!("the row of entry {id} was deleted"),
            Some(None) => format!("the row of entry {id} lost its place"),
            Some(Some(other)) => format!("the row of entry {id} is at place {other}"),
        })
    }
}

impl Rows {
    fn in_database(&self, error: &StoreError) -> String {
        format!("{}: {error}", self.name)
    }
}

/// What a row says beside its leaf, for pages to show, must be what the leaf says.
fn agrees_with_leaf(row: &EntryRow, leaf: &Leaf, database: &str) -> Result<(), String> {
    let differs = if row.entry.bytes() != leaf.id {
        "id"
    } else if row.kind != leaf.kind {
        "kind"
    } else if row.at.0 != leaf.at {
        "time"
    } else {
        return Ok(());
    };
    Err(format!("the row of entry {} in {database} was changed: its {differs} is not the leaf's", row.entry))
}
