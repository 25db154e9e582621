//! What comes out, and how to take it back.

use aside_taxonomy::DataType;
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Range};

/// A text without its personal data.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Anonymised {
    /// The new text.
    pub text: String,
    /// What was replaced, sorted by start, without overlaps.
    pub items: Vec<Item>,
}

/// One place where something was replaced.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The type of data that stood here.
    pub data_type: DataType,
    /// The kind within the type.
    pub kind: &'static str,
    /// Where the replacement begins: a byte of the new text.
    pub start: usize,
    /// The byte after its last; `start` if nothing was left.
    pub end: usize,
    /// What was done, for instance `mask`; `decrypt` where a token was opened.
    pub operator: &'static str,
    /// Where the value stood in the text that was given, in bytes.
    pub was: Range<usize>,
}

/// A text with its tokens opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// The new text.
    pub text: String,
    /// What was opened, sorted by start.
    pub items: Vec<Item>,
    /// Tokens that another key sealed, or that were changed since; they stay as they are.
    pub unopened: Vec<Unopened>,
}

/// A token that stays shut.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unopened {
    /// Where it begins, in bytes of the text that was given.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// What an anonymised text must be told to become the original again. It holds every value in clear: keep it as the
/// original is kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping(Vec<Replaced>);

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Replaced {
    start: usize,
    end: usize,
    original: String,
}

/// The mapping is of another text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the mapping does not fit the text: it is of another one, or the text was changed")]
pub struct NotItsMapping;

impl fmt::Debug for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mapping").field("values", &self.0.len()).finish_non_exhaustive()
    }
}

impl Anonymised {
    /// How to take it back; `original` is the text that was given.
    pub fn mapping(&self, original: &str) -> Mapping {
        let replaced = |item: &Item| Replaced {
            start: item.start,
            end: item.end,
            original: original.get(item.was.clone()).unwrap_or_default().to_owned(),
        };
        Mapping(self.items.iter().map(replaced).collect())
    }
}

impl Mapping {
    /// The original of an anonymised text that nobody changed.
    pub fn restore(&self, text: &str) -> Result<String, NotItsMapping> {
        let (mut out, mut copied) = (String::with_capacity(text.len()), 0);
        for replaced in &self.0 {
            out.push_str(text.get(copied..replaced.start).ok_or(NotItsMapping)?);
            text.get(replaced.start..replaced.end).ok_or(NotItsMapping)?;
            out.push_str(&replaced.original);
            copied = replaced.end;
        }
        out.push_str(text.get(copied..).ok_or(NotItsMapping)?);
        Ok(out)
    }
}
