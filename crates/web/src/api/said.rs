//! A conversation as the API shows it: masked, over all rungs.

use aside_app::views;
use aside_model::{Rung, Time};
use serde::Serialize;
use utoipa::ToSchema;

/// A piece of a message. Which fields there are depends on `is`.
#[derive(Serialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Piece {
    /// Text.
    Text { text: String },
    /// A masked value; open it with a reveal.
    Masked {
        value: String,
        #[serde(rename = "type")]
        data_type: &'static str,
        kind: String,
        mask: String,
        label: &'static str,
    },
    /// A value held for the customer, whom alone it opens to.
    Held {
        #[serde(rename = "type")]
        data_type: &'static str,
        label: &'static str,
    },
    /// A value that was destroyed before anything was stored.
    Removed {
        #[serde(rename = "type")]
        data_type: &'static str,
        mask: String,
        label: &'static str,
    },
}

impl From<views::Piece> for Piece {
    fn from(piece: views::Piece) -> Self {
        match piece {
            views::Piece::Text { text } => Piece::Text { text },
            views::Piece::Masked { value, data_type, kind, mask, label } => {
                Piece::Masked { value: value.to_string(), data_type: data_type.id(), kind, mask, label }
            }
            views::Piece::Held { data_type, label, .. } => Piece::Held { data_type: data_type.id(), label },
            views::Piece::Removed { data_type, mask, label } => {
                Piece::Removed { data_type: data_type.id(), mask, label }
            }
        }
    }
}

/// What was found in a message and what the rules decided.
#[derive(Serialize, ToSchema)]
pub(super) struct Finding {
    #[serde(rename = "type")]
    data_type: &'static str,
    kind: String,
    label: &'static str,
    /// `allow`, `warn`, `mask`, `block` or `hold`.
    rule: String,
    /// `certain`, `likely` or `guessed`.
    certainty: &'static str,
    /// The pack that decided, and its provision.
    provision: String,
}

/// What was said.
#[expect(clippy::struct_field_names, reason = "the API names an id by its noun")]
#[derive(Serialize, ToSchema)]
pub(super) struct Message {
    message: String,
    thread: String,
    rung: &'static str,
    channel: String,
    /// `customer`, `agent` or `system`.
    author: &'static str,
    author_name: String,
    /// `inbound` or `outbound`.
    direction: &'static str,
    pieces: Vec<Piece>,
    findings: Vec<Finding>,
    /// Attachments that nobody has looked into, by kind.
    attachments: Vec<String>,
    /// True when the rules could not speak: sealed, shown to nobody.
    unchecked: bool,
    /// What became of it.
    state: &'static str,
    reason: Option<String>,
    at: String,
    edited_at: Option<String>,
}

/// A line of the timeline. Which fields there are depends on `is`.
#[derive(Serialize, ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Item {
    /// Something said.
    Message(Box<Message>),
    /// Something that happened.
    Entry { entry: String, kind: String, text: String, at: String },
}

impl From<views::TimelineItem> for Item {
    fn from(item: views::TimelineItem) -> Self {
        match item {
            views::TimelineItem::Message(message) => Item::Message(Box::new(message.into())),
            views::TimelineItem::Entry(entry) => Item::Entry {
                entry: entry.entry.to_string(),
                kind: entry.kind,
                text: entry.text,
                at: entry.at.rfc3339(),
            },
        }
    }
}

impl From<views::MessageView> for Message {
    fn from(message: views::MessageView) -> Self {
        let finding = |finding: views::FindingView| Finding {
            data_type: finding.data_type.id(),
            kind: finding.kind,
            label: finding.label,
            rule: finding.rule,
            certainty: finding.certainty.name(),
            provision: finding.provision,
        };
        Self {
            message: message.message.to_string(),
            thread: message.thread.to_string(),
            rung: message.rung.name(),
            channel: message.channel,
            author: message.author.name(),
            author_name: message.author_name,
            direction: message.direction.name(),
            pieces: message.pieces.into_iter().map(Into::into).collect(),
            findings: message.findings.into_iter().map(finding).collect(),
            attachments: message.attachments,
            unchecked: message.unchecked,
            state: message.state.name(),
            reason: message.reason,
            at: message.at.rfc3339(),
            edited_at: message.edited_at.map(Time::rfc3339),
        }
    }
}

/// Where a reply can go. There is no address: a reply goes to the thread's own.
#[expect(clippy::struct_field_names, reason = "the API names an id by its noun")]
#[derive(Serialize, ToSchema)]
pub(super) struct Thread {
    thread: String,
    channel: String,
    network: &'static str,
    rung: &'static str,
    /// Why nothing can be sent on it now; null when it can.
    closed: Option<String>,
    open_until: Option<String>,
    max_characters: usize,
}

/// What may be exchanged on a rung.
#[derive(Serialize, ToSchema)]
pub(super) struct Exchange {
    rung: &'static str,
    allowed: Vec<&'static str>,
    masked: Vec<&'static str>,
    forbidden: Vec<&'static str>,
}

/// A conversation over all rungs.
#[expect(clippy::struct_field_names, reason = "the API names an id by its noun")]
#[derive(Serialize, ToSchema)]
pub(super) struct Conversation {
    conversation: String,
    customer: String,
    state: &'static str,
    rung: &'static str,
    assurance: &'static str,
    assurance_at: String,
    assurance_until: Option<String>,
    /// A BCP 47 tag.
    language: String,
    assigned: Option<String>,
    mine: bool,
    /// Oldest first.
    timeline: Vec<Item>,
    /// Highest rung first.
    threads: Vec<Thread>,
    exchange: Vec<Exchange>,
    /// Why the customer cannot be invited to the secure channel now; null when they can.
    not_invited_because: Option<String>,
    invited_at: Option<String>,
}

impl From<views::ConversationView> for Conversation {
    fn from(view: views::ConversationView) -> Self {
        let thread = |thread: views::ThreadView| Thread {
            thread: thread.thread.to_string(),
            channel: thread.channel,
            network: thread.network.name(),
            rung: thread.rung.name(),
            closed: thread.closed,
            open_until: thread.open_until.map(Time::rfc3339),
            max_characters: thread.max_characters,
        };
        let exchange = |(rung, exchange): (Rung, views::ExchangeView)| Exchange {
            rung: rung.name(),
            allowed: exchange.allowed,
            masked: exchange.masked,
            forbidden: exchange.forbidden,
        };
        Self {
            conversation: view.conversation.to_string(),
            customer: view.customer,
            state: view.state.name(),
            rung: view.rung.name(),
            assurance: view.assurance.name(),
            assurance_at: view.assurance_at.rfc3339(),
            assurance_until: view.assurance_until.map(Time::rfc3339),
            language: view.language,
            assigned: view.assigned,
            mine: view.mine,
            timeline: view.timeline.into_iter().map(Into::into).collect(),
            threads: view.threads.into_iter().map(thread).collect(),
            exchange: view.exchange.into_iter().map(exchange).collect(),
            not_invited_because: view.invite.err(),
            invited_at: view.invited_at.map(Time::rfc3339),
        }
    }
}
