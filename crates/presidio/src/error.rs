//! What is answered instead: `{"error": "..."}`.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// A request that was not carried out, in Presidio's shape. Never quotes the text.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{what}")]
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    what: Cow<'static, str>,
}

impl Refused {
    pub(crate) fn new(status: StatusCode, what: impl Into<Cow<'static, str>>) -> Self {
        Self { status, what: what.into() }
    }

    /// A parameter makes no sense.
    pub(crate) fn parameter(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, what)
    }

    /// The request as a whole makes no sense.
    pub(crate) fn bad(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, what)
    }

    /// What Presidio answers with the status 500, and its users may wait for.
    pub(crate) fn as_presidio_does(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, what)
    }

    /// What Presidio's analyzer answers where a member has a wrong type, in Python's words.
    pub(crate) fn unparsed(what: impl std::fmt::Display) -> Self {
        Self::bad(format!("Failed to parse /analyze request for AnalyzerEngine.analyze(). {what}"))
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.what }))).into_response()
    }
}

/// The body as a JSON object.
pub(crate) fn object(
    body: Result<bytes::Bytes, axum::extract::rejection::BytesRejection>,
    kind: Option<&str>,
) -> Result<Map<String, Value>, Refused> {
    if !kind.is_some_and(|kind| kind.trim_start().starts_with("application/json")) {
        return Err(Refused::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The content type must be application/json.",
        ));
    }
    let body = body.map_err(|e| Refused::new(e.status(), "More was sent than is taken at once: 4 MiB."))?;
    match serde_json::from_slice(&body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refused::bad("Invalid request json")),
        Err(_) => {
            Err(Refused::bad("The browser (or proxy) sent a request that this server could not understand."))
        }
    }
}

/// Does the work beside the threads that serve, since a text may be long.
pub(crate) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let failed = |_| Refused::as_presidio_does("Internal server error");
    tokio::task::spawn_blocking(work).await.map_err(failed)?
}
