//! Speaking on Telegram.

use super::{TelegramSecrets, answer::Answer};
use crate::{
    ActOutcome, Capabilities, Closed, CommentRules, Connector, HookState, NoticeState, Outgoing,
    PrivateReply, Refusal, SendOutcome, Window,
};
use aside_model::{Language, Raw, Rung, Time};
use serde_json::{Value, json};
use std::time::Duration;

/// The longest text of a message, in UTF-16 code units as the network counts entities (`sendMessage`: 1 to 4096
/// characters).
const LONGEST_TEXT: usize = 4_096;
/// The longest description of a bot, which people see in its empty chat (`setMyDescription`).
const LONGEST_DESCRIPTION: usize = 512;
/// How long to wait before an act whose answer was lost is repeated.
const LOST_PAUSE: Duration = Duration::from_secs(30);
/// The updates that are asked for. Channels' posts, votes and reactions are not.
const UPDATES: [&str; 3] = ["message", "edited_message", "my_chat_member"];

/// One bot at Telegram.
pub struct Telegram {
    pub(super) client: reqwest::Client,
    pub(super) api_base: String,
    pub(super) secrets: TelegramSecrets,
}

/// Where a text goes: a chat, and the message in it that is answered.
struct Place {
    chat: i64,
    message: Option<i64>,
}

impl Place {
    /// Reads `<chat>` or `<chat>:<message>`.
    fn read(text: &str) -> Option<Self> {
        let (chat, message) = match text.split_once(':') {
            Some((chat, message)) => (chat, Some(message.parse().ok().filter(|m| *m > 0)?)),
            None => (text, None),
        };
        Some(Self { chat: chat.parse().ok().filter(|chat| *chat != 0)?, message })
    }
}

impl Telegram {
    /// A connector that speaks to `api_base` (`https://api.telegram.org`).
    pub fn new(client: reqwest::Client, api_base: &str, secrets: TelegramSecrets) -> Self {
        Self { client, api_base: api_base.trim_end_matches('/').to_owned(), secrets }
    }

    /// The bot's name in links, asked from the network; why not, in words for people.
    pub async fn username(&self) -> Result<String, String> {
        let bot = self.secrets.bot().ok_or_else(|| Refusal::TokenInvalid.to_string())?;
        let me = self.ask(bot, "getMe", &json!({})).await;
        let me = done(me)?;
        let name = me.get("username").and_then(Value::as_str).unwrap_or_default();
        if is_username(name) { Ok(name.to_owned()) } else { Err("the bot has no name".to_owned()) }
    }

    async fn say(&self, account: &str, place: &Place, text: &str) -> Answer {
        let mut body = json!({
            "chat_id": place.chat,
            "text": text,
            // The network would fetch every link to show what is behind it.
            "link_preview_options": { "is_disabled": true },
        });
        if let Some(message) = place.message {
            // What is answered may have been taken away meanwhile, by us for instance.
            body["reply_parameters"] = json!({ "message_id": message, "allow_sending_without_reply": true });
        }
        self.ask(account, "sendMessage", &body).await
    }

    async fn act(&self, account: &str, method: &'static str, body: &Value) -> ActOutcome {
        acted(&self.ask(account, method, body).await)
    }
}

/// What became of an act that may safely be repeated.
fn acted(answer: &Answer) -> ActOutcome {
    match *answer {
        Answer::Done(Value::Bool(true)) => ActOutcome::Done,
        Answer::Done(_) => ActOutcome::Refused { why: Refusal::NotTaken, code: None },
        Answer::Moved { .. } => ActOutcome::Refused { why: Refusal::Gone, code: None },
        Answer::NotThere { code } => ActOutcome::Refused { why: Refusal::Gone, code },
        Answer::Later { wait, reason } => ActOutcome::RetryAfter { wait, reason },
        Answer::No { why, code } => ActOutcome::Refused { why, code },
        Answer::Lost { reason } => ActOutcome::RetryAfter { wait: LOST_PAUSE, reason },
    }
}

