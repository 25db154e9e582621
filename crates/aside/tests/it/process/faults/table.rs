//! What the rounds came to, fault by fault.

use super::{fault::Fault, rules::Found};
use std::{collections::BTreeMap, fmt};

#[derive(Default)]
struct Line {
    rounds: usize,
    acknowledged: usize,
    found: usize,
    doubles: usize,
    violations: usize,
}

/// A line for each fault, and a sum.
#[derive(Default)]
pub(super) struct Table(BTreeMap<Fault, Line>);

impl Table {
    /// Adds a round. What was acknowledged is found, and what was not and was sent again, too.
    pub(super) fn add(&mut self, fault: Fault, acknowledged: usize, found: &Found) {
        let line = self.0.entry(fault).or_default();
        line.rounds += 1;
        line.acknowledged += acknowledged;
        line.found += found.there;
        line.doubles += found.doubles;
        line.violations += found.wrong.len();
    }

    /// How often a rule was broken.
    pub(super) fn violations(&self) -> usize {
        self.0.values().map(|line| line.violations).sum()
    }

    /// How many webhooks were acknowledged while something went wrong.
    pub(super) fn acknowledged(&self) -> usize {
        self.0.values().map(|line| line.acknowledged).sum()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let row = |f: &mut fmt::Formatter<'_>, name: &str, line: &Line| {
            let Line { rounds, acknowledged, found, doubles, violations } = line;
            writeln!(f, "{name:<38} {rounds:>6} {acknowledged:>12} {found:>8} {doubles:>7} {violations:>10}")
        };
        writeln!(f, "{:<38} rounds acknowledged    found doubles violations", "fault")?;
        let mut sum = Line::default();
        for (fault, line) in &self.0 {
            row(f, fault.name(), line)?;
            sum.rounds += line.rounds;
            sum.acknowledged += line.acknowledged;
            sum.found += line.found;
            sum.doubles += line.doubles;
            sum.violations += line.violations;
        }
        row(f, "in all", &sum)
    }
}
