//! Marking what the detector missed.

use super::caller::{Body, Caller};
use crate::{
    door::Web,
    refusal::{Problem, Refusal},
    session::id,
};
use aside_model::{DataType, Raw};
use axum::{
    Json,
    extract::{Path, State},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub(super) struct Miss {
    /// The personal data as it stands in a message of the conversation: 3 to 400 characters.
    #[schema(min_length = 3, max_length = 400)]
    text: String,
    /// What it is: an id of the taxonomy, for instance `contact.name`.
    #[serde(rename = "type")]
    data_type: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Marked {
    /// Messages of the customer that say it no more.
    messages: u32,
    /// Occurrences that were destroyed.
    destroyed: u32,
    /// Occurrences that lie in the vault now, with a mask in their place.
    masked: u32,
}

/// Marks personal data that stands in clear. It is searched for in every stored message of the customer,
/// whatever separators and case, and destroyed or masked as the rules say.
#[utoipa::path(
    post, path = "/api/v1/conversations/{id}/misses", params(("id" = String, Path, description = "The conversation")),
    request_body = Miss,
    responses(
        (status = 200, body = Marked),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "It stands in no message of the conversation, or there is no such type", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn mark(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(conversation): Path<String>,
    Body(form): Body<Miss>,
) -> Result<Json<Marked>, Refusal> {
    let text = Raw::new(form.text);
    let data_type: DataType =
        form.data_type.parse().map_err(|_| Refusal::Invalid("`type` is no id of a data type.".into()))?;
    let marked = web.app.mark_missed(&acting, id(&conversation)?, &text, data_type).await?;
    Ok(Json(Marked { messages: marked.messages, destroyed: marked.destroyed, masked: marked.masked }))
}
