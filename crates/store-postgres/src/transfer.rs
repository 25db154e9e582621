//! A brand's rows as they lie in the tables, for moving it to another store.

use crate::{
    PostgresStore,
    cells::{Found, Value, columns},
    conn::{Conn, Step},
    error::Trouble,
    writes::Transaction,
};
use aside_model::{BrandId, Time};
use aside_store::{
    Result, StoreError,
    transfer::{Cell, Column, Kind, Row, TABLES, Table, Transfer},
};
use async_trait::async_trait;
use std::{collections::HashMap, sync::LazyLock};

/// A table's statements.
pub(crate) struct Statements {
    /// The first page.
    pub(crate) first: &'static str,
    /// A page after a key, whose cells behind the brand are bound from the third place on.
    pub(crate) next: &'static str,
    /// Puts rows, given as a list per column, whatever was there under their keys.
    pub(crate) put: &'static str,
    /// Removes some rows.
    pub(crate) remove: &'static str,
}

/// Every table's statements, written once from [`TABLES`].
pub(crate) static STATEMENTS: LazyLock<HashMap<&'static str, Statements>> = LazyLock::new(|| {
    let kept = |sql: String| -> &'static str { Box::leak(sql.into_boxed_str()) };
    let of = |table: &Table| Statements {
        first: kept(page(table, false)),
        next: kept(page(table, true)),
        put: kept(put(table)),
        remove: kept(remove(table)),
    };
    TABLES.iter().map(|table| (table.name, of(table))).collect()
});

fn page(table: &Table, goes_on: bool) -> String {
    let rest = &table.columns[1..table.key];
    let after = if goes_on && !rest.is_empty() {
        let places: Vec<_> =
            rest.iter().enumerate().map(|(at, c)| format!("${}::{}", at + 3, type_of(c.kind))).collect();
        format!(" AND ({}) > ({})", sorted(rest), places.join(", "))
    } else {
        String::new()
    };
    format!(
        "SELECT {} FROM {} WHERE brand = $1{after} ORDER BY {} LIMIT $2",
        names(table.columns),
        table.name,
        sorted(&table.columns[..table.key])
    )
}

fn put(table: &Table) -> String {
    let lists: Vec<_> = table
        .columns
        .iter()
        .enumerate()
        .map(|(at, c)| format!("${}::{}[]", at + 1, type_of(c.kind)))
        .collect();
    let set: Vec<_> =
        table.columns[table.key..].iter().map(|c| format!("{0} = excluded.{0}", c.name)).collect();
    let set = if set.is_empty() { "NOTHING".to_owned() } else { format!("UPDATE SET {}", set.join(", ")) };
    format!(
        "INSERT INTO {} ({}) SELECT * FROM unnest({}) ON CONFLICT ({}) DO {set}",
        table.name,
        names(table.columns),
        lists.join(", "),
        names(&table.columns[..table.key])
    )
}

fn remove(table: &Table) -> String {
    let key = names(&table.columns[..table.key]);
    format!(
        "DELETE FROM {0} WHERE brand = $1 AND ({key}) IN (SELECT {key} FROM {0} WHERE brand = $1 LIMIT $2) \
         RETURNING 1",
        table.name
    )
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|column| column.name).collect::<Vec<_>>().join(", ")
}

/// Columns in an order that does not hang on the database's language.
fn sorted(columns: &[Column]) -> String {
    let by = |column: &Column| match column.kind {
        Kind::Text => format!("{} COLLATE \"C\"", column.name),
        _ => column.name.to_owned(),
    };
    columns.iter().map(by).collect::<Vec<_>>().join(", ")
}

const fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Id => "uuid",
        Kind::Bytes => "bytea",
        Kind::Text => "text",
        Kind::Number => "bigint",
        Kind::Flag => "boolean",
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Id(id) => Value::Id(id),
        Cell::Bytes(bytes) => Value::Bytes(bytes),
        Cell::Text(text) => Value::Text(text),
        Cell::Number(number) => Value::Number(number),
        Cell::Flag(flag) => Value::Truth(flag),
    }
}

