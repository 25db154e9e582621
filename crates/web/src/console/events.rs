//! The console's live events.

use crate::{
    door::Web,
    live::{self, After},
    refusal::Refusal,
    session::Agent,
};
use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use serde_json::json;

/// `GET /console/events`: every event of the brand, as number and ids.
pub(super) async fn listen(
    State(web): State<Web>,
    agent: Agent,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Result<Response, Refusal> {
    let pick = |row: &aside_model::rows::EventRow| {
        Some(json!({ "conversation": row.conversation, "message": row.message, "kind": row.kind }))
    };
    live::stream(&web, agent.acting.brand, &headers, &after, Box::new(pick)).await
}
