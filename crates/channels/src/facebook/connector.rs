//! Speaking on Facebook.

use super::{FacebookSecrets, errors::meaning};
use crate::{
    ActOutcome, Capabilities, Closed, Connector, NoticeState, Outgoing, PrivateReply, Refusal, SendOutcome,
    Window,
    meta::graph::{Answer, Graph, is_id, take},
    window::open_for,
};
use aside_model::{Language, Rung, Time};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// The longest direct message, in characters (Send API, `message.text`).
const LONGEST_DIRECT: usize = 2_000;
/// The longest comment, in characters. The vendor documents none; clients agree on 8,000.
const LONGEST_COMMENT: usize = 8_000;
/// The longest greeting on Messenger's first screen, in characters.
const LONGEST_GREETING: usize = 160;
/// The longest text about a page, in characters. The vendor documents none; clients agree on 255.
const LONGEST_ABOUT: usize = 255;
/// How long after the customer's last message a brand may write.
const DIRECT_WINDOW: Duration = Duration::from_hours(24);
/// How long after a comment it may be answered in private.
const PRIVATE_REPLY_WINDOW: Duration = Duration::from_hours(7 * 24);

/// One app at Facebook, with its pages.
pub struct Facebook {
    graph: Graph,
    secrets: FacebookSecrets,
}

impl Facebook {
    /// A connector that speaks to `api_base` (`https://graph.facebook.com`, without a version).
    pub fn new(client: reqwest::Client, api_base: &str, secrets: FacebookSecrets) -> Self {
        Self { graph: Graph::new(client, api_base, "facebook", meaning), secrets }
    }

    async fn send_message(&self, account: &str, recipient: Value, text: &str, is_reply: bool) -> SendOutcome {
        if !is_id(account) {
            return refused(Refusal::NotTaken);
        }
        if crate::length(text) > LONGEST_DIRECT {
            return refused(Refusal::TooLong);
        }
        let mut body = json!({ "recipient": recipient, "message": { "text": text } });
        if is_reply {
            body["messaging_type"] = json!("RESPONSE");
        }
        let answer = self.ask(account, Method::POST, &format!("{account}/messages"), &[], Some(&body)).await;
        answer.sent(|body| Some((take(body, "message_id")?, take(body, "recipient_id"))))
    }

    async fn send_comment(&self, account: &str, to: &str, text: &str) -> SendOutcome {
        if !is_id(to) {
            return refused(Refusal::NotTaken);
        }
        if crate::length(text) > LONGEST_COMMENT {
            return refused(Refusal::TooLong);
        }
        let body = json!({ "message": text });
        let answer = self.ask(account, Method::POST, &format!("{to}/comments"), &[], Some(&body)).await;
        answer.sent(|body| Some((take(body, "id")?, None)))
    }

    async fn act(&self, account: &str, path: &str, body: &Value) -> ActOutcome {
        self.ask(account, Method::POST, path, &[], Some(body)).await.acted()
    }

    async fn ask(
        &self,
        account: &str,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let token = self.secrets.pages.get(account).map(String::as_str);
        self.graph.ask(token, method, path, query, body).await
    }
}

#[async_trait::async_trait]
impl Connector for Facebook {
    fn capabilities(&self, rung: Rung) -> Capabilities {
        let is_public = rung == Rung::Public;
        Capabilities {
            longest_text: if is_public { LONGEST_COMMENT } else { LONGEST_DIRECT },
            may_hide: is_public,
            may_private_reply: is_public,
            reports_delivery: !is_public,
            longest_notice: if is_public { LONGEST_ABOUT } else { LONGEST_GREETING },
        }
    }

    fn window(&self, rung: Rung, heard_at: Option<Time>, now: Time) -> Window {
        window(rung, heard_at, now)
    }

    fn private_reply_window(&self, commented_at: Time, replied: bool, now: Time) -> Window {
        private_reply_window(commented_at, replied, now)
    }

    async fn send(&self, outgoing: Outgoing<'_>) -> SendOutcome {
        let Outgoing { account, rung, to, text } = outgoing;
        match rung {
            Rung::Public => self.send_comment(account, to.expose(), text).await,
            Rung::Direct => self.send_message(account, json!({ "id": to.expose() }), text, true).await,
            Rung::Secure | Rung::Voice => refused(Refusal::NotPossibleHere),
        }
    }

    async fn private_reply(&self, reply: PrivateReply<'_>) -> SendOutcome {
        let recipient = json!({ "comment_id": reply.comment });
        self.send_message(reply.account, recipient, reply.text, false).await
    }

    async fn hide(&self, account: &str, comment: &str) -> ActOutcome {
        if !is_id(comment) {
            return ActOutcome::Refused { why: Refusal::NotTaken, code: None };
        }
        self.act(account, comment, &json!({ "is_hidden": true })).await
    }

