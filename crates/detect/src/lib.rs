#![doc = include_str!("../README.md")]

mod characters;
mod context;
mod cue;
mod detector;
mod explained;
mod family;
mod finding;
mod folded;
mod homoglyphs;
pub mod offsets;
mod other_letters;
mod page;
mod pattern;
mod region;
mod resolve;
mod spoken;
mod stream;
mod tagger;
mod word_set;

pub use context::{Context, InContext, Message, Part, joint};
pub use detector::{Detector, DetectorBuilder};
pub use explained::{Beaten, Because, Explained};
pub use finding::{Certainty, Evidence, Finding};
pub use pattern::{CheckDigit, Pattern, PatternError, ShapeError, UnknownCheckDigit};
pub use region::{NotARegion, Region};
pub use resolve::ORDER;
pub use stream::{StreamDetector, WINDOW};
pub use tagger::{NameOf, Tagged, Tagger};
