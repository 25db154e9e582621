//! The seam for models that read a sentence for names: [`Tagger`], and what is made of its answers.

use crate::{Certainty, Evidence, Finding};
use aside_taxonomy::DataType;
use std::fmt;

/// A model that reads a text for names where no word introduces them.
///
/// There are two: the small one of `aside-names`, behind the feature `names`, and any transformer that
/// `aside-transformer` loads from a folder. [`DetectorBuilder::tagger`](crate::DetectorBuilder::tagger) takes either, or
/// one of your own; what it finds has the evidence [`Evidence::NameModel`] and is settled with everything else by
/// [`ORDER`](crate::ORDER).
///
/// ```
/// use aside_detect::{Detector, NameOf, Tagged, Tagger};
///
/// /// Knows one name.
/// #[derive(Debug)]
/// struct Ada;
///
/// impl Tagger for Ada {
///     fn tag(&self, text: &str) -> Vec<Tagged> {
///         let tagged = |(start, name): (usize, &str)| Tagged {
///             what: NameOf::Person,
///             start,
///             end: start + name.len(),
///             margin: 3.0,
///         };
///         text.match_indices("Ada").map(tagged).collect()
///     }
/// }
///
/// let found = Detector::builder().tagger(Ada).build().detect("ask Ada");
/// assert_eq!((found[0].kind, found[0].start), ("person", 4));
/// ```
pub trait Tagger: fmt::Debug + Send + Sync {
    /// The names in `text`, in any order. What is no span of whole characters, or has no number as its margin, is
    /// left out by whoever asks.
    fn tag(&self, text: &str) -> Vec<Tagged>;
}

/// A name that a model has read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Tagged {
    /// What it is the name of.
    pub what: NameOf,
    /// Its first byte, on a character boundary.
    pub start: usize,
    /// The byte after its last, on a character boundary.
    pub end: usize,
    /// How far this reading is ahead of every other one: natural logarithm of a ratio of likelihoods.
    pub margin: f32,
}

/// What a name is the name of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum NameOf {
    /// A person.
    Person,
    /// A country, a region, a city.
    Place,
    /// A company, an institution, a club: no personal data, and never reported. That a model knows of them keeps it
    /// from taking them for people.
    Organisation,
}

/// How far ahead of every other reading a name is when it is likely, and not only guessed: natural
/// logarithm of a ratio of likelihoods.
const LIKELY: f32 = 2.0;

/// How far ahead a name must be that is written small all through, or in a script without capitals: half the
/// words of a hurried message look like that.
const SMALL: f32 = 1.0;

pub(crate) fn find(tagger: &dyn Tagger, text: &str, findings: &mut Vec<Finding>) {
    for Tagged { what, start, end, margin } in tagger.tag(text) {
        let (data_type, kind) = match what {
            NameOf::Person => (DataType::ContactName, "person"),
            NameOf::Place => (DataType::LocCoarse, "place"),
            NameOf::Organisation => continue,
        };
        let Some(name) = text.get(start..end).filter(|name| !name.is_empty()) else { continue };
        if margin.is_nan() || margin < SMALL && !name.contains(char::is_uppercase) {
            continue;
        }
        let certainty = if margin >= LIKELY { Certainty::Likely } else { Certainty::Guessed };
        // Between one half and one: the logistic function of the margin.
        let score = 1.0 / (1.0 + (-margin).exp());
        let (score, evidence) = (score.min(0.98), vec![Evidence::NameModel]);
        findings.push(Finding { data_type, kind, start, end, score, certainty, evidence });
    }
}

#[cfg(feature = "names")]
impl Tagger for aside_names::Names {
    fn tag(&self, text: &str) -> Vec<Tagged> {
        let tagged = |entity: aside_names::Entity| Tagged {
            what: match entity.label {
                aside_names::Label::Person => NameOf::Person,
                aside_names::Label::Place => NameOf::Place,
                aside_names::Label::Organisation => NameOf::Organisation,
            },
            start: entity.start,
            end: entity.end,
            margin: entity.margin,
        };
        self.find(text).into_iter().map(tagged).collect()
    }
}
