//! What came of a run: counted, and as the agent sees it.

use super::{
    Cast, Found,
    desk::{Finding, Item, Piece},
    secrets,
};
use crate::command::Failure;
use aside_model::Rung;
use serde::Serialize;
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufWriter, Write},
};

/// What a run says at the end.
#[derive(Serialize, Default)]
pub(super) struct Summary {
    /// Inputs that are in the store, each exactly once.
    pub(super) messages: usize,
    /// Everything that customers said, the words in the messenger and before the invitation included.
    pub(super) stored: usize,
    pub(super) findings: BTreeMap<String, usize>,
    pub(super) blocked: usize,
    pub(super) held: usize,
    pub(super) masked: usize,
    pub(super) warned: usize,
    pub(super) invited: usize,
    pub(super) moved: usize,
    pub(super) ledger_size: u64,
    pub(super) checkpoint: String,
    pub(super) seconds: f64,
    /// What is not as it must be; empty when all is well.
    pub(super) problems: Vec<String>,
}

/// What the agent sees of an input.
#[derive(Serialize)]
struct Seen<'a> {
    id: &'a RawValue,
    rung: Rung,
    text: String,
    findings: Vec<SeenFinding>,
    invited: bool,
    moved: bool,
}

#[derive(Serialize)]
struct SeenFinding {
    #[serde(rename = "type")]
    data_type: String,
    kind: String,
    rule: String,
    certainty: String,
}

impl From<Finding> for SeenFinding {
    fn from(f: Finding) -> Self {
        Self { data_type: f.data_type, kind: f.kind, rule: f.rule, certainty: f.certainty }
    }
}

/// What the agent sees of the messages that an input went out in.
#[derive(Default)]
struct Own {
    text: String,
    /// What was written, without labels and masks.
    in_clear: String,
    findings: Vec<Finding>,
    messages: usize,
    /// Other messages of the same customer.
    others: usize,
}

/// Counts, and writes what the agent sees of each input.
pub(super) fn collect(
    cast: &[Cast<'_>],
    found: &[Option<Found>],
    out: &mut Option<BufWriter<fs::File>>,
    summary: &mut Summary,
) -> Result<(), Failure> {
    for (one, found) in cast.iter().zip(found) {
        let id = one.input.id.get();
        let items = found.as_ref().map(|(_, c)| c.timeline.as_slice()).unwrap_or_default();
        let own = own(one, items, &mut summary.problems);
        summary.stored += own.messages + own.others;
        if own.messages == one.parts && own.others == one.other_messages() && found.is_some() {
            summary.messages += 1;
        } else {
            let (is, others) = (own.messages, own.others);
            summary.problems.push(format!(
                "input {id}: {is} of {} messages are in the store, and {others} of {} that the run wrote around it",
                one.parts,
                one.other_messages(),
            ));
        }
        if secrets::is_readable(one.input, &own.in_clear) {
            summary.problems.push(format!("a secret is readable in the timeline of input {id}"));
        }
        summary.count(&own.findings);
        let moved =
            one.moved || items.iter().any(|i| matches!(i, Item::Entry { kind } if kind == "moved_to_secure"));
        summary.invited += usize::from(one.invited);
        summary.moved += usize::from(moved);
        if let Some(out) = out {
            let seen = Seen {
                id: &one.input.id,
                rung: one.input.rung,
                text: own.text,
                findings: own.findings.into_iter().map(SeenFinding::from).collect(),
                invited: one.invited,
                moved,
            };
            serde_json::to_writer(&mut *out, &seen)
                .map_err(io::Error::from)
                .and_then(|()| out.write_all(b"\n"))
                .map_err(|e| Failure::new(format!("cannot write the timelines: {e}")))?;
        }
    }
    Ok(())
}

/// Takes an input's own messages out of its customer's timeline: everything on its rung, since the run
/// writes around it on other rungs alone.
fn own(one: &Cast<'_>, items: &[Item], problems: &mut Vec<String>) -> Own {
    let mut own = Own::default();
    for item in items {
        let Item::Message { rung, author, pieces, findings, unchecked, .. } = item else { continue };
        if author != "customer" {
            continue;
        }
        if *rung != one.input.rung {
            own.others += 1;
            continue;
        }
        own.messages += 1;
        if *unchecked {
            problems.push(format!("input {} could not be checked", one.input.id.get()));
        }
        own.text.extend(pieces.iter().map(Piece::visible));
        own.in_clear.extend(pieces.iter().map(Piece::in_clear));
        own.findings.extend(findings.iter().cloned());
    }
    own
}

impl Summary {
    fn count(&mut self, findings: &[Finding]) {
        for finding in findings {
            *self.findings.entry(finding.data_type.clone()).or_default() += 1;
            match finding.rule.as_str() {
                "block" => self.blocked += 1,
                "hold" => self.held += 1,
                "mask" => self.masked += 1,
                "warn" => self.warned += 1,
                _ => {}
            }
        }
    }
}
