//! Checking a draft before it is sent.

use super::{
    caller::{Body, Caller},
    shapes::DraftCheck,
};
use crate::{door::Web, refusal::Refusal, session::id};
use aside_model::Raw;
use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub(super) struct Draft {
    conversation: String,
    /// The thread it would go out on.
    thread: String,
    text: String,
}

/// What the rules say about a draft on a thread. Nothing of it is stored.
#[utoipa::path(post, path = "/api/v1/drafts/check", request_body = Draft, responses((status = 200, body = DraftCheck)))]
pub(super) async fn check(
    State(web): State<Web>,
    Caller(acting): Caller,
    Body(draft): Body<Draft>,
) -> Result<Json<DraftCheck>, Refusal> {
    let text = Raw::new(draft.text);
    let check = web.app.check_draft(&acting, id(&draft.conversation)?, id(&draft.thread)?, &text).await?;
    Ok(Json(check.into()))
}
