//! What PostgreSQL's errors mean to a caller, and whether asking again may help.

use aside_store::StoreError;
use tokio_postgres::{Error, error::SqlState};

/// Why a statement or a transaction did not end well.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// Two transactions were in each other's way; the same again may well succeed.
    Collided,
    /// The connection is gone and nothing was committed; the same again on another one may succeed.
    Lost(String),
    /// The connection went while the commit was under way: nobody knows whether it happened.
    Unknown(String),
    /// The database has said no, and will again.
    Failed(StoreError),
}

impl Trouble {
    /// What a caller hears when nothing helped.
    pub(crate) fn told(self) -> StoreError {
        match self {
            Self::Collided => StoreError::Busy,
            Self::Lost(what) => StoreError::Unreachable(what),
            Self::Unknown(what) => StoreError::Unreachable(format!(
                "it was lost while committing, and whether the commit happened is not known: {what}"
            )),
            Self::Failed(error) => error,
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Failed(error)
    }
}

/// What an error of the driver means.
#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` wants")]
pub(crate) fn trouble(error: Error) -> Trouble {
    let Some(said) = error.as_db_error() else {
        // Everything that is no answer of the server: closed, reset, garbled.
        return Trouble::Lost(plain(&error));
    };
    let code = said.code();
    let what = format!("{} ({})", said.message(), code.code());
    match *code {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Trouble::Collided,
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::INVALID_PASSWORD
        | SqlState::INVALID_AUTHORIZATION_SPECIFICATION
        | SqlState::INVALID_CATALOG_NAME
        | SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT => Trouble::Lost(what),
        SqlState::READ_ONLY_SQL_TRANSACTION
        | SqlState::INSUFFICIENT_PRIVILEGE
        | SqlState::DISK_FULL
        | SqlState::IO_ERROR => Trouble::Failed(StoreError::CannotWrite(what)),
        SqlState::TOO_MANY_CONNECTIONS | SqlState::OUT_OF_MEMORY => Trouble::Failed(StoreError::Busy),
        _ => Trouble::Failed(StoreError::Failed(what)),
    }
}

/// An error of the driver without what a server's detail may quote from rows.
pub(crate) fn plain(error: &Error) -> String {
    use std::error::Error as _;
    match (error.as_db_error(), error.source()) {
        (Some(said), _) => format!("{} ({})", said.message(), said.code().code()),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

/// An error while reading or setting up, as a caller hears it.
pub(crate) fn told(error: Error) -> StoreError {
    trouble(error).told()
}
