//! Erasing a customer: a reason, not "are you sure?".

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Signed, id},
    shown::{self, Label},
};
use aside_app::AppError;
use aside_model::ConversationId;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde::Deserialize;

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
    pub(super) counts: [(&'static str, u32); 2],
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
    let erased = match web.app.erase(&agent.acting, conversation, form.reason.trim()).await {
        Ok(erased) => erased,
        Err(AppError::Invalid(why)) => {
            let page = page(&web, &agent, conversation, Some(why)).await?;
            return shown::page(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
        Err(error) => return Err(error.into()),
    };
    let desk = Desk::around(&web, &agent, "inbox", &Did::default()).await?;
    let counts = [("Addresses, each with its keys", erased.handles), ("Conversations", erased.conversations)];
    shown::page(StatusCode::OK, &ErasedPage { desk, counts })
}
