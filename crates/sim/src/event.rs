//! What the network tells about, in the shapes of `crates/channels/fixtures/facebook`.

use crate::network::{Comment, Page};
use aside_model::Time;
use serde_json::{Value, json};

/// An event that waits for its delivery.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Event {
    /// The page it belongs to.
    pub(crate) page: String,
    /// The person it is about, by their id there.
    pub(crate) person: String,
    /// The list of the entry that it stands in.
    pub(crate) list: List,
    /// When it happened.
    pub(crate) at: Time,
    /// The event itself.
    pub(crate) json: Value,
}

/// A list of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum List {
    /// Messenger's events; times in milliseconds.
    Messaging,
    /// The feed's; times in seconds.
    Changes,
}

impl Event {
    /// Something in Messenger: `part` under `key`, from a person or from the page.
    pub(crate) fn direct(page: &str, psid: &str, from_page: bool, at: Time, key: &str, part: Value) -> Self {
        let (sender, recipient) = if from_page { (page, psid) } else { (psid, page) };
        let mut json = json!({ "sender": { "id": sender }, "recipient": { "id": recipient } });
        // Reports of delivery are documented without a time of their own.
        if key != "delivery" {
            json["timestamp"] = json!(at.millis());
        }
        json[key] = part;
        Self { page: page.to_owned(), person: psid.to_owned(), list: List::Messaging, at, json }
    }

    /// Something that happened to a comment.
    pub(crate) fn comment(page: &Page, comment: &Comment, verb: &str, at: Time) -> Self {
        let mut value = json!({
            "from": { "id": comment.author_id, "name": comment.author_name },
            "post_id": comment.post,
            "comment_id": comment.id,
            "created_time": comment.at.millis() / 1_000,
            "item": "comment",
            "parent_id": comment.parent,
            "verb": verb,
        });
        if verb != "remove" {
            value["post"] = json!({
                "status_type": "mobile_status_update",
                "is_published": true,
                "updated_time": at.rfc3339().replace('Z', "+0000"),
                "permalink_url": format!("https://www.facebook.com/{}", comment.post),
                "promotion_status": "inactive",
                "id": comment.post,
            });
            if !comment.text.is_empty() {
                value["message"] = json!(comment.text);
            }
            if let Some(photo) = &comment.photo {
                value["photo"] = json!(photo);
            }
        }
        let json = json!({ "value": value, "field": "feed" });
        let person = comment.author_id.clone();
        Self { page: page.id.clone(), person, list: List::Changes, at, json }
    }
}

/// The body of a webhook: events of one page and list that follow each other share an entry.
pub(crate) fn body(events: &[Event]) -> Value {
    let mut entries: Vec<Value> = Vec::new();
    let mut open: Option<(&str, List)> = None;
    for event in events {
        let (list, time) = match event.list {
            List::Messaging => ("messaging", event.at.millis()),
            List::Changes => ("changes", event.at.millis() / 1_000),
        };
        let same = open == Some((event.page.as_str(), event.list));
        match entries.last_mut().filter(|_| same).and_then(|entry| entry[list].as_array_mut()) {
            Some(list) => list.push(event.json.clone()),
            None => entries.push(json!({ "id": event.page, "time": time, list: [event.json] })),
        }
        open = Some((&event.page, event.list));
    }
    json!({ "object": "page", "entry": entries })
}
