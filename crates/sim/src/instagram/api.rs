//! The part of Instagram's API that a connector calls.

use super::{network::Inner, refusal::Refusal, state::State};
use crate::meta::{refusal::scripted, request::RawCall, usage::usage_headers};
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State as Shared},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Weak, time::Duration};

/// The longest direct message, in bytes.
const LONGEST_MESSAGE: usize = 1_000;
/// The longest comment, in characters.
const LONGEST_COMMENT: usize = 2_200;
/// How long after a person's last message an account may write.
const WINDOW: Duration = Duration::from_hours(24);
/// How long after a comment it may be answered in private.
const PRIVATE_REPLY_WINDOW: Duration = Duration::from_hours(7 * 24);

type Answer = Result<Value, Refusal>;

/// A call whose token was accepted.
struct Request {
    /// The account whose token it bears.
    account: String,
    /// The id in the path, with `me` replaced by the account.
    id: String,
    parameters: BTreeMap<String, Value>,
}

impl Request {
    fn text(&self, key: &str) -> Option<&str> {
        self.parameters.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
    }
}

type Endpoint = fn(&mut State, &Request) -> Answer;

pub(super) fn router(inner: Weak<Inner>) -> Router {
    let endpoint = |endpoint: Endpoint| {
        move |Shared(inner): Shared<Weak<Inner>>,
              Path(path): Path<BTreeMap<String, String>>,
              method: Method,
              uri: Uri,
              headers: HeaderMap,
              body: Bytes| async move {
            let Some(inner) = inner.upgrade() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
            let id = path.get("id").cloned().unwrap_or_default();
            let raw = RawCall { id, method, uri, headers, body };
            let response = inner.calls.answer(raw.line(), scripted, || work(&inner, &raw, endpoint)).await;
            inner.changed.notify_waiters();
            response
        }
    };
    Router::new()
        .route("/{version}/{id}/messages", post(endpoint(send)))
        .route("/{version}/{id}/replies", post(endpoint(reply)))
        .route("/{version}/{id}", get(endpoint(look)).post(endpoint(hide)))
        .fallback(any(|| async { Refusal::UnknownPath.into_response() }))
        .with_state(inner)
}

fn work(inner: &Inner, raw: &RawCall, endpoint: Endpoint) -> Response {
    let mut state = inner.state();
    let parameters = raw.parameters();
    let token = raw.token(&parameters);
    let found = state.accounts.iter().find(|(_, account)| token.as_ref() == Some(&account.token));
    let Some(account) = found.map(|(id, _)| id.clone()) else {
        return Refusal::InvalidToken.into_response();
    };
    let now = state.now();
    let mut usage = None;
    if let (Some(quota), Some(of)) = (inner.config.quota, state.accounts.get_mut(&account)) {
        usage = Some(of.calls.take(now, quota.calls, quota.per));
    }
    let answer = if usage.is_some_and(|(percent, _)| percent > 100) {
        Err(Refusal::QuotaUsedUp)
    } else {
        let id = if raw.id == "me" { account.clone() } else { raw.id.clone() };
        endpoint(&mut state, &Request { account: account.clone(), id, parameters })
    };
    let mut response = match answer {
        Ok(body) => Json(body).into_response(),
        Err(refusal) => refusal.into_response(),
    };
    for (name, value) in usage_headers(&account, "instagram", usage.unwrap_or_default()) {
        response.headers_mut().insert(name, value);
    }
    response
}

/// `POST /{account}/messages`
fn send(state: &mut State, request: &Request) -> Answer {
    if request.id != request.account {
        return Err(Refusal::NotPermitted);
    }
    let text = request.parameters.get("message").and_then(|message| message.get("text"));
    let text = text.and_then(Value::as_str).filter(|text| !text.is_empty());
    let text = text.ok_or(Refusal::Parameter("Message cannot be empty"))?;
    if text.len() > LONGEST_MESSAGE {
        return Err(Refusal::MessageTooLong);
    }
    let recipient = request.parameters.get("recipient").and_then(Value::as_object);
    let recipient = recipient.ok_or(Refusal::Parameter("The parameter recipient is required"))?;
    let id = |key: &str| recipient.get(key).and_then(Value::as_str);
    let (igsid, answers) = match (id("id"), id("comment_id")) {
        (Some(igsid), None) => {
            may_write(state, &request.account, igsid)?;
            (igsid.to_owned(), None)
        }
        (None, Some(comment)) => (may_reply(state, &request.account, comment)?, Some(comment.to_owned())),
        _ => return Err(Refusal::Parameter("The parameter recipient must name one recipient")),
    };
    let mid = state.bring(&request.account, &igsid, text, answers);
    Ok(json!({ "recipient_id": igsid, "message_id": mid }))
}

