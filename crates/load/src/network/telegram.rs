//! Telegram's bots: messages in private chats, and in groups, where everybody reads them. Shapes:
//! `crates/channels/fixtures/telegram`.

use super::{Network, Said, Webhook};
use crate::clock;
use serde_json::{Value, json};

const BOT: &str = "7000000101";
const SECRET_TOKEN: &str = "a-secret-token-for-load";
/// The group in which the bot sits.
const GROUP: i64 = -1_001_000_000_101;

pub(super) struct Telegram;

impl Network for Telegram {
    fn name(&self) -> &'static str {
        "telegram"
    }

    fn account(&self) -> &'static str {
        BOT
    }

    fn secrets(&self) -> Value {
        json!({ "secret_token": SECRET_TOKEN, "bot_token": format!("{BOT}:AAHload-0123456789-0123456789-abcdef"), "username": "larkspur_bot" })
    }

    fn webhook(&self, said: &Said) -> Webhook {
        let person = 5_000_000_000 + said.customer;
        let (first, last) = said.name.split_once(' ').unwrap_or((said.name, ""));
        let chat = if said.public {
            json!({ "id": GROUP, "title": "Lamps", "type": "supergroup" })
        } else {
            json!({ "id": person, "first_name": first, "last_name": last, "type": "private" })
        };
        let body = json!({
            "update_id": 400_000_000 + said.number,
            "message": {
                "message_id": said.number + 1,
                "from": { "id": person, "is_bot": false, "first_name": first, "last_name": last, "language_code": "en" },
                "chat": chat,
                "date": clock::since_1970().as_secs(),
                "text": said.text,
            },
        });
        let proof = format!("x-telegram-bot-api-secret-token: {SECRET_TOKEN}\r\n");
        Webhook { body: body.to_string().into_bytes(), proof }
    }

    fn answer(&self, path: &str, number: u64) -> Value {
        if path.ends_with("/sendMessage") {
            let chat = json!({ "id": 5_000_000_000_u64, "first_name": "Mara", "type": "private" });
            let sent = json!({ "message_id": number + 1, "date": clock::since_1970().as_secs(), "chat": chat, "text": "" });
            return json!({ "ok": true, "result": sent });
        }
        if path.ends_with("/getMe") {
            let me = json!({ "id": BOT.parse::<u64>().ok(), "is_bot": true, "first_name": "Larkspur", "username": "larkspur_bot" });
            return json!({ "ok": true, "result": me });
        }
        json!({ "ok": true, "result": true })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::tests::said;

    #[test]
    fn a_message_bears_the_secret_and_is_in_a_group_or_in_a_private_chat() {
        for (public, kind) in [(true, "supergroup"), (false, "private")] {
            let hook = Telegram.webhook(&said(public));
            let posted: Value = serde_json::from_slice(&hook.body).unwrap();
            assert_eq!(posted["message"]["chat"]["type"], kind);
            assert_eq!(posted["message"]["text"], said(public).text);
            assert_eq!(hook.proof, format!("x-telegram-bot-api-secret-token: {SECRET_TOKEN}\r\n"));
        }
    }
}
