//! The part of the Graph API that a connector calls.

mod comments;
mod messages;
mod profile;
mod refusal;

use crate::{
    Fault,
    network::{Call, Network},
    sim::Inner,
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use refusal::Refusal;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Weak, time::Duration};

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
            let raw = Raw { id: path.get("id").cloned().unwrap_or_default(), method, uri, headers, body };
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

/// A call as it came.
struct Raw {
    id: String,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

async fn call(inner: &Inner, raw: &Raw, endpoint: Endpoint) -> Response {
    let fault = inner.network().faults.pop_front();
    let mut cut_after = false;
    let early = match fault {
        Some(Fault::Error { status, code, subcode }) => {
            Some(Refusal::Scripted { status, code, subcode }.into_response())
        }
        Some(Fault::Status(status)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Some((status, "<html><body>Sorry, something went wrong.</body></html>").into_response())
        }
        Some(Fault::CutBefore) => Some(cut()),
        Some(Fault::Delay(delay)) => {
            tokio::time::sleep(delay).await;
            None
        }
        Some(Fault::CutAfter) => {
            cut_after = true;
            None
        }
        None => None,
    };
    let was_cut = cut_after || fault == Some(Fault::CutBefore);
    let mut response = match early {
        Some(early) => early,
        None => work(inner, raw, endpoint),
    };
    let line = format!("{} {}", raw.method, raw.uri.path());
    let status = (!was_cut).then(|| response.status().as_u16());
    inner.network().calls.push(Call { line, status });
    if cut_after {
        response = cut();
    }
    inner.changed.notify_waiters();
    response
}

/// An answer whose connection breaks off before it is complete.
fn cut() -> Response {
    let broken = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
    let mut response = Response::new(Body::from_stream(broken));
    response.headers_mut().insert("content-length", HeaderValue::from_static("64"));
    response
}

fn work(inner: &Inner, raw: &Raw, endpoint: Endpoint) -> Response {
    let mut network = inner.network();
    let parameters = parameters(raw);
    let token = bearer(&raw.headers).or_else(|| parameters.get("access_token")?.as_str().map(str::to_owned));
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
    for (name, value) in usage_headers(&page, usage.unwrap_or_default()) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// The usage headers of every answer.
fn usage_headers(page: &str, (percent, left): (u32, Duration)) -> Vec<(HeaderName, HeaderValue)> {
    let minutes = if percent > 100 { left.as_secs().div_ceil(60) } else { 0 };
    let business = json!({ page: [{
        "type": "messenger",
        "call_count": percent,
        "total_cputime": percent / 4,
        "total_time": percent / 4,
        "estimated_time_to_regain_access": minutes,
    }]});
    let app = json!({ "call_count": percent, "total_cputime": percent / 4, "total_time": percent / 4 });
    [("x-business-use-case-usage", business), ("x-app-usage", app)]
        .into_iter()
        .filter_map(|(name, value)| {
            Some((HeaderName::from_static(name), HeaderValue::from_str(&value.to_string()).ok()?))
        })
        .collect()
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("authorization")?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    ["bearer", "oauth"].contains(&scheme.to_ascii_lowercase().as_str()).then(|| token.to_owned())
}

/// The API takes parameters from the query and from a JSON or form body; objects in forms are JSON.
fn parameters(raw: &Raw) -> BTreeMap<String, Value> {
    let pairs = |bytes: &[u8]| -> Vec<(String, Value)> {
        url::form_urlencoded::parse(bytes)
            .map(|(key, text)| {
                let object = text.starts_with('{').then(|| serde_json::from_str(&text).ok()).flatten();
                (key.into_owned(), object.unwrap_or_else(|| Value::String(text.into_owned())))
            })
            .collect()
    };
    let mut all: BTreeMap<_, _> = pairs(raw.uri.query().unwrap_or_default().as_bytes()).into_iter().collect();
    match serde_json::from_slice(&raw.body) {
        Ok(Value::Object(object)) => all.extend(object),
        _ => all.extend(pairs(&raw.body)),
    }
    all
}
