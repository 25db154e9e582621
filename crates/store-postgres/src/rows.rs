//! How each row lies in its table.

use crate::cells::{Cell, Cells, FromRow, Stored, Value};
use aside_model::{
    Time,
    rows::{
        AgentRow, BrandRow, ChannelRow, CheckpointRow, CodeRow, ConnectionRow, ConversationRow, EntryRow,
        EventRow, HandleRow, HoldRow, JobRow, KeyringRow, LinkRow, MessageRow, NoticeRow, SessionOf,
        SessionRow, ThreadRow, ValueRow,
    },
};
use aside_store::{Result, StoreError};

stored!(BrandRow in "brands" as brand_columns:
    brand 1 uuid, name 2 text, created_at 3 bigint);
stored!(ConnectionRow in "connections" as connection_columns
    then " ON CONFLICT (brand, connection) DO UPDATE SET network = excluded.network, name = excluded.name, \
          secrets_sealed = excluded.secrets_sealed, epoch = excluded.epoch, api_base = excluded.api_base, \
          created_at = excluded.created_at":
    brand 1 uuid, connection 2 uuid, network 3 text, name 4 text, secrets_sealed 5 bytea, epoch 6 bigint,
    api_base 7 text, created_at 8 bigint);
stored!(ChannelRow in "channels" as channel_columns
    then " ON CONFLICT (brand, channel) DO UPDATE SET connection = excluded.connection, \
          network = excluded.network, account = excluded.account, rung = excluded.rung, name = excluded.name":
    brand 1 uuid, channel 2 uuid, connection 3 uuid, network 4 text, account 5 text, rung 6 text, name 7
    text);
stored!(NoticeRow in "notices" as notice_columns
    then " ON CONFLICT (brand, channel) DO UPDATE SET language = excluded.language, text = excluded.text, \
          checked_at = excluded.checked_at, present = excluded.present":
    brand 1 uuid, channel 2 uuid, language 3 text, text 4 text, checked_at 5 bigint, present 6 boolean);
stored!(AgentRow in "agents" as agent_columns
    then " ON CONFLICT (brand, agent) DO UPDATE SET login = excluded.login, name = excluded.name, \
          role = excluded.role, password_hash = excluded.password_hash, totp_sealed = excluded.totp_sealed, \
          epoch = excluded.epoch, enabled = excluded.enabled, created_at = excluded.created_at":
    brand 1 uuid, agent 2 uuid, login 3 text, name 4 text, role 5 text, password_hash 6 text, totp_sealed
    7 bytea, epoch 8 bigint, enabled 9 boolean, created_at 10 bigint);
stored!(KeyringRow in "keyrings" as keyring_columns then " ON CONFLICT (brand, keyring) DO NOTHING":
    brand 1 uuid, keyring 2 uuid, epoch 3 bigint, wrapped 4 bytea);
stored!(HandleRow in "handles" as handle_columns:
    brand 1 uuid, handle 2 uuid, customer 3 uuid, keyring 4 uuid, network 5 text, address_index 6 bytea,
    address_sealed 7 bytea, name_sealed 8 bytea, created_at 9 bigint);
stored!(ConversationRow in "conversations" as conversation_columns:
    brand 1 uuid, conversation 2 uuid, customer 3 uuid, state 4 text, rung 5 text, assurance 6 text,
    assurance_at 7 bigint, assurance_until 8 bigint, language 9 text, assigned 10 uuid, invited_at 11
    bigint, created_at 12 bigint, last_message_at 13 bigint, version 14 bigint);
stored!(ThreadRow in "threads" as thread_columns:
    brand 1 uuid, thread 2 uuid, conversation 3 uuid, channel 4 uuid, handle 5 uuid, rung 6 text,
    address_index 7 bytea, address_sealed 8 bytea, heard_at 9 bigint, created_at 10 bigint);
