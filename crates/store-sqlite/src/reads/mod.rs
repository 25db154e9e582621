//! Reading: a few connections that can do nothing else, on threads where waiting for the disk hurts nobody.

mod conversations;
mod doorway;
mod ledger;
mod outbox;
mod people;
mod vault;

use crate::schema;
use aside_store::{Result, StoreError};
use rusqlite::Connection;
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::sync::Semaphore;

/// Read-only connections to one database, opened as they are needed.
#[derive(Clone)]
pub(crate) struct Readers {
    pool: Arc<Pool>,
}

struct Pool {
    folder: PathBuf,
    /// Whether nobody writes and the folder may be read-only.
    frozen: bool,
    idle: Mutex<Vec<Connection>>,
    places: Arc<Semaphore>,
}

impl Readers {
    /// At most `most` connections to the folder's database.
    pub(crate) fn new(folder: PathBuf, frozen: bool, most: usize) -> Self {
        let places = Arc::new(Semaphore::new(most.max(1)));
        Self { pool: Arc::new(Pool { folder, frozen, idle: Mutex::default(), places }) }
    }

    /// Runs a query on one of the connections, on the thread that asks.
    pub(crate) fn look<T>(&self, query: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let conn = self.pool.connection()?;
        let answer = query(&conn);
        self.pool.idle().push(conn);
        answer
    }

    /// Runs a query on one of the connections, on a thread where waiting for the disk hurts nobody.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let place = Arc::clone(&self.pool.places).acquire_owned().await;
        let pool = Arc::clone(&self.pool);
        let asked = tokio::task::spawn_blocking(move || {
            let _place = place.map_err(|_| StoreError::Failed("the store is closed".into()))?;
            let conn = pool.connection()?;
            let answer = query(&conn);
            pool.idle().push(conn);
            answer
        });
        asked.await.map_err(|_| StoreError::Failed("a query panicked, or the program is ending".into()))?
    }
}

impl Pool {
    fn connection(&self) -> Result<Connection> {
        let idle = self.idle().pop();
        match idle {
            Some(conn) => Ok(conn),
            None if self.frozen => schema::open_frozen(&self.folder),
            None => schema::open_to_read(&self.folder),
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The statements of each file, for the test that reads them all.
#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("reads/conversations.rs", conversations::STATEMENTS),
    ("reads/doorway.rs", doorway::STATEMENTS),
    ("reads/ledger.rs", ledger::STATEMENTS),
    ("reads/outbox.rs", outbox::STATEMENTS),
    ("reads/people.rs", people::STATEMENTS),
    ("reads/vault.rs", vault::STATEMENTS),
];
