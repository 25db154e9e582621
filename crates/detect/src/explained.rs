//! What a finding won against, and by which rule of the order.

use crate::{Finding, resolve::rank};
use std::collections::BTreeMap;

/// A finding with the candidates that it beat.
#[derive(Clone, PartialEq, Debug)]
pub struct Explained {
    /// What [`Detector::detect`](crate::Detector::detect) reports. Its evidence says why it was found.
    pub finding: Finding,
    /// What else was seen at the same place and is not reported, strongest first.
    pub beat: Vec<Beaten>,
}

/// A candidate that another finding stood in the way of.
#[derive(Clone, PartialEq, Debug)]
pub struct Beaten {
    /// What it would have been.
    pub finding: Finding,
    /// Why it is not reported.
    pub because: Because,
}

/// Why one of two overlapping findings stays; in this order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Because {
    /// Its kind comes first in [`ORDER`](crate::ORDER).
    KindComesFirst,
    /// It is of the same rank, and surer.
    Surer,
    /// It is as sure, and longer.
    Longer,
    /// It is as long, and begins earlier; where both begin at the same place, its family was asked earlier.
    Earlier,
}

impl Because {
    /// The reason's stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Because::KindComesFirst => "kind_comes_first",
            Because::Surer => "surer",
            Because::Longer => "longer",
            Because::Earlier => "earlier",
        }
    }

    fn of(winner: &Finding, loser: &Finding) -> Self {
        let length = |f: &Finding| f.end - f.start;
        if rank(winner) != rank(loser) {
            Because::KindComesFirst
        } else if winner.certainty != loser.certainty {
            Because::Surer
        } else if length(winner) != length(loser) {
            Because::Longer
        } else {
            Because::Earlier
        }
    }
}

/// The findings that stay, as [`crate::resolve::without_overlaps`] has them, each with those it beat.
pub(crate) fn explained(mut findings: Vec<Finding>) -> Vec<Explained> {
    findings.sort_by_key(crate::resolve::strength);
    let mut kept: BTreeMap<usize, Explained> = BTreeMap::new();
    for finding in findings {
        let in_the_way =
            kept.range_mut(..finding.end).next_back().filter(|(_, other)| other.finding.end > finding.start);
        match in_the_way {
            // Two families saw the very same.
            Some((_, winner)) if winner.finding == finding => {}
            Some((_, winner)) => {
                let because = Because::of(&winner.finding, &finding);
                winner.beat.push(Beaten { finding, because });
            }
            None => {
                kept.insert(finding.start, Explained { finding, beat: Vec::new() });
            }
        }
    }
    kept.into_values().collect()
}
