//! Between a row's fields and SQLite's five kinds of value.

use aside_model::{
    Assurance, Author, Checks, ConversationState, DataType, Direction, Id, JobKind, JobState, MessageState,
    Network, Role, Rung, Time,
};
use aside_store::{Result, StoreError};
use rusqlite::{
    CachedStatement, Connection, Params, Row, ToSql,
    types::{ToSqlOutput, Value, ValueRef},
};

/// A field that a column can hold.
pub(crate) trait Cell: Sized {
    /// What the column holds.
    fn write(&self) -> Value;
    /// The field, or nothing if the column holds something else.
    fn read(value: ValueRef<'_>) -> Option<Self>;
}

/// A field on its way into a statement.
pub(crate) struct Bound<'a, T>(pub(crate) &'a T);

impl<T: Cell> ToSql for Bound<'_, T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(self.0.write()))
    }
}

/// A row on its way out of a statement, read column by column.
pub(crate) struct Cells<'row, 'statement> {
    row: &'row Row<'statement>,
    table: &'static str,
    at: usize,
}

impl Cells<'_, '_> {
    /// The next column.
    pub(crate) fn next<T: Cell>(&mut self) -> Result<T> {
        let at = self.at;
        self.at += 1;
        let value = self.row.get_ref(at).map_err(crate::error::read)?;
        T::read(value).ok_or_else(|| StoreError::Inconsistent {
            table: self.table,
            what: format!("column {at} of a query does not parse"),
        })
    }
}

/// Something that a query returns.
pub(crate) trait FromRow: Sized {
    /// The table it comes from.
    const TABLE: &'static str;
    /// Reads it, column by column.
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self>;
}

/// A row that can be inserted.
pub(crate) trait Stored {
    /// The statement that inserts it.
    const INSERT: &'static str;
    /// Whose row it is.
    fn brand(&self) -> aside_model::BrandId;
    /// Executes the insertion with the row's fields.
    fn bind(&self, insert: &mut CachedStatement<'_>) -> rusqlite::Result<usize>;
}

/// Every row of a query.
pub(crate) fn all<T: FromRow>(conn: &Connection, sql: &str, params: impl Params) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(sql).map_err(crate::error::read)?;
    let mut rows = statement.query(params).map_err(crate::error::read)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(crate::error::read)? {
        found.push(T::from_row(&mut Cells { row, table: T::TABLE, at: 0 })?);
    }
    Ok(found)
}

/// The first `limit` rows of a query that are `wanted`; the rest is not looked at.
pub(crate) fn first<T: FromRow>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    limit: usize,
    wanted: impl Fn(&T) -> bool,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(sql).map_err(crate::error::read)?;
    let mut rows = statement.query(params).map_err(crate::error::read)?;
    let mut found = Vec::new();
    while found.len() < limit
        && let Some(row) = rows.next().map_err(crate::error::read)?
    {
        let row = T::from_row(&mut Cells { row, table: T::TABLE, at: 0 })?;
        if wanted(&row) {
            found.push(row);
        }
    }
    Ok(found)
}

/// The first row of a query.
pub(crate) fn one<T: FromRow>(conn: &Connection, sql: &str, params: impl Params) -> Result<Option<T>> {
    let mut statement = conn.prepare_cached(sql).map_err(crate::error::read)?;
    let mut rows = statement.query(params).map_err(crate::error::read)?;
    match rows.next().map_err(crate::error::read)? {
        Some(row) => T::from_row(&mut Cells { row, table: T::TABLE, at: 0 }).map(Some),
        None => Ok(None),
    }
}

/// Executes a statement that changes something; returns how many rows it changed.
pub(crate) fn change(conn: &Connection, sql: &str, params: impl Params) -> Result<usize> {
    conn.prepare_cached(sql).and_then(|mut s| s.execute(params)).map_err(crate::error::write)
}

/// A query's single column, alone in a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Only<T>(pub(crate) T);

impl<T: Cell> FromRow for Only<T> {
    const TABLE: &'static str = "of a single column";
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
        cells.next().map(Self)
    }
}

impl<T> Cell for Id<T> {
    fn write(&self) -> Value {
        Value::Blob(self.bytes().to_vec())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok()?.try_into().ok().map(Self::from_bytes)
    }
}

impl<const N: usize> Cell for [u8; N] {
    fn write(&self) -> Value {
        Value::Blob(self.to_vec())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok()?.try_into().ok()
    }
}

impl Cell for Vec<u8> {
    fn write(&self) -> Value {
        Value::Blob(self.clone())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_blob().ok().map(<[u8]>::to_vec)
    }
}

impl Cell for String {
    fn write(&self) -> Value {
        Value::Text(self.clone())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().map(str::to_owned)
    }
}

impl Cell for Time {
    fn write(&self) -> Value {
        Value::Integer(self.0)
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(Self)
    }
}

impl Cell for i64 {
    fn write(&self) -> Value {
        Value::Integer(*self)
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()
    }
}

impl Cell for u32 {
    fn write(&self) -> Value {
        Value::Integer(i64::from(*self))
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()?.try_into().ok()
    }
}

impl Cell for bool {
    fn write(&self) -> Value {
        Value::Integer(i64::from(*self))
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(|n| n != 0)
    }
}

impl<T: Cell> Cell for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Cell::write)
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            value => T::read(value).map(Some),
        }
    }
}

impl Cell for DataType {
    fn write(&self) -> Value {
        Value::Text(self.id().to_owned())
    }
    fn read(value: ValueRef<'_>) -> Option<Self> {
        Self::from_id(value.as_str().ok()?)
    }
}

macro_rules! words {
    ($($word:ident),+) => {$(
        impl Cell for $word {
            fn write(&self) -> Value {
                Value::Text(self.name().to_owned())
            }
            fn read(value: ValueRef<'_>) -> Option<Self> {
                value.as_str().ok()?.parse().ok()
            }
        }
    )+};
}

words!(
    Assurance,
    Author,
    Checks,
    ConversationState,
    Direction,
    JobKind,
    JobState,
    MessageState,
    Network,
    Role,
    Rung
);
