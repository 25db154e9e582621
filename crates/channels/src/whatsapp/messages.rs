//! What customers write, and what the business itself wrote elsewhere: `value.messages[]`,
//! `value.message_echoes[]`.

use super::person::{self, Author};
use crate::{
    Event, Inbound,
    meta::{
        json::{self, take_id, take_text},
        webhook::{Envelope, Events, ParseError, not_understood},
    },
};
use aside_model::{Raw, Rung, Time};
use serde_json::Value;

/// The messages of a change, each with what it tells of its author before it.
pub(super) fn read(number: &Envelope, value: &mut Value, events: &mut Events) -> Result<(), ParseError> {
    let mut contacts = match value.get_mut("contacts") {
        Some(Value::Array(contacts)) => std::mem::take(contacts),
        _ => Vec::new(),
    };
    let read = match value.get_mut("messages") {
        Some(Value::Array(messages)) => {
            messages.iter_mut().try_for_each(|message| read_one(number, message, &mut contacts, events))
        }
        Some(other) => events.push(not_understood(number, Rung::Direct, "messages".to_owned(), None, other)),
        None => Ok(()),
    };
    contacts.iter_mut().for_each(json::scrub);
    read?;
    match value.get("errors") {
        Some(errors @ Value::Array(_)) => {
            events.push(not_understood(number, Rung::Direct, "errors".to_owned(), None, errors))
        }
        _ => Ok(()),
    }
}

fn read_one(
    number: &Envelope,
    message: &mut Value,
    contacts: &mut [Value],
    events: &mut Events,
) -> Result<(), ParseError> {
    let kind = json::word(message.get("type").and_then(Value::as_str).unwrap_or_default());
    if kind == "system" && person::read_system(number, message, events)? {
        return Ok(());
    }
    let at = json::moment(message, "timestamp");
    // In a group others read along: it is no thread with one customer.
    let is_group = message.get("group_id").is_some();
    if !is_group
        && !["system", "reaction", "request_welcome"].contains(&kind.as_str())
        && message.get("id").is_some_and(|id| id.is_string() || id.is_number())
        && let Some(author) = Author::of(message, contacts)
    {
        if let Some(same) = author.same_person(number, at) {
            events.push(same)?;
        }
        if let Some(event) = said(number, message, author, &kind, at) {
            return events.push(event);
        }
    }
    let kind = if is_group { "group".to_owned() } else { kind };
    let mut event = not_understood(number, Rung::Direct, kind, None, message);
    event.at = at.unwrap_or(event.at);
    events.push(event)
}

/// What somebody said, changed or took back.
fn said(
    number: &Envelope,
    message: &mut Value,
    author: Author,
    kind: &str,
    at: Option<Time>,
) -> Option<Inbound> {
    let event = |key: &str, event| Some(number.event(Rung::Direct, key, at, event));
    match kind {
        "revoke" => {
            let provider_id = original(message, "revoke")?;
            event(&format!("removed/{provider_id}"), Event::Removed { provider_id })
        }
        "edit" => {
            let provider_id = original(message, "edit")?;
            let edit = take_id(message, "id")?;
            let inner = message.get_mut("edit")?.get_mut("message").filter(|inner| inner.is_object())?;
            let kind = json::word(inner.get("type").and_then(Value::as_str).unwrap_or_default());
            let (text, attachments) = content(inner, &kind);
            let (from, thread) = author.into_person();
            event(&format!("edit/{edit}"), Event::Edited { from, provider_id, thread, text, attachments })
        }
        _ => {
            let provider_id = take_id(message, "id")?;
            let in_reply_to = message.get_mut("context").and_then(|context| take_id(context, "id"));
            let (text, mut attachments) = content(message, kind);
            if text.is_none() && attachments.is_empty() {
                // Nothing that can be shown, but somebody did write.
                attachments.push(kind.to_owned());
            }
            let (from, thread) = author.into_person();
            let key = format!("message/{provider_id}");
            event(&key, Event::Message { from, provider_id, thread, text, attachments, in_reply_to })
        }
    }
}

/// The id of the message that an edit or a revocation is about.
fn original(message: &mut Value, key: &str) -> Option<String> {
    take_id(message.get_mut(key)?, "original_message_id")
}

/// The text of a message, and the network's words for what came along. Files are not fetched; places, cards
/// of other people and answers to forms are not read.
fn content(message: &mut Value, kind: &str) -> (Option<Raw>, Vec<String>) {
    let along = vec![kind.to_owned()];
    let Some(part) = message.get_mut(kind) else { return (None, along) };
    let (text, attachments) = match kind {
        "text" => (take_text(part, "body"), Vec::new()),
        "button" => (take_text(part, "text"), Vec::new()),
        "image" | "video" | "document" => (take_text(part, "caption"), along),
        "order" => (take_text(part, "text"), along),
        "location" => (joined([take_text(part, "name"), take_text(part, "address")]), along),
        "interactive" => {
            let pressed = ["button_reply", "list_reply"].iter().find_map(|reply| {
                let reply = part.get_mut(*reply)?;
                joined([take_text(reply, "title"), take_text(reply, "description")])
            });
            match pressed {
                Some(text) => (Some(text), Vec::new()),
                None => {
                    (None, vec![json::word(part.get("type").and_then(Value::as_str).unwrap_or_default())])
                }
            }
        }
        _ => (None, along),
    };
    (text.filter(|text| !text.is_empty()).map(Raw::new), attachments)
}

/// The parts that are there, a line each.
fn joined(parts: [Option<String>; 2]) -> Option<String> {
    let parts: Vec<Raw> = parts.into_iter().flatten().filter(|part| !part.is_empty()).map(Raw::new).collect();
    let lines: Vec<&str> = parts.iter().map(Raw::expose).collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// What the business wrote in its own app, or another app in its name. No text is kept.
pub(super) fn read_echoes(
    number: &Envelope,
    value: &mut Value,
    events: &mut Events,
) -> Result<(), ParseError> {
    let Some(Value::Array(echoes)) = value.get_mut("message_echoes") else { return Ok(()) };
    for echo in echoes {
        let at = json::moment(echo, "timestamp");
        let to = take_id(echo, "to_user_id").filter(|id| person::is_user_id(id));
        let to = to.or_else(|| take_id(echo, "to").filter(|to| person::is_phone(to)));
        let event = match take_id(echo, "id") {
            Some(provider_id) => {
                let thread = to.as_deref().map(person::thread);
                let key = format!("echo/{provider_id}");
                number.event(Rung::Direct, &key, at, Event::Echo { provider_id, thread, app: None })
            }
            None => not_understood(number, Rung::Direct, "message_echoes".to_owned(), None, echo),
        };
        events.push(event)?;
    }
    Ok(())
}
