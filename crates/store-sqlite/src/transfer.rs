//! A brand's rows as they lie in the tables, for moving it to another store.

use crate::{SqliteStore, announce::Changed, error, writer::Done};
use aside_model::BrandId;
use aside_store::{
    Result, StoreError,
    transfer::{Cell, Column, Kind, Row, Table, Transfer},
};
use async_trait::async_trait;
use rusqlite::{
    Connection, ToSql, params_from_iter,
    types::{ToSqlOutput, Value, ValueRef},
};

/// Reads a page; the key's cells after the brand are bound from the third place on.
pub(crate) fn page(table: &Table, goes_on: bool) -> String {
    let (columns, key) = (names(table.columns), names(&table.columns[..table.key]));
    let rest = &table.columns[1..table.key];
    let after = if goes_on && !rest.is_empty() {
        let places: Vec<_> = (3..3 + rest.len()).map(|n| format!("?{n}")).collect();
        format!(" AND ({}) > ({})", names(rest), places.join(", "))
    } else {
        String::new()
    };
    format!("SELECT {columns} FROM {} WHERE brand = ?1{after} ORDER BY {key} LIMIT ?2", table.name)
}

/// Puts one row, whatever was there under its key.
pub(crate) fn put(table: &Table) -> String {
    let places: Vec<_> = (1..=table.columns.len()).map(|n| format!("?{n}")).collect();
    let set: Vec<_> =
        table.columns[table.key..].iter().map(|c| format!("{0} = excluded.{0}", c.name)).collect();
    let set = if set.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {}", set.join(", ")) };
    format!(
        "INSERT INTO {} ({}) VALUES ({}) ON CONFLICT ({}) DO {set}",
        table.name,
        names(table.columns),
        places.join(", "),
        names(&table.columns[..table.key])
    )
}

/// Removes some rows.
pub(crate) fn remove(table: &Table) -> String {
    let key = names(&table.columns[..table.key]);
    format!(
        "DELETE FROM {0} WHERE brand = ?1 AND ({key}) IN (SELECT {key} FROM {0} WHERE brand = ?1 LIMIT ?2)",
        table.name
    )
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// A cell on its way into a statement.
struct Bound<'a>(&'a Cell);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Cell::Empty => ToSqlOutput::Owned(Value::Null),
            Cell::Id(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id)),
            Cell::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Cell::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Cell::Number(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Cell::Flag(flag) => ToSqlOutput::Owned(Value::Integer((*flag).into())),
        })
    }
}

fn cell(kind: Kind, value: ValueRef<'_>) -> Option<Cell> {
    Some(match (kind, value) {
        (_, ValueRef::Null) => Cell::Empty,
        (Kind::Id, ValueRef::Blob(bytes)) => Cell::Id(bytes.try_into().ok()?),
        (Kind::Bytes, ValueRef::Blob(bytes)) => Cell::Bytes(bytes.to_vec()),
        (Kind::Text, ValueRef::Text(text)) => Cell::Text(std::str::from_utf8(text).ok()?.to_owned()),
        (Kind::Number, ValueRef::Integer(number)) => Cell::Number(number),
        (Kind::Flag, ValueRef::Integer(flag)) => Cell::Flag(flag != 0),
        _ => return None,
    })
}

fn read_page(
    conn: &Connection,
    brand: BrandId,
    table: &'static Table,
    after: Option<&[Cell]>,
    limit: u32,
) -> Result<Vec<Row>> {
    // A table whose key is the brand alone has one row.
    if table.key == 1 && after.is_some() {
        return Ok(Vec::new());
    }
    let sql = page(table, after.is_some());
    let mut statement = conn.prepare_cached(&sql).map_err(error::read)?;
    let (brand, limit) = (Cell::Id(brand.bytes()), Cell::Number(limit.into()));
    let bound = [&brand, &limit].into_iter().chain(after.unwrap_or_default()).map(Bound);
    let mut rows = statement.query(params_from_iter(bound)).map_err(error::read)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(error::read)? {
        let cells = table.columns.iter().enumerate().map(|(at, column)| {
            let value = row.get_ref(at).map_err(error::read)?;
            cell(column.kind, value).ok_or_else(|| StoreError::Inconsistent {
                table: table.name,
                what: format!("column {} does not hold what it should", column.name),
            })
        });
        found.push(cells.collect::<Result<Row>>()?);
    }
    Ok(found)
}

