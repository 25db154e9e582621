//! Opening connections, and bringing the schema up to date.

use crate::error;
use aside_model::sabotage::{self, Switch};
use aside_store::{Result, StoreError};
use rusqlite::{Connection, OpenFlags, config::DbConfig};
use std::{path::Path, time::Duration};

/// The database file, in the data folder.
pub(crate) const NAME: &str = "aside.db";

/// The oldest SQLite without the WAL-reset race, in which a commit can be lost while a checkpoint runs
/// (<https://sqlite.org/wal.html#walresetbug>), as `major * 1_000_000 + minor * 1_000 + patch`.
const OLDEST_SQLITE: i32 = 3_051_003;

/// Every migration, in order; the schema's version is how many were done.
const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_sequencers.sql"),
    include_str!("../migrations/0003_threads_in_order.sql"),
    include_str!("../migrations/0004_erasing.sql"),
    include_str!("../migrations/0005_past_its_time.sql"),
    include_str!("../migrations/0006_what_an_index_says.sql"),
];

/// How long a statement waits for a lock. Within the process nobody holds one for long; a backup may.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// How many prepared statements a connection keeps: more than there are.
const STATEMENTS_KEPT: usize = 256;

statements! {
    FOR_ALL("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;");
    /// Up to 32 MiB of pages are kept (a negative number is in KiB), and up to 4,096 pages of 4 KiB gather in the
    /// write-ahead log before they go into the database: the same pages change again and again.
    FOR_WRITING(
        "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; ",
        "PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4096;"
    );
    WITHOUT_SYNC("PRAGMA synchronous = OFF;");
    FOR_READING("PRAGMA query_only = ON;");
    /// The folder is this process's alone: whoever led before is gone.
    END_LEASES("UPDATE sequencers SET until = 0");
    FIND_VERSION("PRAGMA user_version");
    WRITE_VERSION("PRAGMA user_version = ");
}

/// The connection that writes, its schema up to date.
pub(crate) fn open_to_write(folder: &Path) -> Result<Connection> {
    let linked = rusqlite::version_number();
    if linked < OLDEST_SQLITE {
        return Err(StoreError::Failed(format!(
            "SQLite {} may lose commits; 3.51.3 is needed",
            rusqlite::version()
        )));
    }
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(folder.join(NAME), flags).map_err(error::write)?;
    prepare(&conn).map_err(error::write)?;
    conn.execute_batch(FOR_WRITING).map_err(error::write)?;
    if sabotage::on(Switch::NoSync) {
        conn.execute_batch(WITHOUT_SYNC).map_err(error::write)?;
    }
    migrate(&mut conn)?;
    conn.execute_batch(END_LEASES).map_err(error::write)?;
    Ok(conn)
}

/// A connection that only reads.
pub(crate) fn open_to_read(folder: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(folder.join(NAME), flags).map_err(error::read)?;
    prepare(&conn).and_then(|()| conn.execute_batch(FOR_READING)).map_err(error::read)?;
    Ok(conn)
}

/// A connection that reads a folder which nobody writes to and which may itself be read-only, such as a copy
/// on a medium: without the files that readers of a live database share.
pub(crate) fn open_frozen(folder: &Path) -> Result<Connection> {
    let path = folder.join(NAME);
    let path = path.to_str().ok_or_else(|| StoreError::Failed("the folder's name is not UTF-8".into()))?;
    let escaped = path.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let conn =
        Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags).map_err(error::read)?;
    prepare(&conn).and_then(|()| conn.execute_batch(FOR_READING)).map_err(error::read)?;
    Ok(conn)
}

fn prepare(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    // Without this SQLite may look at what is bound and prepare a statement anew each time it is used, which takes
    // several times as long as most statements do.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(FOR_ALL)
}

/// How many migrations the database has seen; refuses one that has seen more than this program knows.
pub(crate) fn version(conn: &Connection) -> Result<usize> {
    let found: u32 = conn.query_row(FIND_VERSION, [], |row| row.get(0)).map_err(error::read)?;
    let known = MIGRATIONS.len();
    match usize::try_from(found) {
        Ok(version) if version <= known => Ok(version),
        _ => Err(StoreError::TooNew { found, known: u32::try_from(known).unwrap_or(u32::MAX) }),
    }
}

/// Refuses a database that cannot be read as it is.
pub(crate) fn must_be_current(conn: &Connection) -> Result<()> {
    match version(conn)? {
        current if current == MIGRATIONS.len() => Ok(()),
        found => Err(StoreError::Failed(format!(
            "the data has schema {found} and this program reads {}; start the server on it once",
            MIGRATIONS.len()
        ))),
    }
}

/// Does the migrations that the database has not seen, each in a transaction of its own.
fn migrate(conn: &mut Connection) -> Result<()> {
    let seen = version(conn)?;
    for (number, migration) in MIGRATIONS.iter().enumerate().skip(seen) {
        let tx = conn.transaction().map_err(error::write)?;
        tx.execute_batch(migration).map_err(error::write)?;
        tx.execute_batch(&format!("{WRITE_VERSION}{}", number + 1)).map_err(error::write)?;
        tx.commit().map_err(error::write)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(conn: &Connection, sql: &str) -> Vec<String> {
        let mut found = conn.prepare(sql).unwrap();
        found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn the_writer_syncs_every_commit_overwrites_what_it_deletes_and_keeps_foreign_keys() {
        let folder = tempfile::tempdir().unwrap();
        let conn = open_to_write(folder.path()).unwrap();
        let setting =
            |name: &str| conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(texts(&conn, "PRAGMA journal_mode"), ["wal"]);
        assert_eq!(
            ["synchronous", "foreign_keys", "secure_delete", "trusted_schema"].map(setting),
            [2, 1, 1, 0]
        );
    }

    #[test]
    fn a_reader_cannot_write() {
        let folder = tempfile::tempdir().unwrap();
        drop(open_to_write(folder.path()).unwrap());
        for conn in [open_to_read(folder.path()).unwrap(), open_frozen(folder.path()).unwrap()] {
            assert!(conn.execute_batch("DELETE FROM brands").is_err());
            must_be_current(&conn).unwrap();
        }
    }

    #[test]
    fn every_primary_and_every_foreign_key_starts_with_the_brand() {
        let folder = tempfile::tempdir().unwrap();
        let conn = open_to_write(folder.path()).unwrap();
        let tables = texts(
            &conn,
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'",
        );
        assert_eq!(tables.len(), 23);
        for table in tables {
            let strict: bool = conn
                .query_row("SELECT strict FROM pragma_table_list WHERE name = ?1", [&table], |row| row.get(0))
                .unwrap();
            assert!(strict, "{table} takes any value in any column");
            let first = texts(&conn, &format!("SELECT name FROM pragma_table_info('{table}') WHERE pk = 1"));
            assert_eq!(first, ["brand"], "{table}");
            let keys = format!("SELECT \"from\" FROM pragma_foreign_key_list('{table}') WHERE seq = 0");
            assert!(texts(&conn, &keys).iter().all(|column| column == "brand"), "{table}");
        }
    }
}
