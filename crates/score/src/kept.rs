//! Tallies kept in a file: the first run's, and the floor that no change may fall below.

use std::collections::BTreeMap;
use std::fmt;

use crate::{Scores, Tally};

/// The row for the share of clean texts with a false alarm.
const CLEAN: &str = "clean";

/// F1 may differ by this much without being worse: a change that helps a hundred messages may cost one.
const SAME: f64 = 0.01;

/// Tallies by name.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Kept {
    /// A group of the taxonomy, or `language:de`.
    pub rows: BTreeMap<String, Tally>,
    /// How many messages have no label.
    pub clean: usize,
    /// In how many of those something was found.
    pub alarmed: usize,
}

/// A line is no tally.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: not a name with right, wrong and missed")]
pub struct NotATally {
    /// The line, from 1.
    pub line: usize,
}

impl Kept {
    /// Keeps the tallies of every group.
    pub fn new(scores: &Scores) -> Self {
        Self { rows: scores.groups.clone(), clean: scores.clean, alarmed: scores.alarmed }
    }

    /// Reads what [`Self`] wrote with `Display`.
    pub fn read(text: &str) -> Result<Self, NotATally> {
        let mut kept = Self::default();
        for (line, row) in (1..).zip(text.lines()) {
            let row = row.trim();
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let words: Vec<&str> = row.split_whitespace().collect();
            let [name, numbers @ ..] = &words[..] else { return Err(NotATally { line }) };
            let numbers: Option<Vec<usize>> = numbers.iter().map(|number| number.parse().ok()).collect();
            match (*name, numbers.as_deref()) {
                (CLEAN, Some([clean, alarmed])) => (kept.clean, kept.alarmed) = (*clean, *alarmed),
                (name, Some(&[right, wrong, missed])) => {
                    kept.rows.insert(name.to_owned(), Tally { right, wrong, missed });
                }
                _ => return Err(NotATally { line }),
            }
        }
        Ok(kept)
    }

    /// What is worse now than these tallies say it must be, one line each.
    pub fn undercut_by(&self, now: &Kept) -> Vec<String> {
        let mut worse = Vec::new();
        for (name, floor) in &self.rows {
            let (floor, now) = (floor.f1(), now.rows.get(name).and_then(|tally| tally.f1()));
            if floor.unwrap_or_default() > now.unwrap_or_default() + SAME {
                worse.push(format!(
                    "{name}: F1 was {:.3} and is {:.3}",
                    floor.unwrap_or_default(),
                    now.unwrap_or_default()
                ));
            }
        }
        let share = |kept: &Kept| kept.alarmed as f64 / kept.clean.max(1) as f64;
        if share(now) > share(self) + SAME / 5.0 {
            worse.push(format!(
                "clean messages with a false alarm: {} of {} were, {} of {} are",
                self.alarmed, self.clean, now.alarmed, now.clean
            ));
        }
        worse
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# name, right, wrong, missed; for clean messages: how many, with a false alarm")?;
        writeln!(f, "{CLEAN} {} {}", self.clean, self.alarmed)?;
        self.rows.iter().try_for_each(|(name, t)| writeln!(f, "{name} {} {} {}", t.right, t.wrong, t.missed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(f1_right: usize, alarmed: usize) -> Kept {
        let tally = Tally { right: f1_right, wrong: 0, missed: 10 - f1_right };
        Kept { rows: [("fin.pan".to_owned(), tally)].into(), clean: 100, alarmed }
    }

    #[test]
    fn what_is_written_reads_back() {
        let written = kept(7, 2).to_string();
        assert_eq!(Kept::read(&written).unwrap(), kept(7, 2));
        assert_eq!(Kept::read("fin.pan 1 2"), Err(NotATally { line: 1 }));
        assert_eq!(Kept::read("\nfin.pan 1 x 2"), Err(NotATally { line: 2 }));
    }

    #[test]
    fn a_lower_score_or_more_alarms_are_named_and_better_ones_are_not() {
        assert_eq!(kept(7, 2).undercut_by(&kept(8, 1)), Vec::<String>::new());
        assert_eq!(kept(7, 2).undercut_by(&kept(6, 3)).len(), 2);
        let gone = Kept { rows: BTreeMap::new(), ..kept(7, 2) };
        assert_eq!(kept(7, 2).undercut_by(&gone), ["fin.pan: F1 was 0.824 and is 0.000"]);
    }
}
