//! Direct messages: `entry[].messaging[]`.

use crate::{
    Event, Inbound, Person, Reported, ThreadAddress,
    meta::{
        json::{self, take_id, take_person, take_text},
        webhook::{Envelope, not_understood},
    },
};
use aside_model::{Raw, Rung, Time};
use serde_json::Value;

/// The keys that an event is recognised by, in the order in which they are tried.
const KINDS: [(&str, Read); 4] =
    [("message", message), ("message_edit", edit), ("read", seen), ("postback", postback)];

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

fn unknown(envelope: &Envelope, one: &mut Value, at: Option<Time>) -> Inbound {
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
    let is_unsupported = says(part, "is_unsupported");
    let provider_id = take_id(part, "mid")?;
    if is_deleted {
        return Some((format!("removed/{provider_id}"), Event::Removed { provider_id }));
    }
    if is_echo {
        let app = take_id(part, "app_id");
        let thread = Some(thread(&parties.recipient));
        return Some((format!("echo/{provider_id}"), Event::Echo { provider_id, thread, app }));
    }
    let text = take_text(part, "text").filter(|text| !text.is_empty()).map(Raw::new);
    let mut attachments = json::attachment_kinds(part.get("attachments"));
    if is_unsupported && attachments.is_empty() {
        attachments.push("unsupported".to_owned());
    }
    if text.is_none() && attachments.is_empty() {
        // The network does not say what it was, but somebody did write.
        attachments.push("other".to_owned());
    }
    // Of a reply to a story there is no message that it answers.
    let in_reply_to = part.get_mut("reply_to").and_then(|reply| take_id(reply, "mid"));
    let thread = thread(&parties.sender);
    let from = person(std::mem::take(&mut parties.sender));
    let key = format!("message/{provider_id}");
    Some((key, Event::Message { from, provider_id, thread, text, attachments, in_reply_to }))
}

/// What a message says now. The network also tells of new messages this way, with no text and as the edit
/// number 0; those come as `message` too, and are not understood here.
fn edit(part: &mut Value, parties: &mut Parties) -> Option<(String, Event)> {
    if !part.get("text").is_some_and(Value::is_string) || !part.get("mid").is_some_and(Value::is_string) {
        return None;
    }
    let text = take_text(part, "text")?;
    let provider_id = take_id(part, "mid")?;
    let number = take_id(part, "num_edit").unwrap_or_default();
    let digest = json::digest_of_text(&text);
    let key = format!("edit/{provider_id}/{number}/{digest}");
    let thread = thread(&parties.sender);
    let from = person(std::mem::take(&mut parties.sender));
    let text = Some(Raw::new(text));
    Some((key, Event::Edited { from, provider_id, thread, text, attachments: Vec::new() }))
}

/// One message of ours was read.
fn seen(part: &mut Value, _: &mut Parties) -> Option<(String, Event)> {
    let provider_id = take_id(part, "mid")?;
    Some((format!("read/{provider_id}"), Event::Status { provider_id, became: Reported::Read }))
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
