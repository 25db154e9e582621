//! What anonymising and decrypting give: the new text, and what was done where.

use aside_anonymise::{Anonymised as Made, Item as Done, Opened as TakenBack};
use aside_detect::offsets::{self, Unit};
use pyo3::prelude::*;

/// One place where something was replaced, or taken back; places count code points.
#[pyclass(frozen, get_all, eq, module = "aside_detect")]
#[derive(Clone, PartialEq)]
pub(crate) struct Item {
    /// The type of data that stood here, for instance `fin.pan`.
    r#type: &'static str,
    /// The kind within the type, for instance `card`.
    kind: &'static str,
    /// What was done, for instance `mask`; `decrypt` where a token was opened.
    operator: &'static str,
    /// Where the replacement is in the new text.
    start: usize,
    end: usize,
    /// Where the value was in the text that was given.
    original_start: usize,
    original_end: usize,
}

#[pymethods]
impl Item {
    fn __repr__(&self) -> String {
        let Item { r#type, kind, operator, start, end, .. } = self;
        format!("Item(type='{type}', kind='{kind}', operator='{operator}', start={start}, end={end})")
    }
}

/// A text without its personal data.
#[pyclass(frozen, get_all, eq, module = "aside_detect")]
#[derive(Clone, PartialEq)]
pub(crate) struct Anonymised {
    /// The new text.
    text: String,
    /// What was replaced, sorted by start, without overlaps.
    items: Vec<Item>,
}

#[pymethods]
impl Anonymised {
    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        format!("Anonymised(items={})", self.items.len())
    }
}

/// A text with its tokens opened.
#[pyclass(frozen, get_all, eq, module = "aside_detect")]
#[derive(Clone, PartialEq)]
pub(crate) struct Opened {
    /// The new text.
    text: String,
    /// What was opened, sorted by start.
    items: Vec<Item>,
    /// Start and end of tokens that another key sealed, or that were changed since, in the text that was given.
    unopened: Vec<(usize, usize)>,
}

#[pymethods]
impl Opened {
    fn __str__(&self) -> &str {
        &self.text
    }

    fn __repr__(&self) -> String {
        format!("Opened(items={}, unopened={})", self.items.len(), self.unopened.len())
    }
}

/// `original` is the text that was given.
pub(crate) fn anonymised(original: &str, made: Made) -> Anonymised {
    Anonymised { items: items(original, &made.text, &made.items), text: made.text }
}

/// `original` is the text that was given.
pub(crate) fn opened(original: &str, opened: TakenBack) -> Opened {
    let shut = opened.unopened.iter().map(|token| token.start..token.end);
    let unopened = offsets::convert_spans(original, shut, Unit::Chars);
    Opened {
        items: items(original, &opened.text, &opened.items),
        unopened: unopened.into_iter().map(|span| (span.start, span.end)).collect(),
        text: opened.text,
    }
}

fn items(original: &str, new: &str, done: &[Done]) -> Vec<Item> {
    let here = offsets::convert_spans(new, done.iter().map(|item| item.start..item.end), Unit::Chars);
    let there = offsets::convert_spans(original, done.iter().map(|item| item.was.clone()), Unit::Chars);
    let item = |((item, here), there): ((&Done, std::ops::Range<usize>), std::ops::Range<usize>)| Item {
        r#type: item.data_type.id(),
        kind: item.kind,
        operator: item.operator,
        start: here.start,
        end: here.end,
        original_start: there.start,
        original_end: there.end,
    };
    done.iter().zip(here).zip(there).map(item).collect()
}
