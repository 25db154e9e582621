//! The stores that the program's tests run on, and what of them is about one store alone.

use std::process::Command;

use crate::failure::Outcome;
use crate::postgres::{Postgres, VARIABLE};

/// A backend, by the word that `ASIDE_TEST_STORE` takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Store {
    /// A file in the data folder.
    Sqlite,
    /// A database of its own for each test, on the run's server.
    Postgres,
}

impl Store {
    /// Both.
    pub(crate) const ALL: [Self; 2] = [Self::Sqlite, Self::Postgres];

    /// The word for it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }

    /// Makes a test runner run on it. Both know the server: some tests are about it, whatever the others
    /// run on.
    pub(crate) fn under(self, tests: &mut Command, postgres: &mut Postgres) -> Outcome {
        tests.env("ASIDE_TEST_STORE", self.word()).env(VARIABLE, postgres.url()?);
        Ok(())
    }
}

/// Tests of the program that are not run on PostgreSQL as well, each with the reason: they are about SQLite's own
/// files, have no store, or are on PostgreSQL anyway. Every other test in `crates/aside/tests/it` and
/// `crates/web/tests/it` runs on both.
pub(crate) const ONCE: &[(&str, &str)] = &[
    ("process::two::", "on PostgreSQL whatever the run is about"),
    ("process::bad_database::", "on PostgreSQL whatever the run is about"),
    (
        "process::demo_once::",
        "the demo's input, output and files; its store is the one that all other tests cover",
    ),
    ("process::migrated::", "moves from SQLite to PostgreSQL and back, so it is on both"),
    ("process::restored::", "`aside backup` and `restore` copy aside.db; PostgreSQL has its own tools"),
    ("process::trace::", "reads a trace of system calls; has no store"),
    (
        "process::bad_store::a_second_server_on_the_same_folder_is_told_who_has_it",
        "the folder's lock is SQLite's; on PostgreSQL several processes share the folder",
    ),
    (
        "process::bad_store::a_folder_is_free_again_after_its_process_was_killed",
        "the folder's lock is SQLite's",
    ),
    ("process::bad_store::a_database_that_is_none_is_left_as_it_is", "overwrites aside.db"),
    (
        "process::bad_store::data_of_a_newer_program_is_left_alone",
        "changes SQLite's user_version; the PostgreSQL store's suite has its twin",
    ),
    (
        "process::bad_store::a_full_disk_refuses_what_it_cannot_keep",
        "limits the size of the files that the program itself writes",
    ),
];

/// nextest's expression for what runs on PostgreSQL, beside the backend's own suite.
pub(crate) fn postgres_filter() -> String {
    let once: Vec<_> = ONCE.iter().map(|(test, _)| format!("test(/^{test}/)")).collect();
    format!("binary(it) - ({})", once.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::root;
    use std::fs;

    #[test]
    fn every_test_that_is_left_out_exists_and_has_a_reason() {
        for (test, reason) in ONCE {
            assert!(!reason.is_empty(), "{test}");
            let (module, name) = test.rsplit_once("::").unwrap();
            let file =
                root().join("crates/aside/tests/it").join(module.replace("::", "/")).with_extension("rs");
            let source = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            assert!(source.contains(&format!("fn {name}")) || name.is_empty(), "{test} is gone");
        }
    }
}
