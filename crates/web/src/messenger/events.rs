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
    let pick = move |row: &aside_model::rows::EventRow| {
        let heard = row.conversation == Some(conversation) && THEIRS.contains(&row.kind.as_str());
        heard.then(|| json!({ "message": row.message, "kind": row.kind }))
    };
    live::stream(&web, customer.visiting.brand, &headers, &after, Box::new(pick)).await
}
