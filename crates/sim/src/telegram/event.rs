//! Updates, as the network writes them.

use serde_json::{Value, json};

/// An update that waits.
#[derive(Clone)]
pub(crate) struct Update {
    /// The chat it is about: what happens in one arrives in its order.
    pub(crate) chat: i64,
    /// The body.
    pub(crate) body: String,
}

/// An update with this number.
pub(super) fn update(number: i64, chat: i64, kind: &str, part: &Value) -> Update {
    Update { chat, body: json!({ "update_id": number, kind: part }).to_string() }
}

/// A person, as messages name them.
pub(super) fn user(id: i64, name: &str, language: &str) -> Value {
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let mut user = json!({ "id": id, "is_bot": false, "first_name": first, "language_code": language });
    if !last.is_empty() {
        user["last_name"] = json!(last);
    }
    user
}

/// A group, as messages name it.
pub(super) fn group(id: i64, title: &str, is_super: bool) -> Value {
    json!({ "id": id, "title": title, "type": if is_super { "supergroup" } else { "group" } })
}

/// A private chat, as messages name it: it has the person's id.
pub(super) fn private(id: i64, name: &str) -> Value {
    let (first, last) = name.split_once(' ').unwrap_or((name, ""));
    let mut chat = json!({ "id": id, "first_name": first, "type": "private" });
    if !last.is_empty() {
        chat["last_name"] = json!(last);
    }
    chat
}

/// What a message carries that is not text.
pub(super) fn attachment(kind: &str) -> Value {
    let file = json!({ "file_id": "AgACsimulated", "file_unique_id": "AQADsimulated", "file_size": 1_024 });
    match kind {
        "photo" => json!([file]),
        "contact" => json!({ "phone_number": "+12025550142", "first_name": "Sam", "last_name": "Nobody" }),
        "location" => json!({ "latitude": 52.5, "longitude": 13.4 }),
        _ => file,
    }
}
