//! Approved texts: outside of a network's window the only thing that can be sent there. Each is a form of its
//! own, so that picking one works without scripts.

use super::{
    conversation::{Composer, read},
    desk::Did,
};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Signed, id},
    shown,
};
use aside_app::{AppError, Filled, ReplyOutcome, views::DraftCheck};
use aside_model::{Raw, ThreadId};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The most places of a template that are read.
const MOST_PLACES: usize = 20;

#[derive(Deserialize)]
pub(super) struct Chosen {
    thread: String,
    name: String,
    language: String,
    #[serde(default)]
    reason: String,
    form_key: String,
    /// Everything else: `p1`, `p2` … are what the places are filled with.
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

impl Chosen {
    /// What the places are filled with, in order.
    fn places(&mut self) -> Vec<Raw> {
        let places = (1..=MOST_PLACES).map_while(|place| self.rest.remove(&format!("p{place}")));
        places.map(Raw::new).collect()
    }
}

/// A template that was not sent.
pub(super) struct NotSent {
    pub(super) thread: ThreadId,
    name: String,
    language: String,
    /// What stood in its places, where it may stand there again.
    places: Vec<String>,
    /// Why, in sentences.
    pub(super) why: Vec<String>,
    /// Whether it would be sent with a reason.
    pub(super) needs_reason: bool,
}

impl NotSent {
    #[cfg(test)]
    pub(super) fn of(thread: ThreadId, places: &[&str], why: &str, needs_reason: bool) -> Self {
        Self {
            thread,
            name: "answer_ready".into(),
            language: "en".into(),
            places: places.iter().map(|place| (*place).to_owned()).collect(),
            why: vec![why.into()],
            needs_reason,
        }
    }

    /// Whether it is about this template of this thread.
    pub(super) fn is_of(&self, thread: ThreadId, name: &str, language: &str) -> bool {
        self.thread == thread && self.name == name && self.language == language
    }

    /// What stood in a place, counted from one.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand out references")]
    pub(super) fn place(&self, place: &usize) -> &str {
        place.checked_sub(1).and_then(|at| self.places.get(at)).map_or("", String::as_str)
    }
}

pub(super) async fn send(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    Signed(agent, mut form): Signed<Agent, Chosen>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    let thread: ThreadId = id(&form.thread)?;
    let parameters = form.places();
    let kept: Vec<Raw> = parameters.iter().map(|place| Raw::new(place.expose().to_owned())).collect();
    let filled = Filled { name: form.name.clone(), language: form.language.clone(), parameters };
    let reason = Some(form.reason.trim()).filter(|reason| !reason.is_empty());
    let outcome =
        web.app.reply_by_template(&agent.acting, conversation, thread, filled, reason, &form.form_key).await;
    let at = format!("/console/c/{conversation}");
    let (status, why, check) = match outcome {
        Ok(ReplyOutcome::Queued(_)) => return Ok(Redirect::to(&format!("{at}?did=sent")).into_response()),
        Ok(ReplyOutcome::Repeated) => {
            return Ok(Redirect::to(&format!("{at}?did=repeated")).into_response());
        }
        Ok(ReplyOutcome::Stopped(check)) => (StatusCode::UNPROCESSABLE_ENTITY, reasons(&check), Some(check)),
        Ok(ReplyOutcome::Closed(why)) => (StatusCode::CONFLICT, vec![why], None),
        Err(AppError::Invalid(why)) => (StatusCode::UNPROCESSABLE_ENTITY, vec![why], None),
        Err(error) => return Err(error.into()),
    };
    // What only needs a reason may stand there again: it is not refused.
    let may_stand = check.as_ref().is_some_and(|check| !check.refused);
    let places = kept.iter().filter(|_| may_stand).map(|place| place.expose().to_owned()).collect();
    let needs_reason = check.is_some_and(|check| !check.refused && check.needs_reason);
    let Chosen { name, language, .. } = form;
    let not_sent = NotSent { thread, name, language, places, why, needs_reason };
    let composer = Composer { template: Some(not_sent), ..Composer::default() };
    let page = read(&web, &agent, conversation, false, &Did::default(), composer).await?;
    shown::page(status, &page)
}

fn reasons(check: &DraftCheck) -> Vec<String> {
    let whys: Vec<String> = check.findings.iter().map(|finding| finding.why.clone()).collect();
    if whys.is_empty() {
        return vec![
            "It could not be checked, and what is not checked is not sent. Try again in a moment.".into(),
        ];
    }
    whys
}
