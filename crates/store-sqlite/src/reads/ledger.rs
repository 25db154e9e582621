//! Reading entries, checkpoints and live events.

use crate::{
    SqliteStore,
    cells::{Only, all, one},
};
use aside_model::{
    BrandId, ConversationId, EntryId,
    rows::{CheckpointRow, EntryRow, EventRow},
};
use aside_store::{Events, Ledger, Result};
use async_trait::async_trait;

statements! {
    ENTRIES_FROM(
        "SELECT ", entry_columns!(), " FROM entries WHERE brand = ?1 AND log_index >= ?2 ",
        "ORDER BY log_index LIMIT ?3"
    );
    NEWEST_UNSEQUENCED(
        "SELECT ", entry_columns!(), " FROM entries WHERE brand = ?1 AND log_index IS NULL ",
        "ORDER BY inserted DESC LIMIT ?2"
    );
    NEWEST_SEQUENCED(
        "SELECT ", entry_columns!(), " FROM entries WHERE brand = ?1 AND log_index < ?2 ",
        "ORDER BY log_index DESC LIMIT ?3"
    );
    ENTRIES_OF(
        "SELECT ", entry_columns!(), " FROM entries WHERE brand = ?1 AND conversation = ?2 ORDER BY inserted"
    );
    ENTRY("SELECT ", entry_columns!(), " FROM entries WHERE brand = ?1 AND entry = ?2");
    CHECKPOINT(
        "SELECT ", checkpoint_columns!(), " FROM checkpoints WHERE brand = ?1 ORDER BY size DESC LIMIT 1"
    );
    /// Places have no gaps, so the last one tells how many there are.
    SEQUENCED(
        "SELECT coalesce(max(log_index) + 1, 0) FROM entries WHERE brand = ?1 AND log_index IS NOT NULL"
    );
    NOT_SEQUENCED("SELECT count(*) FROM entries WHERE brand = ?1 AND log_index IS NULL");
    EVENTS_AFTER(
        "SELECT ", event_columns!(), " FROM events WHERE brand = ?1 AND number > ?2 ORDER BY number LIMIT ?3"
    );
    LAST_EVENT("SELECT last_event FROM brands WHERE brand = ?1");
}

#[async_trait]
impl Ledger for SqliteStore {
    async fn entries_from(&self, brand: BrandId, index: i64, limit: u32) -> Result<Vec<EntryRow>> {
        self.read(move |conn| all(conn, ENTRIES_FROM, bind![brand, index, limit])).await
    }

    async fn newest_entries(&self, brand: BrandId, before: Option<i64>, limit: u32) -> Result<Vec<EntryRow>> {
        self.read(move |conn| {
            let mut page: Vec<EntryRow> = match before {
                Some(_) => Vec::new(),
                None => all(conn, NEWEST_UNSEQUENCED, bind![brand, limit])?,
            };
            let room = limit.saturating_sub(u32::try_from(page.len()).unwrap_or(limit));
            page.extend(all::<EntryRow>(
                conn,
                NEWEST_SEQUENCED,
                bind![brand, before.unwrap_or(i64::MAX), room],
            )?);
            Ok(page)
        })
        .await
    }

    async fn entries_of(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<EntryRow>> {
        self.read(move |conn| all(conn, ENTRIES_OF, bind![brand, conversation])).await
    }

    async fn entry(&self, brand: BrandId, entry: EntryId) -> Result<Option<EntryRow>> {
        self.look(move |conn| one(conn, ENTRY, bind![brand, entry]))
    }

    async fn checkpoint(&self, brand: BrandId) -> Result<Option<CheckpointRow>> {
        self.look(move |conn| one(conn, CHECKPOINT, bind![brand]))
    }

    async fn entry_counts(&self, brand: BrandId) -> Result<(i64, i64)> {
        self.read(move |conn| {
            let count = |sql| Ok(one::<Only<i64>>(conn, sql, bind![brand])?.map_or(0, |count| count.0));
            Ok((count(SEQUENCED)?, count(NOT_SEQUENCED)?))
        })
        .await
    }
}

#[async_trait]
impl Events for SqliteStore {
    async fn events_after(&self, brand: BrandId, number: i64, limit: u32) -> Result<Vec<EventRow>> {
        self.read(move |conn| all(conn, EVENTS_AFTER, bind![brand, number, limit])).await
    }

    async fn last_event(&self, brand: BrandId) -> Result<i64> {
        self.look(move |conn| {
            Ok(one::<Only<i64>>(conn, LAST_EVENT, bind![brand])?.map_or(0, |number| number.0))
        })
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
