//! SQLite's file.

use super::Dump;
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::{collections::BTreeMap, path::Path};

/// The database in this file.
pub(super) struct File<'a>(pub(super) &'a Path);

impl File<'_> {
    /// A connection that can only read.
    fn reading(&self) -> Connection {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Connection::open_with_flags(self.0, flags).unwrap()
    }

    pub(super) fn dump(&self) -> Dump {
        let conn = self.reading();
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let mut found = conn.prepare(sql).unwrap();
        let tables: Vec<String> =
            found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        tables.into_iter().map(|table| (table.clone(), rows(&conn, &table))).collect()
    }

    pub(super) fn count(&self, sql: &str) -> i64 {
        self.reading().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    pub(super) fn tamper(&self, sql: &str) -> u64 {
        let conn = Connection::open(self.0).unwrap();
        conn.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
        conn.execute(sql, []).unwrap() as u64
    }

    pub(super) fn refuse_entries(&self, kind: &str) {
        self.tamper(&format!(
            "CREATE TRIGGER full_disk BEFORE INSERT ON entries WHEN NEW.kind = '{kind}' \
             BEGIN SELECT RAISE(ABORT, 'no space left on device'); END"
        ));
    }

    pub(super) fn hold_up(&self) -> Connection {
        let conn = Connection::open(self.0).unwrap();
        conn.execute_batch("BEGIN IMMEDIATE").unwrap();
        conn
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
