//! Messenger's events: `entry[].messaging[]`.

use crate::meta::json::{self, take_id, take_person, take_text};
use crate::meta::webhook::{Envelope, not_understood};
use crate::{Event, Inbound, Person, ThreadAddress};
use aside_model::{Raw, Rung, Time};
use serde_json::Value;

/// The keys that an event is recognised by, in the order in which they are tried.
const KINDS: [(&str, Read); 5] = [
    ("message", message),
    ("message_edit", edit),
    ("delivery", delivery),
    ("read", read_receipt),
    ("postback", postback),
];

/// Reads what lies under a key into the event and its key; nothing if it is not as documented.
type Read = fn(&mut Value, &mut Parties) -> Option<(String, Event)>;

/// Between whom it happened.
struct Parties {
    sender: String,
    recipient: String,
}

/// One event, or what could not be understood of it.
pub(super) fn read(envelope: &mut Envelope, one: &mut Value) -> Inbound {
    let at = json::moment(one, "timestamp");
    let kind = KINDS.iter().find(|(key, _)| one.get(key).is_some());
    if let Some((key, read)) = kind
        && let Some(mut parties) = parties(one)
        && let Some(part) = one.get_mut(*key)
        && let Some((event_key, event)) = read(part, &mut parties)
    {
        return envelope.event(Rung::Direct, &event_key, at, event);
    }
    unknown(envelope, one, at)
}

/// An event that was meant for another app, which has the conversation now.
pub(super) fn read_standby(envelope: &mut Envelope, one: &mut Value) -> Inbound {
    not_understood(envelope, Rung::Direct, "standby".to_owned(), None, one)
}

fn parties(one: &mut Value) -> Option<Parties> {
    Some(Parties { sender: take_person(one, "sender")?, recipient: take_person(one, "recipient")? })
}

fn unknown(envelope: &mut Envelope, one: &mut Value, at: Option<Time>) -> Inbound {
    const FRAME: [&str; 3] = ["sender", "recipient", "timestamp"];
    let key = one.as_object().and_then(|map| map.keys().find(|key| !FRAME.contains(&key.as_str()))).cloned();
    let kind = json::word(key.as_deref().unwrap_or_default());
    let mut event = not_understood(envelope, Rung::Direct, kind, None, one);
    let id = key.and_then(|key| take_id(one.get_mut(&key)?, "mid"));
    if let Event::NotUnderstood { id: place, .. } = &mut event.event {
        *place = id;
    }
    event.at = at.unwrap_or(event.at);
    event
}

/// A direct thread is named by the person, and replies go to the same address.
fn thread(person: &str) -> ThreadAddress {
    ThreadAddress { key: Raw::new(person.to_owned()), reply_to: Raw::new(person.to_owned()) }
}

fn person(id: String) -> Person {
    Person { id: Raw::new(id), name: None }
}

fn message(part: &mut Value, parties: &mut Parties) -> Option<(String, Event)> {
    let says = |part: &Value, key: &str| part.get(key).and_then(Value::as_bool) == Some(true);
    let (is_echo, is_deleted) = (says(part, "is_echo"), says(part, "is_deleted"));
    let provider_id = take_id(part, "mid")?;
    if is_echo {
        let app = take_id(part, "app_id");
        let thread = Some(thread(&parties.recipient));
        return Some((format!("echo/{provider_id}"), Event::Echo { provider_id, thread, app }));
    }
    if is_deleted {
        return Some((format!("removed/{provider_id}"), Event::Removed { provider_id }));
    }
    let text = take_text(part, "text").filter(|text| !text.is_empty()).map(Raw::new);
    let mut attachments = json::attachment_kinds(part.get("attachments"));
    if text.is_none() && attachments.is_empty() {
        // The network does not say what it was, but somebody did write.
        attachments.push("other".to_owned());
    }
    let in_reply_to = part.get_mut("reply_to").and_then(|reply| take_id(reply, "mid"));
    let thread = thread(&parties.sender);
    let from = person(std::mem::take(&mut parties.sender));
    let key = format!("message/{provider_id}");
    Some((key, Event::Message { from, provider_id, thread, text, attachments, in_reply_to }))
}

fn edit(part: &mut Value, parties: &mut Parties) -> Option<(String, Event)> {
    let provider_id = take_id(part, "mid")?;
    let text = take_text(part, "text");
    let number = take_id(part, "num_edit").unwrap_or_default();
    let digest = json::digest_of_text(text.as_deref().unwrap_or_default());
    let key = format!("edit/{provider_id}/{number}/{digest}");
    let thread = thread(&parties.sender);
    let from = person(std::mem::take(&mut parties.sender));
    Some((
        key,
        Event::Edited { from, provider_id, thread, text: text.map(Raw::new), attachments: Vec::new() },
    ))
}

fn delivery(part: &mut Value, parties: &mut Parties) -> Option<(String, Event)> {
    let watermark = json::moment(part, "watermark");
    let provider_ids: Vec<String> = match part.get_mut("mids") {
        Some(Value::Array(ids)) => ids
            .iter_mut()
            .filter_map(|id| match id {
                Value::String(id) => Some(std::mem::take(id)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    if watermark.is_none() && provider_ids.is_empty() {
        return None;
    }
    let digest = json::digest_of_text(&provider_ids.join("\n"));
    let key = format!("delivery/{}/{}/{digest}", parties.sender, watermark.map_or(0, Time::millis));
    let to = Raw::new(std::mem::take(&mut parties.sender));
    Some((key, Event::Delivered { to, provider_ids, watermark }))
}

fn read_receipt(part: &mut Value, parties: &mut Parties) -> Option<(String, Event)> {
    let watermark = json::moment(part, "watermark")?;
    let key = format!("read/{}/{}", parties.sender, watermark.millis());
    Some((key, Event::Read { by: Raw::new(std::mem::take(&mut parties.sender)), watermark }))
}

/// Pressing one of our buttons says the button's words.
fn postback(part: &mut Value, parties: &mut Parties) -> Option<(String, Event)> {
    let provider_id = take_id(part, "mid")?;
    let text = take_text(part, "title").filter(|title| !title.is_empty()).map(Raw::new)?;
    let thread = thread(&parties.sender);
    let from = person(std::mem::take(&mut parties.sender));
    let event = Event::Message {
        from,
        provider_id: provider_id.clone(),
        thread,
        text: Some(text),
        attachments: Vec::new(),
        in_reply_to: None,
    };
    Some((format!("message/{provider_id}"), event))
}
