//! The database under a test: SQLite in its folder, or with `ASIDE_TEST_STORE=postgres` a PostgreSQL database of
//! its own. Both are looked at, and tampered with, beside the running program, by the same few questions.

mod postgres;
mod sqlite;

pub(crate) use postgres::OwnDatabase;

use sqlite::File;
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

/// Every row of every table: by table, columns by name; ids and blobs in hexadecimal.
pub(crate) type Dump = BTreeMap<String, Vec<BTreeMap<String, String>>>;

/// Whether this run of the tests is on PostgreSQL.
pub(crate) fn on_postgres() -> bool {
    match std::env::var("ASIDE_TEST_STORE").as_deref() {
        Err(_) | Ok("" | "sqlite") => false,
        Ok("postgres") => true,
        Ok(other) => panic!("ASIDE_TEST_STORE is sqlite or postgres, not {other}"),
    }
}

/// Where a test's data lies.
pub(crate) enum Database {
    Sqlite(PathBuf),
    Postgres(OwnDatabase),
}

impl Database {
    /// A new one, of the kind that this run is about.
    pub(crate) fn new(data: &Path) -> Self {
        if on_postgres() { Self::Postgres(OwnDatabase::make()) } else { Self::Sqlite(data.join("aside.db")) }
    }

    /// What the program is told: nothing, or the database's URL.
    pub(crate) fn url(&self) -> Option<aside::DatabaseUrl> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(own) => Some(own.url().into()),
        }
    }

    /// Everything that is stored.
    pub(crate) fn dump(&self) -> Dump {
        match self {
            Self::Sqlite(path) => File(path).dump(),
            Self::Postgres(own) => own.dump(),
        }
    }

    /// How many rows a question finds.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        match self {
            Self::Sqlite(path) => File(path).count(sql),
            Self::Postgres(own) => own.count(sql),
        }
    }

    /// What `aside ledger verify` calls it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "aside.db",
            Self::Postgres(_) => "the database",
        }
    }

    /// Tells a program where it is, as a service manager would.
    pub(crate) fn tell(&self, command: &mut Command) {
        match self {
            Self::Sqlite(_) => command.env_remove("ASIDE_DATABASE"),
            Self::Postgres(own) => command.env("ASIDE_DATABASE", own.url()),
        };
    }

    /// Bytes, in hexadecimal as a dump has them, for a statement.
    pub(crate) fn bytes(&self, hex: &str) -> String {
        match self {
            Self::Sqlite(_) => format!("x'{hex}'"),
            Self::Postgres(_) => format!("'\\x{hex}'::bytea"),
        }
    }

    /// An id, as a dump has it, for a statement.
    pub(crate) fn id(&self, hex: &str) -> String {
        match self {
            Self::Sqlite(_) => format!("x'{hex}'"),
            Self::Postgres(_) => format!("'{hex}'::uuid"),
        }
    }

    /// Changes rows as nothing but the program should, keys or no keys. Returns how many.
    pub(crate) fn tamper(&self, sql: &str) -> u64 {
        match self {
            Self::Sqlite(path) => File(path).tamper(sql),
            Self::Postgres(own) => own.tamper(sql),
        }
    }

    /// Makes the database refuse every entry of this kind, as a full disk would, until [`Database::is_emptied`].
    pub(crate) fn is_full_for(&self, kind: &str) {
        match self {
            Self::Sqlite(path) => File(path).refuse_entries(kind),
            Self::Postgres(own) => own.refuse_entries(kind),
        }
    }

    /// There is room again.
    pub(crate) fn is_emptied(&self) {
        let end = match self {
            Self::Sqlite(_) => "DROP TRIGGER full_disk",
            Self::Postgres(_) => "DROP TRIGGER full_disk ON entries",
        };
        self.tamper(end);
    }

    /// Holds up every commit until the returned thing is dropped. Reading goes on.
    pub(crate) fn hold_up(&self) -> HeldUp {
        match self {
            Self::Sqlite(path) => HeldUp::Sqlite(File(path).hold_up()),
            Self::Postgres(own) => HeldUp::Postgres(own.hold_up()),
        }
    }
}

/// Nothing is committed as long as this is there.
#[expect(dead_code, reason = "what is in it is only held")]
pub(crate) enum HeldUp {
    Sqlite(rusqlite::Connection),
    Postgres(postgres::Session),
}
