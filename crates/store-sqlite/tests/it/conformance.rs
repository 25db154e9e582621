//! Every feature that a backend must have.

use aside_model::Clock;
use aside_store::{Store, conformance::Backend};
use aside_store_sqlite::{Options, SqliteStore};
use async_trait::async_trait;
use rusqlite::{Connection, types::ValueRef};
use std::{path::Path, sync::Arc};
use tempfile::TempDir;

struct Sqlite {
    store: Arc<SqliteStore>,
    folder: TempDir,
}

async fn open(clock: Arc<dyn Clock>) -> Sqlite {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(folder.path(), Options::new(clock)).unwrap());
    std::future::ready(Sqlite { store, folder }).await
}

#[async_trait]
impl Backend for Sqlite {
    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as Arc<dyn Store>
    }

    async fn dump(&self) -> Vec<(String, Vec<u8>)> {
        dump(self.folder.path())
    }
}

/// Every row of every table in the database, whatever tables there are.
fn dump(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let conn = Connection::open(folder.join("aside.db")).unwrap();
    let mut tables =
        conn.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut rows = Vec::new();
    for table in tables {
        let mut every = conn.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let columns = every.column_count();
        let mut found = every.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let mut bytes = Vec::new();
            for column in 0..columns {
                match row.get_ref(column).unwrap() {
                    ValueRef::Null => bytes.push(0),
                    ValueRef::Integer(n) => bytes.extend(n.to_be_bytes()),
                    ValueRef::Real(n) => bytes.extend(n.to_be_bytes()),
                    ValueRef::Text(text) => bytes.extend(text),
                    ValueRef::Blob(blob) => bytes.extend(blob),
                }
                bytes.push(b'|');
            }
            rows.push((table.clone(), bytes));
        }
    }
    assert!(!rows.is_empty(), "a dump of nothing proves nothing");
    rows
}

aside_store::conformance_suite!(open);