stored!(MessageRow in "messages" as message_columns:
    brand 1 uuid, message 2 uuid, conversation 3 uuid, thread 4 uuid, handle 5 uuid, keyring 6 uuid,
    author 7 text, agent 8 uuid, direction 9 text, rung 10 text, body_sealed 11 bytea, checks 12 text,
    state 13 text, reason 14 text, provider_index 15 bytea, provider_sealed 16 bytea, written_at 17
    bigint, stored_at 18 bigint, edited_at 19 bigint, removed_at 20 bigint);
stored!(ValueRow in "vault_values" as value_columns:
    brand 1 uuid, value 2 uuid, message 3 uuid, conversation 4 uuid, keyring 5 uuid, data_type 6 text,
    kind 7 text, value_sealed 8 bytea, created_at 9 bigint);
stored!(HoldRow in "holds" as hold_columns:
    brand 1 uuid, hold 2 uuid, message 3 uuid, conversation 4 uuid, keyring 5 uuid, data_type 6 text, kind
    7 text, drop_box 8 bytea, value_sealed 9 bytea, expires_at 10 bigint);
stored!(LinkRow in "links" as link_columns:
    brand 1 uuid, link 2 uuid, digest 3 bytea, conversation 4 uuid, handle 5 uuid, drop_box 6 bytea,
    created_at 7 bigint, expires_at 8 bigint, redeemed_at 9 bigint);
stored!(CodeRow in "codes" as code_columns:
    brand 1 uuid, code 2 uuid, conversation 3 uuid, handle 4 uuid, session 5 uuid, code_index 6 bytea,
    expires_at 7 bigint, used_at 8 bigint);
stored!(CheckpointRow in "checkpoints" as checkpoint_columns
    then " ON CONFLICT (brand, size) DO UPDATE SET note = excluded.note, at = excluded.at":
    brand 1 uuid, size 2 bigint, note 3 text, at 4 bigint);
stored!(JobRow in "jobs" as job_columns:
    brand 1 uuid, job 2 uuid, kind 3 text, conversation 4 uuid, thread 5 uuid, message 6 uuid, keyring 7
    uuid, payload_sealed 8 bytea, state 9 text, attempts 10 bigint, due_at 11 bigint, error 12 text,
    created_at 13 bigint);

/// Leaves out what belongs to a customer who is being erased. There is hardly ever one.
macro_rules! of_no_erased_customer {
    () => {
        " AND customer NOT IN (SELECT customer FROM customers WHERE brand = $1 AND erasing_at IS NOT NULL)"
    };
}

/// Leaves out what belongs to a handle of a customer who is being erased.
macro_rules! of_no_erased_handle {
    () => {
        " AND handle NOT IN (SELECT handle FROM handles WHERE brand = $1 AND customer IN \
         (SELECT customer FROM customers WHERE brand = $1 AND erasing_at IS NOT NULL))"
    };
}

/// Leaves out what no key opens any more.
macro_rules! of_no_destroyed_key {
    () => {
        " AND keyring NOT IN (SELECT keyring FROM keyrings WHERE brand = $1 AND wrapped = '')"
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
    fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
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
    fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
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
    fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
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
    const INSERT: &'static str = concat!(
        "INSERT INTO sessions (",
        session_columns!(),
        ") SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::uuid[], $5::uuid[], $6::uuid[], ",
        "$7::bytea[], $8::bigint[], $9::bigint[], $10::bigint[])"
    );
    fn cells(&self) -> Vec<Value> {
        let (agent, conversation, handle, drop_box) = match self.of {
            SessionOf::Agent(agent) => (Some(agent), None, None, None),
            SessionOf::Customer { conversation, handle, drop_box } => {
                (None, Some(conversation), Some(handle), Some(drop_box))
            }
        };
        bind![
            self.brand,
            self.session,
            self.digest,
            agent,
            conversation,
            handle,
            drop_box,
            self.created_at,
            self.seen_at,
            self.expires_at,
        ]
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
