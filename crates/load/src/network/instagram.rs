//! Instagram: comments under a professional account's media, and direct messages. Shapes:
//! `crates/channels/fixtures/instagram`.

use super::{Network, Said, Webhook, meta_signature};
use crate::clock;
use serde_json::{Value, json};

const ACCOUNT: &str = "17841400000000101";
const APP_SECRET: &str = "an-app-secret-for-load";
/// The media that people comment on.
const MEDIA: u64 = 50;

pub(super) struct Instagram;

impl Network for Instagram {
    fn name(&self) -> &'static str {
        "instagram"
    }

    fn account(&self) -> &'static str {
        ACCOUNT
    }

    fn secrets(&self) -> Value {
        json!({
            "instagram_app_secret": APP_SECRET,
            "facebook_app_secret": "another-app-secret-for-load",
            "verify_token": "a-verify-token",
            "accounts": { ACCOUNT: "an-account-token" },
        })
    }

    fn webhook(&self, said: &Said) -> Webhook {
        let entry = if said.public { comment(said) } else { direct(said) };
        let body = json!({ "object": "instagram", "entry": [entry] }).to_string().into_bytes();
        let proof = format!("x-hub-signature-256: {}\r\n", meta_signature(APP_SECRET, &body));
        Webhook { body, proof }
    }

    fn answer(&self, path: &str, number: u64) -> Value {
        if path.ends_with("/messages") {
            return json!({ "recipient_id": "5550000000000001", "message_id": format!("aWdf-sent-{number}") });
        }
        if path.ends_with("/replies") || path.ends_with("/comments") {
            return json!({ "id": format!("1791{number:013}") });
        }
        json!({ "success": true })
    }
}

fn direct(said: &Said) -> Value {
    let now = clock::since_1970().as_millis() as u64;
    json!({
        "id": ACCOUNT,
        "time": now,
        "messaging": [{
            "sender": { "id": person(said.customer) },
            "recipient": { "id": ACCOUNT },
            "timestamp": now,
            "message": { "mid": format!("aWdf-load-{}", said.number), "text": said.text },
        }],
    })
}

fn comment(said: &Said) -> Value {
    json!({
        "id": ACCOUNT,
        "time": clock::since_1970().as_secs(),
        "changes": [{ "field": "comments", "value": {
            "from": { "id": person(said.customer), "username": format!("someone.{}", said.customer) },
            "media": {
                "id": format!("1795{:013}", said.customer % MEDIA),
                "media_product_type": "FEED",
            },
            "id": format!("1790{:013}", said.number),
            "text": said.text,
        }}],
    })
}

fn person(customer: u64) -> String {
    format!("555{customer:013}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::tests::{said, shape};

    fn posted(public: bool) -> Value {
        let hook = Instagram.webhook(&said(public));
        assert!(hook.proof.contains(&meta_signature(APP_SECRET, &hook.body)));
        serde_json::from_slice(&hook.body).unwrap()
    }

    fn fixture(text: &str) -> Value {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_direct_message_is_shaped_as_the_network_posts_it() {
        let documented = fixture(include_str!("../../../channels/fixtures/instagram/message_text.json"));
        assert_eq!(shape(&posted(false)), shape(&documented));
        assert_eq!(posted(false)["entry"][0]["messaging"][0]["message"]["text"], said(false).text);
    }

    #[test]
    fn a_comment_is_shaped_as_the_network_posts_it() {
        let documented =
            fixture(include_str!("../../../channels/fixtures/instagram/comment_facebook_login.json"));
        assert_eq!(shape(&posted(true)), shape(&documented));
        assert_eq!(posted(true)["entry"][0]["changes"][0]["value"]["text"], said(true).text);
    }

    #[test]
    fn what_is_sent_gets_an_id() {
        let documented = fixture(include_str!("../../../channels/fixtures/instagram/send_accepted.json"));
        assert_eq!(shape(&Instagram.answer("/v25.0/1/messages", 7)), shape(&documented));
    }
}
