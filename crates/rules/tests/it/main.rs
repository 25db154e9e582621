//! What the rules promise, seen from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod combinations;
mod decisions;
mod exchange;
mod invariants;
mod order;
mod packs;
mod table;

use aside_model::{Certainty, DataType, Direction, Finding, Rung};
use aside_rules::{Decision, Facts, Rules};

const CERTAINTIES: [Certainty; 3] = [Certainty::Certain, Certainty::Likely, Certainty::Guessed];

/// The base and every built-in pack.
fn all_packs() -> Rules {
    Rules::with_packs(&aside_rules::built_in_ids().collect::<Vec<_>>()).unwrap()
}

/// Every data type with each of its kinds.
fn slots() -> impl Iterator<Item = (DataType, &'static str)> {
    DataType::ALL.iter().flat_map(|&data_type| data_type.kinds().iter().map(move |&kind| (data_type, kind)))
}

/// Every place there is.
fn places() -> impl Iterator<Item = Facts<'static>> {
    slots().flat_map(|(data_type, kind)| {
        Rung::ALL.iter().flat_map(move |&rung| {
            Direction::ALL.iter().flat_map(move |&direction| {
                CERTAINTIES.map(|certainty| Facts { data_type, kind, rung, direction, certainty })
            })
        })
    })
}

fn inbound(rules: &Rules, data_type: DataType, kind: &str, rung: Rung, certainty: Certainty) -> Decision {
    rules.decide(&Facts { data_type, kind, rung, direction: Direction::Inbound, certainty })
}

fn outbound(rules: &Rules, data_type: DataType, kind: &str, rung: Rung, certainty: Certainty) -> Decision {
    rules.decide(&Facts { data_type, kind, rung, direction: Direction::Outbound, certainty })
}

fn finding(data_type: DataType, kind: &'static str, certainty: Certainty) -> Finding {
    Finding { data_type, kind, start: 0, end: 1, score: 0.9, certainty, evidence: vec![] }
}
