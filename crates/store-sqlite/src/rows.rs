//! How each row lies in its table.

use crate::cells::{Bound, Cells, FromRow, Stored};
use aside_model::{
    BrandId, Time,
    rows::{
        AgentRow, BrandRow, ChannelRow, CheckpointRow, CodeRow, ConnectionRow, ConversationRow, EntryRow,
        EventRow, HandleRow, HoldRow, JobRow, KeyringRow, LinkRow, MessageRow, NoticeRow, SessionOf,
        SessionRow, ThreadRow, ValueRow,
    },
};
use aside_store::{Result, StoreError};
use rusqlite::{CachedStatement, params};

stored!(BrandRow in "brands" as brand_columns: brand, name, created_at);
stored!(ConnectionRow in "connections" as connection_columns
    then " ON CONFLICT (brand, connection) DO UPDATE SET network = excluded.network, name = excluded.name, \
          secrets_sealed = excluded.secrets_sealed, epoch = excluded.epoch, api_base = excluded.api_base, \
          created_at = excluded.created_at":
    brand, connection, network, name, secrets_sealed, epoch, api_base, created_at);
stored!(ChannelRow in "channels" as channel_columns
    then " ON CONFLICT (brand, channel) DO UPDATE SET connection = excluded.connection, \
          network = excluded.network, account = excluded.account, rung = excluded.rung, name = excluded.name":
    brand, channel, connection, network, account, rung, name);
stored!(NoticeRow in "notices" as notice_columns
    then " ON CONFLICT (brand, channel) DO UPDATE SET language = excluded.language, text = excluded.text, \
          checked_at = excluded.checked_at, present = excluded.present":
    brand, channel, language, text, checked_at, present);
stored!(AgentRow in "agents" as agent_columns
    then " ON CONFLICT (brand, agent) DO UPDATE SET login = excluded.login, name = excluded.name, \
          role = excluded.role, password_hash = excluded.password_hash, totp_sealed = excluded.totp_sealed, \
          epoch = excluded.epoch, enabled = excluded.enabled, created_at = excluded.created_at":
    brand, agent, login, name, role, password_hash, totp_sealed, epoch, enabled, created_at);
stored!(KeyringRow in "keyrings" as keyring_columns then " ON CONFLICT (brand, keyring) DO NOTHING":
    brand, keyring, epoch, wrapped);
stored!(HandleRow in "handles" as handle_columns:
    brand, handle, customer, keyring, network, address_index, address_sealed, name_sealed, created_at);
stored!(ConversationRow in "conversations" as conversation_columns:
    brand, conversation, customer, state, rung, assurance, assurance_at, assurance_until, language, assigned,
    invited_at, created_at, last_message_at, version);
stored!(ThreadRow in "threads" as thread_columns:
    brand, thread, conversation, channel, handle, rung, address_index, address_sealed, heard_at, created_at);
stored!(MessageRow in "messages" as message_columns:
    brand, message, conversation, thread, handle, keyring, author, agent, direction, rung, body_sealed, checks,
    state, reason, provider_index, provider_sealed, written_at, stored_at, edited_at, removed_at);
stored!(ValueRow in "vault_values" as value_columns:
    brand, value, message, conversation, keyring, data_type, kind, value_sealed, created_at);
stored!(HoldRow in "holds" as hold_columns:
    brand, hold, message, conversation, keyring, data_type, kind, drop_box, value_sealed, expires_at);
stored!(LinkRow in "links" as link_columns:
    brand, link, digest, conversation, handle, drop_box, created_at, expires_at, redeemed_at);
stored!(CodeRow in "codes" as code_columns:
    brand, code, conversation, handle, session, code_index, expires_at, used_at);
stored!(CheckpointRow in "checkpoints" as checkpoint_columns
    then " ON CONFLICT (brand, size) DO UPDATE SET note = excluded.note, at = excluded.at":
    brand, size, note, at);
stored!(JobRow in "jobs" as job_columns:
    brand, job, kind, conversation, thread, message, keyring, payload_sealed, state, attempts, due_at, error,
    created_at);

/// Leaves out what belongs to a customer who is being erased. There is hardly ever one, and the index has no other:
/// left to itself, SQLite looks through all customers of the brand.
macro_rules! of_no_erased_customer {
    () => {
        " AND customer NOT IN (SELECT customer FROM customers INDEXED BY customers_being_erased \
         WHERE brand = ?1 AND erasing_at IS NOT NULL)"
    };
}

/// Leaves out what belongs to a handle of a customer who is being erased.
macro_rules! of_no_erased_handle {
    () => {
        " AND handle NOT IN (SELECT handle FROM handles WHERE brand = ?1 AND customer IN \
         (SELECT customer FROM customers INDEXED BY customers_being_erased \
         WHERE brand = ?1 AND erasing_at IS NOT NULL))"
    };
}

