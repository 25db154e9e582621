//! A message in a chat, new or edited.

use super::parse::Envelope;
use crate::{
    Event, Inbound, Person, ThreadAddress,
    json::{self, take_text},
};
use aside_model::{Raw, Rung, Time};
use serde_json::Value;

/// Keys under which a message carries something that nobody looks into. Contacts and places are personal data
/// themselves; they are named like the others and not kept.
const ATTACHMENTS: [&str; 20] = [
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "invoice",
    "location",
    "paid_media",
    "passport_data",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",
    "video",
    "video_note",
    "voice",
    "web_app_data",
];

/// Keys that every message may have, whatever it says.
const FRAME: [&str; 29] = [
    "author_signature",
    "business_connection_id",
    "chat",
    "date",
    "direct_messages_topic",
    "edit_date",
    "effect_id",
    "external_reply",
    "forward_origin",
    "from",
    "has_media_spoiler",
    "has_protected_content",
    "is_automatic_forward",
    "is_from_offline",
    "is_paid_post",
    "is_topic_message",
    "link_preview_options",
    "media_group_id",
    "message_id",
    "message_thread_id",
    "quote",
    "reply_markup",
    "reply_to_message",
    "reply_to_story",
    "sender_boost_count",
    "sender_business_bot",
    "sender_chat",
    "show_caption_above_media",
    "via_bot",
];

/// Endings of the keys of service messages: somebody joined, a title changed, a group became another one.
const SERVICE: [&str; 26] = [
    "_created",
    "_deleted",
    "_changed",
    "_set",
    "_shared",
    "_started",
    "_ended",
    "_scheduled",
    "_invited",
    "_edited",
    "_closed",
    "_reopened",
    "_hidden",
    "_unhidden",
    "_completed",
    "_triggered",
    "_added",
    "_payment",
    "_member",
    "_members",
    "_message",
    "_title",
    "_photo",
    "_chat_id",
    "_website",
    "_allowed",
];

/// A new message.
pub(super) fn written(envelope: &Envelope, part: &mut Value) -> Option<Inbound> {
    if let Some(service) = service(part) {
        return Some(envelope.not_understood(&service));
    }
    let at = json::moment(part, "date")?;
    let said = match said(envelope, part)? {
        Ok(said) => said,
        Err(other) => return Some(other),
    };
    if said.rung == Rung::Direct
        && let Some(token) = said.text.as_ref().and_then(start)
    {
        let Said { from, provider_id, thread, rung, .. } = said;
        return Some(envelope.event(rung, at, Event::Arrived { from, provider_id, thread, token }));
    }
    let in_reply_to = part.get("reply_to_message").and_then(|reply| id_of(part.get("chat")?, reply));
    let Said { from, provider_id, thread, rung, text, attachments } = said;
    let event = Event::Message { from, provider_id, thread, text, attachments, in_reply_to };
    Some(envelope.event(rung, at, event))
}

/// A changed message.
pub(super) fn edited(envelope: &Envelope, part: &mut Value) -> Option<Inbound> {
    if part.get("location").is_some() {
        // A shared place that moves is told as an edit every few seconds.
        return Some(envelope.not_understood("live_location"));
    }
    let at = json::moment(part, "edit_date")?;
    // The network tells edits in seconds; two within one are told apart by their updates' numbers.
    let within = envelope.number.unwrap_or_default().rem_euclid(1_000_000);
    let at = Time(at.0.saturating_add(within));
    let Said { from, provider_id, thread, rung, text, attachments } = match said(envelope, part)? {
        Ok(said) => said,
        Err(other) => return Some(other),
    };
    Some(envelope.event(rung, at, Event::Edited { from, provider_id, thread, text, attachments }))
}

/// What somebody said, and where.
struct Said {
    from: Person,
    provider_id: String,
    thread: ThreadAddress,
    rung: Rung,
    text: Option<Raw>,
    attachments: Vec<String>,
}

