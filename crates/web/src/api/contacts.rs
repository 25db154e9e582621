//! Addresses that the brand held before anyone asked.

use super::{caller::Caller, shapes::Imported};
use crate::{door::Web, refusal::Refusal};
use axum::{Json, body::Bytes, extract::State};

/// Takes in known contacts: comma-separated rows with a heading line.
#[utoipa::path(
    post, path = "/api/v1/contacts",
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = Imported))
)]
pub(super) async fn import(
    State(web): State<Web>,
    Caller(acting): Caller,
    csv: Bytes,
) -> Result<Json<Imported>, Refusal> {
    Ok(Json(web.app.import_contacts(&acting, &csv).await?.into()))
}
