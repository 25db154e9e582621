//! A brand's own patterns: customer, order, case and policy numbers as the brand writes them.

mod check;
mod shape;

pub use check::{CheckDigit, UnknownCheckDigit};
pub use shape::ShapeError;

use crate::{
    Certainty, Evidence,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;
use shape::Shape;

/// How far before a value a word that names it may end, in bytes of the folded text.
const CUE_WINDOW: usize = 40;
/// How long a name or a cue may be, in bytes.
const LONGEST_WORD: usize = 60;

/// One pattern of a brand's own.
///
/// ```
/// use aside_detect::{CheckDigit, Detector, Pattern};
/// use aside_taxonomy::DataType;
///
/// let customer = Pattern::new("customer number", DataType::AccountCustomerNo, "KD-######")?.check(CheckDigit::Luhn);
/// let detector = Detector::builder().pattern(customer).build();
/// let found = &detector.detect("it is kd 123455, please")[0];
/// assert_eq!((found.kind, found.start, found.end), ("customer_no", 6, 15));
/// assert!(detector.detect("it is KD-123456").is_empty(), "the check digit is wrong");
/// # Ok::<(), aside_detect::PatternError>(())
/// ```
///
/// # Shapes
///
/// | sign | stands for |
/// |---|---|
/// | `#` or `\d` | a digit |
/// | `@` | a letter from A to Z |
/// | `*` | a letter from A to Z, or a digit |
/// | `[A-F0-9]` | one of these letters and digits |
/// | `-`, `.`, `/`, `_` or a space | that a separator may stand here: one of these, or none |
/// | `?`, `{4}`, `{2,6}` | that the sign before it is there or not, or so many times |
/// | any other letter or digit | itself |
///
/// Capitals and small letters are the same. A value stands alone: no letter or digit touches it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pattern {
    name: String,
    data_type: DataType,
    kind: &'static str,
    shape: Shape,
    cues: Vec<String>,
    check: Option<CheckDigit>,
    needs_cue: bool,
}

/// A pattern that cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It has no name, or a very long one.
    #[error("a pattern's name has 1 to 60 bytes, this one has {0}")]
    Name(usize),
    /// The kind does not belong to the type.
    #[error("`{kind}` is no kind of {data_type}; there are: {}", data_type.kinds().join(", "))]
    Kind {
        /// The type.
        data_type: DataType,
        /// What was given.
        kind: String,
    },
    /// The shape is not understood, or too loose.
    #[error("the shape `{shape}` of the pattern `{name}`: {error}")]
    Shape {
        /// The pattern.
        name: String,
        /// Its shape.
        shape: String,
        /// What is wrong with it.
        error: ShapeError,
    },
    /// A cue is empty, or very long.
    #[error("a cue of the pattern `{name}` has {length} bytes; 2 to 60 are possible")]
    Cue {
        /// The pattern.
        name: String,
        /// How long it is.
        length: usize,
    },
}

impl Pattern {
    /// A pattern for a type, with the type's usual kind, without cues and without check digit.
    pub fn new(name: &str, data_type: DataType, shape: &str) -> Result<Self, PatternError> {
        if name.trim().is_empty() || name.len() > LONGEST_WORD {
            return Err(PatternError::Name(name.len()));
        }
        let parsed = Shape::parse(shape).map_err(|error| PatternError::Shape {
            name: name.to_owned(),
            shape: shape.to_owned(),
            error,
        })?;
        let kind = data_type.kinds()[0];
        let name = name.to_owned();
        Ok(Self { name, data_type, kind, shape: parsed, cues: Vec::new(), check: None, needs_cue: false })
    }

    /// Reports another of the type's kinds.
    pub fn kind(mut self, kind: &str) -> Result<Self, PatternError> {
        let known = self.data_type.kinds().iter().find(|known| **known == kind);
        self.kind =
            known.ok_or_else(|| PatternError::Kind { data_type: self.data_type, kind: kind.to_owned() })?;
        Ok(self)
    }

