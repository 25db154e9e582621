//! What the API answers with. Shapes of its own, so that a page can change without breaking a program;
//! made from the same masked views, so that nothing more can show.

use aside_app::views;
use aside_model::Time;
use serde::Serialize;
use utoipa::ToSchema;

fn when(at: Time) -> String {
    at.rfc3339()
}

/// A line of the list of conversations.
#[derive(Serialize, ToSchema)]
pub(super) struct Line {
    /// The conversation's id.
    conversation: String,
    /// What people call the customer.
    customer: String,
    /// The last message as people see it, masked, shortened.
    preview: String,
    /// `customer`, `agent` or `system`.
    preview_author: &'static str,
    /// The highest rung reached: `public`, `direct`, `secure` or `voice`.
    rung: &'static str,
    /// `open` or `closed`.
    state: &'static str,
    /// How sure we are who writes.
    assurance: &'static str,
    /// Who looks after it.
    assigned: Option<String>,
    last_message_at: String,
    /// Whether the last word is the customer's.
    waiting: bool,
}

/// A page of conversations.
#[derive(Serialize, ToSchema)]
pub(super) struct Lines {
    lines: Vec<Line>,
    /// Pass it back as `before` to go on.
    next: Option<String>,
}

impl From<views::InboxPage> for Lines {
    fn from(page: views::InboxPage) -> Self {
        let line = |line: views::InboxLine| Line {
            conversation: line.conversation.to_string(),
            customer: line.customer,
            preview: line.preview,
            preview_author: line.preview_author.name(),
            rung: line.rung.name(),
            state: line.state.name(),
            assurance: line.assurance.name(),
            assigned: line.assigned,
            last_message_at: when(line.last_message_at),
            waiting: line.waiting,
        };
        Self { lines: page.lines.into_iter().map(line).collect(), next: page.next }
    }
}

/// A line of the ledger.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerLine {
    entry: String,
    /// Its place in the log; null until it is sequenced.
    index: Option<i64>,
    kind: String,
    text: String,
    at: String,
    /// Whether a checkpoint covers it.
    proved: bool,
}

impl From<views::LedgerLine> for LedgerLine {
    fn from(line: views::LedgerLine) -> Self {
        Self {
            entry: line.entry.to_string(),
            index: line.index,
            kind: line.kind,
            text: line.text,
            at: when(line.at),
            proved: line.proved,
        }
    }
}

/// A page of the ledger.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerPage {
    lines: Vec<LedgerLine>,
    /// The newest checkpoint, a signed note.
    checkpoint: Option<String>,
    /// The log's public key.
    verifier: String,
    /// Pass it back as `before` to go on.
    next: Option<i64>,
}

impl From<views::LedgerPage> for LedgerPage {
    fn from(page: views::LedgerPage) -> Self {
        Self {
            lines: page.lines.into_iter().map(Into::into).collect(),
            checkpoint: page.checkpoint,
            verifier: page.verifier,
            next: page.next,
        }
    }
}

/// A ledger entry with its proof.
#[derive(Serialize, ToSchema)]
pub(super) struct LedgerEntry {
    line: LedgerLine,
    /// The leaf's canonical JSON.
    leaf: String,
    /// A C2SP tlog-proof; null until a checkpoint covers the entry.
    proof: Option<String>,
}

impl From<views::ProofView> for LedgerEntry {
    fn from(proof: views::ProofView) -> Self {
        Self { line: proof.line.into(), leaf: proof.leaf, proof: proof.proof }
    }
}

/// A piece of personal data in a draft.
#[derive(Serialize, ToSchema)]
pub(super) struct DraftFinding {
    /// Where it starts, in UTF-16 code units.
    start: usize,
    /// Where it ends.
    end: usize,
    /// An id of the taxonomy, for instance `fin.pan`.
    #[serde(rename = "type")]
    data_type: &'static str,
    label: &'static str,
    /// `allow`, `confirm` or `refuse`.
    verdict: &'static str,
    /// True when the draft asks the customer for it.
    asked: bool,
    /// Why, with the provision.
    why: String,
}

/// What the rules say about a draft.
#[derive(Serialize, ToSchema)]
pub(super) struct DraftCheck {
    findings: Vec<DraftFinding>,
    /// Whether it may not be sent as it is.
    refused: bool,
    /// Whether sending needs a reason.
    needs_reason: bool,
}

impl From<views::DraftCheck> for DraftCheck {
    fn from(check: views::DraftCheck) -> Self {
        let finding = |finding: views::DraftFinding| DraftFinding {
            start: finding.start,
            end: finding.end,
            data_type: finding.data_type.id(),
            label: finding.label,
            verdict: finding.verdict,
            asked: finding.asked,
            why: finding.why,
        };
        Self {
            findings: check.findings.into_iter().map(finding).collect(),
            refused: check.refused,
            needs_reason: check.needs_reason,
        }
    }
}

/// What came of an import.
#[derive(Serialize, ToSchema)]
pub(super) struct Imported {
    added: u32,
    known: u32,
    refused: Vec<RefusedRow>,
}

/// A row that could not be read.
#[derive(Serialize, ToSchema)]
pub(super) struct RefusedRow {
    line: u64,
    why: String,
}

impl From<views::ImportReport> for Imported {
    fn from(report: views::ImportReport) -> Self {
        let refused = report.refused.into_iter().map(|(line, why)| RefusedRow { line, why }).collect();
        Self { added: report.added, known: report.known, refused }
    }
}
