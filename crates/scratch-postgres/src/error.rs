//! What can go wrong, in a line that says what to do.

use std::{
    io,
    path::{Path, PathBuf},
};

/// There is no server, or it does not do what it was told.
#[derive(Debug, thiserror::Error)]
pub enum ScratchError {
    /// Its programs are not installed.
    #[error("PostgreSQL is missing: apt-get install postgresql")]
    Missing,
    /// We are root, as whom PostgreSQL does not run, and there is nobody else.
    #[error("PostgreSQL does not run as root, and there is no account `postgres` or `nobody`")]
    NoAccount,
    /// The folder cannot be used.
    #[error("{path}: {source}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A program could not be run.
    #[error("{program}: {source}")]
    Run {
        /// Which.
        program: &'static str,
        /// Why.
        source: io::Error,
    },
    /// Somebody else listens where it should.
    #[error("port {0} is taken by another program")]
    PortTaken(u16),
    /// A program or the server said no; this is what it said.
    #[error("{0}")]
    Refused(String),
    /// The server ended by itself; this is the end of its log.
    #[error("the server ended by itself: {0}")]
    Ended(String),
    /// The server takes too long.
    #[error("the server did not {what} within a minute: {log}")]
    Slow {
        /// What it should have done.
        what: &'static str,
        /// The end of its log.
        log: String,
    },
}

impl ScratchError {
    pub(crate) fn folder(path: &Path, source: io::Error) -> Self {
        Self::Folder { path: path.to_owned(), source }
    }

    pub(crate) fn run(program: &'static str, source: io::Error) -> Self {
        Self::Run { program, source }
    }
}