#[async_trait::async_trait]
impl Connector for Telegram {
    fn capabilities(&self, rung: Rung) -> Capabilities {
        let is_public = rung == Rung::Public;
        Capabilities {
            longest_text: LONGEST_TEXT,
            may_hide: is_public,
            may_private_reply: false,
            reports_delivery: false,
            longest_notice: if is_public { 0 } else { LONGEST_DESCRIPTION },
        }
    }

    fn window(&self, rung: Rung, heard_at: Option<Time>, _now: Time) -> Window {
        window(rung, heard_at)
    }

    fn private_reply_window(&self, _commented_at: Time, _replied: bool, _now: Time) -> Window {
        Window::Closed(Closed::NotPossibleHere)
    }

    /// What is deleted cannot be answered, so the answer comes before.
    fn comment_rules(&self, _comment: &Raw) -> CommentRules {
        CommentRules { may_answer_hidden: false, ..CommentRules::default() }
    }

    async fn send(&self, outgoing: Outgoing<'_>) -> SendOutcome {
        let Outgoing { account, rung, to, text } = outgoing;
        if !matches!(rung, Rung::Public | Rung::Direct) {
            return refused(Refusal::NotPossibleHere);
        }
        let Some(place) = Place::read(to.expose()) else { return refused(Refusal::NotTaken) };
        if crate::length(text) > LONGEST_TEXT {
            return refused(Refusal::TooLong);
        }
        let mut answer = self.say(account, &place, text).await;
        if let Answer::Moved { chat } = answer {
            // It was not taken. In the new chat messages have other numbers, so it answers none.
            answer = self.say(account, &Place { chat, message: None }, text).await;
        }
        match answer {
            Answer::Done(result) => match sent(&result) {
                Some(id) => SendOutcome::Accepted { provider_id: Some(id), recipient: None },
                None => SendOutcome::Unknown { reason: "telegram accepted without naming the message" },
            },
            Answer::Moved { .. } => refused(Refusal::Gone),
            Answer::NotThere { code } => SendOutcome::Refused { why: Refusal::Gone, code },
            Answer::Later { wait, reason } => SendOutcome::RetryAfter { wait, reason },
            Answer::No { why, code } => SendOutcome::Refused { why, code },
            Answer::Lost { reason } => SendOutcome::Unknown { reason },
        }
    }

    async fn private_reply(&self, _reply: PrivateReply<'_>) -> SendOutcome {
        refused(Refusal::NotPossibleHere)
    }

    /// The network cannot hide: the message is deleted for everybody, which a bot may within 48 hours, in groups
    /// where it is an administrator with that right.
    async fn hide(&self, account: &str, comment: &str) -> ActOutcome {
        let Some(Place { chat, message: Some(message) }) = Place::read(comment) else {
            return ActOutcome::Refused { why: Refusal::NotTaken, code: None };
        };
        let body = json!({ "chat_id": chat, "message_id": message });
        match self.ask(account, "deleteMessage", &body).await {
            // Whoever took it away: nobody can read it there. A chat that is not found says nothing of the kind.
            Answer::NotThere { .. } => ActOutcome::Done,
            other => acted(&other),
        }
    }

    async fn set_notice(&self, account: &str, rung: Rung, notices: &[(Language, &str)]) -> ActOutcome {
        let longest = self.capabilities(rung).longest_notice;
        let refused = |why| ActOutcome::Refused { why, code: None };
        if rung != Rung::Direct {
            return refused(Refusal::NotPossibleHere);
        }
        let Some((_, first)) = notices.first() else { return refused(Refusal::NotTaken) };
        if notices.iter().any(|(_, text)| crate::length(text) > longest) {
            return refused(Refusal::TooLong);
        }
        let everybody = std::iter::once(("", *first));
        for (language, text) in everybody.chain(notices.iter().map(|(l, text)| (l.tag(), *text))) {
            let body = json!({ "description": text, "language_code": language });
            let outcome = self.act(account, "setMyDescription", &body).await;
            if outcome != ActOutcome::Done {
                return outcome;
            }
        }
        ActOutcome::Done
    }

