//! What came in, in the same words for every network.

use crate::{ErrorCode, Refusal};
use aside_model::{Raw, Rung, Time};

/// Something that happened on a network.
///
/// Texts, names and people's ids are [`Raw`]: they cannot be printed and are overwritten when dropped.
pub struct Inbound {
    /// The account it happened on (a page id): decides which channel it belongs to.
    pub account: String,
    /// How private the place is.
    pub rung: Rung,
    /// The same for every delivery of this event and different for any other: what a once guard keeps, as
    /// a keyed hash. It may hold people's ids and a digest of a text, so it is never logged.
    pub event_key: String,
    /// When it happened, as the network says.
    pub at: Time,
    /// What happened.
    pub event: Event,
}

/// What happened.
pub enum Event {
    /// Somebody wrote.
    Message {
        /// Who.
        from: Person,
        /// The network's id for the message.
        provider_id: String,
        /// The thread it belongs to, and where a reply goes.
        thread: ThreadAddress,
        /// What they wrote; `None` when there are attachments alone. There is always one or the other.
        text: Option<Raw>,
        /// The network's words for what came along (`image`, `file`; `other` for what it does not name, such
        /// as a sticker). Nothing is fetched.
        attachments: Vec<String>,
        /// The network's id of the message that this one answers.
        in_reply_to: Option<String>,
    },
    /// Somebody opened the direct messages by a link of ours, or to begin, without having said anything yet.
    Arrived {
        /// Who.
        from: Person,
        /// The network's id for what told of it.
        provider_id: String,
        /// The thread that they can write on now.
        thread: ThreadAddress,
        /// The token of the link, as [`crate::Connector::composer_link`] was given it. Anybody can send any.
        token: Option<Raw>,
    },
    /// Somebody changed what they had written.
    Edited {
        /// Who.
        from: Person,
        /// The network's id for the message, the same as when it was written.
        provider_id: String,
        /// The thread it belongs to.
        thread: ThreadAddress,
        /// What it says now.
        text: Option<Raw>,
        /// What comes along now.
        attachments: Vec<String>,
    },
    /// A message was taken back on the network.
    Removed {
        /// The network's id for the message.
        provider_id: String,
    },
    /// A comment was hidden from the public, or shown again, by us or on the network's own pages.
    Visibility {
        /// The network's id for the message.
        provider_id: String,
        /// Whether it is hidden now.
        hidden: bool,
    },
    /// The account itself wrote: through us, or on the network's own pages. No text is kept.
    Echo {
        /// The network's id for the message.
        provider_id: String,
        /// The thread it was written on, where the network says.
        thread: Option<ThreadAddress>,
        /// The network's id for the app that sent it, if one did.
        app: Option<String>,
    },
    /// The network brought messages of ours to the customer.
    Delivered {
        /// Who got them.
        to: Raw,
        /// Which messages, where the network says.
        provider_ids: Vec<String>,
        /// Everything that we sent before this moment was delivered.
        watermark: Option<Time>,
    },
    /// The customer read what we sent.
    Read {
        /// Who read it.
        by: Raw,
        /// Everything that we sent before this moment was read.
        watermark: Time,
    },
    /// What became of one message of ours.
    Status {
        /// The network's id for the message.
        provider_id: String,
        /// What became of it.
        became: Reported,
    },
    /// Two addresses are one person's.
    SamePerson {
        /// The address that the network uses from now on.
        id: Raw,
        /// The one that it used before, or uses beside it.
        before: Raw,
        /// Whether the old one ended: nothing written to it arrives any more.
        moved: bool,
    },
    /// The network told something that this program does not know, or said it in an unknown way. It is
    /// counted; nothing of it is kept.
    NotUnderstood {
        /// The name of the field or key, `[a-z_]{1,40}`; `other` where it is not such a name.
        kind: String,
        /// The network's id of what it is about, if it says.
        id: Option<String>,
    },
}

impl Event {
    /// Its name, for counters.
    pub const fn name(&self) -> &'static str {
        match self {
            Event::Message { .. } => "message",
            Event::Arrived { .. } => "arrived",
            Event::Edited { .. } => "edited",
            Event::Removed { .. } => "removed",
            Event::Visibility { .. } => "visibility",
            Event::Echo { .. } => "echo",
            Event::Delivered { .. } => "delivered",
            Event::Read { .. } => "read",
            Event::Status { .. } => "status",
            Event::SamePerson { .. } => "same_person",
            Event::NotUnderstood { .. } => "not_understood",
        }
    }
}

/// What a network reports of one message of ours. Reports come repeated and in any order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reported {
    /// It is on its way to the customer.
    Sent,
    /// It reached the customer.
    Delivered,
    /// The customer read it.
    Read,
    /// It will not reach the customer.
    Failed {
        /// Why.
        why: Refusal,
        /// What the network said, by number.
        code: Option<ErrorCode>,
    },
}

/// Somebody on a network.
pub struct Person {
    /// The network's id for them, valid for this account alone.
    pub id: Raw,
    /// The name the network shows.
    pub name: Option<Raw>,
}

/// A thread on a network.
pub struct ThreadAddress {
    /// What identifies the thread: a person's id in direct messages, `post|author` in comments.
    pub key: Raw,
    /// Where a reply goes: a person's id, or the comment that is answered.
    pub reply_to: Raw,
}
