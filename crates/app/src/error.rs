//! What can go wrong, named by what the person can do about it.

use aside_store::StoreError;

/// A use case could not be carried out. Nothing was half done.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Whoever asked may not; the text says why.
    #[error("{0}")]
    Denied(String),
    /// What was asked for does not make sense as it is; the text says why.
    #[error("{0}")]
    Invalid(String),
    /// There is no such thing, or it is not this brand's.
    #[error("not found")]
    NotFound,
    /// Too much at once; the same request may work in a moment.
    #[error("busy; try again in a moment")]
    Busy,
    /// The database does not answer; the same request may work once it does. The text is for the log.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// Something broke on our side. The text is for the log: it never holds what anyone wrote.
    #[error("failed: {0}")]
    Failed(String),
}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy => AppError::Busy,
            StoreError::Unreachable(why) => AppError::Unavailable(why),
            other => AppError::Failed(other.to_string()),
        }
    }
}

impl From<aside_vault::OpenError> for AppError {
    fn from(error: aside_vault::OpenError) -> Self {
        AppError::Failed(format!("a stored value does not open: {error}"))
    }
}

impl From<aside_model::BodyError> for AppError {
    fn from(error: aside_model::BodyError) -> Self {
        AppError::Failed(error.to_string())
    }
}

impl From<aside_ledger::LedgerError> for AppError {
    fn from(error: aside_ledger::LedgerError) -> Self {
        AppError::Failed(format!("the ledger: {error}"))
    }
}

/// A network's request was not taken. What the network hears is [`HookError::status`].
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// No connection has this address.
    #[error("no such connection")]
    UnknownConnection,
    /// The request is not signed with the connection's secret.
    #[error("the signature does not match")]
    BadSignature,
    /// The body is not what the network sends.
    #[error("the body does not parse")]
    Malformed,
    /// Too much at once; the network sends it again.
    #[error("busy; send it again")]
    Busy,
    /// The database does not answer; the network sends it again.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// Something broke on our side; the network sends it again.
    #[error("failed: {0}")]
    Failed(String),
}

impl HookError {
    /// The HTTP status that the network gets.
    pub const fn status(&self) -> u16 {
        match self {
            HookError::UnknownConnection => 404,
            HookError::BadSignature => 403,
            HookError::Malformed => 400,
            HookError::Busy | HookError::Unavailable(_) => 503,
            HookError::Failed(_) => 500,
        }
    }
}

impl From<AppError> for HookError {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Busy => HookError::Busy,
            AppError::Unavailable(why) => HookError::Unavailable(why),
            AppError::NotFound => HookError::UnknownConnection,
            other => HookError::Failed(other.to_string()),
        }
    }
}

impl From<StoreError> for HookError {
    fn from(error: StoreError) -> Self {
        AppError::from(error).into()
    }
}

/// What a use case answers with.
pub type Result<T, E = AppError> = std::result::Result<T, E>;
