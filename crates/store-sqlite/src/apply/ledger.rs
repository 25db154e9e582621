//! Entries, their places in the log, and live events: whatever is numbered in commit order.

use super::Scope;
use crate::{
    announce::Changed,
    cells::{Only, change, one},
    error,
    writer::Done,
};
use aside_model::{BrandId, ConversationId, MessageId, Time, rows::EntryRow};
use aside_store::{Result, StoreError};
use rusqlite::{Connection, Params};
use std::time::Duration;

statements! {
    NEXT_ENTRY("UPDATE brands SET last_entry = last_entry + 1 WHERE brand = ?1 RETURNING last_entry");
    ADD_ENTRY(
        "INSERT INTO entries (", entry_columns!(), ", inserted) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    );
    /// An entry that waits for its place, or has this very one.
    KNOWN(
        "SELECT leaf FROM entries WHERE brand = ?1 AND entry = ?2 AND (log_index IS NULL OR log_index = ?3)"
    );
    NO_PLACES("UPDATE entries SET log_index = NULL WHERE brand = ?1");
    NO_CHECKPOINTS("DELETE FROM checkpoints WHERE brand = ?1");
    BEFORE_ALL("SELECT coalesce(min(inserted), 1) - 1 FROM entries WHERE brand = ?1");
    LOG_SIZE("SELECT coalesce(max(log_index) + 1, 0) FROM entries WHERE brand = ?1 AND log_index IS NOT NULL");
    /// The oldest without a place, in the order they were committed; never by id, which need not follow it.
    UNSEQUENCED(
        "SELECT entry FROM entries WHERE brand = ?1 AND log_index IS NULL ORDER BY inserted LIMIT ?2"
    );
    GIVE_PLACE("UPDATE entries SET log_index = ?3 WHERE brand = ?1 AND entry = ?2");
    /// Nothing comes back while somebody else's lease lasts.
    TAKE_LEAD(
        "INSERT INTO sequencers (brand, holder, fence, until) VALUES (?1, ?2, 1, ?4) ",
        "ON CONFLICT (brand) DO UPDATE SET holder = excluded.holder, until = excluded.until, ",
        "fence = CASE WHEN holder = excluded.holder THEN fence ELSE fence + 1 END ",
        "WHERE holder = excluded.holder OR until <= ?3 OR until > ?5 RETURNING fence"
    );
    FENCE("SELECT fence FROM sequencers WHERE brand = ?1");
    NEXT_EVENT("UPDATE brands SET last_event = last_event + 1 WHERE brand = ?1 RETURNING last_event");
    ADD_EVENT(
        "INSERT INTO events (brand, number, conversation, message, kind, announced_at) ",
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    );
}

impl Scope<'_> {
    pub(super) fn add_entry(&mut self, row: &EntryRow) -> Result<()> {
        let inserted = next_number(self.conn, NEXT_ENTRY, bind![self.brand])?;
        self.insert_entry(row, inserted)
    }

    /// Gives an entry the place that it has in the log; adds it if it is not there.
    pub(super) fn restore_entry(&mut self, row: &EntryRow) -> Result<()> {
        let Some(index) = row.index else {
            return Err(StoreError::Failed("an entry without a place".into()));
        };
        match one::<Only<Vec<u8>>>(self.conn, KNOWN, bind![self.brand, row.entry, index])? {
            None => self.add_entry(row),
            Some(Only(leaf)) if leaf == row.leaf => {
                change(self.conn, GIVE_PLACE, bind![self.brand, row.entry, index]).map(drop)
            }
            Some(_) => Err(StoreError::Inconsistent {
                table: "entries",
                what: format!("entry {} is not what the log says", row.entry),
            }),
        }
    }

    /// Takes every entry's place, and puts this one before all.
    pub(super) fn restart_log(&mut self, row: &EntryRow) -> Result<()> {
        change(self.conn, NO_PLACES, bind![self.brand])?;
        change(self.conn, NO_CHECKPOINTS, bind![self.brand])?;
        let before = one::<Only<i64>>(self.conn, BEFORE_ALL, bind![self.brand])?.map_or(0, |first| first.0);
        self.insert_entry(row, before)
    }

    fn insert_entry(&mut self, row: &EntryRow, inserted: i64) -> Result<()> {
        self.own(row.brand)?;
        let given = bind![
            row.brand,
            row.entry,
            row.conversation,
            row.keyring,
            row.kind,
            row.at,
            row.leaf,
            row.details_sealed,
            row.index,
            inserted,
        ];
        change(self.conn, ADD_ENTRY, given)?;
        self.changed.entry = true;
        Ok(())
    }

    pub(super) fn announce(
        &mut self,
        conversation: Option<ConversationId>,
        message: Option<MessageId>,
        kind: &str,
    ) -> Result<()> {
        let number = next_number(self.conn, NEXT_EVENT, bind![self.brand])?;
        let given = bind![self.brand, number, conversation, message, kind.to_owned(), self.now];
        change(self.conn, ADD_EVENT, given)?;
        self.events = Some((self.events.map_or(number, |(first, _)| first), number));
        Ok(())
    }
}

/// Counts one of the brand's numbers up. The brand's row keeps the number even when its bearer is purged.
fn next_number(conn: &Connection, sql: &str, params: impl Params) -> Result<i64> {
    returned(conn, sql, params)?.ok_or_else(|| StoreError::Failed("there is no such brand".into()))
}

/// The number that a statement returns for the one row that it changes.
fn returned(conn: &Connection, sql: &str, params: impl Params) -> Result<Option<i64>> {
    let number = conn.prepare_cached(sql).and_then(|mut statement| {
        let mut rows = statement.query(params)?;
        let number = rows.next()?.map(|row| row.get(0)).transpose()?;
        while rows.next()?.is_some() {}
        Ok(number)
    });
    number.map_err(error::write)
}

/// Takes or renews the lead of the brand's sequencing.
pub(crate) fn lead(
    conn: &Connection,
    brand: BrandId,
    holder: [u8; 16],
    now: Time,
    lease: Duration,
) -> Result<Done<Option<i64>>> {
    let until = now.plus(lease);
    let too_late = if lease.is_zero() { Time(i64::MAX) } else { until.plus(lease) };
    let fence = returned(conn, TAKE_LEAD, bind![brand, holder, now, until, too_late])?;
    Ok(Done::kept(fence, Changed::default()))
}

/// Gives the brand's next unsequenced entries their places.
pub(crate) fn sequence(conn: &Connection, brand: BrandId, fence: i64, limit: u32) -> Result<Done<u32>> {
    if one::<Only<i64>>(conn, FENCE, bind![brand])?.is_none_or(|newest| newest.0 != fence) {
        return Err(StoreError::LeadLost);
    }
    let size = one::<Only<i64>>(conn, LOG_SIZE, bind![brand])?.map_or(0, |size| size.0);
    let next: Vec<Only<aside_model::EntryId>> = crate::cells::all(conn, UNSEQUENCED, bind![brand, limit])?;
    for (index, entry) in (size..).zip(&next) {
        change(conn, GIVE_PLACE, bind![brand, entry.0, index])?;
    }
    Ok(Done::kept(u32::try_from(next.len()).unwrap_or(limit), Changed::default()))
}
