//! Comments: `entry[].changes[]` with Facebook's login, `field` and `value` in the entry itself with
//! Instagram's.

use super::{connector::LIVE, direct};
use crate::{
    Event, Inbound, Person, ThreadAddress,
    meta::{
        json::{self, take_id, take_text},
        webhook::{Envelope, not_understood},
    },
};
use aside_model::{Raw, Rung};
use serde_json::Value;

/// Fields whose events look like those of `messaging`, and come as a change where the vendor's page sends a
/// trial.
const DIRECT: [&str; 6] = [
    "messages",
    "message_edit",
    "message_reactions",
    "messaging_postbacks",
    "messaging_referral",
    "messaging_seen",
];

/// One change, or what could not be understood of it.
pub(super) fn read(envelope: &mut Envelope, one: &mut Value) -> Inbound {
    let field = json::word(one.get("field").and_then(Value::as_str).unwrap_or_default());
    let is_live = field == "live_comments";
    if !is_live && field != "comments" {
        return match one.get_mut("value").filter(|_| DIRECT.contains(&field.as_str())) {
            Some(value) => direct::read(envelope, value),
            None => unknown(envelope, one, field),
        };
    }
    match one.get_mut("value").and_then(|value| comment(envelope, value, is_live)) {
        Some(event) => event,
        None => unknown(envelope, one, field),
    }
}

fn unknown(envelope: &Envelope, one: &mut Value, field: String) -> Inbound {
    let mut event = not_understood(envelope, Rung::Public, field, None, one);
    let about = one.get_mut("value").and_then(|value| take_id(value, "comment_id").or(take_id(value, "id")));
    if let Event::NotUnderstood { id, .. } = &mut event.event {
        *id = about;
    }
    event
}

/// The comment in a change's value. A boosted post's comment comes twice, with the advertisement named and
/// perhaps another media id: it is told by its own id, and belongs to the original media.
fn comment(envelope: &Envelope, value: &mut Value, is_live: bool) -> Option<Inbound> {
    let has = |key: &str| value.get(key).is_some_and(|id| id.is_string() || id.is_number());
    let media = value.get("media").is_some_and(|media| media.get("id").is_some_and(Value::is_string));
    if !has("id") || !media {
        return None;
    }
    let id = take_id(value, "id")?;
    let media = value.get_mut("media")?;
    let original = take_id(media, "original_media_id");
    let media = original.or_else(|| take_id(media, "id"))?;
    let (author, own, name) = match value.get_mut("from") {
        Some(from) => (take_id(from, "id"), take_id(from, "self_ig_scoped_id"), take_text(from, "username")),
        None => (None, None, None),
    };
    // Whom the network does not name is somebody else in every comment.
    let author = author.unwrap_or_else(|| format!("comment:{id}"));
    let key = format!("comment/{id}");
    if author == envelope.account || own.is_some_and(|own| own == author) {
        let event = Event::Echo { provider_id: id, thread: None, app: None };
        return Some(envelope.event(Rung::Public, &format!("{key}/echo"), None, event));
    }
    let provider_id = if is_live { format!("{LIVE}{id}") } else { id };
    let text = take_text(value, "text").filter(|text| !text.is_empty()).map(Raw::new);
    // A picture that moves, which the network does not name.
    let attachments = if text.is_none() { vec!["other".to_owned()] } else { Vec::new() };
    let thread =
        ThreadAddress { key: Raw::new(format!("{media}|{author}")), reply_to: Raw::new(provider_id.clone()) };
    let from = Person { id: Raw::new(author), name: name.map(Raw::new) };
    let in_reply_to = take_id(value, "parent_id");
    let event = Event::Message { from, provider_id, thread, text, attachments, in_reply_to };
    Some(envelope.event(Rung::Public, &format!("{key}/add"), None, event))
}