    async fn set_notice(&self, account: &str, rung: Rung, notices: &[(Language, &str)]) -> ActOutcome {
        let longest = self.capabilities(rung).longest_notice;
        let refused = |why| ActOutcome::Refused { why, code: None };
        let Some((_, first)) = notices.first().filter(|_| is_id(account)) else {
            return refused(Refusal::NotTaken);
        };
        if notices.iter().any(|(_, text)| crate::length(text) > longest) {
            return refused(Refusal::TooLong);
        }
        match rung {
            // The text about a page has one language.
            Rung::Public => self.act(account, account, &json!({ "about": first })).await,
            Rung::Direct => {
                let mut greetings = vec![json!({ "locale": "default", "text": first })];
                for (language, text) in notices {
                    greetings.push(json!({ "locale": locale(*language), "text": text }));
                }
                let path = format!("{account}/messenger_profile");
                self.act(account, &path, &json!({ "greeting": greetings })).await
            }
            Rung::Secure | Rung::Voice => refused(Refusal::NotPossibleHere),
        }
    }

    async fn check_notice(&self, account: &str, rung: Rung, language: Language, text: &str) -> NoticeState {
        if !is_id(account) {
            return NoticeState::NotKnown { reason: Refusal::NotTaken.to_string() };
        }
        let answer = match rung {
            Rung::Public => self.ask(account, Method::GET, account, &[("fields", "about")], None).await,
            Rung::Direct => {
                let path = format!("{account}/messenger_profile");
                self.ask(account, Method::GET, &path, &[("fields", "greeting")], None).await
            }
            Rung::Secure | Rung::Voice => Answer::no(Refusal::NotPossibleHere),
        };
        let is_there = match &answer {
            Answer::Done(body) if rung == Rung::Public => {
                body.get("about").and_then(Value::as_str) == Some(text)
            }
            Answer::Done(body) => greeting(body, language) == Some(text),
            Answer::Later { reason, .. } | Answer::Lost { reason } => {
                return NoticeState::NotKnown { reason: (*reason).to_owned() };
            }
            Answer::No { why, .. } => return NoticeState::NotKnown { reason: why.to_string() },
        };
        if is_there { NoticeState::Present } else { NoticeState::Absent }
    }
}

/// Whether a page may write: in comments always, in Messenger for 24 hours from the customer's last message.
pub fn window(rung: Rung, heard_at: Option<Time>, now: Time) -> Window {
    match (rung, heard_at) {
        (Rung::Public, _) => Window::Open { until: None },
        (Rung::Direct, Some(heard_at)) => open_for(heard_at, DIRECT_WINDOW, now),
        (Rung::Direct, None) => Window::Closed(Closed::NeverHeard),
        (Rung::Secure | Rung::Voice, _) => Window::Closed(Closed::NotPossibleHere),
    }
}

/// Whether a comment may be answered in private: once, within seven days.
pub fn private_reply_window(commented_at: Time, replied: bool, now: Time) -> Window {
    if replied {
        return Window::Closed(Closed::AlreadyReplied);
    }
    open_for(commented_at, PRIVATE_REPLY_WINDOW, now)
}

/// What people of a language see: the greeting of their locale, else the one for everybody.
fn greeting(body: &Value, language: Language) -> Option<&str> {
    let greetings = body.get("data")?.as_array()?.iter().find_map(|one| one.get("greeting"))?.as_array()?;
    let of = |name: &str| {
        greetings
            .iter()
            .find(|one| one.get("locale").and_then(Value::as_str) == Some(name))?
            .get("text")?
            .as_str()
    };
    of(locale(language)).or_else(|| of("default"))
}

/// The network's name for a language.
const fn locale(language: Language) -> &'static str {
    match language {
        Language::English => "en_US",
        Language::German => "de_DE",
        Language::French => "fr_FR",
        Language::Spanish => "es_ES",
    }
}

const fn refused(why: Refusal) -> SendOutcome {
    SendOutcome::Refused { why, code: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_direct_window_is_open_for_24_hours_from_the_last_message() {
        let heard = Time::from_secs(1_000_000);
        let day = Time::from_secs(1_000_000 + 86_400);
        assert_eq!(window(Rung::Direct, Some(heard), heard), Window::Open { until: Some(day) });
        assert!(window(Rung::Direct, Some(heard), Time(day.0 - 1)).is_open());
        assert_eq!(window(Rung::Direct, Some(heard), day), Window::Closed(Closed::TooLate { since: day }));
        assert_eq!(window(Rung::Direct, None, day), Window::Closed(Closed::NeverHeard));
        assert!(window(Rung::Public, None, day).is_open());
    }

    #[test]
    fn a_comment_has_one_private_reply_within_seven_days() {
        let at = Time::from_secs(0);
        assert!(private_reply_window(at, false, Time::from_secs(7 * 86_400 - 1)).is_open());
        assert!(!private_reply_window(at, false, Time::from_secs(7 * 86_400)).is_open());
        assert_eq!(private_reply_window(at, true, at), Window::Closed(Closed::AlreadyReplied));
    }
}
