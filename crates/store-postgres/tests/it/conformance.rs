//! Every feature that a backend must have.

use crate::database::Database;
use aside_model::Clock;
use aside_store::{Store, conformance::Backend};
use aside_store_postgres::{Options, PostgresStore};
use async_trait::async_trait;
use std::{error::Error, sync::Arc};
use tokio_postgres::types::{FromSql, Type};

struct Postgres {
    store: Arc<PostgresStore>,
    database: Database,
}

async fn open(clock: Arc<dyn Clock>) -> Postgres {
    let database = Database::migrated().await;
    let store = Arc::new(PostgresStore::connect(&database.url(), Options::new(clock)).await.unwrap());
    Postgres { store, database }
}

#[async_trait]
impl Backend for Postgres {
    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as Arc<dyn Store>
    }

    async fn dump(&self) -> Vec<(String, Vec<u8>)> {
        dump(&self.database).await
    }
}

/// A column's bytes as they travel: an id's 16, a text's own.
struct Bytes<'a>(&'a [u8]);

impl<'a> FromSql<'a> for Bytes<'a> {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(raw))
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}

/// Every row of every table in the database, whatever tables there are.
pub(crate) async fn dump(database: &Database) -> Vec<(String, Vec<u8>)> {
    let client = database.client().await;
    let tables =
        client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1", &[]).await;
    let mut rows = Vec::new();
    for table in tables.unwrap() {
        let table: String = table.get(0);
        let every = format!("SELECT * FROM {table} AS every ORDER BY every::text COLLATE \"C\"");
        for row in client.query(&every, &[]).await.unwrap() {
            let mut bytes = Vec::new();
            for column in 0..row.len() {
                match row.get::<_, Option<Bytes<'_>>>(column) {
                    None => bytes.push(0),
                    Some(found) => bytes.extend(found.0),
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