    async fn check_notice(&self, account: &str, rung: Rung, language: Language, text: &str) -> NoticeState {
        if rung != Rung::Direct {
            return NoticeState::NotKnown { reason: Refusal::NotPossibleHere.to_string() };
        }
        let body = json!({ "language_code": language.tag() });
        match done(self.ask(account, "getMyDescription", &body).await) {
            Ok(result) if result.get("description").and_then(Value::as_str) == Some(text) => {
                NoticeState::Present
            }
            Ok(_) => NoticeState::Absent,
            Err(reason) => NoticeState::NotKnown { reason },
        }
    }

    fn composer_link(&self, account: &str, token: &str) -> Option<String> {
        let is_token = (1..=64).contains(&token.len())
            && token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let name = &self.secrets.username;
        (self.secrets.bot() == Some(account) && is_username(name) && is_token)
            .then(|| format!("https://t.me/{name}?start={token}"))
    }

    async fn set_hook(&self, account: &str, hook: &str) -> ActOutcome {
        if !self.secrets.is_guarded() {
            return ActOutcome::Refused { why: Refusal::NotTaken, code: None };
        }
        let body = json!({
            "url": hook,
            "secret_token": self.secrets.secret_token,
            "allowed_updates": UPDATES,
        });
        self.act(account, "setWebhook", &body).await
    }

    async fn check_hook(&self, account: &str, hook: &str) -> HookState {
        match done(self.ask(account, "getWebhookInfo", &json!({})).await) {
            Ok(info) if info.get("url").and_then(Value::as_str) == Some(hook) => HookState::InPlace {
                waiting: info.get("pending_update_count").and_then(Value::as_u64).unwrap_or_default(),
            },
            Ok(_) => HookState::Absent,
            Err(reason) => HookState::NotKnown { reason },
        }
    }
}

/// Whether a bot may write: in groups always; in private chats once the person has begun, without an end.
pub const fn window(rung: Rung, heard_at: Option<Time>) -> Window {
    match (rung, heard_at) {
        (Rung::Public, _) | (Rung::Direct, Some(_)) => Window::Open { until: None },
        (Rung::Direct, None) => Window::Closed(Closed::NeverHeard),
        (Rung::Secure | Rung::Voice, _) => Window::Closed(Closed::NotPossibleHere),
    }
}

const fn refused(why: Refusal) -> SendOutcome {
    SendOutcome::Refused { why, code: None }
}

/// The result of a question that changes nothing; why there is none, in words for people.
fn done(answer: Answer) -> Result<Value, String> {
    match answer {
        Answer::Done(result) => Ok(result),
        Answer::Moved { .. } | Answer::NotThere { .. } => Err(Refusal::Gone.to_string()),
        Answer::Later { reason, .. } | Answer::Lost { reason } => Err(reason.to_owned()),
        Answer::No { why, .. } => Err(why.to_string()),
    }
}

/// The id of a message that was sent: the chat that it went to, and its own.
fn sent(result: &Value) -> Option<String> {
    let chat = result.get("chat")?.get("id")?.as_i64()?;
    let message = result.get("message_id")?.as_i64().filter(|m| *m > 0)?;
    Some(format!("{chat}:{message}"))
}

/// Names of bots have 5 to 32 of `A-Z`, `a-z`, `0-9` and `_`; collectible ones have four.
fn is_username(text: &str) -> bool {
    (4..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_chat_is_open_once_the_person_has_begun() {
        let day = Time::from_secs(86_400);
        assert_eq!(window(Rung::Direct, None), Window::Closed(Closed::NeverHeard));
        assert_eq!(window(Rung::Direct, Some(day)), Window::Open { until: None });
        assert!(window(Rung::Public, None).is_open());
        assert!(!window(Rung::Secure, Some(day)).is_open());
    }

    #[test]
    fn an_address_names_a_chat_and_perhaps_a_message() {
        let read = |text: &str| Place::read(text).map(|place| (place.chat, place.message));
        assert_eq!(read("24800017"), Some((24_800_017, None)));
        assert_eq!(read("-1001234567890:42"), Some((-1_001_234_567_890, Some(42))));
        for wrong in ["", ":", "0", "a", "1:", "1:0", "1:-2", "1:2:3", "@larkspur", "99999999999999999999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
