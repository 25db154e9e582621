#![doc = include_str!("../README.md")]

mod characters;
mod cue;
mod detector;
mod family;
mod finding;
mod folded;
mod homoglyphs;
pub mod offsets;
mod page;
mod region;
mod resolve;
mod stream;

pub use detector::{Detector, DetectorBuilder};
pub use finding::{Certainty, Evidence, Finding};
pub use region::{NotARegion, Region};
pub use resolve::ORDER;
pub use stream::{StreamDetector, WINDOW};