    /// Words that name the value when they stand before it. With a cue a value is likely.
    pub fn cues<'w>(mut self, cues: impl IntoIterator<Item = &'w str>) -> Result<Self, PatternError> {
        for cue in cues {
            let plain: String = crate::folded::Folded::new(cue.trim())
                .bytes()
                .iter()
                .map(|b| char::from(b.to_ascii_lowercase()))
                .collect();
            if !(2..=LONGEST_WORD).contains(&plain.len()) {
                return Err(PatternError::Cue { name: self.name, length: cue.len() });
            }
            self.cues.push(plain);
        }
        Ok(self)
    }

    /// How the value's last digit, or last two, is calculated. A value whose check digit is wrong is reported only
    /// after a cue.
    pub fn check(mut self, check: CheckDigit) -> Self {
        self.check = Some(check);
        self
    }

    /// Reports only values after a cue.
    pub fn only_after_a_cue(mut self) -> Self {
        self.needs_cue = true;
        self
    }

    /// What the brand calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where a value that begins at `start` ends, and what speaks for it.
    fn value_at(&self, page: &Page<'_>, start: usize) -> Option<(usize, Certainty, Vec<Evidence>)> {
        let end = self.shape.match_at(page.bytes(), start)?;
        let mut evidence = vec![Evidence::OwnPattern];
        let named = self.is_named(page, start);
        let checked = self.check.map(|check| check.is_right(&page.bytes()[start..end]));
        if named {
            evidence.push(Evidence::CueBefore);
        }
        match checked {
            Some(true) => evidence.push(Evidence::CheckDigit),
            Some(false) => evidence.push(Evidence::CheckFailed),
            None => {}
        }
        let certainty = match (checked, named) {
            (Some(true), true) => Certainty::Certain,
            (Some(true), false) if !self.needs_cue => Certainty::Certain,
            (Some(false) | None, true) => Certainty::Likely,
            (None, false) if self.needs_cue => return None,
            (None, false) if self.shape.is_telling() => Certainty::Likely,
            (None, false) => Certainty::Guessed,
            (Some(_), false) => return None,
        };
        Some((end, certainty, evidence))
    }

    /// Whether one of the cues ends shortly before, as a whole word, with nothing between that ends a sentence.
    fn is_named(&self, page: &Page<'_>, start: usize) -> bool {
        let from = start.saturating_sub(CUE_WINDOW + LONGEST_WORD);
        let before = &page.bytes()[from..start];
        self.cues.iter().any(|cue| {
            let cue = cue.as_bytes();
            (before.len() >= cue.len())
                && (0..=before.len() - cue.len()).rev().take(CUE_WINDOW).any(|at| {
                    before[at..at + cue.len()].eq_ignore_ascii_case(cue)
                        && !is_word(page.before(from + at))
                        && !before.get(at + cue.len()).is_some_and(|b| is_word(*b))
                        && !crate::page::sentence_ends_in(&before[at + cue.len()..])
                })
        })
    }
}

/// The patterns of one detector.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patterns {
    patterns: Vec<Pattern>,
    /// For each byte, the patterns whose values can begin with it; empty without patterns.
    begins: Vec<Vec<u32>>,
}

impl Patterns {
    pub(crate) fn are_any(&self) -> bool {
        !self.patterns.is_empty()
    }

    pub(crate) fn push(&mut self, pattern: Pattern) {
        self.begins.resize(256, Vec::new());
        for (byte, begins) in (0..=u8::MAX).zip(&mut self.begins) {
            if pattern.shape.begins_with(byte) {
                begins.push(self.patterns.len() as u32);
            }
        }
        self.patterns.push(pattern);
    }

    /// Every value of every pattern.
    pub(crate) fn find(&self, page: &Page<'_>, found: &mut Found) {
        if self.patterns.is_empty() {
            return;
        }
        let mut after_word = false;
        for (start, byte) in page.bytes().iter().enumerate() {
            let candidates = if after_word { &[][..] } else { &self.begins[usize::from(*byte)] };
            after_word = is_word(*byte);
            for pattern in candidates.iter().map(|i| &self.patterns[*i as usize]) {
                if let Some((end, certainty, evidence)) = pattern.value_at(page, start) {
                    found.add(
                        page,
                        start,
                        end,
                        What::new(pattern.data_type, pattern.kind, certainty, &evidence),
                    );
                }
            }
        }
    }
}
