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

/// Tests of the program that say nothing about PostgreSQL, each with the reason. They run on SQLite alone;
/// every other test in `crates/aside/tests/it` and `crates/web/tests/it` runs on both.
pub(crate) const SQLITE_ALONE: &[(&str, &str)] = &[
    (
        "process::demo_once::",
        "the demo's own runs; those that have a database of their own stand in process::two",
    ),
    ("process::trace::", "reads a trace of system calls; has no store"),
    ("process::disk::", "models the files of SQLite"),
    (
        "process::bad_store::a_second_server_on_the_same_folder_is_told_who_has_it",
        "the folder's lock is SQLite's; on PostgreSQL several processes share the folder",
    ),
    (
        "process::bad_store::a_folder_is_free_again_after_its_process_was_killed",
        "the folder's lock is SQLite's",
    ),
    ("process::bad_store::a_database_that_is_none_is_left_as_it_is", "overwrites aside.db"),
    ("process::bad_store::data_of_a_newer_program_is_left_alone", "changes SQLite's user_version"),
    (
        "process::bad_store::a_full_disk_refuses_what_it_cannot_keep",
        "limits the size of the files that the program itself writes",
    ),
];

/// nextest's expression for what runs on PostgreSQL, beside the backend's own suite.
pub(crate) fn postgres_filter() -> String {
    let alone: Vec<_> = SQLITE_ALONE.iter().map(|(test, _)| format!("test(/^{test}/)")).collect();
    format!("binary(it) - ({})", alone.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cargo::root;
    use std::fs;

    #[test]
    fn every_test_that_is_left_out_exists_and_has_a_reason() {
        for (test, reason) in SQLITE_ALONE {
            assert!(!reason.is_empty(), "{test}");
            let (module, name) = test.rsplit_once("::").unwrap();
            let file =
                root().join("crates/aside/tests/it").join(module.replace("::", "/")).with_extension("rs");
            let source = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            assert!(source.contains(&format!("fn {name}")) || name.is_empty(), "{test} is gone");
        }
    }
}
