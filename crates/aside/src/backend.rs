//! The store behind the use cases: the only place that knows which one it is.

use crate::{Config, StartError, database::DatabaseUrl};
use aside_model::Clock;
use aside_store::{Store, StoreError};
use aside_store_postgres::PostgresStore;
use aside_store_sqlite::SqliteStore;
use std::{path::Path, sync::Arc};

/// Changes to how a store is opened, for tests.
#[derive(Clone, Copy, Default)]
pub struct StoreChanges {
    /// SQLite's options.
    pub sqlite: Option<fn(&mut aside_store_sqlite::Options)>,
    /// PostgreSQL's options.
    pub postgres: Option<fn(&mut aside_store_postgres::Options)>,
}

/// Opens the store that the configuration names, and brings its schema up to date. SQLite's belongs to this
/// process alone until it is dropped; PostgreSQL's may have others.
pub(crate) async fn open(
    config: &Config,
    clock: &Arc<dyn Clock>,
    changes: StoreChanges,
) -> Result<Arc<dyn Store>, StartError> {
    if let Some(url) = &config.database {
        let mut options = aside_store_postgres::Options::new(Arc::clone(clock));
        if let Some(change) = changes.postgres {
            change(&mut options);
        }
        return Ok(Arc::new(connect(config, url, options).await?));
    }
    let mut options = aside_store_sqlite::Options::new(Arc::clone(clock));
    if let Some(change) = changes.sqlite {
        change(&mut options);
    }
    Ok(Arc::new(SqliteStore::open(&config.data, options)?))
}

/// Opens SQLite in a folder that is no installation's: for a copy that is worked on before it is served.
pub(crate) fn open_folder(folder: &Path, clock: &Arc<dyn Clock>) -> Result<Arc<dyn Store>, StartError> {
    Ok(Arc::new(SqliteStore::open(folder, aside_store_sqlite::Options::new(Arc::clone(clock)))?))
}

/// Opens the store for looking alone; works while servers run.
pub(crate) async fn open_to_look(
    config: &Config,
    clock: Arc<dyn Clock>,
) -> Result<Arc<dyn Store>, StartError> {
    match &config.database {
        Some(url) => {
            let mut options = aside_store_postgres::Options::new(clock);
            options.connections = 2;
            Ok(Arc::new(connect(config, url, options).await?))
        }
        None => Ok(Arc::new(SqliteStore::open_read_only(&config.data)?)),
    }
}

/// The database of a data folder that was copied somewhere, if it is there.
pub(crate) fn open_copy(data: &Path) -> Result<Option<Arc<dyn Store>>, StoreError> {
    if !data.join("aside.db").is_file() {
        return Ok(None);
    }
    Ok(Some(Arc::new(SqliteStore::open_read_only(data)?)))
}

/// What to call the database in a sentence.
pub(crate) fn name(config: &Config) -> String {
    match &config.database {
        Some(url) => url.to_string(),
        None => format!("SQLite {}", rusqlite::version()),
    }
}

async fn connect(
    config: &Config,
    url: &DatabaseUrl,
    options: aside_store_postgres::Options,
) -> Result<PostgresStore, StartError> {
    let url = url.with_password(config.database_password_file.as_deref())?;
    Ok(PostgresStore::connect(url.expose(), options).await?)
}
