//! Speaking on Instagram.

use super::{InstagramSecrets, errors::meaning};
use crate::{
    ActOutcome, Capabilities, Closed, CommentRules, Connector, NoticeState, Outgoing, PrivateReply, Refusal,
    SendOutcome, Window,
    meta::graph::{Answer, Graph, is_id, take},
    window::open_for,
};
use aside_model::{Language, Raw, Rung, Time};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// The longest direct message, in bytes of UTF-8 (Send API, `message.text`).
pub const LONGEST_DIRECT_BYTES: usize = 1_000;
/// The longest direct message that fits whatever it is written in: no UTF-16 unit takes more than three bytes of
/// UTF-8.
const LONGEST_DIRECT: usize = LONGEST_DIRECT_BYTES / 3;
/// The longest comment, in characters. The vendor documents 2,200 for captions; for comments clients agree on the
/// same.
const LONGEST_COMMENT: usize = 2_200;
/// How long after the customer's last message a brand may write.
const DIRECT_WINDOW: Duration = Duration::from_hours(24);
/// How long after a comment it may be answered in private.
const PRIVATE_REPLY_WINDOW: Duration = Duration::from_hours(7 * 24);
/// How long a broadcast can last at most; the network does not tell when one ends.
const LONGEST_BROADCAST: Duration = Duration::from_hours(4);
/// Marks the id of a comment on a broadcast. No id that the network gives has a colon.
pub(super) const LIVE: &str = "live:";

/// One app at Meta, with its Instagram accounts.
pub struct Instagram {
    graph: Graph,
    secrets: InstagramSecrets,
}

impl Instagram {
    /// A connector that speaks to `api_base` (of the accounts' [`super::Login`]).
    pub fn new(client: reqwest::Client, api_base: &str, secrets: InstagramSecrets) -> Self {
        Self { graph: Graph::new(client, api_base, "instagram", meaning), secrets }
    }

    /// `me` is the account, or the page it belongs to, whose token it is.
    async fn send_message(&self, account: &str, recipient: Value, text: &str) -> SendOutcome {
        if text.len() > LONGEST_DIRECT_BYTES {
            return refused(Refusal::TooLong);
        }
        let body = json!({ "recipient": recipient, "message": { "text": text } });
        let answer = self.post(account, "me/messages", &body).await;
        answer.sent(|body| Some((take(body, "message_id")?, take(body, "recipient_id"))))
    }

    async fn send_comment(&self, account: &str, to: &str, text: &str) -> SendOutcome {
        if to.starts_with(LIVE) {
            return refused(Refusal::NotPossibleHere);
        }
        if !is_id(to) {
            return refused(Refusal::NotTaken);
        }
        if crate::length(text) > LONGEST_COMMENT {
            return refused(Refusal::TooLong);
        }
        let answer = self.post(account, &format!("{to}/replies"), &json!({ "message": text })).await;
        answer.sent(|body| Some((take(body, "id")?, None)))
    }

    async fn post(&self, account: &str, path: &str, body: &Value) -> Answer {
        let token = self.secrets.accounts.get(account).map(String::as_str);
        self.graph.ask(token, Method::POST, path, &[], Some(body)).await
    }
}

#[async_trait::async_trait]
impl Connector for Instagram {
    fn capabilities(&self, rung: Rung) -> Capabilities {
        let is_public = rung == Rung::Public;
        Capabilities {
            longest_text: if is_public { LONGEST_COMMENT } else { LONGEST_DIRECT },
            may_hide: is_public,
            may_private_reply: is_public,
            reports_delivery: !is_public,
            // Neither the account's description nor a greeting can be set over the API.
            longest_notice: 0,
        }
    }

    fn window(&self, rung: Rung, heard_at: Option<Time>, now: Time) -> Window {
        window(rung, heard_at, now)
    }

    fn private_reply_window(&self, commented_at: Time, replied: bool, now: Time) -> Window {
        private_reply_window(commented_at, replied, now)
    }

    fn comment_rules(&self, comment: &Raw) -> CommentRules {
        let is_live = comment.expose().starts_with(LIVE);
        CommentRules {
            may_answer: !is_live,
            may_answer_hidden: false,
            private_reply_within: is_live.then_some(LONGEST_BROADCAST),
        }
    }

    fn render(&self, rung: Rung, text: &str) -> Vec<String> {
        match rung {
            Rung::Direct => crate::split_by(text, LONGEST_DIRECT_BYTES, char::len_utf8),
            Rung::Public | Rung::Secure | Rung::Voice => {
                crate::split(text, self.capabilities(rung).longest_text)
            }
        }
    }

    async fn send(&self, outgoing: Outgoing<'_>) -> SendOutcome {
        let Outgoing { account, rung, to, text } = outgoing;
        match rung {
            Rung::Public => self.send_comment(account, to.expose(), text).await,
            Rung::Direct => self.send_message(account, json!({ "id": to.expose() }), text).await,
            Rung::Secure | Rung::Voice => refused(Refusal::NotPossibleHere),
        }
    }

    async fn private_reply(&self, reply: PrivateReply<'_>) -> SendOutcome {
        let recipient = json!({ "comment_id": plain(reply.comment) });
        self.send_message(reply.account, recipient, reply.text).await
    }

    async fn hide(&self, account: &str, comment: &str) -> ActOutcome {
        let comment = plain(comment);
        if !is_id(comment) {
            return ActOutcome::Refused { why: Refusal::NotTaken, code: None };
        }
        self.post(account, comment, &json!({ "hide": true })).await.acted()
    }

    async fn set_notice(&self, _account: &str, _rung: Rung, _notices: &[(Language, &str)]) -> ActOutcome {
        ActOutcome::Refused { why: Refusal::NotPossibleHere, code: None }
    }

    async fn check_notice(
        &self,
        _account: &str,
        _rung: Rung,
        _language: Language,
        _text: &str,
    ) -> NoticeState {
        NoticeState::NotKnown { reason: Refusal::NotPossibleHere.to_string() }
    }
}

/// A comment's id as the network knows it.
fn plain(comment: &str) -> &str {
    comment.strip_prefix(LIVE).unwrap_or(comment)
}

/// Whether an account may write: in comments always, in messages for 24 hours from the customer's last one. (A
/// person may take longer with the tag `HUMAN_AGENT`; Aside does not use it.)
pub fn window(rung: Rung, heard_at: Option<Time>, now: Time) -> Window {
    match (rung, heard_at) {
        (Rung::Public, _) => Window::Open { until: None },
        (Rung::Direct, Some(heard_at)) => open_for(heard_at, DIRECT_WINDOW, now),
        (Rung::Direct, None) => Window::Closed(Closed::NeverHeard),
        (Rung::Secure | Rung::Voice, _) => Window::Closed(Closed::NotPossibleHere),
    }
}

/// Whether a comment may be answered in private: once, within seven days. For one on a broadcast
/// [`CommentRules::private_reply_within`] is shorter.
pub fn private_reply_window(commented_at: Time, replied: bool, now: Time) -> Window {
    if replied {
        return Window::Closed(Closed::AlreadyReplied);
    }
    open_for(commented_at, PRIVATE_REPLY_WINDOW, now)
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
