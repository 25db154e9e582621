//! The customer's live events: those of their own conversation.

use crate::{
    door::Web,
    live::{self, After},
    refusal::Refusal,
    session::Customer,
};
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use serde_json::json;
use std::borrow::Cow;

/// What a customer's page shows the outcome of. What agents do among themselves (assign, reveal, close) is
/// not theirs to hear.
const THEIRS: [&str; 7] = ["message", "edited", "removed", "hold", "moved", "status", "checked"];

/// `GET /c/events`. What happens in other conversations is not even counted out loud.
pub(super) async fn listen(
    State(web): State<Web>,
    customer: Customer,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Result<Response, Refusal> {
    let conversation = customer.visiting.conversation;
    let pick = live::pick(move |heard| {
        let row = &heard.row;
        let theirs = row.conversation == Some(conversation) && THEIRS.contains(&row.kind.as_str());
        theirs.then(|| Cow::Owned(json!({ "message": row.message, "kind": row.kind }).to_string()))
    });
    live::stream(&web, customer.visiting.brand, &headers, &after, pick).await
}
