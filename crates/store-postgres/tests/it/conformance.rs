//! Every feature that a backend must have.

use crate::database::Database;
use aside_model::Clock;
use aside_store::{Store, conformance::Backend};
use aside_store_postgres::{Options, PostgresStore};
use async_trait::async_trait;
use std::{error::Error, sync::Arc};
use tokio::sync::OnceCell;
use tokio_postgres::{
    Client, Statement,
    types::{FromSql, Type},
};

struct Postgres {
    store: Arc<PostgresStore>,
    database: Database,
    tables: OnceCell<Tables>,
}

async fn open(clock: Arc<dyn Clock>) -> Postgres {
    let database = Database::migrated().await;
    let store = Arc::new(PostgresStore::connect(&database.url(), Options::new(clock)).await.unwrap());
    Postgres { store, database, tables: OnceCell::new() }
}

#[async_trait]
impl Backend for Postgres {
    fn store(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store) as Arc<dyn Store>
    }

    async fn dump(&self) -> Vec<(String, Vec<u8>)> {
        self.tables.get_or_init(|| Tables::of(&self.database)).await.dump().await
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

/// Every table of a database, whatever tables there are, ready to be read again and again.
pub(crate) struct Tables {
    client: Client,
    tables: Vec<(String, Statement)>,
}

impl Tables {
    pub(crate) async fn of(database: &Database) -> Self {
        let client = database.client().await;
        let names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1";
        let mut tables = Vec::new();
        for name in client.query(names, &[]).await.unwrap() {
            let name: String = name.get(0);
            let every = format!("SELECT * FROM {name} AS every ORDER BY every::text COLLATE \"C\"");
            tables.push((name, client.prepare(&every).await.unwrap()));
        }
        Self { client, tables }
    }

    /// Every row of every table.
    pub(crate) async fn dump(&self) -> Vec<(String, Vec<u8>)> {
        let asked = self.tables.iter().map(|(_, every)| self.client.query(every, &[]));
        let mut rows = Vec::new();
        for ((table, _), found) in self.tables.iter().zip(futures::future::join_all(asked).await) {
            for row in found.unwrap() {
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
}

aside_store::conformance_suite!(open);