/// Reads a message that somebody wrote; `Err` is what it is instead, `None` what is not as documented.
fn said(envelope: &Envelope, part: &mut Value) -> Option<Result<Said, Inbound>> {
    let chat = part.get("chat")?;
    let number = chat.get("id")?.as_i64()?;
    let rung = match chat.get("type").and_then(Value::as_str)? {
        "private" => Rung::Direct,
        "group" | "supergroup" => Rung::Public,
        // A channel in which the bot was put is nobody's conversation.
        _ => return Some(Err(envelope.not_understood("channel_post"))),
    };
    let provider_id = id_of(chat, part)?;
    let from_channel = part.get("is_automatic_forward").and_then(Value::as_bool) == Some(true);
    if from_channel {
        return Some(Err(envelope.not_understood("automatic_forward")));
    }
    let sender_chat = part.get("sender_chat").and_then(|chat| chat.get("id")).and_then(Value::as_i64);
    if sender_chat == Some(number) {
        // Somebody who runs the group speaks in its name.
        let event = Event::Echo { provider_id, thread: None, app: None };
        return Some(Err(envelope.event(rung, moment(part), event)));
    }
    let author = if let Some(channel) = sender_chat {
        // A channel that speaks in the group: the network does not say who is behind it.
        channel
    } else {
        let from = part.get("from")?;
        if from.get("is_bot").and_then(Value::as_bool) == Some(true) {
            // Two machines that answer each other would go on for ever.
            return Some(Err(envelope.not_understood("bot")));
        }
        from.get("id")?.as_i64()?
    };
    let name = match sender_chat {
        Some(_) => part.get_mut("sender_chat").and_then(|chat| take_text(chat, "title")),
        None => part.get_mut("from").and_then(name_of),
    };
    let thread = match rung {
        Rung::Public => ThreadAddress {
            key: Raw::new(format!("{number}|{author}")),
            reply_to: Raw::new(provider_id.clone()),
        },
        _ => ThreadAddress { key: Raw::new(number.to_string()), reply_to: Raw::new(number.to_string()) },
    };
    let text = take_text(part, "text").or_else(|| take_text(part, "caption"));
    let text = text.filter(|text| !text.is_empty()).map(Raw::new);
    let mut attachments: Vec<String> =
        ATTACHMENTS.iter().filter(|key| part.get(**key).is_some()).map(|key| (*key).to_owned()).collect();
    if text.is_none() && attachments.is_empty() {
        // Something new, which this program does not know the name of: somebody did write.
        attachments.push("other".to_owned());
    }
    let from = Person { id: Raw::new(author.to_string()), name: name.map(Raw::new) };
    Some(Ok(Said { from, provider_id, thread, rung, text, attachments }))
}

fn moment(part: &Value) -> Time {
    json::moment(part, "edit_date").or_else(|| json::moment(part, "date")).unwrap_or_default()
}

/// A message's id is its chat's and its own: alone it says nothing, since every chat counts for itself.
fn id_of(chat: &Value, message: &Value) -> Option<String> {
    let (chat, message) = (chat.get("id")?.as_i64()?, message.get("message_id")?.as_i64()?);
    (message > 0).then(|| format!("{chat}:{message}"))
}

/// First and last name, as people see them.
fn name_of(from: &mut Value) -> Option<String> {
    let first = take_text(from, "first_name");
    match (first, take_text(from, "last_name")) {
        (Some(first), Some(last)) => {
            let (first, last) = (Raw::new(first), Raw::new(last));
            Some(format!("{} {}", first.expose(), last.expose()))
        }
        (first, last) => first.or(last),
    }
    .filter(|name| !name.trim().is_empty())
}

/// The token of `/start <token>`, which the network's own apps send when somebody opens a bot's chat by a link;
/// nothing of the kind in other texts. `Some(None)` is a start without a token.
#[expect(clippy::option_option, reason = "no start, a start, a start with a token")]
fn start(text: &Raw) -> Option<Option<Raw>> {
    let rest = text.expose().strip_prefix("/start")?;
    if rest.is_empty() {
        return Some(None);
    }
    let token = rest.strip_prefix(' ')?;
    let is_token = (1..=64).contains(&token.len())
        && token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    is_token.then(|| Some(Raw::new(token.to_owned())))
}

/// What a service message tells: the key that says it. `None` for what somebody wrote.
fn service(part: &Value) -> Option<String> {
    let map = part.as_object()?;
    let says = |key: &str| map.contains_key(key);
    if says("text") || says("caption") || ATTACHMENTS.iter().any(|key| says(key)) {
        return None;
    }
    let is_service = |key: &str| SERVICE.iter().any(|ending| key.ends_with(ending));
    map.keys().find(|key| !FRAME.contains(&key.as_str()) && is_service(key)).cloned()
}