/// Leaves out what no key opens any more.
macro_rules! of_no_destroyed_key {
    () => {
        " AND keyring NOT IN (SELECT keyring FROM keyrings INDEXED BY keyrings_destroyed \
         WHERE brand = ?1 AND wrapped = x'')"
    };
}

/// Leaves out each job that sends a message while an earlier one is still to be sent on the same thread.
macro_rules! whose_turn_it_is {
    () => {
        " AND (kind NOT IN ('send', 'private_reply') OR NOT EXISTS (SELECT 1 FROM jobs AS earlier \
         WHERE earlier.brand = jobs.brand AND earlier.thread = jobs.thread \
         AND earlier.state IN ('due', 'running') AND earlier.kind IN ('send', 'private_reply') \
         AND (earlier.created_at, earlier.job) < (jobs.created_at, jobs.job)))"
    };
}

/// The columns of an entry; `index` is a word of SQL, so its column is `log_index`.
macro_rules! entry_columns {
    () => {
        "brand, entry, conversation, keyring, kind, at, leaf, details_sealed, log_index"
    };
}

impl FromRow for EntryRow {
    const TABLE: &'static str = "entries";
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
        Ok(Self {
            brand: cells.next()?,
            entry: cells.next()?,
            conversation: cells.next()?,
            keyring: cells.next()?,
            kind: cells.next()?,
            at: cells.next()?,
            leaf: cells.next()?,
            details_sealed: cells.next()?,
            index: cells.next()?,
        })
    }
}

/// The columns of an event, without the brand, which the reader knows.
macro_rules! event_columns {
    () => {
        "number, conversation, message, kind"
    };
}

impl FromRow for EventRow {
    const TABLE: &'static str = "events";
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
        Ok(Self {
            number: cells.next()?,
            conversation: cells.next()?,
            message: cells.next()?,
            kind: cells.next()?,
        })
    }
}

/// The columns of a session: an agent, or a conversation with handle and drop box.
macro_rules! session_columns {
    () => {
        "brand, session, digest, agent, conversation, handle, drop_box, created_at, seen_at, expires_at"
    };
}

impl FromRow for SessionRow {
    const TABLE: &'static str = "sessions";
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
        let (brand, session, digest) = (cells.next()?, cells.next()?, cells.next()?);
        let of = match (cells.next()?, cells.next()?, cells.next()?, cells.next()?) {
            (Some(agent), None, None, None) => SessionOf::Agent(agent),
            (None, Some(conversation), Some(handle), Some(drop_box)) => {
                SessionOf::Customer { conversation, handle, drop_box }
            }
            _ => {
                let what = "a session of both a customer and an agent, or of neither".to_owned();
                return Err(StoreError::Inconsistent { table: Self::TABLE, what });
            }
        };
        let (created_at, seen_at, expires_at): (Time, Time, Time) =
            (cells.next()?, cells.next()?, cells.next()?);
        Ok(Self { brand, session, digest, of, created_at, seen_at, expires_at })
    }
}

impl Stored for SessionRow {
    const INSERT: &'static str =
        concat!("INSERT INTO sessions (", session_columns!(), ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    fn brand(&self) -> BrandId {
        self.brand
    }
    fn bind(&self, insert: &mut CachedStatement<'_>) -> rusqlite::Result<usize> {
        let (agent, conversation, handle, drop_box) = match self.of {
            SessionOf::Agent(agent) => (Some(agent), None, None, None),
            SessionOf::Customer { conversation, handle, drop_box } => {
                (None, Some(conversation), Some(handle), Some(drop_box))
            }
        };
        insert.execute(params![
            Bound(&self.brand),
            Bound(&self.session),
            Bound(&self.digest),
            Bound(&agent),
            Bound(&conversation),
            Bound(&handle),
            Bound(&drop_box),
            Bound(&self.created_at),
            Bound(&self.seen_at),
            Bound(&self.expires_at),
        ])
    }
}

/// The insertions, by table, for the test that reads every statement.
#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &str)] = &[
    ("BrandRow", BrandRow::INSERT),
    ("ConnectionRow", ConnectionRow::INSERT),
    ("ChannelRow", ChannelRow::INSERT),
    ("NoticeRow", NoticeRow::INSERT),
    ("AgentRow", AgentRow::INSERT),
    ("KeyringRow", KeyringRow::INSERT),
    ("HandleRow", HandleRow::INSERT),
    ("ConversationRow", ConversationRow::INSERT),
    ("ThreadRow", ThreadRow::INSERT),
    ("MessageRow", MessageRow::INSERT),
    ("ValueRow", ValueRow::INSERT),
    ("HoldRow", HoldRow::INSERT),
    ("LinkRow", LinkRow::INSERT),
    ("CodeRow", CodeRow::INSERT),
    ("CheckpointRow", CheckpointRow::INSERT),
    ("JobRow", JobRow::INSERT),
    ("SessionRow", SessionRow::INSERT),
];
