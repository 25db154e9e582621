//! The Cloud API: `POST /{number}/messages`.

use super::{
    Inner,
    config::Number,
    network::{Network, Thread},
};
use crate::meta::{refusal::refusal, refusal::scripted, request::RawCall, usage::usage_headers};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::{any, post},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Weak, time::Duration};

/// How long after a person's last message a business may write freely.
const WINDOW: Duration = Duration::from_hours(24);
/// The longest text of one message, in characters.
const LONGEST_TEXT: usize = 4_096;

/// How the API says no: the status, the number, and what the number is called.
type No = (u16, i64, &'static str);

const NO_TOKEN: No = (401, 190, "Invalid OAuth access token.");
const NOT_YOURS: No = (400, 100, "(#100) Object does not exist or cannot be accessed with this token");
const PARAMETER: No = (400, 100, "(#100) Invalid parameter");
const NOT_VALID: No = (400, 131_009, "(#131009) Parameter value is not valid");
const TOO_LONG_AGO: No = (400, 131_047, "(#131047) Re-engagement message");
const THROUGHPUT: No = (429, 130_429, "(#130429) Rate limit hit");
const PAIR: No = (400, 131_056, "(#131056) (Business Account, Consumer Account) pair rate limit hit");
const NO_TEMPLATE: No = (404, 132_001, "(#132001) Template name does not exist in the translation");
const PLACES: No =
    (400, 132_000, "(#132000) Number of parameters does not match the expected number of params");
/// Told by a status, after the message was accepted.
const UNDELIVERABLE: i64 = 131_026;

pub(crate) fn router(inner: Weak<Inner>) -> Router {
    let send = |State(inner): State<Weak<Inner>>,
                Path(path): Path<BTreeMap<String, String>>,
                method: Method,
                uri: Uri,
                headers: HeaderMap,
                body: Bytes| async move {
        let Some(inner) = inner.upgrade() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
        let raw = RawCall { id: path.get("id").cloned().unwrap_or_default(), method, uri, headers, body };
        let response = inner.calls.answer(raw.line(), scripted, || answer(&inner, &raw)).await;
        inner.changed.notify_waiters();
        response
    };
    Router::new()
        .route("/{version}/{id}/messages", post(send))
        .fallback(any(|| async { refusal(400, 2_500, None, "Unknown path components") }))
        .with_state(inner)
}

fn answer(inner: &Inner, raw: &RawCall) -> Response {
    let mut network = inner.network();
    let parameters = raw.parameters();
    let token = raw.token(&parameters);
    let of_token =
        network.config.numbers.iter().find(|number| token.as_ref() == Some(&number.token)).cloned();
    let outcome = match of_token {
        None => Err(NO_TOKEN),
        Some(number) if number.id != raw.id => Err(NOT_YOURS),
        Some(number) => send(&mut network, &number, &parameters),
    };
    let mut response = match outcome {
        Ok(body) => axum::Json(body).into_response(),
        Err((status, code, message)) => refusal(status, code, None, message),
    };
    for (name, value) in usage_headers(&raw.id, "whatsapp", (0, Duration::ZERO)) {
        response.headers_mut().insert(name, value);
    }
    response
}

fn send(network: &mut Network, number: &Number, parameters: &BTreeMap<String, Value>) -> Result<Value, No> {
    let text_of = |key: &str| parameters.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    if text_of("messaging_product") != Some("whatsapp") {
        return Err(PARAMETER);
    }
    // Where both are given, the telephone number counts.
    let (input, key) = match (text_of("to"), text_of("recipient")) {
        (Some(to), _) => (to, "wa_id"),
        (None, Some(recipient)) => (recipient, "user_id"),
        (None, None) => return Err(PARAMETER),
    };
    let is_phone = input.trim_start_matches('+').bytes().all(|b| b.is_ascii_digit());
    if is_phone != (key == "wa_id") {
        return Err(NOT_VALID);
    }
    take_throughput(network, number)?;
    let person = network.person_at(input);
    let said = match text_of("type").unwrap_or("text") {
        "text" => (text(parameters)?, None),
        "template" => template(network, parameters)?,
        _ => return Err(PARAMETER),
    };
    let mut failure = None;
    if let Some(person) = person {
        let (now, limits, late) = (network.now(), network.config.limits, network.config.refuses_late);
        let Thread { heard_at, sent_at, blocked, .. } = *network.thread(&number.id, person);
        if let (Some(pair), Some(sent_at)) = (limits.pair, sent_at)
            && now.since(sent_at) < pair
        {
            return Err(PAIR);
        }
        let is_open = heard_at.is_some_and(|heard_at| now.since(heard_at) < WINDOW);
        if blocked {
            failure = Some(UNDELIVERABLE);
        } else if !is_open && said.1.is_none() {
            if !late {
                return Err(TOO_LONG_AGO);
            }
            failure = Some(TOO_LONG_AGO.1);
        }
    }
    let id = network.bring(number, person, said, failure);
    Ok(json!({
        "messaging_product": "whatsapp",
        "contacts": [{ "input": input, key: input.trim_start_matches('+') }],
        "messages": [{ "id": id, "message_status": "accepted" }],
    }))
}

fn take_throughput(network: &mut Network, number: &Number) -> Result<(), No> {
    let Some(most) = network.config.limits.throughput else { return Ok(()) };
    let second = network.now().millis() / 1_000;
    let counted = network.sent.entry(number.id.clone()).or_insert((second, 0));
    if counted.0 != second {
        *counted = (second, 0);
    }
    counted.1 += 1;
    if counted.1 > most { Err(THROUGHPUT) } else { Ok(()) }
}

fn text(parameters: &BTreeMap<String, Value>) -> Result<String, No> {
    let body = parameters.get("text").and_then(|text| text.get("body")?.as_str()).unwrap_or_default();
    if body.is_empty() || body.chars().count() > LONGEST_TEXT {
        return Err(NOT_VALID);
    }
    Ok(body.to_owned())
}

/// What a template says with its places filled in, and its name.
fn template(network: &Network, parameters: &BTreeMap<String, Value>) -> Result<(String, Option<String>), No> {
    let template = parameters.get("template").ok_or(PARAMETER)?;
    let name = template["name"].as_str().ok_or(PARAMETER)?;
    let language = template["language"]["code"].as_str().ok_or(PARAMETER)?;
    let approved = network.config.templates.iter().find(|one| one.name == name && one.language == language);
    let mut text = approved.ok_or(NO_TEMPLATE)?.body.clone();
    let none = Vec::new();
    let components = template["components"].as_array().unwrap_or(&none);
    let body = components.iter().find(|component| component["type"] == "body");
    let given = body.and_then(|body| body["parameters"].as_array()).unwrap_or(&none);
    for (at, parameter) in given.iter().enumerate() {
        let filled = parameter["text"].as_str().filter(|_| parameter["type"] == "text").ok_or(NOT_VALID)?;
        if filled.is_empty() || filled.contains(['\n', '\t']) {
            return Err(NOT_VALID);
        }
        let place = format!("{{{{{}}}}}", at + 1);
        if !text.contains(&place) {
            return Err(PLACES);
        }
        text = text.replace(&place, filled);
    }
    if text.contains("{{") {
        return Err(PLACES);
    }
    Ok((text, Some(name.to_owned())))
}
