#![doc = include_str!("../README.md")]

mod action;
mod asking;
mod built_in;
mod combination;
mod date;
mod decision;
mod error;
mod exchange;
mod load;
mod pack;
mod rules;
mod table;

pub use action::{Action, Disposition};
pub use asking::asks_for;
pub use built_in::{BUILT_IN, built_in, built_in_ids};
pub use date::Date;
pub use decision::{Citation, Decision, Facts};
pub use error::{Loosening, PackError, PackErrors};
pub use exchange::{Change, Exchange, Verdict};
pub use pack::{Fact, Issuer, Pack, Reading, Status, Unit};
pub use rules::{PackFact, Rules};
