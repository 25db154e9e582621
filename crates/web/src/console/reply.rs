//! The composer: checks a draft while it is written, and sends it on the thread that was chosen. There is
//! no address to type anywhere.

use super::{
    conversation::{Composer, read},
    desk::Did,
    redacted::without_refused,
};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Signed, SignedJson, id},
    shown,
};
use aside_app::{ReplyOutcome, views::DraftCheck};
use aside_model::{Raw, ThreadId};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub(super) struct Reply {
    thread: String,
    text: String,
    #[serde(default)]
    reason: String,
    form_key: String,
}

pub(super) async fn send(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    Signed(agent, form): Signed<Agent, Reply>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    let thread: ThreadId = id(&form.thread)?;
    // Browsers post line ends as CR LF (HTML, 4.10.21); people mean a line.
    let text = Raw::new(Raw::new(form.text).expose().replace("\r\n", "\n"));
    if text.expose().trim().is_empty() {
        let not_sent = Some(("Not sent.", "There is no text yet.".to_owned()));
        let composer = Composer { thread: Some(thread), not_sent, ..Composer::default() };
        let page = read(&web, &agent, conversation, false, &Did::default(), composer).await?;
        return shown::page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let reason = Some(form.reason.trim()).filter(|reason| !reason.is_empty());
    let kept = Raw::new(text.expose().to_owned());
    let outcome = web.app.reply(&agent.acting, conversation, thread, text, reason, &form.form_key).await?;
    let at = format!("/console/c/{conversation}");
    let (status, check, not_sent) = match outcome {
        ReplyOutcome::Queued(_) => return Ok(Redirect::to(&format!("{at}?did=sent")).into_response()),
        ReplyOutcome::Repeated => return Ok(Redirect::to(&format!("{at}?did=repeated")).into_response()),
        ReplyOutcome::Stopped(check) => {
            let why = if check.refused && check.findings.is_empty() {
                "It could not be checked, and what is not checked is not sent. Write it again in a moment."
            } else if check.refused {
                "It holds or asks for what must not be exchanged here. Take it out, or move to the secure channel."
            } else {
                "It holds something that needs a reason here. Give one, or take it out."
            };
            (StatusCode::UNPROCESSABLE_ENTITY, Some(check), ("Not sent.", why.to_owned()))
        }
        ReplyOutcome::Closed(why) => {
            let check = web.app.check_draft(&agent.acting, conversation, thread, &kept).await.ok();
            (StatusCode::CONFLICT, check, ("Not sent.", why))
        }
    };
    let draft = match &check {
        // What only needs a reason may stand there again: it is not refused.
        Some(check) if !check.refused => kept.expose().to_owned(),
        check => without_refused(&kept, check.as_ref()),
    };
    let composer = Composer {
        thread: Some(thread),
        draft,
        check: check.unwrap_or_default(),
        not_sent: Some(not_sent),
        ..Composer::default()
    };
    let page = read(&web, &agent, conversation, false, &Did::default(), composer).await?;
    shown::page(status, &page)
}

#[derive(Deserialize)]
pub(super) struct Draft {
    thread: String,
    text: String,
}

/// What the composer shows about a draft. Never a piece of the draft itself.
#[derive(Serialize)]
pub(crate) struct Checked {
    pub(crate) findings: Vec<Said>,
    pub(crate) refused: bool,
    pub(crate) needs_reason: bool,
}

/// One thing to say about a draft.
#[derive(Serialize)]
pub(crate) struct Said {
    pub(crate) title: &'static str,
    pub(crate) text: String,
    pub(crate) verdict: &'static str,
}

pub(super) async fn check(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    SignedJson(agent, draft): SignedJson<Agent, Draft>,
) -> Result<Json<Checked>, Refusal> {
    let text = Raw::new(draft.text);
    let check = web.app.check_draft(&agent.acting, id(&conversation)?, id(&draft.thread)?, &text).await?;
    Ok(Json(said(check)))
}

fn said(check: DraftCheck) -> Checked {
    let findings = check
        .findings
        .into_iter()
        .filter(|finding| finding.verdict != "allow")
        .map(|finding| Said {
            title: if finding.verdict == "refuse" { "Not here:" } else { "Say why:" },
            text: finding.why,
            verdict: finding.verdict,
        })
        .collect();
    Checked { findings, refused: check.refused, needs_reason: check.needs_reason }
}
