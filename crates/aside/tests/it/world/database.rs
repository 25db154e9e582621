//! The database as it lies there, read beside the running program.

use super::World;
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::collections::BTreeMap;

/// Every row of every table: by table, columns by name, blobs in hexadecimal.
pub(crate) type Dump = BTreeMap<String, Vec<BTreeMap<String, String>>>;

impl World {
    /// A connection that can only read.
    pub(crate) fn database(&self) -> Connection {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(self.data().join("aside.db"), flags).unwrap()
    }

    /// A connection that can write, as nothing but the program should: for holding it up, or for making it
    /// fail.
    pub(crate) fn tampering(&self) -> Connection {
        Connection::open(self.data().join("aside.db")).unwrap()
    }

    /// Everything that is stored.
    pub(crate) fn dump(&self) -> Dump {
        let conn = self.database();
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let mut found = conn.prepare(sql).unwrap();
        let tables: Vec<String> =
            found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        tables.into_iter().map(|table| (table.clone(), rows(&conn, &table))).collect()
    }

    /// How many rows a question finds.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.database().query_row(sql, [], |row| row.get(0)).unwrap()
    }
}

fn rows(conn: &Connection, table: &str) -> Vec<BTreeMap<String, String>> {
    let mut query = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns: Vec<String> = query.column_names().map(str::to_owned).collect();
    let read = |row: &rusqlite::Row<'_>| {
        let cell = |at: usize| match row.get_ref_unwrap(at) {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => number.to_string(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
            ValueRef::Blob(bytes) => hex::encode(bytes),
        };
        Ok(columns.iter().cloned().enumerate().map(|(at, name)| (name, cell(at))).collect())
    };
    query.query_map([], read).unwrap().map(Result::unwrap).collect()
}
