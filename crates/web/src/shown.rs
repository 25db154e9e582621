//! The console's words for the design's words, and times as people read them.

use crate::refusal::Refusal;
use aside_model::{
    Assurance, Author, ConversationState, JobKind, MessageState, Network, Purpose, Role, Rung, Time,
};
use askama::Template;
use axum::{
    Extension,
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};

/// Marks an answer that is a page already, whatever its status.
#[derive(Clone, Copy)]
pub(crate) struct Designed;

/// Shows a designed page; an error status keeps the page.
pub(crate) fn page(status: StatusCode, template: &impl Template) -> Result<Response, Refusal> {
    Ok((status, Extension(Designed), Html(template.render()?)).into_response())
}

/// The part of a page that a script wants to read again.
pub(crate) fn part(headers: &HeaderMap) -> Option<&str> {
    headers.get("aside-part").and_then(|value| value.to_str().ok())
}

/// What people read for a word of the design.
pub(crate) trait Label {
    /// The name in a sentence's start or a cell.
    fn label(&self) -> &'static str;
}

macro_rules! labels {
    ($($type:ident { $($variant:ident = $label:literal),+ $(,)? })+) => {$(
        impl Label for $type {
            fn label(&self) -> &'static str {
                match self { $($type::$variant => $label,)+ }
            }
        }
    )+};
}

labels! {
    Rung { Public = "Public", Direct = "Direct", Secure = "Secure", Voice = "Voice" }
    Network { Facebook = "Facebook", Instagram = "Instagram", Whatsapp = "WhatsApp", Telegram = "Telegram", Secure = "Aside messenger", Email = "E-mail", Phone = "Telephone" }
    Author { Customer = "Customer", Agent = "Agent", System = "Aside" }
    ConversationState { Open = "Open", Closed = "Closed" }
    Assurance {
        Anonymous = "Anonymous",
        Linked = "Holds the link",
        Checked = "Address checked",
        Authenticated = "Signed in",
        SteppedUp = "Signed in afresh",
    }
    MessageState {
        Received = "Received", Queued = "Waiting to be sent", Sent = "Sent", Delivered = "Delivered", Read = "Read",
        Failed = "Not sent", Unknown = "Nobody knows whether it went out", Hidden = "Hidden from the public",
        Removed = "Taken back",
    }
    Role { Agent = "agent", PrivacyOfficer = "privacy officer", Administrator = "administrator" }
    Purpose {
        Payment = "Make or take back a payment",
        Identification = "Find out who is asking",
        Contact = "Call, write or deliver",
        CaseHandling = "Solve the case",
        PrivacyRequest = "Answer a privacy request",
    }
    JobKind {
        Send = "Send a message",
        PrivateReply = "Answer a comment in private",
        HideComment = "Hide a comment",
        SendCode = "Send a one-time code",
        Remind = "Remind the customer of an invitation",
    }
}

/// What a rung means for whoever writes there.
pub(crate) trait Reach {
    /// A shape that stands for it, so that colour never has to.
    fn shape(&self) -> &'static str;
    /// Who reads along, in a sentence.
    fn reach(&self) -> &'static str;
}

impl Reach for Rung {
    fn shape(&self) -> &'static str {
        match self {
            Rung::Public => "○",
            Rung::Direct => "◐",
            Rung::Secure => "●",
            Rung::Voice => "◆",
        }
    }

    fn reach(&self) -> &'static str {
        match self {
            Rung::Public => "Everyone reads along.",
            Rung::Direct => "The network reads along.",
            Rung::Secure => "Between the customer and you.",
            Rung::Voice => "By telephone.",
        }
    }
}

/// Whether a state is worth a word under a message.
pub(crate) trait SaysSomething {
    /// False for what goes without saying.
    fn says_something(&self) -> bool;
}

impl SaysSomething for MessageState {
    fn says_something(&self) -> bool {
        !matches!(self, MessageState::Received | MessageState::Removed)
    }
}

/// A moment as people read it. UTC, since the server does not know where they are; scripts put in the
/// reader's own zone.
pub(crate) trait Moment {
    /// Day and minute, for instance `22 Nov 09:30 UTC`.
    fn in_short(&self) -> String;
    /// Everything, for instance `2026-11-22 09:30:00 UTC`.
    fn in_full(&self) -> String;
}

impl Moment for Time {
    fn in_short(&self) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let text = self.rfc3339();
        let month =
            text.get(5..7).and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
        match (text.get(8..10), month, text.get(11..16)) {
            (Some(day), Some(month), Some(clock)) => {
                format!("{} {month} {clock} UTC", day.trim_start_matches('0'))
            }
            _ => text,
        }
    }

    fn in_full(&self) -> String {
        self.rfc3339().replace('T', " ").replace('Z', " UTC")
    }
}

/// Names as a list in a sentence; a dash for none.
pub(crate) fn list(names: &[&'static str]) -> String {
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

/// Puts a value into the place that `{name}` holds.
pub(crate) fn fill(text: &str, name: &str, value: &str) -> String {
    text.replace(&format!("{{{name}}}"), value)
}

/// How a template's text names the place that a field fills in.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand out references")]
pub(crate) fn place(number: &usize) -> String {
    format!("What stands for {{{{{number}}}}}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_short_in_a_list_and_whole_on_hover() {
        let at = Time::from_secs(1_709_210_096);
        assert_eq!(
            (at.in_short().as_str(), at.in_full().as_str()),
            ("29 Feb 12:34 UTC", "2024-02-29 12:34:56 UTC")
        );
    }
}
