//! Facebook: comments under a page's posts, and Messenger. Shapes: `crates/channels/fixtures/facebook`.

use super::{Network, Said, Webhook, meta_signature};
use crate::clock;
use serde_json::{Value, json};

const PAGE: &str = "104500000000101";
const APP_SECRET: &str = "an-app-secret-for-load";
/// The posts that people comment on.
const POSTS: u64 = 50;

pub(super) struct Facebook;

impl Network for Facebook {
    fn name(&self) -> &'static str {
        "facebook"
    }

    fn account(&self) -> &'static str {
        PAGE
    }

    fn secrets(&self) -> Value {
        json!({
            "app_secret": APP_SECRET,
            "verify_token": "a-verify-token",
            "pages": { PAGE: "a-page-token" },
        })
    }

    fn webhook(&self, said: &Said) -> Webhook {
        let entry = if said.public { comment(said) } else { direct(said) };
        let body = json!({ "object": "page", "entry": [entry] }).to_string().into_bytes();
        let proof = format!("x-hub-signature-256: {}\r\n", meta_signature(APP_SECRET, &body));
        Webhook { body, proof }
    }

    fn answer(&self, path: &str, number: u64) -> Value {
        if path.ends_with("/messages") {
            return json!({ "recipient_id": "24800000000000001", "message_id": format!("m_sent-{number}") });
        }
        if path.ends_with("/comments") {
            return json!({ "id": format!("122100000000001_901{number:012}") });
        }
        json!({ "success": true, "result": "success" })
    }
}

fn direct(said: &Said) -> Value {
    let now = clock::since_1970().as_millis() as u64;
    json!({
        "id": PAGE,
        "time": now,
        "messaging": [{
            "sender": { "id": format!("248{:014}", said.customer) },
            "recipient": { "id": PAGE },
            "timestamp": now,
            "message": { "mid": format!("m_load-{}", said.number), "text": said.text },
        }],
    })
}

fn comment(said: &Said) -> Value {
    let now = clock::since_1970().as_secs();
    let post = 122_100_000_000_000 + said.customer % POSTS;
    let whole = format!("{PAGE}_{post}");
    json!({
        "id": PAGE,
        "time": now,
        "changes": [{ "field": "feed", "value": {
            "from": { "id": format!("710{:013}", said.customer), "name": said.name },
            "post": {
                "status_type": "mobile_status_update",
                "is_published": true,
                "updated_time": "2026-11-21T09:30:00+0000",
                "permalink_url": format!("https://www.facebook.com/{whole}"),
                "promotion_status": "inactive",
                "id": whole,
            },
            "post_id": whole,
            "comment_id": format!("{post}_900{:012}", said.number),
            "created_time": now,
            "item": "comment",
            "parent_id": whole,
            "verb": "add",
            "message": said.text,
        }}],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::tests::{said, shape};

    fn body(public: bool) -> Value {
        let hook = Facebook.webhook(&said(public));
        let proof = format!("x-hub-signature-256: {}\r\n", meta_signature(APP_SECRET, &hook.body));
        assert_eq!(hook.proof, proof);
        serde_json::from_slice(&hook.body).unwrap()
    }

    fn fixture(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_direct_message_is_shaped_as_the_network_posts_it() {
        let documented = fixture(include_str!("../../../channels/fixtures/facebook/message_text.json"));
        assert_eq!(shape(&body(false)), shape(&documented));
        assert_eq!(body(false)["entry"][0]["messaging"][0]["message"]["text"], said(false).text);
    }

    #[test]
    fn a_comment_is_shaped_as_the_network_posts_it() {
        let documented = fixture(include_str!("../../../channels/fixtures/facebook/comment_add.json"));
        assert_eq!(body(true)["entry"][0]["changes"][0]["value"]["message"], said(true).text);
        // A few members are optional; none is ours alone.
        let (ours, documented) = (shape(&body(true)), shape(&documented));
        let value = |of: &Value| of["entry"][0]["changes"][0]["value"].as_object().unwrap().clone();
        let documented = value(&documented);
        for (key, value) in value(&ours) {
            assert_eq!(documented.get(&key), Some(&value), "{key}");
        }
    }

    #[test]
    fn what_is_sent_gets_an_id() {
        let documented = fixture(include_str!("../../../channels/fixtures/facebook/send_accepted.json"));
        assert_eq!(shape(&Facebook.answer("/v25.0/1/messages", 7)), shape(&documented));
    }
}
