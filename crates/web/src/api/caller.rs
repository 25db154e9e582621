//! Who calls: an agent's session as `Authorization: Bearer …`.

use crate::{door::Web, refusal::Refusal};
use aside_app::Acting;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{header, request::Parts},
};
use serde::de::DeserializeOwned;

/// A signed-in agent's program.
pub(crate) struct Caller(pub(super) Acting);

impl FromRequestParts<Web> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = header.and_then(|header| header.split_once(' ')).ok_or(Refusal::SignedOut)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Refusal::SignedOut);
        }
        web.app.acting(token.trim()).await?.map(Caller).ok_or(Refusal::SignedOut)
    }
}

/// A JSON body; what is wrong with it is said without repeating it.
pub(super) struct Body<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Web> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("application/json")) {
            return Err(Refusal::Other(axum::http::StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let bytes = Bytes::from_request(request, web).await.map_err(|_| Refusal::TooLarge)?;
        serde_json::from_slice(&bytes).map(Body).map_err(|error| {
            let at = (error.line(), error.column());
            Refusal::Invalid(format!("The JSON does not fit the schema, at line {}, column {}.", at.0, at.1))
        })
    }
}
