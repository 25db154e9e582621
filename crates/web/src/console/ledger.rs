//! The ledger: what happened, with a proof for each entry.

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, id},
    shown::{self, Label, Moment},
};
use aside_app::views::{LedgerPage, ProofView};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/ledger.html", blocks = ["entries"])]
pub(super) struct Ledger {
    pub(super) desk: Desk,
    pub(super) page: LedgerPage,
    /// Where anyone can read the log.
    pub(super) log_address: String,
}

#[derive(Template)]
#[template(path = "console/proof.html")]
pub(super) struct Proof {
    pub(super) desk: Desk,
    pub(super) proof: ProofView,
}

#[derive(Deserialize)]
pub(super) struct Before {
    before: Option<i64>,
}

pub(super) async fn show(
    State(web): State<Web>,
    agent: Agent,
    headers: HeaderMap,
    Query(Before { before }): Query<Before>,
) -> Result<Response, Refusal> {
    let desk = Desk::around(&web, &agent, "ledger", &Did::default()).await?;
    let page = web.app.ledger(&agent.acting, before).await?;
    let url = web.settings.public_url.trim_end_matches('/');
    let log_address = format!("{url}/.well-known/aside/{}", agent.acting.brand);
    let ledger = Ledger { desk, page, log_address };
    if shown::part(&headers) == Some("entries") {
        return Ok(Html(ledger.as_entries().render()?).into_response());
    }
    shown::page(StatusCode::OK, &ledger)
}

pub(super) async fn entry(
    State(web): State<Web>,
    agent: Agent,
    Path(entry): Path<String>,
) -> Result<Response, Refusal> {
    let desk = Desk::around(&web, &agent, "ledger", &Did::default()).await?;
    let proof = web.app.ledger_entry(&agent.acting, id(&entry)?).await?.ok_or(Refusal::NotFound)?;
    shown::page(StatusCode::OK, &Proof { desk, proof })
}

pub(super) async fn proof(
    State(web): State<Web>,
    agent: Agent,
    Path(entry): Path<String>,
) -> Result<Response, Refusal> {
    let proof = web.app.ledger_entry(&agent.acting, id(&entry)?).await?.ok_or(Refusal::NotFound)?;
    let text = proof.proof.ok_or_else(|| {
        Refusal::NotNow("No checkpoint covers this entry yet. Try again in a second.".to_owned())
    })?;
    Ok(download(&format!("{}.tlog-proof", proof.line.entry), text))
}

pub(super) async fn checkpoint(State(web): State<Web>, agent: Agent) -> Result<Response, Refusal> {
    let page = web.app.ledger(&agent.acting, None).await?;
    Ok(download("checkpoint.txt", page.checkpoint.ok_or(Refusal::NotFound)?))
}

fn download(name: &str, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}
