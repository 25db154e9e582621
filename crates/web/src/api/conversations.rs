//! Conversations: list, read, answer, move up, take, close, open a value, erase.

use super::{
    caller::{Body, Caller},
    said::Conversation,
    shapes::{DraftCheck, Lines},
};
use crate::{
    door::Web,
    refusal::{Problem, Refusal},
    session::id,
};
use aside_app::{MoveOutcome, ReplyOutcome, RevealAnswer};
use aside_model::{ConversationState, Raw};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Which {
    /// `open` or `closed`; both when left out.
    state: Option<String>,
    /// Only the caller's own.
    #[serde(default)]
    mine: bool,
    /// Where to go on, as the page before said.
    before: Option<String>,
}

/// Conversations, newest first.
#[utoipa::path(
    get, path = "/api/v1/conversations", params(Which),
    responses((status = 200, body = Lines), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn list(
    State(web): State<Web>,
    Caller(acting): Caller,
    Query(which): Query<Which>,
) -> Result<Json<Lines>, Refusal> {
    let state: Option<ConversationState> = which
        .state
        .map(|state| state.parse())
        .transpose()
        .map_err(|_| Refusal::Invalid("`state` is `open` or `closed`.".into()))?;
    Ok(Json(web.app.inbox(&acting, state, which.mine, which.before.as_deref()).await?.into()))
}

/// A conversation over all rungs, masked.
#[utoipa::path(
    get, path = "/api/v1/conversations/{id}", params(("id" = String, Path, description = "The conversation")),
    responses((status = 200, body = Conversation), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn read(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
) -> Result<Json<Conversation>, Refusal> {
    let view = web.app.conversation(&acting, id(&conversation)?).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(view.into()))
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Reply {
    /// The thread to answer: one of the conversation's.
    thread: String,
    text: String,
    /// Why, where the rules want a reason.
    reason: Option<String>,
    /// Any text that names this reply; sending it again with the same key does nothing.
    key: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Queued {
    /// The message's id; null if this reply was sent before.
    message: Option<String>,
    /// Whether this reply was sent before.
    repeated: bool,
}

/// Answers on a thread. The reply goes to the thread's own address.
#[utoipa::path(
    post, path = "/api/v1/conversations/{id}/replies", params(("id" = String, Path, description = "The conversation")),
    request_body = Reply,
    responses(
        (status = 202, description = "On its way", body = Queued),
        (status = 409, description = "The thread cannot be answered now", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The rules stop this draft", body = DraftCheck),
    )
)]
pub(super) async fn reply(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
    Body(form): Body<Reply>,
) -> Result<Response, Refusal> {
    let (conversation, thread) = (id(&conversation)?, id(&form.thread)?);
    let text = Raw::new(form.text);
    let reason = form.reason.as_deref();
    Ok(match web.app.reply(&acting, conversation, thread, text, reason, &form.key).await? {
        ReplyOutcome::Queued(message) => {
            let queued = Queued { message: Some(message.to_string()), repeated: false };
            (StatusCode::ACCEPTED, Json(queued)).into_response()
        }
        ReplyOutcome::Repeated => {
            (StatusCode::ACCEPTED, Json(Queued { message: None, repeated: true })).into_response()
        }
        ReplyOutcome::Stopped(check) => (
            StatusCode::UNPROCESSABLE_ENTITY,
            axum::Extension(crate::shown::Designed),
            Json(DraftCheck::from(check)),
        )
            .into_response(),
        ReplyOutcome::Closed(why) => return Err(Refusal::NotNow(why)),
    })
}

/// Invites the customer to the secure channel.
#[utoipa::path(
    post, path = "/api/v1/conversations/{id}/moves", params(("id" = String, Path, description = "The conversation")),
    responses((status = 202, description = "Invited"), (status = 409, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn move_up(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
) -> Result<StatusCode, Refusal> {
    match web.app.move_up(&acting, id(&conversation)?).await? {
        MoveOutcome::Invited => Ok(StatusCode::ACCEPTED),
        MoveOutcome::Not(why) => Err(Refusal::NotNow(why)),
    }
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Assign {
    /// True to take it, false to give it back.
    to_me: bool,
}

/// Takes a conversation, or gives it back.
#[utoipa::path(
    post, path = "/api/v1/conversations/{id}/assign", params(("id" = String, Path, description = "The conversation")),
    request_body = Assign, responses((status = 204))
)]
pub(super) async fn assign(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
    Body(form): Body<Assign>,
) -> Result<StatusCode, Refusal> {
    web.app.assign(&acting, id(&conversation)?, form.to_me).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Closes a conversation. It opens again when the customer writes.
#[utoipa::path(
    post, path = "/api/v1/conversations/{id}/close", params(("id" = String, Path, description = "The conversation")),
    responses((status = 204))
)]
pub(super) async fn close(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
) -> Result<StatusCode, Refusal> {
    web.app.close(&acting, id(&conversation)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Opens a closed conversation again.
#[utoipa::path(
    post, path = "/api/v1/conversations/{id}/reopen", params(("id" = String, Path, description = "The conversation")),
    responses((status = 204))
)]
pub(super) async fn reopen(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
) -> Result<StatusCode, Refusal> {
    web.app.reopen(&acting, id(&conversation)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Reveal {
    /// The value's id, from a masked piece.
    value: String,
    /// `payment`, `identification`, `contact`, `case_handling` or `privacy_request`.
    purpose: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Revealed {
    /// The value in clear.
    value: String,
    label: &'static str,
    /// For how long it may be shown.
    seconds: u32,
}

/// Opens one value for a purpose. The ledger has it before the value leaves.
#[utoipa::path(
    post, path = "/api/v1/conversations/{id}/reveals", params(("id" = String, Path, description = "The conversation")),
    request_body = Reveal,
    responses((status = 200, body = Revealed), (status = 403, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn reveal(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
    Body(form): Body<Reveal>,
) -> Result<Json<Revealed>, Refusal> {
    let purpose = form
        .purpose
        .parse()
        .map_err(|_| Refusal::Invalid("`purpose` is none of those that values are opened for.".into()))?;
    match web.app.reveal(&acting, id(&conversation)?, id(&form.value)?, purpose).await? {
        RevealAnswer::Opened { value, label, seconds } => {
            Ok(Json(Revealed { value: value.expose().to_owned(), label, seconds }))
        }
        RevealAnswer::Denied(why) => Err(Refusal::Denied(why)),
    }
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Erase {
    /// At least five characters, without personal details.
    reason: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Erased {
    /// Addresses on networks, each with its keys.
    handles: u32,
    conversations: u32,
}

/// Erases the customer of a conversation, on all rungs, for good.
#[utoipa::path(
    delete, path = "/api/v1/conversations/{id}/customer", params(("id" = String, Path, description = "The conversation")),
    request_body = Erase,
    responses((status = 200, body = Erased), (status = 403, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn erase(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
    Body(form): Body<Erase>,
) -> Result<Json<Erased>, Refusal> {
    let erased = web.app.erase(&acting, id(&conversation)?, form.reason.trim()).await?;
    Ok(Json(Erased { handles: erased.handles, conversations: erased.conversations }))
}
