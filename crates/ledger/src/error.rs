//! What can go wrong outside the verifier, named by outcome.

/// Why the ledger could not do what was asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LedgerError {
    /// An entry does not fit its length prefix.
    #[error("entry {position} of the batch has {length} bytes; an entry has at most 65,535")]
    EntryTooLong {
        /// Position in the batch, from 0.
        position: usize,
        /// Length in bytes.
        length: usize,
    },
    /// The tree is or would be larger than [`MAX_SIZE`](crate::MAX_SIZE).
    #[error("a tree of {0} entries is too large")]
    TreeTooLarge(u64),
    /// The index or the older size is not within the tree.
    #[error("{index} is not within a tree of {size} entries")]
    OutOfRange {
        /// What was asked for.
        index: u64,
        /// Size of the tree in entries.
        size: u64,
    },
    /// A file that the tree needs is not there.
    #[error("{0} is missing")]
    Missing(String),
    /// The caller's reader failed.
    #[error("{place} could not be read: {reason}")]
    Unreadable {
        /// Path of the file.
        place: String,
        /// The reader's words.
        reason: String,
    },
    /// A file, note, key or proof is not in the form it must have.
    #[error("{place} is malformed: {what}")]
    Malformed {
        /// Path of the file, or what kind of text it is.
        place: String,
        /// What is wrong with it.
        what: String,
    },
    /// The stored tiles lead to another root than the checkpoint names.
    #[error("the stored tiles are not the tree of the checkpoint of {0} entries")]
    AnotherTree(u64),
    /// The note carries no valid signature of this key.
    #[error("the checkpoint is not signed by {0}")]
    NotSigned(String),
    /// The key belongs to another log than the checkpoint.
    #[error("the key of {key} does not speak for the log {origin}")]
    AnotherLog {
        /// Origin line of the checkpoint.
        origin: String,
        /// Name of the key.
        key: String,
    },
    /// The proof does not show that the entry is in the tree.
    #[error("the proof does not show that the entry is in the log")]
    NotIncluded,
    /// The proof does not show that the newer tree extends the older one.
    #[error("the newer tree is not shown to extend the older one")]
    NotConsistent,
}

impl LedgerError {
    pub(crate) fn malformed(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self::Malformed { place: place.into(), what: what.into() }
    }
}
