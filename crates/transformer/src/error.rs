//! Why a folder is no model that can be used.

use std::{fmt, io, path::PathBuf};

/// A folder that cannot be loaded: which file, which tensor, and what is the matter with it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// A file is not there, or nobody may read it.
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file is not what its name says: cut short, no JSON, a member missing.
    #[error("{} {why}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The model or its tokeniser is of a kind that is not read here.
    #[error("{}: {what} is not supported; {instead}", path.display())]
    Unsupported {
        /// The file that says so.
        path: PathBuf,
        /// What it asks for.
        what: String,
        /// What there is.
        instead: &'static str,
    },
    /// A size in `config.json`, or of a file, is beyond what such models have.
    #[error("{}: {what} is {is}, and may be {at_most} at most", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Which size.
        what: &'static str,
        /// What it is.
        is: u64,
        /// What it may be.
        at_most: u64,
    },
    /// None of the labels is one of a person, a place or an organisation.
    #[error("{}: id2label names no person and no place; wanted are labels such as B-PER and I-LOC", path.display())]
    NoLabels {
        /// `config.json`.
        path: PathBuf,
    },
    /// The vocabulary lacks a token without which no text can be given to the model.
    #[error("{}: the vocabulary has no {token}", path.display())]
    TokenMissing {
        /// The tokeniser's file.
        path: PathBuf,
        /// The token.
        token: &'static str,
    },
    /// The weights lack a tensor that `config.json` speaks of.
    #[error("{}: there is no tensor {tensor}", path.display())]
    TensorMissing {
        /// `model.safetensors`.
        path: PathBuf,
        /// Its name.
        tensor: String,
    },
    /// A tensor has not the shape that follows from `config.json`.
    #[error("{}: {tensor} is {}, config.json asks for {}", path.display(), Shape(has), Shape(needs))]
    TensorShape {
        /// `model.safetensors`.
        path: PathBuf,
        /// Its name.
        tensor: String,
        /// The shape in the file.
        has: Vec<usize>,
        /// The shape that is needed.
        needs: Vec<usize>,
    },
    /// A tensor is of numbers that are not read.
    #[error("{}: {tensor} is of {has}; F32, F16 and BF16 are read", path.display())]
    TensorNumbers {
        /// `model.safetensors`.
        path: PathBuf,
        /// Its name.
        tensor: String,
        /// The kind of numbers in the file.
        has: String,
    },
    /// A tensor has infinities in it, or what is no number.
    #[error("{}: {tensor} has values that are no finite numbers", path.display())]
    TensorNotFinite {
        /// `model.safetensors`.
        path: PathBuf,
        /// Its name.
        tensor: String,
    },
}

/// A shape as people write it.
struct Shape<'s>(&'s [usize]);

impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes: Vec<String> = self.0.iter().map(usize::to_string).collect();
        write!(f, "[{}]", sizes.join(" × "))
    }
}
