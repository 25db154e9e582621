//! Facts in, decision out.

use crate::{Action, Date, Disposition, Reading};
use aside_model::{Certainty, DataType, Direction, Rung};
use serde::Serialize;

/// What is known about one piece of data in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts<'a> {
    /// What it is.
    pub data_type: DataType,
    /// Its kind within the type. For a kind that the type does not have, the strictest of its kinds decides.
    pub kind: &'a str,
    /// How private the place is.
    pub rung: Rung,
    /// Which way the text goes.
    pub direction: Direction,
    /// How sure the detector is.
    pub certainty: Certainty,
}

/// What is to be done about one piece of data, and who says so.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Decision {
    /// What is done.
    pub disposition: Disposition,
    /// What it is.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// Its kind within the type.
    pub kind: String,
    /// What the rule says, before the certainty is taken into account.
    pub action: Action,
    /// How sure the detector was.
    pub certainty: Certainty,
    /// The rule: data type or combination, rung and direction, for instance `fin.pan/direct/inbound`.
    pub rule: String,
    /// The pack whose rule decided.
    pub pack: String,
    /// The provision that the rule names.
    pub provision: String,
    /// The publisher's address of the provision.
    pub source: String,
    /// Why it is so, in a sentence for people, where there is more to say than the provision.
    pub because: Option<String>,
}

/// Where a rule comes from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Citation {
    /// The pack.
    pub pack: String,
    /// The line of the rule in the pack, from 1.
    pub line: usize,
    /// The provision.
    pub provision: String,
    /// The publisher's address of the provision.
    pub source: String,
    /// When the source was last looked at.
    pub verified_on: Date,
    /// How the source was read.
    pub read: Reading,
    /// Why the rule is as it is.
    pub why: Option<String>,
}