fn cell(kind: Kind, found: Found<'_>) -> Option<Cell> {
    Some(match (kind, found) {
        (_, Found::Null) => Cell::Empty,
        (Kind::Id, Found::Id(id)) => Cell::Id(id),
        (Kind::Bytes, Found::Bytes(bytes)) => Cell::Bytes(bytes.to_vec()),
        (Kind::Text, Found::Text(text)) => Cell::Text(text.to_owned()),
        (Kind::Number, Found::Number(number)) => Cell::Number(number),
        (Kind::Flag, Found::Truth(flag)) => Cell::Flag(flag),
        _ => return None,
    })
}

/// One statement, which commits by itself and may be carried out again.
struct Once(&'static str, Vec<Value>);

impl Transaction for Once {
    type Answer = Vec<tokio_postgres::Row>;
    async fn attempt(&self, conn: &mut Conn, _: Time) -> Result<Self::Answer, Trouble> {
        Ok(conn.run(&[Step::new(self.0, self.1.clone())]).await?.into_iter().flatten().collect())
    }
}

fn statements(table: &Table) -> Result<&'static Statements> {
    STATEMENTS.get(table.name).ok_or_else(|| StoreError::Failed(format!("there is no table {}", table.name)))
}

fn row(table: &Table, found: &tokio_postgres::Row) -> Result<Row> {
    let cells = table.columns.iter().enumerate().map(|(at, column)| {
        let found = found.try_get::<_, Found<'_>>(at).ok();
        found.and_then(|found| cell(column.kind, found)).ok_or_else(|| StoreError::Inconsistent {
            table: table.name,
            what: format!("column {} does not hold what it should", column.name),
        })
    });
    cells.collect()
}

#[async_trait]
impl Transfer for PostgresStore {
    async fn rows_after(
        &self,
        brand: BrandId,
        table: &'static Table,
        after: Option<Vec<Cell>>,
        limit: u32,
    ) -> Result<Vec<Row>> {
        // A table whose key is the brand alone has one row.
        if table.key == 1 && after.is_some() {
            return Ok(Vec::new());
        }
        let sql = statements(table)?;
        let sql = if after.is_some() { sql.next } else { sql.first };
        let mut given = vec![Value::Id(brand.bytes()), Value::Number(limit.into())];
        given.extend(after.into_iter().flatten().map(value));
        let found = self.writer.persist(Once(sql, given)).await.map_err(Trouble::told)?;
        found.iter().map(|found| row(table, found)).collect()
    }

    async fn put_rows(&self, brand: BrandId, table: &'static Table, rows: Vec<Row>) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let own = |row: &Row| row.len() == table.columns.len() && row[0] == Cell::Id(brand.bytes());
        if !rows.iter().all(own) {
            return Err(StoreError::Failed(format!("a row of table {} is not the brand's", table.name)));
        }
        let given = columns(rows.into_iter().map(|row| row.into_iter().map(value).collect()));
        self.writer.persist(Once(statements(table)?.put, given)).await.map_err(Trouble::told)?;
        Ok(())
    }

    async fn remove_rows(&self, brand: BrandId, table: &'static Table, limit: u32) -> Result<u32> {
        let given = vec![Value::Id(brand.bytes()), Value::Number(limit.into())];
        let gone =
            self.writer.persist(Once(statements(table)?.remove, given)).await.map_err(Trouble::told)?;
        Ok(gone.len() as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rule_6_every_statement_that_moves_rows_names_the_brand() {
        for Statements { first, next, put, remove } in STATEMENTS.values() {
            for sql in [first, next, remove] {
                assert_eq!(sql.matches("brand = $1").count(), sql.matches(" FROM ").count(), "{sql}");
            }
            assert!(put.contains("(brand"), "{put}");
        }
    }
}
