//! Why nothing was measured.

use std::io;
use std::process::ExitStatus;

use aside_score::corpus::CorpusError;
use aside_score::public_sets::SetError;

/// One line for whoever ran the command.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The corpus is written badly.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// A public set cannot be read.
    #[error(transparent)]
    Set(#[from] SetError),
    /// The system refused.
    #[error("{doing}: {because}")]
    System { doing: String, because: io::Error },
    /// A program that answers ended badly.
    #[error("`{program}` ended with {status}")]
    Ended { program: String, status: ExitStatus },
    /// A program's answers are not what was agreed.
    #[error("`{program}` answered {what}")]
    Answer { program: String, what: String },
    /// A kept file is none.
    #[error("{path}: {because}")]
    Kept { path: String, because: aside_score::NotATally },
    /// The detector does more than it did.
    #[error("the detector needs more instructions than are kept, beyond what is tolerated: {what}")]
    Costs { what: String },
    /// A document has lost the place for a table.
    #[error("{path} has no `{marker}`")]
    NoMarker { path: String, marker: String },
}

/// What a measurement ends with.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Says what was being done when the system refused.
pub(crate) trait While<T> {
    /// Puts `doing` before the error's own words.
    fn while_doing(self, doing: impl Into<String>) -> Outcome<T>;
}

impl<T> While<T> for io::Result<T> {
    fn while_doing(self, doing: impl Into<String>) -> Outcome<T> {
        self.map_err(|because| Failure::System { doing: doing.into(), because })
    }
}