fn put_page(conn: &Connection, brand: BrandId, table: &'static Table, rows: &[Row]) -> Result<Done<()>> {
    let sql = put(table);
    let mut statement = conn.prepare_cached(&sql).map_err(error::write)?;
    for row in rows {
        if row.len() != table.columns.len() || row.first() != Some(&Cell::Id(brand.bytes())) {
            return Err(StoreError::Failed(format!("a row of table {} is not the brand's", table.name)));
        }
        statement.execute(params_from_iter(row.iter().map(Bound))).map_err(error::write)?;
    }
    Ok(Done::kept((), Changed::default()))
}

fn remove_page(conn: &Connection, brand: BrandId, table: &'static Table, limit: u32) -> Result<Done<u32>> {
    let sql = remove(table);
    let bound = [Cell::Id(brand.bytes()), Cell::Number(limit.into())];
    let mut statement = conn.prepare_cached(&sql).map_err(error::write)?;
    let gone = statement.execute(params_from_iter(bound.iter().map(Bound))).map_err(error::write)?;
    // Like erased rows: no old page may linger in the write-ahead log.
    Ok(Done::kept(gone as u32, Changed { erased: true, ..Changed::default() }))
}

#[async_trait]
impl Transfer for SqliteStore {
    async fn rows_after(
        &self,
        brand: BrandId,
        table: &'static Table,
        after: Option<Vec<Cell>>,
        limit: u32,
    ) -> Result<Vec<Row>> {
        self.read(move |conn| read_page(conn, brand, table, after.as_deref(), limit)).await
    }

    async fn put_rows(&self, brand: BrandId, table: &'static Table, rows: Vec<Row>) -> Result<()> {
        self.writer()?.ask(Some(brand), move |conn, _| put_page(conn, brand, table, &rows)).await
    }

    async fn remove_rows(&self, brand: BrandId, table: &'static Table, limit: u32) -> Result<u32> {
        self.writer()?.ask(Some(brand), move |conn, _| remove_page(conn, brand, table, limit)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema;
    use aside_store::transfer::TABLES;
    use std::collections::BTreeSet;

    #[test]
    fn the_tables_that_move_are_the_schemas_with_every_column() {
        let folder = tempfile::tempdir().unwrap();
        let conn = schema::open_to_write(folder.path()).unwrap();
        let mut there = BTreeSet::new();
        let mut tables = conn
            .prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'")
            .unwrap();
        let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap);
        for table in names {
            let mut columns = conn.prepare("SELECT name, type, pk FROM pragma_table_info(?1)").unwrap();
            let columns = columns
                .query_map([&table], |row| {
                    Ok((
                        row.get::<_, String>(0)?,
                        row.get::<_, String>(1)?,
                        usize::try_from(row.get::<_, i64>(2)?).unwrap(),
                    ))
                })
                .unwrap();
            there.extend(
                columns.map(Result::unwrap).map(|(name, kind, key)| (table.clone(), name, kind, key)),
            );
        }
        let named = TABLES.iter().flat_map(|table| {
            table.columns.iter().enumerate().map(|(at, column)| {
                let kind = match column.kind {
                    Kind::Id | Kind::Bytes => "BLOB",
                    Kind::Text => "TEXT",
                    Kind::Number | Kind::Flag => "INTEGER",
                };
                let key = if at < table.key { at + 1 } else { 0 };
                (table.name.to_owned(), column.name.to_owned(), kind.to_owned(), key)
            })
        });
        assert_eq!(named.collect::<BTreeSet<_>>(), there);
    }

    #[test]
    fn rule_6_every_statement_that_moves_rows_names_the_brand() {
        let folder = tempfile::tempdir().unwrap();
        let conn = schema::open_to_write(folder.path()).unwrap();
        for table in TABLES {
            for sql in [page(table, false), page(table, true), put(table), remove(table)] {
                let bound = sql.matches("brand = ?1").count();
                let tables = sql.matches(" FROM ").count();
                assert!(sql.contains("(brand") || bound >= tables.max(1), "{sql}");
                conn.prepare(&sql).unwrap_or_else(|e| panic!("{sql}: {e}"));
            }
        }
    }
}
