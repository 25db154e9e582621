//! What the verifier found.

use crate::LedgerError;
use std::fmt;

/// The first thing that is wrong with a log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The first entry that is wrong, from 0; `None` where it is certain that something was changed
    /// but the files cannot tell what (every file agrees with every other, and not with the checkpoint).
    pub index: Option<u64>,
    /// The file: a path in the log's folder, `checkpoint`, `the older checkpoint` or `the key`.
    pub place: String,
    /// What is wrong, in words.
    pub what: String,
}

impl Fault {
    pub(crate) fn at(index: u64, place: impl Into<String>, what: impl Into<String>) -> Self {
        Self { index: Some(index), place: place.into(), what: what.into() }
    }

    pub(crate) fn in_note(place: &str, what: impl Into<String>) -> Self {
        Self { index: None, place: place.to_owned(), what: what.into() }
    }

    /// A file that could not be had, whose first entry is `index`.
    pub(crate) fn of_file(index: u64, error: LedgerError) -> Self {
        match error {
            LedgerError::Missing(place) => Self::at(index, place, "the file is missing"),
            LedgerError::Unreadable { place, reason } => {
                Self::at(index, place, format!("the file could not be read: {reason}"))
            }
            LedgerError::Malformed { place, what } => Self::at(index, place, what),
            other => Self::at(index, "the log", other.to_string()),
        }
    }
}

/// One line for people.
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(index) = self.index {
            write!(f, "entry {index} is wrong: ")?;
        }
        write!(f, "{}: {}", self.place, self.what)
    }
}

impl std::error::Error for Fault {}
