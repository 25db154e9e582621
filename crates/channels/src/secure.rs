//! The brand's own messenger, as a channel like the others. A message that is stored is delivered: the
//! customer's page reads it from there, so sending needs nobody else.

use crate::{
    ActOutcome, Capabilities, Closed, Connector, NoticeState, Outgoing, PrivateReply, Refusal, SendOutcome,
    Window,
};
use aside_model::{Language, Rung, Time};

/// The longest message on the brand's own messenger, as [`crate::length`] counts.
pub const LONGEST_TEXT: usize = 20_000;

/// The brand's own messenger.
#[derive(Clone, Copy, Default, Debug)]
pub struct Secure;

#[async_trait::async_trait]
impl Connector for Secure {
    fn capabilities(&self, _rung: Rung) -> Capabilities {
        Capabilities {
            longest_text: LONGEST_TEXT,
            may_hide: false,
            may_private_reply: false,
            reports_delivery: true,
            longest_notice: 0,
        }
    }

    fn window(&self, rung: Rung, _heard_at: Option<Time>, _now: Time) -> Window {
        match rung {
            Rung::Secure => Window::Open { until: None },
            Rung::Public | Rung::Direct | Rung::Voice => Window::Closed(Closed::NotPossibleHere),
        }
    }

    fn private_reply_window(&self, _commented_at: Time, _replied: bool, _now: Time) -> Window {
        Window::Closed(Closed::NotPossibleHere)
    }

    async fn send(&self, outgoing: Outgoing<'_>) -> SendOutcome {
        let why = match outgoing.rung {
            Rung::Secure if crate::length(outgoing.text) > LONGEST_TEXT => Refusal::TooLong,
            Rung::Secure => return SendOutcome::Accepted { provider_id: None, recipient: None },
            Rung::Public | Rung::Direct | Rung::Voice => Refusal::NotPossibleHere,
        };
        SendOutcome::Refused { why, code: None }
    }

    async fn private_reply(&self, _reply: PrivateReply<'_>) -> SendOutcome {
        SendOutcome::Refused { why: Refusal::NotPossibleHere, code: None }
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
