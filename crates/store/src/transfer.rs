//! Moving a brand between stores: its rows as they lie in the tables, page by page.
//!
//! Every backend has the same tables with the same columns; [`TABLES`] names them once, and each backend tests
//! that its schema is exactly this. Nothing is opened on the way: what is sealed travels sealed.

use crate::Result;
use aside_model::BrandId;
use async_trait::async_trait;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// An id of 16 bytes.
    Id,
    /// Bytes: sealed, hashed or wrapped.
    Bytes,
    /// A text.
    Text,
    /// A whole number; times are microseconds.
    Number,
    /// Yes or no.
    Flag,
}

/// A column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds, unless it is empty.
    pub kind: Kind,
}

/// A table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns; those of the primary key first, in the key's order.
    pub columns: &'static [Column],
    /// How many of the columns are the primary key. The first is the brand.
    pub key: usize,
    /// Whether its rows belong to the brand, and not to the store that holds it.
    pub moves: bool,
}

/// What a cell holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// An id.
    Id([u8; 16]),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A text.
    Text(String),
    /// A number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
}

/// A row, cell by cell in the order of [`Table::columns`].
pub type Row = Vec<Cell>;

/// What moving a brand asks of a backend. Nobody else may write to the brand meanwhile.
#[async_trait]
pub trait Transfer: Send + Sync {
    /// The brand's rows whose key comes after `after` (the key's cells without the brand), in the order of the key,
    /// at most `limit`.
    async fn rows_after(
        &self,
        brand: BrandId,
        table: &'static Table,
        after: Option<Vec<Cell>>,
        limit: u32,
    ) -> Result<Vec<Row>>;

    /// Puts rows of the brand there as they are, durably, whatever was there under their keys.
    async fn put_rows(&self, brand: BrandId, table: &'static Table, rows: Vec<Row>) -> Result<()>;

    /// Removes rows of the brand, at most `limit`. Returns how many there were.
    async fn remove_rows(&self, brand: BrandId, table: &'static Table, limit: u32) -> Result<u32>;
}

macro_rules! kinds {
    (id) => {
        Kind::Id
    };
    (bytes) => {
        Kind::Bytes
    };
    (text) => {
        Kind::Text
    };
    (number) => {
        Kind::Number
    };
    (flag) => {
        Kind::Flag
    };
}

macro_rules! tables {
    ($($table:ident: $($key_kind:ident $key:ident),+; $($kind:ident $column:ident),*.)+) => {
        &[$(Table {
            name: stringify!($table),
            columns: &[
                $(Column { name: stringify!($key), kind: kinds!($key_kind) },)+
                $(Column { name: stringify!($column), kind: kinds!($kind) },)*
            ],
            key: [$(stringify!($key)),+].len(),
            moves: !matches!(stringify!($table).as_bytes(), b"sequencers"),
        },)+]
    };
}

/// Every table, so ordered that a row comes after those it names. Who leads a brand's sequencing is each store's
/// own matter.
#[rustfmt::skip]
pub const TABLES: &[Table] = tables! {
    brands: id brand; text name, number created_at, number last_event, number last_entry.
    connections: id brand, id connection; text network, text name, bytes secrets_sealed, number epoch, text api_base, number created_at.
    channels: id brand, id channel; id connection, text network, text account, text rung, text name.
    notices: id brand, id channel; text language, text text, number checked_at, flag present.
    agents: id brand, id agent; text login, text name, text role, text password_hash, bytes totp_sealed, number epoch, flag enabled, number created_at.
    customers: id brand, id customer; number erasing_at.
    keyrings: id brand, id keyring; number epoch, bytes wrapped.
    handles: id brand, id handle; id customer, id keyring, text network, bytes address_index, bytes address_sealed, bytes name_sealed, number created_at.
    conversations: id brand, id conversation; id customer, text state, text rung, text assurance, number assurance_at, number assurance_until, text language, id assigned, number invited_at, number created_at, number last_message_at, number version.
    threads: id brand, id thread; id conversation, id channel, id handle, text rung, bytes address_index, bytes address_sealed, number heard_at, number created_at.
    messages: id brand, id message; id conversation, id thread, id handle, id keyring, text author, id agent, text direction, text rung, bytes body_sealed, text checks, text state, text reason, bytes provider_index, bytes provider_sealed, number written_at, number stored_at, number edited_at, number removed_at.
    vault_values: id brand, id value; id message, id conversation, id keyring, text data_type, text kind, bytes value_sealed, number created_at.
    holds: id brand, id hold; id message, id conversation, id keyring, text data_type, text kind, bytes drop_box, bytes value_sealed, number expires_at.
    links: id brand, id link; bytes digest, id conversation, id handle, bytes drop_box, number created_at, number expires_at, number redeemed_at.
    sessions: id brand, id session; bytes digest, id agent, id conversation, id handle, bytes drop_box, number created_at, number seen_at, number expires_at.
    codes: id brand, id code; id conversation, id handle, id session, bytes code_index, number expires_at, number used_at.
    entries: id brand, id entry; number inserted, id conversation, id keyring, text kind, number at, bytes leaf, bytes details_sealed, number log_index.
    checkpoints: id brand, number size; text note, number at.
    jobs: id brand, id job; text kind, id conversation, id thread, id message, id keyring, bytes payload_sealed, text state, number attempts, number due_at, text error, number created_at, number leased_until, number touched_at.
    counters: id brand, text counter, number window_length, number window_start; number taken.
    once_keys: id brand, bytes key; number used_at.
    events: id brand, number number; id conversation, id message, text kind, number announced_at.
    sequencers: id brand; bytes holder, number fence, number until.
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tables_key_starts_with_the_brand() {
        for table in TABLES {
            assert_eq!(table.columns[0], Column { name: "brand", kind: Kind::Id }, "{}", table.name);
            assert!(table.key >= 1 && table.key <= table.columns.len(), "{}", table.name);
        }
        assert!(!TABLES.iter().find(|t| t.name == "sequencers").unwrap().moves);
    }
}
