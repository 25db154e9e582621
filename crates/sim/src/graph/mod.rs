//! The part of the Graph API that a connector calls.

mod comments;
mod messages;
mod profile;
mod refusal;

use crate::{
    meta::{refusal::scripted, request::RawCall, usage::usage_headers},
    network::Network,
    sim::Inner,
};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use refusal::Refusal;
use serde_json::Value;
use std::{collections::BTreeMap, sync::Weak};

/// What an endpoint answers.
pub(crate) type Answer = Result<Value, Refusal>;

/// A call whose token was accepted.
pub(crate) struct Request {
    /// The page whose token it bears.
    pub(crate) page: String,
    /// The id in the path, with `me` replaced by the page.
    pub(crate) id: String,
    /// Parameters of query and body alike, as the API takes them.
    pub(crate) parameters: BTreeMap<String, Value>,
}

type Endpoint = fn(&mut Network, &Request) -> Answer;

pub(crate) fn router(inner: Weak<Inner>) -> Router {
    let endpoint = |endpoint: Endpoint| {
        move |State(inner): State<Weak<Inner>>,
              Path(path): Path<BTreeMap<String, String>>,
              method: Method,
              uri: Uri,
              headers: HeaderMap,
              body: Bytes| async move {
            let Some(inner) = inner.upgrade() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
            let raw = RawCall { id: path.get("id").cloned().unwrap_or_default(), method, uri, headers, body };
            call(&inner, &raw, endpoint).await
        }
    };
    Router::new()
        .route("/{version}/{id}/messages", post(endpoint(messages::send)))
        .route("/{version}/{id}/comments", post(endpoint(comments::reply)))
        .route(
            "/{version}/{id}/messenger_profile",
            get(endpoint(profile::read)).post(endpoint(profile::write)),
        )
        .route("/{version}/{id}", get(endpoint(profile::object)).post(endpoint(comments::object)))
        .fallback(any(|| async { Refusal::UnknownPath.into_response() }))
        .with_state(inner)
}

async fn call(inner: &Inner, raw: &RawCall, endpoint: Endpoint) -> Response {
    let response = inner.calls.answer(raw.line(), scripted, || work(inner, raw, endpoint)).await;
    inner.changed.notify_waiters();
    response
}

fn work(inner: &Inner, raw: &RawCall, endpoint: Endpoint) -> Response {
    let mut network = inner.network();
    let parameters = raw.parameters();
    let token = raw.token(&parameters);
    let page =
        network.pages.values().find(|page| token.as_ref() == Some(&page.token)).map(|page| page.id.clone());
    let Some(page) = page else { return Refusal::InvalidToken.into_response() };
    let now = network.now();
    let mut usage = None;
    if let (Some(quota), Some(of)) = (inner.config.quota, network.pages.get_mut(&page)) {
        let (percent, left) = of.calls.take(now, quota.calls, quota.per);
        usage = Some((percent, left));
    }
    let answer = if usage.is_some_and(|(percent, _)| percent > 100) {
        Err(Refusal::QuotaUsedUp)
    } else {
        let id = if raw.id == "me" { page.clone() } else { raw.id.clone() };
        endpoint(&mut network, &Request { page: page.clone(), id, parameters })
    };
    let mut response = match answer {
        Ok(body) => axum::Json(body).into_response(),
        Err(refusal) => refusal.into_response(),
    };
    for (name, value) in usage_headers(&page, "messenger", usage.unwrap_or_default()) {
        response.headers_mut().insert(name, value);
    }
    response
}
