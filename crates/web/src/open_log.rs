//! `/.well-known/aside/{brand}`: the ledger's files, for anyone who wants to check it. Leaves name no one.

use crate::{door::Web, refusal::Refusal};
use aside_model::BrandId;
use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};

const TEXT: &str = "text/plain; charset=utf-8";

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/.well-known/aside/{brand}/checkpoint", get(checkpoint))
        .route("/.well-known/aside/{brand}/key", get(key))
        .route("/.well-known/aside/{brand}/tile/{*path}", get(tile))
}

/// The newest checkpoint's signed note.
async fn checkpoint(State(web): State<Web>, Path(brand): Path<String>) -> Result<Response, Refusal> {
    let note = web.app.checkpoint(this(&brand)?).await?.ok_or(Refusal::NotFound)?;
    Ok(([(header::CONTENT_TYPE, TEXT)], note).into_response())
}

/// The log's public key as a verifier line.
async fn key(State(web): State<Web>, Path(brand): Path<String>) -> Result<Response, Refusal> {
    let key = web.app.verifier(this(&brand)?).await?.ok_or(Refusal::NotFound)?;
    Ok(([(header::CONTENT_TYPE, TEXT)], format!("{key}\n")).into_response())
}

/// A tile or an entry bundle, at its path of C2SP tlog-tiles.
async fn tile(
    State(web): State<Web>,
    Path((brand, path)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    // Only what a tile's path is made of: no way out of the folder, whatever lies behind.
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.')
            && !part.starts_with('.')
    };
    if !path.split('/').all(plain) {
        return Err(Refusal::NotFound);
    }
    let bytes = web.app.tile(this(&brand)?, &format!("tile/{path}")).await?.ok_or(Refusal::NotFound)?;
    Ok(([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response())
}

fn this(brand: &str) -> Result<BrandId, Refusal> {
    crate::session::id(brand)
}
