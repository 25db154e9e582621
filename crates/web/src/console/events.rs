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
use std::borrow::Cow;

/// `GET /console/events`: every event of the brand, as number and ids.
pub(super) async fn listen(
    State(web): State<Web>,
    agent: Agent,
    headers: HeaderMap,
    Query(after): Query<After>,
) -> Result<Response, Refusal> {
    let pick = live::pick(|heard| Some(Cow::Borrowed(&heard.for_agents)));
    live::stream(&web, agent.acting.brand, &headers, &after, pick).await
}
