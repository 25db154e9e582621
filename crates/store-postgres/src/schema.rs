//! Bringing the schema up to date: one process at a time, each migration in a transaction of its own.

use crate::error;
use aside_store::{Result, StoreError};
use tokio_postgres::Client;

/// Every migration, in order, numbered as SQLite's are; the schema's version is how many were done.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_sequencers.sql"),
    include_str!("../migrations/0003_threads_in_order.sql"),
    include_str!("../migrations/0004_erasing.sql"),
    include_str!("../migrations/0005_past_its_time.sql"),
    include_str!("../migrations/0006_what_an_index_says.sql"),
];

statements! {
    /// The number stands for "aside's schema"; it is one among the database's advisory locks.
    LOCK("SELECT pg_advisory_lock(4703811)");
    UNLOCK("SELECT pg_advisory_unlock(4703811)");
    IS_THERE("SELECT to_regclass('schema_version') IS NOT NULL");
    FIND_VERSION("SELECT version FROM schema_version");
    MAKE_VERSION(
        "CREATE TABLE schema_version (version bigint NOT NULL); INSERT INTO schema_version VALUES (0)"
    );
    WRITE_VERSION("UPDATE schema_version SET version = $1");
}

/// Does the migrations that the database has not seen.
pub(crate) async fn migrate(client: &mut Client) -> Result<()> {
    if version(client).await? == Some(MIGRATIONS.len()) {
        return Ok(());
    }
    client.batch_execute(LOCK).await.map_err(error::told)?;
    let migrated = migrate_alone(client).await;
    client.batch_execute(UNLOCK).await.map_err(error::told)?;
    migrated
}

async fn migrate_alone(client: &mut Client) -> Result<()> {
    // Somebody else may have done it while this process waited.
    let seen = version(client).await?;
    for (number, migration) in MIGRATIONS.iter().enumerate().skip(seen.unwrap_or(0)) {
        let tx = client.transaction().await.map_err(error::told)?;
        if number == 0 {
            tx.batch_execute(MAKE_VERSION).await.map_err(error::told)?;
        }
        tx.batch_execute(migration).await.map_err(error::told)?;
        tx.execute(WRITE_VERSION, &[&(number as i64 + 1)]).await.map_err(error::told)?;
        tx.commit().await.map_err(error::told)?;
    }
    Ok(())
}

/// How many migrations the database has seen, if it has seen any; refuses one that has seen more than this
/// program knows.
async fn version(client: &Client) -> Result<Option<usize>> {
    let there: bool = client.query_one(IS_THERE, &[]).await.map_err(error::told)?.get(0);
    if !there {
        return Ok(None);
    }
    let found: i64 = client.query_one(FIND_VERSION, &[]).await.map_err(error::told)?.get(0);
    match usize::try_from(found) {
        Ok(version) if version <= MIGRATIONS.len() => Ok(Some(version)),
        _ => Err(StoreError::TooNew {
            found: u32::try_from(found).unwrap_or(u32::MAX),
            known: u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX),
        }),
    }
}
