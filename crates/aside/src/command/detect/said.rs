//! Findings as JSON.

use super::super::{
    Failure,
    stream::{
        blocks::{Answered, Counter},
        row::Row,
    },
};
use super::Seen;
use aside_detect::{
    Evidence,
    offsets::{self, Unit},
};
use serde::{Serialize, Serializer, ser::SerializeSeq};
use serde_json::value::RawValue;

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    findings: Findings<'a>,
}

struct Findings<'a> {
    text: &'a str,
    found: &'a [Seen],
    unit: Unit,
    explain: bool,
}

#[derive(Serialize)]
struct Said<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<u64>,
    r#type: &'a str,
    kind: &'a str,
    start: u64,
    end: u64,
    score: f32,
    certainty: &'a str,
    evidence: Reasons<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    explanation: Option<Vec<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    beat: Option<Vec<Beat<'a>>>,
}

/// Why a finding was made, by name.
struct Reasons<'a>(&'a [Evidence]);

impl Serialize for Reasons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|reason| reason.name()))
    }
}

/// What else was seen there, and why it is not reported.
#[derive(Serialize)]
struct Beat<'a> {
    kind: &'a str,
    certainty: &'a str,
    because: &'a str,
}

fn said(seen: &Seen, start: u64, end: u64, explain: bool) -> Said<'_> {
    let finding = &seen.finding;
    let beat = seen.beat.iter().map(|beaten| Beat {
        kind: beaten.finding.kind,
        certainty: beaten.finding.certainty.name(),
        because: beaten.because.name(),
    });
    Said {
        line: None,
        column: None,
        r#type: finding.data_type.id(),
        kind: finding.kind,
        start,
        end,
        score: finding.score,
        certainty: finding.certainty.name(),
        evidence: Reasons(&finding.evidence),
        explanation: explain.then(|| finding.evidence.iter().map(|reason| reason.description()).collect()),
        beat: explain.then(|| beat.collect()),
    }
}

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.found.len()))?;
        let spans = self.found.iter().map(|seen| seen.finding.start..seen.finding.end);
        for (seen, span) in self.found.iter().zip(offsets::convert_spans(self.text, spans, self.unit)) {
            list.serialize_element(&said(seen, span.start as u64, span.end as u64, self.explain))?;
        }
        list.end()
    }
}

/// The answer to a row, with a line break.
pub(super) fn row(
    row: &Row<'_>,
    found: &[Seen],
    unit: Unit,
    explain: bool,
    out: &mut Vec<u8>,
) -> serde_json::Result<()> {
    let answer = Answer { id: row.id, findings: Findings { text: &row.text, found, unit, explain } };
    serde_json::to_writer(&mut *out, &answer)?;
    out.push(b'\n');
    Ok(())
}

/// A line for each finding that begins in a core; `counter` stands at the core's beginning and is moved to its end.
pub(super) fn core(
    core: &Answered<'_, Seen>,
    counter: &mut Counter,
    unit: Unit,
    explain: bool,
) -> Result<Vec<u8>, Failure> {
    let (mut out, mut at) = (Vec::new(), core.core.start);
    for found in &core.found {
        let (start, end) = (found.span.start, found.span.end);
        let place = counter.over(&core.text[at..start]);
        at = start;
        let length = unit.length(&core.text[start..end]) as u64;
        let one = said(&found.what, place.offset, place.offset + length, explain);
        let one = Said { line: Some(place.line), column: Some(place.column), ..one };
        serde_json::to_writer(&mut out, &one)
            .map_err(|e| Failure::new(format!("cannot be answered: {e}")))?;
        out.push(b'\n');
    }
    counter.over(&core.text[at..core.core.end]);
    Ok(out)
}
