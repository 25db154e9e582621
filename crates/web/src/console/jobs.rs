//! Jobs that need a person.

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Nothing, Signed, id},
    shown::{self, Label, Moment},
};
use aside_app::views::StuckJob;
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

#[derive(Template)]
#[template(path = "console/jobs.html")]
pub(super) struct Jobs {
    pub(super) desk: Desk,
    pub(super) jobs: Vec<StuckJob>,
}

pub(super) async fn show(
    State(web): State<Web>,
    agent: Agent,
    Query(did): Query<Did>,
) -> Result<Response, Refusal> {
    let desk = Desk::around(&web, &agent, "jobs", &did).await?;
    let jobs = web.app.stuck_jobs(&agent.acting).await?;
    shown::page(StatusCode::OK, &Jobs { desk, jobs })
}

pub(super) async fn retry(
    State(web): State<Web>,
    Path(job): Path<String>,
    Signed(agent, Nothing {}): Signed<Agent, Nothing>,
) -> Result<Response, Refusal> {
    web.app.retry_job(&agent.acting, id(&job)?).await?;
    Ok(Redirect::to("/console/jobs?did=retried").into_response())
}
