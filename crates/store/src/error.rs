/// A store could not do what it was asked. Nothing was half done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The writer's queue is full; try again in a moment. The web answers 503.
    #[error("the store is busy; try again in a moment")]
    Busy,
    /// The disk is full, or the file system is read-only. Nothing was written.
    #[error("the store cannot write: {0}")]
    CannotWrite(String),
    /// The database refused or is gone.
    #[error("the store failed: {0}")]
    Failed(String),
    /// Nobody answers where the database should be, or it breaks off. Whether a write that was under way took
    /// place is not known, so only what is guarded by `Once` may simply be asked again. The web answers 503.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// The database answers, and is not one that can be worked with: too old, or set up to forget what it
    /// promised to keep.
    #[error("the database cannot be used: {0}")]
    Unsuitable(String),
    /// Stored rows contradict each other or do not parse.
    #[error("a row of table {table} makes no sense: {what}")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// What is wrong with it, without its content.
        what: String,
    },
    /// Somebody else leads the brand's sequencing by now. Nothing was written.
    #[error("another process gives the log's entries their places by now")]
    LeadLost,
    /// The data belongs to a newer program.
    #[error("the data was written by a newer version of aside (schema {found}, this program knows {known})")]
    TooNew {
        /// The schema version found.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// Another process has the data folder.
    #[error(
        "another aside (process {pid}) is using this data folder; stop it first, or use another --data folder"
    )]
    InUse {
        /// Its process id.
        pid: u32,
    },
}
