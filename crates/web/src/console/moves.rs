//! What an agent does with a conversation besides writing: move it up, take it, close it.

use super::{
    conversation::{Composer, read},
    desk::Did,
};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Nothing, Signed, id},
    shown,
};
use aside_app::MoveOutcome;
use aside_model::ConversationId;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

fn back(conversation: ConversationId, did: &str) -> Response {
    Redirect::to(&format!("/console/c/{conversation}?did={did}")).into_response()
}

pub(super) async fn move_up(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    Signed(agent, Nothing {}): Signed<Agent, Nothing>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    match web.app.move_up(&agent.acting, conversation).await? {
        MoveOutcome::Invited => Ok(back(conversation, "invited")),
        MoveOutcome::Not(why) => {
            let composer = Composer { not_sent: Some(("Not invited.", why)), ..Composer::default() };
            let page = read(&web, &agent, conversation, false, &Did::default(), composer).await?;
            shown::page(StatusCode::CONFLICT, &page)
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Assign {
    #[serde(default)]
    to: String,
}

pub(super) async fn assign(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    Signed(agent, form): Signed<Agent, Assign>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    let to_me = form.to == "me";
    web.app.assign(&agent.acting, conversation, to_me).await?;
    Ok(back(conversation, if to_me { "taken" } else { "given-back" }))
}

pub(super) async fn close(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    Signed(agent, Nothing {}): Signed<Agent, Nothing>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    web.app.close(&agent.acting, conversation).await?;
    Ok(back(conversation, "closed"))
}

pub(super) async fn reopen(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    Signed(agent, Nothing {}): Signed<Agent, Nothing>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    web.app.reopen(&agent.acting, conversation).await?;
    Ok(back(conversation, "reopened"))
}
