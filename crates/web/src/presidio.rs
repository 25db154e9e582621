//! `/presidio`: what programs made for Presidio ask, for whoever has an API token. No cookie is read here.

use crate::{api::Caller, door::Web, shown::Designed};
use aside_detect::Detector;
use aside_presidio::Presidio;
use axum::{
    Extension, Json, Router,
    extract::{FromRequestParts, Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use serde_json::json;

pub(crate) fn routes(web: &Web) -> Router<Web> {
    Presidio::new(Detector::builder().names(true).build(), web.app.random())
        .routes()
        .layer(middleware::from_fn_with_state(web.clone(), signed_in))
        .with_state(())
}

/// Lets programs with a token through. Errors keep Presidio's shape, whoever raised them.
async fn signed_in(State(web): State<Web>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let answer = match Caller::from_request_parts(&mut parts, &web).await {
        Ok(_) => next.run(Request::from_parts(parts, body)).await,
        Err(refusal) => {
            let bearer: [(HeaderName, HeaderValue); 1] =
                [(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))];
            let why =
                json!({"error": "There is no valid session. Send an API token as Authorization: Bearer."});
            (refusal.status(), bearer, Json(why)).into_response()
        }
    };
    (Extension(Designed), answer).into_response()
}
