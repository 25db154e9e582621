//! Entries, their places in the log, and live events: whatever is numbered in commit order.
//!
//! The numbers are counted in the brand's row. A transaction takes that row last and commits at once, so that
//! numbers follow the order of commits without gaps and nobody waits for it longer than a commit takes.

use super::Plan;
use crate::{
    cells::{Only, Value, columns, read_all},
    conn::{Conn, Connections, Step},
    error::Trouble,
};
use aside_model::{BrandId, ConversationId, MessageId, Time, rows::EntryRow};
use aside_store::StoreError;
use std::time::Duration;

statements! {
    /// Counts both numbers up and adds what bears them. In a brand that is not there the numbers are nothing,
    /// which no column takes.
    NUMBER(
        "WITH numbered AS (UPDATE brands SET last_entry = last_entry + $2, last_event = last_event + $3 ",
        "WHERE brand = $1 RETURNING last_entry - $2 AS entry, last_event - $3 AS event), ",
        "entered AS (INSERT INTO entries (brand, entry, conversation, keyring, kind, at, leaf, details_sealed, ",
        "log_index, inserted) SELECT $1, new.entry, new.conversation, new.keyring, new.kind, new.at, new.leaf, ",
        "new.details_sealed, new.log_index, (SELECT numbered.entry FROM numbered) + new.place ",
        "FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::bigint[], $9::bytea[], $10::bytea[], ",
        "$11::bigint[]) WITH ORDINALITY AS new (entry, conversation, keyring, kind, at, leaf, details_sealed, ",
        "log_index, place)), ",
        "announced AS (INSERT INTO events (brand, number, conversation, message, kind, announced_at) ",
        "SELECT $1, (SELECT numbered.event FROM numbered) + new.place, new.conversation, new.message, new.kind, ",
        "new.announced_at FROM unnest($12::uuid[], $13::uuid[], $14::text[], $15::bigint[]) ",
        "WITH ORDINALITY AS new (conversation, message, kind, announced_at, place)) ",
        "SELECT event FROM numbered"
    );
    /// An entry that waits for its place, or has this very one.
    KNOWN(
        "SELECT leaf FROM entries WHERE brand = $1 AND entry = $2 AND (log_index IS NULL OR log_index = $3) ",
        "FOR NO KEY UPDATE"
    );
    GIVE_PLACE("UPDATE entries SET log_index = $3 WHERE brand = $1 AND entry = $2");
    NO_PLACES("UPDATE entries SET log_index = NULL WHERE brand = $1");
    NO_CHECKPOINTS("DELETE FROM checkpoints WHERE brand = $1");
    ADD_BEFORE_ALL(
        "INSERT INTO entries (brand, entry, conversation, keyring, kind, at, leaf, details_sealed, log_index, ",
        "inserted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ",
        "(SELECT coalesce(min(inserted), 1) - 1 FROM entries WHERE brand = $1))"
    );
    /// Nothing comes back while somebody else's lease lasts.
    TAKE_LEAD(
        "INSERT INTO sequencers (brand, holder, fence, until) VALUES ($1, $2, 1, $4) ",
        "ON CONFLICT (brand) DO UPDATE SET holder = excluded.holder, until = excluded.until, ",
        "fence = CASE WHEN sequencers.holder = excluded.holder THEN sequencers.fence ",
        "ELSE sequencers.fence + 1 END WHERE sequencers.holder = excluded.holder OR sequencers.until <= $3 ",
        "OR sequencers.until > $5 RETURNING fence"
    );
    /// Locked, so that nobody takes the lead before what is written under it is committed.
    FENCE("SELECT fence FROM sequencers WHERE brand = $1 FOR UPDATE");
    /// The oldest without a place, in the order they were committed; never by id, which need not follow it.
    SEQUENCE(
        "UPDATE entries SET log_index = next.place FROM (SELECT found.brand, found.entry, ",
        "(SELECT coalesce(max(log_index) + 1, 0) FROM entries WHERE brand = $1 AND log_index IS NOT NULL) ",
        "+ row_number() OVER (ORDER BY found.inserted) - 1 AS place ",
        "FROM (SELECT brand, entry, inserted FROM entries WHERE brand = $1 AND log_index IS NULL ",
        "AND EXISTS (SELECT 1 FROM sequencers WHERE brand = $1 AND fence = $3) ",
        "ORDER BY inserted LIMIT $2) AS found) AS next ",
        "WHERE entries.brand = next.brand AND entries.entry = next.entry RETURNING 1"
    );
    BEGIN("BEGIN ISOLATION LEVEL READ COMMITTED");
    COMMIT("COMMIT");
}

