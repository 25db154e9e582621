//! Reading entries, checkpoints and live events.

use crate::{PostgresStore, cells::Only};
use aside_model::{
    BrandId, ConversationId, EntryId,
    rows::{CheckpointRow, EntryRow, EventRow},
};
use aside_store::{Events, Ledger, Result};
use async_trait::async_trait;

statements! {
    ENTRIES_FROM(
        "SELECT ", entry_columns!(), " FROM entries WHERE brand = $1 AND log_index >= $2 ",
        "ORDER BY log_index LIMIT $3"
    );
    /// One statement, so that an entry which gets its place meanwhile is there once.
    NEWEST(
        "SELECT * FROM ((SELECT ", entry_columns!(), ", inserted FROM entries WHERE brand = $1 ",
        "AND log_index IS NULL ORDER BY inserted DESC LIMIT $2) UNION ALL ",
        "(SELECT ", entry_columns!(), ", inserted FROM entries WHERE brand = $1 ",
        "AND log_index IS NOT NULL ORDER BY log_index DESC LIMIT $2)) AS newest ",
        "ORDER BY log_index DESC NULLS FIRST, inserted DESC LIMIT $2"
    );
    NEWEST_BEFORE(
        "SELECT ", entry_columns!(), " FROM entries WHERE brand = $1 AND log_index < $2 ",
        "ORDER BY log_index DESC LIMIT $3"
    );
    ENTRIES_OF(
        "SELECT ", entry_columns!(), " FROM entries WHERE brand = $1 AND conversation = $2 ORDER BY inserted"
    );
    ENTRY("SELECT ", entry_columns!(), " FROM entries WHERE brand = $1 AND entry = $2");
    CHECKPOINT(
        "SELECT ", checkpoint_columns!(), " FROM checkpoints WHERE brand = $1 ORDER BY size DESC LIMIT 1"
    );
    /// Places have no gaps, so the last one tells how many there are.
    ENTRY_COUNTS(
        "SELECT (SELECT coalesce(max(log_index) + 1, 0) FROM entries WHERE brand = $1 AND log_index IS NOT NULL), ",
        "(SELECT count(*) FROM entries WHERE brand = $1 AND log_index IS NULL)"
    );
    EVENTS_AFTER(
        "SELECT ", event_columns!(), " FROM events WHERE brand = $1 AND number > $2 ORDER BY number LIMIT $3"
    );
    LAST_EVENT("SELECT last_event FROM brands WHERE brand = $1");
}

#[async_trait]
impl Ledger for PostgresStore {
    async fn entries_from(&self, brand: BrandId, index: i64, limit: u32) -> Result<Vec<EntryRow>> {
        self.connections.all(ENTRIES_FROM, bind![brand, index, limit]).await
    }

    async fn newest_entries(&self, brand: BrandId, before: Option<i64>, limit: u32) -> Result<Vec<EntryRow>> {
        match before {
            None => self.connections.all(NEWEST, bind![brand, limit]).await,
            Some(before) => self.connections.all(NEWEST_BEFORE, bind![brand, before, limit]).await,
        }
    }

    async fn entries_of(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<EntryRow>> {
        self.connections.all(ENTRIES_OF, bind![brand, conversation]).await
    }

    async fn entry(&self, brand: BrandId, entry: EntryId) -> Result<Option<EntryRow>> {
        self.connections.one(ENTRY, bind![brand, entry]).await
    }

    async fn checkpoint(&self, brand: BrandId) -> Result<Option<CheckpointRow>> {
        self.connections.one(CHECKPOINT, bind![brand]).await
    }

    async fn entry_counts(&self, brand: BrandId) -> Result<(i64, i64)> {
        Ok(self.connections.one(ENTRY_COUNTS, bind![brand]).await?.unwrap_or_default())
    }
}

#[async_trait]
impl Events for PostgresStore {
    async fn events_after(&self, brand: BrandId, number: i64, limit: u32) -> Result<Vec<EventRow>> {
        self.connections.all(EVENTS_AFTER, bind![brand, number, limit]).await
    }

    async fn last_event(&self, brand: BrandId) -> Result<i64> {
        let number: Option<Only<i64>> = self.connections.one(LAST_EVENT, bind![brand]).await?;
        Ok(number.map_or(0, |number| number.0))
    }

    fn subscribe(&self) -> tokio::sync::broadcast::Receiver<(BrandId, i64)> {
        self.announcements.events.subscribe()
    }

    fn job_added(&self) -> &tokio::sync::Notify {
        &self.announcements.job
    }

    fn entry_added(&self) -> &tokio::sync::Notify {
        &self.announcements.entry
    }
}
