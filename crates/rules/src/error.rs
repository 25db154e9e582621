//! Why a set of packs is refused.

use crate::Action;
use aside_model::{Certainty, DataType, Direction, Rung};
use std::fmt;

/// A place where a pack tried to say less than what stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Loosening {
    /// The pack that tried.
    pub pack: String,
    /// The line of its rule, from 1.
    pub line: usize,
    /// The data type.
    pub data_type: DataType,
    /// The kind within the type.
    pub kind: &'static str,
    /// The rung.
    pub rung: Rung,
    /// The direction.
    pub direction: Direction,
    /// The certainty.
    pub certainty: Certainty,
    /// What the pack says.
    pub says: Action,
    /// What stands there.
    pub stands: Action,
    /// The pack that says what stands.
    pub by: String,
}

impl fmt::Display for Loosening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "pack `{}`, line {}: {} ({}) {} {} {}: says {}, but `{}` says {}; a pack can only tighten",
            self.pack,
            self.line,
            self.data_type,
            self.kind,
            self.rung,
            self.direction,
            self.certainty.name(),
            self.says,
            self.by,
            self.stands
        )
    }
}

/// One thing that is wrong with a pack.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PackError {
    /// There is no built-in pack of this name.
    #[error("there is no built-in pack `{id}`; there are {}", crate::built_in_ids().collect::<Vec<_>>().join(", "))]
    Unknown {
        /// The name asked for.
        id: String,
    },
    /// No pack at all was given.
    #[error("no pack was given; the first must be a complete base")]
    Nothing,
    /// Two packs have the same id.
    #[error("pack `{id}` is there twice")]
    Twice {
        /// The id.
        id: String,
    },
    /// The text is not a pack: not TOML, an unknown or missing key, a wrong value.
    #[error("pack `{pack}`, line {line}: {message} (at `{text}`)")]
    Malformed {
        /// The pack's name as given to the loader.
        pack: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong; names the key.
        message: String,
        /// What that line says.
        text: String,
    },
    /// Something in a rule, combination or fact makes no sense.
    #[error("pack `{pack}`, line {line}: `{key}`: {message}")]
    Senseless {
        /// The pack's name as given to the loader.
        pack: String,
        /// The line where the rule begins, from 1.
        line: usize,
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        message: String,
    },
    /// Two rules of one pack say different things for the same place.
    #[error(
        "pack `{pack}`, lines {first} and {second}: two things for {data_type} ({kind}) {rung} {direction}"
    )]
    Contradiction {
        /// The pack's name as given to the loader.
        pack: String,
        /// The line of one rule.
        first: usize,
        /// The line of the other.
        second: usize,
        /// The data type.
        data_type: DataType,
        /// The kind within the type.
        kind: &'static str,
        /// The rung.
        rung: Rung,
        /// The direction.
        direction: Direction,
    },
    /// The first pack says nothing for a place.
    #[error("pack `{pack}` comes first and says nothing for {data_type} ({kind}) {rung} {direction}")]
    Gap {
        /// The pack's name as given to the loader.
        pack: String,
        /// The data type.
        data_type: DataType,
        /// The kind within the type.
        kind: &'static str,
        /// The rung.
        rung: Rung,
        /// The direction.
        direction: Direction,
    },
    /// A pack tried to say less than what stands.
    #[error("{0}")]
    Loosens(Loosening),
}

/// Everything that is wrong with a set of packs; never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PackErrors(pub Vec<PackError>);

impl PackErrors {
    /// The places where packs tried to loosen.
    pub fn loosenings(&self) -> impl Iterator<Item = &Loosening> {
        self.0.iter().filter_map(|error| match error {
            PackError::Loosens(loosening) => Some(loosening),
            _ => None,
        })
    }
}

impl fmt::Display for PackErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for PackErrors {}

impl From<PackError> for PackErrors {
    fn from(error: PackError) -> Self {
        Self(vec![error])
    }
}
