//! The ledger.

use super::{
    caller::Caller,
    shapes::{LedgerEntry, LedgerPage},
};
use crate::{
    door::Web,
    refusal::{Problem, Refusal},
    session::id,
};
use axum::{
    Json,
    extract::{Path, Query, State},
};
use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Before {
    /// Where to go on, as the page before said.
    before: Option<i64>,
}

/// Entries, newest first, with the newest checkpoint.
#[utoipa::path(get, path = "/api/v1/ledger", params(Before), responses((status = 200, body = LedgerPage)))]
pub(super) async fn list(
    State(web): State<Web>,
    Caller(acting): Caller,
    Query(Before { before }): Query<Before>,
) -> Result<Json<LedgerPage>, Refusal> {
    Ok(Json(web.app.ledger(&acting, before).await?.into()))
}

/// An entry with its leaf and its proof.
#[utoipa::path(
    get, path = "/api/v1/ledger/{entry}", params(("entry" = String, Path, description = "The entry")),
    responses((status = 200, body = LedgerEntry), (status = 404, body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn read(
    State(web): State<Web>,
    Caller(acting): Caller,
    Path(entry): Path<String>,
) -> Result<Json<LedgerEntry>, Refusal> {
    let proof = web.app.ledger_entry(&acting, id(&entry)?).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(proof.into()))
}
