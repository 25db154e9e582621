//! Speaking on WhatsApp.

use super::{
    WhatsappSecrets,
    errors::meaning,
    person::{is_phone, is_user_id},
};
use crate::{
    ActOutcome, Capabilities, Closed, Connector, NoticeState, Outgoing, OutgoingTemplate, PrivateReply,
    Refusal, SendOutcome, Template, Window,
    meta::graph::{Graph, is_id, take},
    window::open_for,
};
use aside_model::{Language, Raw, Rung, Time};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// The longest text of one message, in characters (`text.body`).
pub const LONGEST_TEXT: usize = 4_096;
/// How long after the customer's last message a business may write freely.
const WINDOW: Duration = Duration::from_hours(24);

/// One app at WhatsApp, with its telephone numbers.
pub struct Whatsapp {
    graph: Graph,
    secrets: WhatsappSecrets,
}

impl Whatsapp {
    /// A connector that speaks to `api_base` (`https://graph.facebook.com`, without a version).
    pub fn new(client: reqwest::Client, api_base: &str, secrets: WhatsappSecrets) -> Self {
        Self { graph: Graph::new(client, api_base, "whatsapp", meaning), secrets }
    }

    /// Sends what `content` says, a type and what stands under its name, to somebody.
    async fn post(&self, account: &str, to: &Raw, (kind, content): (&str, Value)) -> SendOutcome {
        let Some((key, address)) = recipient(to).filter(|_| is_id(account)) else {
            return refused(Refusal::NotTaken);
        };
        let body = json!({
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            key: address,
            "type": kind,
            kind: content,
        });
        let token = self.secrets.numbers.get(account).map(String::as_str);
        let path = format!("{account}/messages");
        let answer = self.graph.ask(token, Method::POST, &path, &[], Some(&body)).await;
        answer.sent(|body| {
            let message = body.get_mut("messages")?.get_mut(0)?;
            Some((take(message, "id")?, None))
        })
    }
}

/// Under which key an address is sent, and as what; `None` for one that the network cannot have given.
fn recipient(to: &Raw) -> Option<(&'static str, &str)> {
    let to = to.expose();
    if is_user_id(to) { Some(("recipient", to)) } else { is_phone(to).then_some(("to", to)) }
}

#[async_trait::async_trait]
impl Connector for Whatsapp {
    fn capabilities(&self, _rung: Rung) -> Capabilities {
        Capabilities {
            longest_text: LONGEST_TEXT,
            may_hide: false,
            may_private_reply: false,
            reports_delivery: true,
            longest_notice: 0,
        }
    }

    fn window(&self, rung: Rung, heard_at: Option<Time>, now: Time) -> Window {
        window(rung, heard_at, now)
    }

    fn private_reply_window(&self, _commented_at: Time, _replied: bool, _now: Time) -> Window {
        Window::Closed(Closed::NotPossibleHere)
    }

    async fn send(&self, outgoing: Outgoing<'_>) -> SendOutcome {
        let Outgoing { account, rung, to, text } = outgoing;
        if rung != Rung::Direct {
            return refused(Refusal::NotPossibleHere);
        }
        if crate::length(text) > LONGEST_TEXT {
            return refused(Refusal::TooLong);
        }
        // No preview: the network would open the links that customers get.
        self.post(account, to, ("text", json!({ "preview_url": false, "body": text }))).await
    }

    fn templates(&self) -> &[Template] {
        &self.secrets.templates
    }

    async fn send_template(&self, outgoing: OutgoingTemplate<'_>) -> SendOutcome {
        let OutgoingTemplate { account, rung, to, name, language, parameters } = outgoing;
        if rung != Rung::Direct {
            return refused(Refusal::NotPossibleHere);
        }
        let mut template = json!({ "name": name, "language": { "code": language } });
        if !parameters.is_empty() {
            let parameters: Vec<Value> =
                parameters.iter().map(|text| json!({ "type": "text", "text": text })).collect();
            template["components"] = json!([{ "type": "body", "parameters": parameters }]);
        }
        self.post(account, to, ("template", template)).await
    }

    async fn private_reply(&self, _reply: PrivateReply<'_>) -> SendOutcome {
        refused(Refusal::NotPossibleHere)
    }

    async fn hide(&self, _account: &str, _comment: &str) -> ActOutcome {
        ActOutcome::Refused { why: Refusal::NotPossibleHere, code: None }
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

/// Whether a business may write: freely for 24 hours from the customer's last message, before and after that
/// by template.
pub fn window(rung: Rung, heard_at: Option<Time>, now: Time) -> Window {
    let Rung::Direct = rung else { return Window::Closed(Closed::NotPossibleHere) };
    match heard_at.map(|heard_at| open_for(heard_at, WINDOW, now)) {
        Some(open @ Window::Open { .. }) => open,
        Some(Window::Closed(Closed::TooLate { since })) => Window::TemplateOnly { since: Some(since) },
        _ => Window::TemplateOnly { since: None },
    }
}

const fn refused(why: Refusal) -> SendOutcome {
    SendOutcome::Refused { why, code: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_after_the_last_message_only_a_template_goes_out() {
        let heard = Time::from_secs(1_000_000);
        let day = Time::from_secs(1_000_000 + 86_400);
        assert_eq!(window(Rung::Direct, Some(heard), heard), Window::Open { until: Some(day) });
        assert!(window(Rung::Direct, Some(heard), Time(day.0 - 1)).is_open());
        assert_eq!(window(Rung::Direct, Some(heard), day), Window::TemplateOnly { since: Some(day) });
        assert_eq!(window(Rung::Direct, None, day), Window::TemplateOnly { since: None });
        assert_eq!(window(Rung::Public, Some(heard), heard), Window::Closed(Closed::NotPossibleHere));
    }

    #[test]
    fn an_id_goes_to_recipient_and_a_number_to_to() {
        let key = |to: &str| recipient(&Raw::new(to.to_owned())).map(|(key, _)| key);
        assert_eq!(key("US.13491208655302741918"), Some("recipient"));
        assert_eq!(key("16505551234"), Some("to"));
        for odd in ["", "me", "../me", "+1650", "US.1/x"] {
            assert_eq!(key(odd), None, "{odd}");
        }
    }
}