fn may_write(state: &State, account: &str, igsid: &str) -> Result<(), Refusal> {
    let now = state.now();
    state.human(igsid, account).ok_or(Refusal::NoSuchPerson)?;
    let thread = state.threads.get(&(account.to_owned(), igsid.to_owned()));
    let thread = thread.ok_or(Refusal::NoSuchPerson)?;
    if thread.blocked {
        return Err(Refusal::PersonUnavailable);
    }
    match thread.heard_at {
        Some(heard_at) if now.since(heard_at) < WINDOW => Ok(()),
        _ => Err(Refusal::WindowClosed),
    }
}

/// Uses up a comment's private reply. The answer is its author's id.
fn may_reply(state: &mut State, account: &str, comment: &str) -> Result<String, Refusal> {
    let now = state.now();
    let found = state.comments.get(comment).ok_or(Refusal::NoSuchComment)?;
    let media = state.media.get(&found.media).filter(|media| media.account == account);
    let media = media.ok_or(Refusal::NoSuchComment)?;
    if found.human.is_none() {
        return Err(Refusal::CannotReplyToPerson);
    }
    if found.replied_privately {
        return Err(Refusal::AlreadyReplied);
    }
    // A broadcast's comments can be answered while it goes on.
    if media.live == Some(false) || now.since(found.at) >= PRIVATE_REPLY_WINDOW {
        return Err(Refusal::ReplyExpired);
    }
    let igsid = found.author.clone();
    if state.thread(account, &igsid).blocked {
        return Err(Refusal::CannotReplyToPerson);
    }
    if let Some(found) = state.comments.get_mut(comment) {
        found.replied_privately = true;
    }
    Ok(igsid)
}

/// `POST /{comment}/replies`
fn reply(state: &mut State, request: &Request) -> Answer {
    let text = request.text("message").ok_or(Refusal::Parameter("The parameter message is required"))?;
    let comment = state.comments.get(&request.id).ok_or(Refusal::NoSuchObject)?;
    let media = state.media.get(&comment.media).ok_or(Refusal::NoSuchObject)?;
    if media.account != request.account {
        return Err(Refusal::NotPermitted);
    }
    if media.live.is_some() {
        return Err(Refusal::Parameter("A comment on a live video cannot be answered"));
    }
    if comment.hidden {
        return Err(Refusal::Parameter("A hidden comment cannot be answered"));
    }
    if text.chars().count() > LONGEST_COMMENT {
        return Err(Refusal::Parameter("The comment is too long"));
    }
    let id = state.add_comment(&request.id, None, text).map_err(|_| Refusal::NoSuchObject)?;
    Ok(json!({ "id": id }))
}

/// A comment under media of the account that asks.
fn own<'a>(state: &'a mut State, request: &Request) -> Result<&'a mut super::state::Comment, Refusal> {
    let comment = state.comments.get_mut(&request.id).ok_or(Refusal::NoSuchObject)?;
    let media = state.media.get(&comment.media).ok_or(Refusal::NoSuchObject)?;
    if media.account == request.account { Ok(comment) } else { Err(Refusal::NotPermitted) }
}

/// `POST /{comment}` with `hide`
fn hide(state: &mut State, request: &Request) -> Answer {
    let comment = own(state, request)?;
    let hidden = match request.parameters.get("hide") {
        Some(Value::Bool(hidden)) => *hidden,
        Some(Value::String(text)) if text == "true" || text == "false" => text == "true",
        _ => return Err(Refusal::Parameter("The parameter hide is required")),
    };
    // What the account wrote itself is always shown, and nobody says so.
    comment.hidden = hidden && comment.human.is_some();
    Ok(json!({ "success": true }))
}

/// `GET /{comment}`
fn look(state: &mut State, request: &Request) -> Answer {
    let comment = own(state, request)?;
    Ok(json!({ "id": comment.id, "hidden": comment.hidden }))
}
