//! What every network's connector can be asked.

use crate::{ActOutcome, Closed, Refusal, SendOutcome, Template, Window};
use aside_model::{Language, Raw, Rung, Time};
use std::time::Duration;

/// A way to speak on one network, through one connection. It holds the connection's secrets, stores
/// nothing and decides nothing about the business.
#[async_trait::async_trait]
pub trait Connector: Send + Sync {
    /// What the network can do on a rung.
    fn capabilities(&self, rung: Rung) -> Capabilities;

    /// Whether the brand may write on a thread that the customer last wrote on at `heard_at`.
    fn window(&self, rung: Rung, heard_at: Option<Time>, now: Time) -> Window;

    /// Whether a comment of `commented_at` may be answered in private.
    fn private_reply_window(&self, commented_at: Time, replied: bool, now: Time) -> Window;

    /// What holds for one public comment, by its id at the network. On most networks all are alike.
    fn comment_rules(&self, _comment: &Raw) -> CommentRules {
        CommentRules::default()
    }

    /// Whether this comment of `commented_at` may be answered in private: the network's window, and the
    /// comment's own.
    fn private_reply_window_of(&self, comment: &Raw, commented_at: Time, replied: bool, now: Time) -> Window {
        let ends = self.comment_rules(comment).private_reply_within.map(|within| commented_at.plus(within));
        match ends {
            Some(since) if !replied && now >= since => Window::Closed(Closed::TooLate { since }),
            _ => self.private_reply_window(commented_at, replied, now),
        }
    }

    /// The pieces in which a text goes out on a rung, in order, each short enough for one
    /// [`Connector::send`]. Each piece should be a job of its own: then a failure between two pieces
    /// repeats none that arrived.
    fn render(&self, rung: Rung, text: &str) -> Vec<String> {
        crate::split(text, self.capabilities(rung).longest_text)
    }

    /// Sends one piece of text.
    async fn send(&self, outgoing: Outgoing<'_>) -> SendOutcome;

    /// The texts that may be sent while the window is [`Window::TemplateOnly`]; none where the network has no
    /// such thing, or none are configured.
    fn templates(&self) -> &[Template] {
        &[]
    }

    /// Sends a text that the network has approved.
    async fn send_template(&self, _outgoing: OutgoingTemplate<'_>) -> SendOutcome {
        SendOutcome::Refused { why: Refusal::NotPossibleHere, code: None }
    }

    /// Answers a public comment in the direct messages.
    async fn private_reply(&self, reply: PrivateReply<'_>) -> SendOutcome;

    /// Hides a public comment of somebody else from the public. Repeating it changes nothing.
    async fn hide(&self, account: &str, comment: &str) -> ActOutcome;

    /// Puts up the account's standing notice, in every language given; the first is also what people of
    /// other languages see.
    async fn set_notice(&self, account: &str, rung: Rung, notices: &[(Language, &str)]) -> ActOutcome;

    /// Looks whether the account's standing notice is there, word for word.
    async fn check_notice(&self, account: &str, rung: Rung, language: Language, text: &str) -> NoticeState;

    /// A link that opens the account's direct messages for whoever presses it, for networks on which a public
    /// message cannot be answered in private. What comes of it is told as [`crate::Event::Arrived`] with the
    /// token, where the network carries one: 1 to 64 of `A-Z`, `a-z`, `0-9`, `_` and `-`.
    fn composer_link(&self, _account: &str, _token: &str) -> Option<String> {
        None
    }

    /// Has the network post what happens on an account to `hook`. Repeating it changes nothing.
    async fn set_hook(&self, _account: &str, _hook: &str) -> ActOutcome {
        ActOutcome::Refused { why: crate::Refusal::NotPossibleHere, code: None }
    }

    /// Looks whether the network posts what happens on an account to `hook`.
    async fn check_hook(&self, _account: &str, _hook: &str) -> HookState {
        HookState::SetByHand
    }
}

/// A piece of text for one thread.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    /// The account that speaks (a page id).
    pub account: &'a str,
    /// The rung of the thread.
    pub rung: Rung,
    /// The thread's own address: [`crate::ThreadAddress::reply_to`].
    pub to: &'a Raw,
    /// What to say; one of [`Connector::render`]'s pieces.
    pub text: &'a str,
}

/// An approved text for one thread.
#[derive(Clone, Copy)]
pub struct OutgoingTemplate<'a> {
    /// The account that speaks (a phone number's id).
    pub account: &'a str,
    /// The rung of the thread.
    pub rung: Rung,
    /// The thread's own address: [`crate::ThreadAddress::reply_to`].
    pub to: &'a Raw,
    /// The template's name at the network.
    pub name: &'a str,
    /// Its language, as the network writes it.
    pub language: &'a str,
    /// What its places are filled with, in order.
    pub parameters: &'a [String],
}

/// A private answer to a public comment.
#[derive(Clone, Copy)]
pub struct PrivateReply<'a> {
    /// The account that speaks (a page id).
    pub account: &'a str,
    /// The network's id for the comment.
    pub comment: &'a str,
    /// What to say, at most as long as a direct message; only one can be sent.
    pub text: &'a str,
}

/// What a network can do on a rung.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Capabilities {
    /// The longest text of one message, as [`crate::length`] counts.
    pub longest_text: usize,
    /// Whether comments of others can be hidden from the public.
    pub may_hide: bool,
    /// Whether a message can be answered in private.
    pub may_private_reply: bool,
    /// Whether the network reports what was delivered and read.
    pub reports_delivery: bool,
    /// The longest standing notice, as [`crate::length`] counts; zero where there is none.
    pub longest_notice: usize,
}

/// What holds for one public comment, beyond what holds for the network.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CommentRules {
    /// Whether it can be answered in public.
    pub may_answer: bool,
    /// Whether it can be answered in public while it is hidden. Where not, the answer has to come first.
    pub may_answer_hidden: bool,
    /// How long after it a private reply is possible, where that is shorter than
    /// [`Connector::private_reply_window`] says.
    pub private_reply_within: Option<Duration>,
}

impl Default for CommentRules {
    fn default() -> Self {
        Self { may_answer: true, may_answer_hidden: true, private_reply_within: None }
    }
}

/// Whether a standing notice is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoticeState {
    /// It is, word for word.
    Present,
    /// Something else is, or nothing.
    Absent,
    /// The network did not say.
    NotKnown {
        /// Why, in words for people.
        reason: String,
    },
}

/// Whether a network posts to us.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HookState {
    /// The address is set by people on the network's own pages.
    SetByHand,
    /// It posts to us.
    InPlace {
        /// How many events wait there because we did not take them.
        waiting: u64,
    },
    /// It posts elsewhere, or not at all.
    Absent,
    /// The network did not say.
    NotKnown {
        /// Why, in words for people.
        reason: String,
    },
}

impl std::fmt::Display for HookState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            HookState::SetByHand => f.write_str("set by hand in the network's own settings"),
            HookState::InPlace { waiting: 0 } => f.write_str("in place"),
            HookState::InPlace { waiting } => write!(f, "in place; {waiting} events wait at the network"),
            HookState::Absent => f.write_str("NOT in place: the network posts elsewhere or nowhere"),
            HookState::NotKnown { reason } => write!(f, "not known: {reason}"),
        }
    }
}
