//! Who answers for the brand.

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::Agent,
    shown::{self, Label},
};
use aside_app::views::AgentView;
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "console/agents.html")]
pub(super) struct Agents {
    pub(super) desk: Desk,
    pub(super) agents: Vec<AgentView>,
}

pub(super) async fn show(State(web): State<Web>, agent: Agent) -> Result<Response, Refusal> {
    let desk = Desk::around(&web, &agent, "agents", &Did::default()).await?;
    let agents = web.app.agent_views(&agent.acting).await?;
    shown::page(StatusCode::OK, &Agents { desk, agents })
}
