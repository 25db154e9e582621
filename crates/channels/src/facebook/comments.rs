//! A page's feed: `entry[].changes[]` with the field `feed`.

use crate::meta::json::{self, take_id, take_text};
use crate::meta::webhook::{Envelope, not_understood};
use crate::{Event, Inbound, Person, ThreadAddress};
use aside_model::{Raw, Rung};
use serde_json::Value;

/// Keys under which a comment carries a picture or a film.
const MEDIA: [&str; 3] = ["photo", "video", "photos"];

/// One change, or what could not be understood of it.
pub(super) fn read(envelope: &mut Envelope, one: &mut Value) -> Inbound {
    let field = json::word(one.get("field").and_then(Value::as_str).unwrap_or_default());
    let Some(value) = one.get_mut("value").filter(|_| field == "feed") else {
        return not_understood(envelope, Rung::Public, field, None, one);
    };
    let word_of = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (item, verb) = (word_of("item"), word_of("verb"));
    if item != "comment" {
        return not_understood(envelope, Rung::Public, json::word(&item), None, value);
    }
    if let Some(event) = comment(envelope, value, &verb) {
        return event;
    }
    let kind = if verb.is_empty() { "comment".to_owned() } else { json::word(&verb) };
    let mut event = not_understood(envelope, Rung::Public, kind, None, value);
    if let Event::NotUnderstood { id, .. } = &mut event.event {
        *id = take_id(value, "comment_id");
    }
    event
}

fn comment(envelope: &Envelope, value: &mut Value, verb: &str) -> Option<Inbound> {
    const VERBS: [&str; 6] = ["add", "edited", "edit", "remove", "hide", "unhide"];
    if !VERBS.contains(&verb) || value.get("comment_id").is_none_or(|id| !id.is_string() && !id.is_number()) {
        return None;
    }
    // A comment needs a post to be part of a thread; taking it back or hiding it does not.
    if matches!(verb, "add" | "edited" | "edit") && value.get("post_id").is_none_or(|id| !id.is_string()) {
        return None;
    }
    let written = json::moment(value, "created_time");
    let provider_id = take_id(value, "comment_id")?;
    let notified = envelope.at.millis();
    let (key, at, event) = match verb {
        "remove" => (format!("comment/{provider_id}/remove"), None, Event::Removed { provider_id }),
        "hide" | "unhide" => (
            format!("comment/{provider_id}/{verb}/{notified}"),
            None,
            Event::Visibility { provider_id, hidden: verb == "hide" },
        ),
        _ => {
            let (author, name) = match value.get_mut("from") {
                Some(from) => (take_id(from, "id"), take_text(from, "name")),
                None => (None, None),
            };
            let post = take_id(value, "post_id")?;
            // Whom the network does not name is somebody else in every comment.
            let author = author.unwrap_or_else(|| format!("comment:{provider_id}"));
            let thread = ThreadAddress {
                key: Raw::new(format!("{post}|{author}")),
                reply_to: Raw::new(provider_id.clone()),
            };
            if author == envelope.account {
                (
                    format!("comment/{provider_id}/echo/{verb}/{notified}"),
                    written,
                    Event::Echo { provider_id, thread: None, app: None },
                )
            } else {
                let text = take_text(value, "message").filter(|text| !text.is_empty());
                let digest = json::digest_of_text(text.as_deref().unwrap_or_default());
                let text = text.map(Raw::new);
                let mut attachments = attachments(value);
                if text.is_none() && attachments.is_empty() {
                    // A sticker, which the network does not name.
                    attachments.push("other".to_owned());
                }
                let from = Person { id: Raw::new(author), name: name.map(Raw::new) };
                if verb == "add" {
                    let in_reply_to = take_id(value, "parent_id").filter(|parent| *parent != post);
                    (
                        format!("comment/{provider_id}/add"),
                        written,
                        Event::Message { from, provider_id, thread, text, attachments, in_reply_to },
                    )
                } else {
                    // The same edit told twice is one event; two edits within a second are two.
                    (
                        format!("comment/{provider_id}/edited/{notified}/{digest}"),
                        None,
                        Event::Edited { from, provider_id, thread, text, attachments },
                    )
                }
            }
        }
    };
    Some(envelope.event(Rung::Public, &key, at, event))
}

fn attachments(value: &Value) -> Vec<String> {
    MEDIA.iter().filter(|key| value.get(**key).is_some()).map(|key| (*key).to_owned()).collect()
}
