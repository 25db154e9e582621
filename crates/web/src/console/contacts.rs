//! Addresses that the brand held before anyone asked: one-time codes go there and nowhere else.

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Signed},
    shown::{self, Label},
};
use aside_app::views::ImportReport;
use aside_model::Raw;
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/contacts.html")]
pub(super) struct Contacts {
    pub(super) desk: Desk,
    pub(super) report: Option<ImportReport>,
}

pub(super) async fn show(State(web): State<Web>, agent: Agent) -> Result<Response, Refusal> {
    let desk = Desk::around(&web, &agent, "contacts", &Did::default()).await?;
    shown::page(StatusCode::OK, &Contacts { desk, report: None })
}

#[derive(Deserialize)]
pub(super) struct Import {
    csv: String,
}

pub(super) async fn import(
    State(web): State<Web>,
    Signed(agent, form): Signed<Agent, Import>,
) -> Result<Response, Refusal> {
    let csv = Raw::new(form.csv);
    let report = web.app.import_contacts(&agent.acting, csv.expose().as_bytes()).await?;
    let desk = Desk::around(&web, &agent, "contacts", &Did::default()).await?;
    shown::page(StatusCode::OK, &Contacts { desk, report: Some(report) })
}
