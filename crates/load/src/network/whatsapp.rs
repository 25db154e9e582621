//! WhatsApp through the Cloud API: direct messages alone. Shapes: `crates/channels/fixtures/whatsapp`.

use super::{Network, Said, Webhook, meta_signature};
use crate::clock;
use serde_json::{Value, json};

const BUSINESS: &str = "102200000000001";
const NUMBER: &str = "106500000000001";
const APP_SECRET: &str = "an-app-secret-for-load";

pub(super) struct Whatsapp;

impl Network for Whatsapp {
    fn name(&self) -> &'static str {
        "whatsapp"
    }

    fn account(&self) -> &'static str {
        NUMBER
    }

    fn secrets(&self) -> Value {
        json!({
            "app_secret": APP_SECRET,
            "verify_token": "a-verify-token",
            "numbers": { NUMBER: "a-number-token" },
        })
    }

    fn webhook(&self, said: &Said) -> Webhook {
        let telephone = telephone(said.customer);
        let body = json!({ "object": "whatsapp_business_account", "entry": [{
            "id": BUSINESS,
            "changes": [{ "field": "messages", "value": {
                "messaging_product": "whatsapp",
                "metadata": { "display_phone_number": "12025550100", "phone_number_id": NUMBER },
                "contacts": [{ "profile": { "name": said.name }, "wa_id": telephone }],
                "messages": [{
                    "from": telephone,
                    "id": format!("wamid.load-{}", said.number),
                    "timestamp": clock::since_1970().as_secs().to_string(),
                    "type": "text",
                    "text": { "body": said.text },
                }],
            }}],
        }]});
        let body = body.to_string().into_bytes();
        let proof = format!("x-hub-signature-256: {}\r\n", meta_signature(APP_SECRET, &body));
        Webhook { body, proof }
    }

    fn answer(&self, _path: &str, number: u64) -> Value {
        json!({
            "messaging_product": "whatsapp",
            "contacts": [{ "input": telephone(0), "wa_id": telephone(0) }],
            "messages": [{ "id": format!("wamid.sent-{number}"), "message_status": "accepted" }],
        })
    }
}

/// A number of a country code that nobody has (999).
fn telephone(customer: u64) -> String {
    format!("999{customer:09}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::tests::{said, shape};

    #[test]
    fn a_message_is_shaped_as_the_network_posts_it() {
        let documented = include_str!("../../../channels/fixtures/whatsapp/message_text.json");
        let documented: Value = serde_json::from_str(documented).unwrap();
        let hook = Whatsapp.webhook(&said(true));
        let posted: Value = serde_json::from_slice(&hook.body).unwrap();
        assert_eq!(shape(&posted), shape(&documented));
        let value = &posted["entry"][0]["changes"][0]["value"];
        assert_eq!(value["messages"][0]["text"]["body"], said(true).text);
        assert!(hook.proof.contains(&meta_signature(APP_SECRET, &hook.body)));
    }

    #[test]
    fn what_is_sent_gets_an_id() {
        let documented = include_str!("../../../channels/fixtures/whatsapp/send_accepted.json");
        let documented: Value = serde_json::from_str(documented).unwrap();
        assert_eq!(shape(&Whatsapp.answer("/v25.0/1/messages", 7)), shape(&documented));
    }
}
