//! Erasing a customer: a reason, not "are you sure?".

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Signed, id},
    shown::{self, Label},
};
use aside_model::ConversationId;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

/// A reason shorter than this says nothing.
pub(crate) const REASON: usize = 10;

#[derive(Template)]
#[template(path = "console/erase.html")]
pub(super) struct ErasePage {
    pub(super) desk: Desk,
    pub(super) conversation: ConversationId,
    pub(super) customer: String,
    pub(super) refused: Option<String>,
}

#[derive(Template)]
#[template(path = "console/erased.html")]
pub(super) struct ErasedPage {
    pub(super) desk: Desk,
    pub(super) counts: Vec<(&'static str, u64)>,
}

pub(super) async fn ask(
    State(web): State<Web>,
    agent: Agent,
    Path(conversation): Path<String>,
) -> Result<Response, Refusal> {
    shown::page(StatusCode::OK, &page(&web, &agent, id(&conversation)?, None).await?)
}

async fn page(
    web: &Web,
    agent: &Agent,
    conversation: ConversationId,
    refused: Option<String>,
) -> Result<ErasePage, Refusal> {
    let desk = Desk::around(web, agent, "inbox", &Did::default()).await?;
    let view = web.app.conversation(&agent.acting, conversation).await?.ok_or(Refusal::NotFound)?;
    Ok(ErasePage { desk, conversation, customer: view.customer, refused })
}

#[derive(Deserialize)]
pub(super) struct Erase {
    reason: String,
}

pub(super) async fn erase(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    Signed(agent, form): Signed<Agent, Erase>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    let reason = form.reason.trim();
    if reason.chars().count() < REASON {
        let why = "Give a reason of at least ten characters, for instance the number of the request.";
        let page = page(&web, &agent, conversation, Some(why.to_owned())).await?;
        return shown::page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let erased = web.app.erase(&agent.acting, conversation, reason).await?;
    let desk = Desk::around(&web, &agent, "inbox", &Did::default()).await?;
    shown::page(StatusCode::OK, &ErasedPage { desk, counts: counts(&erased) })
}

fn counts(erased: &aside_app::Erased) -> Vec<(&'static str, u64)> {
    vec![
        ("Keyrings destroyed", erased.keyrings),
        ("Messages deleted", erased.messages),
        ("Values deleted", erased.values),
    ]
}
