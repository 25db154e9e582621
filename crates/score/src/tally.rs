//! Counts what is right, wrong and missed.

use std::collections::BTreeMap;

use crate::{IGNORE, Labelled, Marked};

/// How much two spans must overlap, intersection over union, to mean the same.
const SAME: f64 = 0.5;

/// What was right, wrong and missed in one group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Findings that fit a label.
    pub right: usize,
    /// Findings that fit none.
    pub wrong: usize,
    /// Labels that no finding fits.
    pub missed: usize,
}

impl Tally {
    /// The share of findings that are right; none without findings.
    pub fn precision(self) -> Option<f64> {
        share(self.right, self.right + self.wrong)
    }

    /// The share of labels that are found; none without labels.
    pub fn recall(self) -> Option<f64> {
        share(self.right, self.right + self.missed)
    }

    /// The harmonic mean of both; none where there is neither finding nor label.
    pub fn f1(self) -> Option<f64> {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }

    /// How many labels there are.
    pub const fn labels(self) -> usize {
        self.right + self.missed
    }

    fn add(&mut self, other: Tally) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Which groups count.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Count {
    /// All of them.
    Everything,
    /// All but these.
    AllBut(&'static [&'static str]),
    /// These alone.
    Only(&'static [&'static str]),
}

impl Count {
    /// Whether the group counts.
    pub fn counts(&self, group: &str) -> bool {
        match self {
            Count::Everything => true,
            Count::AllBut(groups) => !groups.contains(&group),
            Count::Only(groups) => groups.contains(&group),
        }
    }
}

/// A finding that fits no label, or a label that no finding fits.
#[derive(Clone, PartialEq, Debug)]
pub struct Mistake {
    /// Which text, counted from 0.
    pub text: usize,
    /// The group.
    pub group: String,
    /// What was found or labelled.
    pub value: String,
    /// Whether it is a label that was missed; else a finding that is wrong.
    pub is_missed: bool,
}

/// What a detector made of a set of labelled texts.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Scores {
    /// One tally for each group with a label or a finding.
    pub groups: BTreeMap<String, Tally>,
    /// How many texts there are.
    pub texts: usize,
    /// How many of them have no label.
    pub clean: usize,
    /// In how many of those something was found.
    pub alarmed: usize,
    /// Everything that is wrong or missed, in the order of the texts.
    pub mistakes: Vec<Mistake>,
}

impl Scores {
    /// All groups together.
    pub fn micro(&self) -> Tally {
        let mut all = Tally::default();
        self.groups.values().for_each(|tally| all.add(*tally));
        all
    }

    /// The share of clean texts in which something was found; none without clean texts.
    pub fn alarm_share(&self) -> Option<f64> {
        share(self.alarmed, self.clean)
    }

    /// The tally of a group; nothing at all if there is none.
    pub fn group(&self, name: &str) -> Tally {
        self.groups.get(name).copied().unwrap_or_default()
    }
}

/// Compares findings with labels, text by text; `found[i]` belongs to `texts[i]`.
///
/// Findings that touch an ignored span are left out. Within a group, findings take the first label that fits,
/// the surest finding first, and no label is taken twice.
pub fn score(texts: &[Labelled], found: &[Vec<Marked>], count: &Count) -> Scores {
    assert_eq!(texts.len(), found.len(), "one answer for each text");
    let mut scores = Scores { texts: texts.len(), ..Scores::default() };
    for (number, (text, found)) in texts.iter().zip(found).enumerate() {
        let (ignored, labels): (Vec<&Marked>, Vec<_>) = text.marks.iter().partition(|m| m.group == IGNORE);
        let mut found: Vec<&Marked> = found
            .iter()
            .filter(|f| count.counts(&f.group) && !ignored.iter().any(|i| f.overlap(i) > 0.0))
            .collect();
        if labels.is_empty() {
            scores.clean += 1;
            scores.alarmed += usize::from(!found.is_empty());
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        let mut taken = vec![false; labels.len()];
        let mut mistake = |mark: &Marked, is_missed| {
            scores.mistakes.push(Mistake {
                text: number,
                group: mark.group.clone(),
                value: text.value(mark),
                is_missed,
            });
        };
        for finding in found {
            let tally = scores.groups.entry(finding.group.clone()).or_default();
            let fits = |i: &usize| {
                !taken[*i] && labels[*i].group == finding.group && finding.overlap(labels[*i]) >= SAME
            };
            if let Some(i) = (0..labels.len()).find(fits) {
                taken[i] = true;
                tally.right += 1;
            } else {
                tally.wrong += 1;
                mistake(finding, false);
            }
        }
        for (label, _) in labels.iter().zip(taken).filter(|(l, taken)| !taken && count.counts(&l.group)) {
            scores.groups.entry(label.group.clone()).or_default().missed += 1;
            mistake(label, true);
        }
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scheme;

    fn labelled(line: &str) -> Labelled {
        Labelled::from_marked(line, Scheme::Kinds).unwrap()
    }

    fn found(start: usize, end: usize, group: &str, score: f64) -> Marked {
        Marked { start, end, group: group.to_owned(), score }
    }

    #[test]
    fn half_of_the_union_is_enough_and_less_is_not() {
        let text = labelled("[[card|12345678]]");
        let near =
            score(std::slice::from_ref(&text), &[vec![found(0, 4, "fin.pan", 1.0)]], &Count::Everything);
        assert_eq!(near.group("fin.pan"), Tally { right: 1, wrong: 0, missed: 0 });
        let far = score(&[text], &[vec![found(0, 3, "fin.pan", 1.0)]], &Count::Everything);
        assert_eq!(far.group("fin.pan"), Tally { right: 0, wrong: 1, missed: 1 });
        assert_eq!((far.mistakes[0].value.as_str(), far.mistakes[0].is_missed), ("123", false));
    }

    #[test]
    fn a_label_is_taken_once_and_by_the_surest_finding() {
        let text = labelled("[[card|12345678]]");
        let twice = vec![found(0, 5, "fin.pan", 0.2), found(0, 8, "fin.pan", 0.9)];
        let scores = score(&[text], &[twice], &Count::Everything);
        assert_eq!(scores.group("fin.pan"), Tally { right: 1, wrong: 1, missed: 0 });
        assert_eq!(scores.mistakes[0].value, "12345");
    }

    #[test]
    fn another_group_does_not_fit() {
        let text = labelled("[[dob|1.2.1990]]");
        let scores = score(&[text], &[vec![found(0, 8, "date", 1.0)]], &Count::Everything);
        assert_eq!(scores.micro(), Tally { right: 0, wrong: 1, missed: 1 });
    }

    #[test]
    fn what_touches_an_ignored_span_counts_neither_way_and_leaves_the_message_clean() {
        let texts = [labelled("on [[ignore|5.3.]] at nine"), labelled("order 4711")];
        let findings = [vec![found(0, 7, "date", 1.0)], vec![found(6, 10, "contact.phone", 1.0)]];
        let scores = score(&texts, &findings, &Count::Everything);
        assert_eq!((scores.clean, scores.alarmed), (2, 1));
        assert_eq!(scores.micro(), Tally { right: 0, wrong: 1, missed: 0 });
        let dates = score(&texts, &findings, &Count::Only(&["date"]));
        assert_eq!((dates.alarmed, dates.micro().f1()), (0, None));
    }
}
