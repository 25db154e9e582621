//! An agent's draft, checked before it is sent: for data that must not go out here, and for asking the
//! customer for data that must not come in here.

use crate::{
    Acting, App, AppError, Result,
    screening::{Judged, NotJudged},
    views::{DraftCheck, DraftFinding},
};
use aside_access::Action;
use aside_detect::offsets::{Unit, convert};
use aside_model::{ConversationId, Direction, Raw, Rung, ThreadId};
use aside_rules::{Decision, Disposition};

/// Start and end of each finding in UTF-16 code units of the text without its lead.
pub(crate) fn utf16_spans(judged: &Judged) -> Vec<(usize, usize)> {
    let findings: Vec<_> = judged.decided.iter().map(|(f, _)| f.clone()).collect();
    let lead = judged.text.expose()[..judged.lead].encode_utf16().count();
    convert(judged.text.expose(), &findings, Unit::Utf16)
        .into_iter()
        .map(|range| (range.start.saturating_sub(lead), range.end.saturating_sub(lead)))
        .collect()
}

impl App {
    /// What the rules say about a draft on a thread.
    pub async fn check_draft(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        thread: ThreadId,
        text: &Raw,
    ) -> Result<DraftCheck> {
        let about = self.store.conversation(acting.brand, conversation).await?.ok_or(AppError::NotFound)?;
        self.permit(acting, Action::Reply(crate::permit::reach(acting, &about)))?;
        let row = self.store.thread(acting.brand, thread).await?.ok_or(AppError::NotFound)?;
        if row.conversation != conversation {
            return Err(AppError::NotFound);
        }
        match self.judge(row.rung, Direction::Outbound, None, text).await {
            Ok(judged) => Ok(self.draft_check(&judged, row.rung)),
            Err(why) => Ok(not_checked(why)),
        }
    }

    /// What the rules say about a judged draft.
    pub(crate) fn draft_check(&self, judged: &Judged, rung: Rung) -> DraftCheck {
        let mut check = DraftCheck::default();
        for ((_, decision), (start, end)) in judged.decided.iter().zip(utf16_spans(judged)) {
            add(&mut check, decision, start, end, false);
        }
        for data_type in aside_rules::asks_for(judged.text.expose()) {
            add(&mut check, &self.rules.decide_request(data_type, rung), 0, 0, true);
        }
        check
    }
}

/// A draft that could not be checked is not sent: where a check cannot run, the answer is no.
pub(crate) fn not_checked(why: NotJudged) -> DraftCheck {
    tracing::warn!(?why, "a draft could not be checked; refused");
    DraftCheck { findings: vec![], refused: true, needs_reason: false }
}

fn add(check: &mut DraftCheck, decision: &Decision, start: usize, end: usize, asked: bool) {
    let verdict = match decision.disposition {
        Disposition::Refuse | Disposition::Destroy | Disposition::Hold | Disposition::Mask => "refuse",
        Disposition::Confirm | Disposition::Warn => "confirm",
        Disposition::Allow => "allow",
    };
    check.refused |= verdict == "refuse";
    check.needs_reason |= verdict == "confirm";
    if verdict == "allow" {
        return;
    }
    let what = if asked { "Asking for the" } else { "The" };
    let mut why =
        format!("{what} {} does not belong here ({}).", decision.data_type.label(), decision.provision);
    if verdict == "confirm" {
        why = format!("{what} {} needs a reason here ({}).", decision.data_type.label(), decision.provision);
    }
    check.findings.push(DraftFinding {
        start,
        end,
        data_type: decision.data_type,
        label: decision.data_type.label(),
        verdict,
        asked,
        why,
    });
}
