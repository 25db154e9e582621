//! What SQLite's errors mean to a caller.

use aside_store::StoreError;
use rusqlite::ErrorCode;

/// A read failed.
#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` wants")]
pub(crate) fn read(error: rusqlite::Error) -> StoreError {
    StoreError::Failed(error.to_string())
}

/// A write failed: for want of room or permission, or for another reason.
#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` wants")]
pub(crate) fn write(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(
            ErrorCode::DiskFull
            | ErrorCode::ReadOnly
            | ErrorCode::CannotOpen
            | ErrorCode::PermissionDenied
            | ErrorCode::SystemIoFailure,
        ) => StoreError::CannotWrite(error.to_string()),
        _ => StoreError::Failed(error.to_string()),
    }
}

/// The same failure for another command of the same group.
pub(crate) fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::CannotWrite(what) => StoreError::CannotWrite(what.clone()),
        other => StoreError::Failed(other.to_string()),
    }
}
