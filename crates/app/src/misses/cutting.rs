//! A body without what somebody marked in it.

use super::occurrences::Sought;
use crate::screening::{Judged, Screened};
use aside_model::{
    Body, Certainty, Checks, DataType, Direction, Finding, Raw, Rung, Segment, rows::MessageRow,
};
use aside_rules::{Action, Decision, Disposition, Facts, Rules};
use std::{ops::Range, sync::Arc};

/// Whether the text stands in a body, in what people can read of it.
pub(super) fn stands_in(body: &Body, sought: &Sought) -> bool {
    joined(body.segments.clone()).iter().any(|segment| match segment {
        Segment::Text(text) => !sought.places(text).is_empty(),
        _ => false,
    })
}

/// What the rules say to a miss in a message. A person says that it is personal, so it is masked at least;
/// where nobody sees the message, because it could not be checked, nobody needs the value either.
pub(super) fn decide(rules: &Rules, row: &MessageRow, data_type: DataType) -> Decision {
    decide_at(rules, row.rung, row.direction, row.checks, data_type)
}

fn decide_at(
    rules: &Rules,
    rung: Rung,
    direction: Direction,
    checks: Checks,
    data_type: DataType,
) -> Decision {
    // Whoever marks it names a type alone: the strictest of its kinds decides.
    let facts = Facts { data_type, kind: "", rung, direction, certainty: Certainty::Certain };
    let decision = rules.decide(&facts);
    let disposition = match decision.action {
        Action::Block => Disposition::Destroy,
        _ if checks == Checks::Unchecked => Disposition::Destroy,
        Action::Allow | Action::Warn | Action::Mask => Disposition::Mask,
    };
    Decision { disposition, ..decision }
}

/// The body without what was marked, and the values that were taken out of it, in the way in which `screen`
/// takes them out of a text that comes in. `None` when it does not stand there.
pub(super) fn cut(
    body: Body,
    sought: &Sought,
    decision: &Decision,
    evidence: &str,
    screen: impl Fn(&Judged) -> Screened,
) -> Option<Screened> {
    let mut left = Screened::default();
    for segment in joined(body.segments) {
        let places = match &segment {
            Segment::Text(text) => sought.places(text),
            _ => vec![],
        };
        let Segment::Text(text) = segment else {
            left.body.segments.push(segment);
            continue;
        };
        if places.is_empty() {
            left.body.segments.push(Segment::Text(text));
            continue;
        }
        let decided = places.into_iter().map(|place| (finding(decision, place), decision.clone())).collect();
        let end = text.len();
        let part = screen(&Judged { text: Arc::new(Raw::new(text)), lead: 0, end, decided });
        left.body.segments.extend(part.body.segments);
        left.body.findings.extend(part.body.findings);
        left.values.extend(part.values);
        left.tally.destroyed += part.tally.destroyed;
        left.tally.masked += part.tally.masked;
    }
    if left.body.findings.is_empty() {
        return None;
    }
    for note in &mut left.body.findings {
        note.evidence = vec![evidence.to_owned()];
    }
    // What was found before keeps its order: holds are told apart by it.
    left.body.findings.splice(0..0, body.findings);
    left.body.attachments = body.attachments;
    Some(left)
}

fn finding(decision: &Decision, place: Range<usize>) -> Finding {
    Finding {
        data_type: decision.data_type,
        kind: decision.data_type.kinds().first().copied().unwrap_or_default(),
        start: place.start,
        end: place.end,
        score: 1.0,
        certainty: Certainty::Certain,
        evidence: vec![],
    }
}

/// The segments with texts that stand beside each other in one: a released hold parts a text that people
/// read as a whole.
fn joined(segments: Vec<Segment>) -> Vec<Segment> {
    let mut joined: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        match (joined.last_mut(), segment) {
            (Some(Segment::Text(before)), Segment::Text(text)) => before.push_str(&text),
            (_, segment) => joined.push(segment),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
