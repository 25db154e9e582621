//! The Bot API: `POST /bot<token>/<method>`.

use super::{Inner, state::State};
use aside_model::Time;
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State as Given},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::{Value, json};
use std::{sync::Weak, time::Duration};

/// The longest text of a message, in UTF-16 units.
const LONGEST_TEXT: usize = 4_096;
/// The longest description of a bot, in characters.
const LONGEST_DESCRIPTION: usize = 512;
/// How long after it a message may be deleted.
const DELETABLE: Duration = Duration::from_hours(48);

/// How the API says no: the status, what it says, and a chat that took the place of the one asked for.
struct No(u16, &'static str, Option<i64>);

type Answer = Result<Value, No>;

const fn bad(words: &'static str) -> No {
    No(400, words, None)
}

pub(super) fn router(inner: Weak<Inner>) -> Router {
    let call = |Given(inner): Given<Weak<Inner>>,
                Path((bot, method)): Path<(String, String)>,
                body: Bytes| async move {
        let Some(inner) = inner.upgrade() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
        // Not the path: it holds the token.
        let line = format!("POST {method}");
        let response = inner.calls.answer(line, scripted, || answer(&inner, &bot, &method, &body)).await;
        inner.changed.notify_waiters();
        response
    };
    Router::new()
        .route("/{bot}/{method}", any(call))
        .fallback(any(|| async { refusal(&No(404, "Not Found", None), None) }))
        .with_state(inner)
}

/// The error that a fault asks for: for too many calls the number below says how long to wait.
fn scripted(status: u16, _code: i64, subcode: Option<i64>) -> Response {
    let words = match status {
        401 => "Unauthorized",
        403 => "Forbidden: bot was blocked by the user",
        429 => "Too Many Requests: retry later",
        _ => "Bad Request: something is wrong",
    };
    refusal(&No(status, words, None), subcode)
}

fn refusal(&No(status, words, moved): &No, retry_after: Option<i64>) -> Response {
    let mut body = json!({ "ok": false, "error_code": status, "description": words });
    if let Some(seconds) = retry_after {
        body["parameters"] = json!({ "retry_after": seconds });
    }
    if let Some(chat) = moved {
        body["parameters"] = json!({ "migrate_to_chat_id": chat });
    }
    (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), axum::Json(body)).into_response()
}

fn answer(inner: &Inner, bot: &str, method: &str, body: &[u8]) -> Response {
    let mut state = inner.state();
    let parameters: Value = serde_json::from_slice(body).unwrap_or_default();
    let outcome = if bot.strip_prefix("bot") == Some(&state.token) {
        work(&mut state, method, &parameters)
    } else {
        Err(No(401, "Unauthorized", None))
    };
    match outcome {
        Ok(result) => axum::Json(json!({ "ok": true, "result": result })).into_response(),
        Err(no) => refusal(&no, None),
    }
}

fn work(state: &mut State, method: &str, given: &Value) -> Answer {
    let text = |key: &str| given.get(key).and_then(Value::as_str).unwrap_or_default();
    match method {
        "getMe" => Ok(json!({
            "id": state.bot(), "is_bot": true, "first_name": "Larkspur", "username": state.username,
            "can_join_groups": true, "can_read_all_group_messages": true, "supports_inline_queries": false,
        })),
        "setWebhook" => {
            let secret = text("secret_token");
            let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
            if secret.len() > 256 || !secret.bytes().all(fits) {
                return Err(bad("Bad Request: secret token contains unallowed characters"));
            }
            state.set_webhook(text("url"), secret);
            Ok(json!(true))
        }
        "getWebhookInfo" => Ok(json!({
            "url": state.webhook, "has_custom_certificate": false, "pending_update_count": state.waiting(),
            "max_connections": 40,
        })),
        "setMyDescription" => {
            if text("description").chars().count() > LONGEST_DESCRIPTION {
                return Err(bad("Bad Request: description is too long"));
            }
            state.descriptions.insert(text("language_code").to_owned(), text("description").to_owned());
            Ok(json!(true))
        }
        "getMyDescription" => {
            let own = state.descriptions.get(text("language_code"));
            let description = own.or_else(|| state.descriptions.get("")).cloned().unwrap_or_default();
            Ok(json!({ "description": description }))
        }
        "sendMessage" => send(state, given),
        "deleteMessage" => delete(state, given),
        _ => Err(No(404, "Not Found", None)),
    }
}

fn send(state: &mut State, given: &Value) -> Answer {
    let chat = given.get("chat_id").and_then(Value::as_i64).ok_or(bad("Bad Request: chat_id is empty"))?;
    let text = given.get("text").and_then(Value::as_str).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(bad("Bad Request: message text is empty"));
    }
    if text.encode_utf16().count() > LONGEST_TEXT {
        return Err(bad("Bad Request: message is too long"));
    }
    if let Some(human) = state.people.get(&chat) {
        if human.blocked {
            return Err(No(403, "Forbidden: bot was blocked by the user", None));
        }
        if !human.begun {
            return Err(No(403, "Forbidden: bot can't initiate conversation with a user", None));
        }
    } else {
        let room = state.room(chat).map_err(|_| bad("Bad Request: chat not found"))?;
        if let Some(new) = room.upgraded_to {
            let words = "Bad Request: group chat was upgraded to a supergroup chat";
            return Err(No(400, words, Some(new)));
        }
    }
    let reply = given.get("reply_parameters");
    let wanted = reply.and_then(|reply| reply.get("message_id")).and_then(Value::as_i64);
    let answers =
        wanted.filter(|number| state.said.get(&format!("{chat}:{number}")).is_some_and(|said| !said.deleted));
    let without = reply.and_then(|r| r.get("allow_sending_without_reply")).and_then(Value::as_bool);
    if wanted.is_some() && answers.is_none() && without != Some(true) {
        return Err(bad("Bad Request: message to be replied not found"));
    }
    state.bot_says(chat, text, answers).map_err(|_| bad("Bad Request: chat not found"))
}

fn delete(state: &mut State, given: &Value) -> Answer {
    let number = |key: &str| given.get(key).and_then(Value::as_i64);
    let (Some(chat), Some(message)) = (number("chat_id"), number("message_id")) else {
        return Err(bad("Bad Request: message identifier is not specified"));
    };
    let may_delete = state.room(chat).is_ok_and(|room| room.may_delete);
    let now: Time = state.now();
    let said = state.said.get_mut(&format!("{chat}:{message}")).filter(|said| !said.deleted);
    let said = said.ok_or(bad("Bad Request: message to delete not found"))?;
    if (said.by.is_some() && !may_delete) || now.since(said.at) >= DELETABLE {
        return Err(bad("Bad Request: message can't be deleted"));
    }
    said.deleted = true;
    Ok(json!(true))
}