/// What is to be numbered, in order.
#[derive(Default)]
pub(crate) struct Numbers {
    entries: Vec<Vec<Value>>,
    events: Vec<Vec<Value>>,
}

impl Numbers {
    pub(super) fn entry(&mut self, row: &EntryRow) {
        self.entries.push(cells_of(row));
    }

    pub(super) fn event(
        &mut self,
        conversation: Option<ConversationId>,
        message: Option<MessageId>,
        kind: &str,
        now: Time,
    ) {
        self.events.push(bind![conversation, message, kind.to_owned(), now]);
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.events.is_empty()
    }

    /// How many live events.
    pub(super) const fn events(&self) -> usize {
        self.events.len()
    }

    /// The statement that numbers all of it, and answers with the number before the first event.
    pub(super) fn step(self, brand: BrandId) -> Step {
        let mut given = bind![brand, self.entries.len() as i64, self.events.len() as i64];
        given.extend(as_columns(self.entries, 8));
        given.extend(as_columns(self.events, 4));
        Step::new(NUMBER, given)
    }
}

/// An entry's fields, without the brand, which is the command's.
fn cells_of(row: &EntryRow) -> Vec<Value> {
    bind![row.entry, row.conversation, row.keyring, row.kind, row.at, row.leaf, row.details_sealed, row.index,]
}

/// The columns of rows of which there may be none.
fn as_columns(rows: Vec<Vec<Value>>, width: usize) -> Vec<Value> {
    let mut lists = columns(rows);
    lists.resize(width, Value::List(Vec::new()));
    lists
}

/// Gives an entry the place that it has in the log; adds it if it is not there. Within a transaction that has
/// begun.
pub(super) async fn restore(conn: &mut Conn, row: &EntryRow) -> Result<(), Trouble> {
    let Some(index) = row.index else {
        return Err(StoreError::Failed("an entry without a place".into()).into());
    };
    let answers = conn.run(&[Step::new(KNOWN, bind![row.brand, row.entry, index])]).await?;
    let known: Vec<Only<Vec<u8>>> = answers.first().map_or_else(|| Ok(Vec::new()), |rows| read_all(rows))?;
    let step = match known.first() {
        None => {
            let mut numbers = Numbers::default();
            numbers.entry(row);
            numbers.step(row.brand)
        }
        Some(Only(leaf)) if *leaf == row.leaf => Step::new(GIVE_PLACE, bind![row.brand, row.entry, index]),
        Some(_) => {
            let what = format!("entry {} is not what the log says", row.entry);
            return Err(StoreError::Inconsistent { table: "entries", what }.into());
        }
    };
    conn.run(&[step]).await.map(drop)
}

impl Plan {
    /// Takes every entry's place, and puts this one before all.
    pub(super) fn restart_log(&mut self, row: &EntryRow) {
        self.then(NO_PLACES, bind![self.brand]);
        self.then(NO_CHECKPOINTS, bind![self.brand]);
        let mut given = bind![self.brand];
        given.extend(cells_of(row));
        self.then(ADD_BEFORE_ALL, given);
    }
}

/// Takes or renews the lead of the brand's sequencing.
pub(crate) async fn lead(
    connections: &Connections,
    brand: BrandId,
    holder: [u8; 16],
    now: Time,
    lease: Duration,
) -> Result<Option<i64>, StoreError> {
    let until = now.plus(lease);
    let too_late = if lease.is_zero() { Time(i64::MAX) } else { until.plus(lease) };
    let fence: Option<Only<i64>> =
        connections.one(TAKE_LEAD, bind![brand, holder, now, until, too_late]).await?;
    Ok(fence.map(|Only(fence)| fence))
}

/// Gives the brand's next unsequenced entries their places; returns how many.
pub(crate) async fn sequence(
    conn: &mut Conn,
    brand: BrandId,
    fence: i64,
    limit: u32,
) -> Result<u32, Trouble> {
    let steps = [
        Step::bare(BEGIN),
        Step::new(FENCE, bind![brand]),
        Step::new(SEQUENCE, bind![brand, limit, fence]),
        Step::bare(COMMIT),
    ];
    let answers = conn.commit(&steps).await?;
    let newest: Vec<Only<i64>> = answers.get(1).map_or_else(|| Ok(Vec::new()), |rows| read_all(rows))?;
    if newest.first().is_none_or(|Only(newest)| *newest != fence) {
        return Err(StoreError::LeadLost.into());
    }
    Ok(answers.get(2).map_or(0, |rows| u32::try_from(rows.len()).unwrap_or(limit)))
}
