//! Which of the given results are replaced: Presidio's rules, in time that grows with their number alone.

use crate::{
    error::Refused,
    values::{member, mistyped},
};
use serde_json::Value;

/// A span that was given, in code points.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Given {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) entity: String,
    pub(crate) score: f64,
}

impl Given {
    /// Reads start, end and entity type; the score where `scored`.
    pub(crate) fn read(value: &Value, scored: bool) -> Result<Self, Refused> {
        let object = value.as_object().ok_or_else(|| mistyped("result", "object", value))?;
        let missing = |name: &str| Refused::parameter(format!("Invalid input, result must contain {name}"));
        let place = |name: &'static str| {
            let value = member(object, name).ok_or_else(|| missing(name))?;
            match value.as_i64() {
                Some(at) if at < 0 => {
                    Err(Refused::parameter("Invalid input, result start and end must be positive"))
                }
                Some(at) => usize::try_from(at).map_err(|_| mistyped(name, "number", value)),
                None => Err(mistyped(name, "number", value)),
            }
        };
        let (start, end) = (place("start")?, place("end")?);
        let entity = member(object, "entity_type").and_then(Value::as_str).filter(|name| !name.is_empty());
        let entity = entity.ok_or_else(|| missing("entity_type"))?.to_owned();
        if start > end {
            return Err(Refused::parameter(format!(
                "Invalid input, start index '{start}' must be smaller than end index '{end}'"
            )));
        }
        let score = match member(object, "score") {
            Some(value) => value.as_f64().ok_or_else(|| mistyped("score", "number", value))?,
            None if scored => {
                return Err(Refused::parameter("Invalid input, analyzer result must contain score"));
            }
            None => 0.0,
        };
        Ok(Self { start, end, entity, score })
    }
}

/// What is left of the results, sorted by start: overlapping ones of one type become one; one that lies within
/// another, or in the same place with a lower score (or the same, and given earlier), goes; neighbours of one type
/// with only spaces between become one.
pub(crate) fn settle(mut given: Vec<Given>, only_spaces: impl Fn(usize, usize) -> bool) -> Vec<Given> {
    given.sort_by_key(|one| (one.start, one.end));
    // Overlapping ones of one type; each with its place among all.
    let mut numbered: Vec<(usize, Given)> = given.into_iter().enumerate().collect();
    numbered.sort_by(|(a, one), (b, other)| one.entity.cmp(&other.entity).then(a.cmp(b)));
    let mut merged: Vec<(usize, Given)> = Vec::with_capacity(numbered.len());
    for (number, one) in numbered {
        match merged.last_mut() {
            Some((last_number, last)) if last.entity == one.entity && overlap(last, &one) => {
                last.end = last.end.max(one.end);
                last.score = last.score.max(one.score);
                *last_number = number;
            }
            _ => merged.push((number, one)),
        }
    }
    // Longest first where they begin together, so that whoever is contained comes behind who contains it.
    merged.sort_by(|(a, one), (b, other)| {
        let place = one.start.cmp(&other.start).then(other.end.cmp(&one.end));
        place.then(other.score.total_cmp(&one.score)).then(b.cmp(a))
    });
    let mut merged: Vec<Given> = merged.into_iter().map(|(_, one)| one).collect();
    let mut reach = None;
    merged.retain(|one| {
        let contained = reach.is_some_and(|reach| one.end <= reach);
        reach = reach.max(Some(one.end));
        !contained
    });
    // Neighbours of one type.
    let mut left: Vec<Given> = Vec::with_capacity(merged.len());
    for one in merged {
        match left.last_mut() {
            Some(last)
                if last.entity == one.entity && last.end < one.start && only_spaces(last.end, one.start) =>
            {
                last.end = one.end;
                // Presidio keeps the later one, and lets it begin earlier.
                last.score = one.score;
            }
            _ => left.push(one),
        }
    }
    left
}

/// Whether the second, which does not begin earlier, shares text with the first.
fn overlap(first: &Given, second: &Given) -> bool {
    second.start < first.end || (second.start, second.end) == (first.start, first.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(list: &[(usize, usize, &str, f64)]) -> Vec<Given> {
        let one = |&(start, end, entity, score): &(usize, usize, &str, f64)| Given {
            start,
            end,
            entity: entity.into(),
            score,
        };
        list.iter().map(one).collect()
    }

    fn settled(list: &[(usize, usize, &str, f64)]) -> Vec<(usize, usize, String)> {
        settle(given(list), |_, _| true).into_iter().map(|one| (one.start, one.end, one.entity)).collect()
    }

    #[test]
    fn what_lies_within_another_goes() {
        let left = settled(&[
            (24, 32, "NAME", 0.8),
            (24, 28, "FIRST", 0.8),
            (29, 32, "LAST", 0.6),
            (48, 57, "PHONE", 0.95),
        ]);
        assert_eq!(left, [(24, 32, "NAME".into()), (48, 57, "PHONE".into())]);
        assert_eq!(settled(&[(1, 4, "A", 0.5), (1, 4, "B", 0.9)]), [(1, 4, "B".into())]);
        assert_eq!(settled(&[(1, 4, "A", 0.9), (1, 4, "B", 0.9)]), [(1, 4, "B".into())]);
    }

    #[test]
    fn neighbours_and_overlaps_of_one_type_become_one_and_others_stay() {
        assert_eq!(settled(&[(0, 4, "A", 0.5), (3, 8, "A", 0.5), (9, 12, "A", 0.1)]), [(0, 12, "A".into())]);
        assert_eq!(
            settled(&[(4, 21, "A", 0.8), (11, 33, "B", 0.8)]),
            [(4, 21, "A".into()), (11, 33, "B".into())]
        );
        assert_eq!(settled(&[(4, 8, "A", 0.8), (8, 9, "A", 0.8)]), [(4, 8, "A".into()), (8, 9, "A".into())]);
    }

    #[test]
    fn a_hundred_thousand_results_settle_soon() {
        let many: Vec<Given> = (0..100_000)
            .map(|n| Given { start: n, end: n + 50, entity: format!("T{}", n % 50), score: 0.5 })
            .collect();
        assert!(!settle(many, |_, _| false).is_empty());
    }
}
