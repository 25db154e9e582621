#![doc = include_str!("../README.md")]

mod action;
mod budget;
mod decide;
mod purpose;

pub use action::{Action, Assignment, Request, Reveal};
pub use budget::{Budget, Budgets};
pub use decide::{Denied, MIN_REASON, Permit, decide};
pub use purpose::purposes;
