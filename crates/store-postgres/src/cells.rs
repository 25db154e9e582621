//! Between a row's fields and PostgreSQL's types.

use aside_model::{
    Assurance, Author, Checks, ConversationState, DataType, Direction, Id, JobKind, JobState, MessageState,
    Network, Role, Rung, Time,
};
use aside_store::{Result, StoreError};
use bytes::BytesMut;
use std::error::Error;
use tokio_postgres::{
    Row,
    types::{FromSql, IsNull, ToSql, Type, to_sql_checked},
};

/// A parameter of a statement.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Value {
    /// Nothing.
    Null,
    /// A `uuid`.
    Id([u8; 16]),
    /// A `bytea`.
    Bytes(Vec<u8>),
    /// A `text`.
    Text(String),
    /// A `bigint`.
    Number(i64),
    /// A `boolean`.
    Truth(bool),
    /// An array of one of the others.
    List(Vec<Value>),
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Id(bytes) => {
                out.extend_from_slice(bytes);
                Ok(IsNull::No)
            }
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Number(number) => number.to_sql(ty, out),
            Self::Truth(truth) => truth.to_sql(ty, out),
            Self::List(values) => values.to_sql(ty, out),
        }
    }

    // Each statement casts its parameters, and a test executes every statement.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// What a column of a found row holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'a> {
    Null,
    Id([u8; 16]),
    Bytes(&'a [u8]),
    Text(&'a str),
    Number(i64),
    Truth(bool),
}

impl<'a> FromSql<'a> for Found<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(match *ty {
            Type::UUID => Self::Id(raw.try_into()?),
            Type::BYTEA => Self::Bytes(raw),
            Type::INT8 => Self::Number(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Number(i32::from_sql(ty, raw)?.into()),
            Type::BOOL => Self::Truth(bool::from_sql(ty, raw)?),
            _ => Self::Text(<&str>::from_sql(ty, raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self::Null)
    }

    fn accepts(ty: &Type) -> bool {
        matches!(*ty, Type::UUID | Type::BYTEA | Type::INT8 | Type::INT4 | Type::BOOL | Type::TEXT)
    }
}

/// A field that a column can hold.
pub(crate) trait Cell: Sized {
    /// What the column holds.
    fn write(&self) -> Value;
    /// The field, or nothing if the column holds something else.
    fn read(found: Found<'_>) -> Option<Self>;
}

/// A row on its way out of a statement, read column by column.
pub(crate) struct Cells<'row> {
    row: &'row Row,
    table: &'static str,
    at: usize,
}

impl<'row> Cells<'row> {
    pub(crate) const fn new(row: &'row Row, table: &'static str) -> Self {
        Self { row, table, at: 0 }
    }

    /// The next column.
    pub(crate) fn next<T: Cell>(&mut self) -> Result<T> {
        let at = self.at;
        self.at += 1;
        let found = self.row.try_get::<_, Found<'_>>(at).ok();
        found.and_then(T::read).ok_or_else(|| StoreError::Inconsistent {
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
    fn from_row(cells: &mut Cells<'_>) -> Result<Self>;
}

/// Reads every row that a statement found.
pub(crate) fn read_all<T: FromRow>(rows: &[Row]) -> Result<Vec<T>> {
    rows.iter().map(|row| T::from_row(&mut Cells::new(row, T::TABLE))).collect()
}

/// A row that can be inserted.
pub(crate) trait Stored {
    /// The statement that inserts rows, from a list per column.
    const INSERT: &'static str;
    /// Its fields, in the order of the columns.
    fn cells(&self) -> Vec<Value>;
}

/// Rows turned into columns, for a statement that takes a list per column.
pub(crate) fn columns(rows: impl IntoIterator<Item = Vec<Value>>) -> Vec<Value> {
    let mut columns: Vec<Vec<Value>> = Vec::new();
    for row in rows {
        columns.resize_with(row.len(), Vec::new);
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    columns.into_iter().map(Value::List).collect()
}

/// A list of fields, for `= ANY(…)`.
pub(crate) fn list<'a, T: Cell + 'a>(fields: impl IntoIterator<Item = &'a T>) -> Value {
    Value::List(fields.into_iter().map(Cell::write).collect())
}

/// A query's columns, alone in a row.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Only<T>(pub(crate) T);

impl<T: Cell> FromRow for Only<T> {
    const TABLE: &'static str = "of a single column";
    fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
        cells.next().map(Self)
    }
}

macro_rules! tuples {
    ($(($($name:ident),+))+) => {$(
        impl<$($name: Cell),+> FromRow for ($($name,)+) {
            const TABLE: &'static str = "of a few columns";
            fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
                Ok(($(cells.next::<$name>()?,)+))
            }
        }
    )+};
}

tuples! { (A, B) (A, B, C) (A, B, C, D) }

/// A value as it is.
impl Cell for Value {
    fn write(&self) -> Value {
        self.clone()
    }
    fn read(_: Found<'_>) -> Option<Self> {
        None
    }
}

impl<T> Cell for Id<T> {
    fn write(&self) -> Value {
        Value::Id(self.bytes())
    }
    fn read(found: Found<'_>) -> Option<Self> {
        if let Found::Id(bytes) = found { Some(Self::from_bytes(bytes)) } else { None }
    }
}

impl<const N: usize> Cell for [u8; N] {
    fn write(&self) -> Value {
        Value::Bytes(self.to_vec())
    }
    fn read(found: Found<'_>) -> Option<Self> {
        if let Found::Bytes(bytes) = found { bytes.try_into().ok() } else { None }
    }
}

impl Cell for Vec<u8> {
    fn write(&self) -> Value {
        Value::Bytes(self.clone())
    }
    fn read(found: Found<'_>) -> Option<Self> {
        if let Found::Bytes(bytes) = found { Some(bytes.to_vec()) } else { None }
    }
}

impl Cell for String {
    fn write(&self) -> Value {
        Value::Text(self.clone())
    }
    fn read(found: Found<'_>) -> Option<Self> {
        if let Found::Text(text) = found { Some(text.to_owned()) } else { None }
    }
}

impl Cell for i64 {
    fn write(&self) -> Value {
        Value::Number(*self)
    }
    fn read(found: Found<'_>) -> Option<Self> {
        if let Found::Number(number) = found { Some(number) } else { None }
    }
}

impl Cell for Time {
    fn write(&self) -> Value {
        Value::Number(self.0)
    }
    fn read(found: Found<'_>) -> Option<Self> {
        i64::read(found).map(Self)
    }
}

impl Cell for u32 {
    fn write(&self) -> Value {
        Value::Number(i64::from(*self))
    }
    fn read(found: Found<'_>) -> Option<Self> {
        i64::read(found)?.try_into().ok()
    }
}

impl Cell for bool {
    fn write(&self) -> Value {
        Value::Truth(*self)
    }
    fn read(found: Found<'_>) -> Option<Self> {
        if let Found::Truth(truth) = found { Some(truth) } else { None }
    }
}

impl<T: Cell> Cell for Option<T> {
    fn write(&self) -> Value {
        self.as_ref().map_or(Value::Null, Cell::write)
    }
    fn read(found: Found<'_>) -> Option<Self> {
        match found {
            Found::Null => Some(None),
            found => T::read(found).map(Some),
        }
    }
}

impl Cell for DataType {
    fn write(&self) -> Value {
        Value::Text(self.id().to_owned())
    }
    fn read(found: Found<'_>) -> Option<Self> {
        if let Found::Text(text) = found { Self::from_id(text) } else { None }
    }
}

macro_rules! words {
    ($($word:ident),+) => {$(
        impl Cell for $word {
            fn write(&self) -> Value {
                Value::Text(self.name().to_owned())
            }
            fn read(found: Found<'_>) -> Option<Self> {
                if let Found::Text(text) = found { text.parse().ok() } else { None }
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
