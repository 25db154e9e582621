//! What Instagram tells about.

use super::{
    Login,
    state::{Comment, Media},
};
use aside_model::Time;
use serde_json::{Value, json};

/// An event that waits for its delivery.
pub(super) struct Told {
    /// The account it belongs to.
    pub(super) account: String,
    /// The person it is about, by their id there.
    pub(super) person: String,
    at: Time,
    what: What,
}

enum What {
    /// Something in direct messages.
    Direct(Value),
    /// A comment: the field and its value.
    Comment(&'static str, Value),
}

impl Told {
    /// Something in direct messages: `part` under `key`, from a person or from the account.
    pub(super) fn direct(
        account: &str,
        igsid: &str,
        from_account: bool,
        at: Time,
        key: &str,
        part: Value,
    ) -> Self {
        let (sender, recipient) = if from_account { (account, igsid) } else { (igsid, account) };
        let mut json = json!({
            "sender": { "id": sender },
            "recipient": { "id": recipient },
            "timestamp": at.millis(),
        });
        json[key] = part;
        Self { account: account.to_owned(), person: igsid.to_owned(), at, what: What::Direct(json) }
    }

    /// A comment that was written. `boosted` is the second telling of one on a boosted post, which names the
    /// advertisement and its copy of the media.
    pub(super) fn comment(media: &Media, comment: &Comment, boosted: bool) -> Self {
        let mut place = if boosted {
            json!({
                "id": media.copy,
                "media_product_type": "AD",
                "ad_id": format!("1202{}", media.copy),
                "ad_title": "Autumn lamps",
                "original_media_id": media.id,
            })
        } else {
            json!({ "id": media.id, "media_product_type": "FEED" })
        };
        let field = if media.live.is_some() { "live_comments" } else { "comments" };
        if media.live.is_some() {
            place["media_product_type"] = json!("LIVE");
        }
        let mut value = json!({
            "from": { "id": comment.author, "username": comment.username },
            "media": place,
            "id": comment.id,
        });
        if !comment.text.is_empty() {
            value["text"] = json!(comment.text);
        }
        if let Some(parent) = &comment.parent {
            value["parent_id"] = json!(parent);
        }
        let what = What::Comment(field, value);
        Self { account: media.account.clone(), person: comment.author.clone(), at: comment.at, what }
    }
}

/// The body of a webhook: direct messages of one account that follow each other share an entry, and so do
/// comments with Facebook's login; with Instagram's each has an entry of its own.
pub(super) fn body(login: Login, events: &[Told]) -> Value {
    let mut entries: Vec<Value> = Vec::new();
    for event in events {
        let (list, time, one) = match &event.what {
            What::Direct(json) => ("messaging", event.at.millis(), json.clone()),
            What::Comment(field, value) => {
                let time = event.at.millis() / 1_000;
                let one = json!({ "field": field, "value": value });
                if login == Login::Instagram {
                    entries
                        .push(json!({ "id": event.account, "time": time, "field": field, "value": value }));
                    continue;
                }
                ("changes", time, one)
            }
        };
        let last = entries.last_mut().filter(|entry| entry["id"] == event.account.as_str());
        match last.and_then(|entry| entry[list].as_array_mut()) {
            Some(list) => list.push(one),
            None => entries.push(json!({ "id": event.account, "time": time, list: [one] })),
        }
    }
    json!({ "object": "instagram", "entry": entries })
}
