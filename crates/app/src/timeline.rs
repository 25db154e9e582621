//! Rows turned into what people see. Masked here means masked everywhere: every page, the API and previews
//! come through these functions.

use crate::{
    App, Result,
    sealing::Ring,
    views::{EntryView, FindingView, MessageView, Piece, TimelineItem},
};
use aside_model::{
    Author, Body, BrandId, Checks, HandleId, Segment,
    rows::{AgentRow, ChannelRow, ConversationRow, EntryRow, HandleRow, MessageRow, ThreadRow},
    sabotage::{self, Switch},
};
use std::collections::HashMap;

/// The newest messages that a timeline shows.
const MOST_MESSAGES: u32 = 500;

/// Opened keyrings and names, for one request.
pub(crate) struct Names {
    handles: HashMap<HandleId, (HandleRow, Option<Ring>)>,
    channels: Vec<ChannelRow>,
    agents: Vec<AgentRow>,
}

impl Names {
    /// What people call a handle.
    fn customer(&self, handle: HandleId) -> String {
        match self.handles.get(&handle) {
            Some((row, Some(ring))) => App::name_of(ring, row),
            _ => "Customer".into(),
        }
    }

    pub(crate) fn agent(&self, id: Option<aside_model::AgentId>) -> Option<String> {
        let id = id?;
        self.agents.iter().find(|a| a.agent == id).map(|a| a.name.clone())
    }

    pub(crate) fn ring(&self, handle: HandleId) -> Option<&Ring> {
        self.handles.get(&handle).and_then(|(_, ring)| ring.as_ref())
    }

    pub(crate) fn channel(&self, thread: &ThreadRow) -> Option<&ChannelRow> {
        self.channels.iter().find(|c| c.channel == thread.channel)
    }
}

impl App {
    /// The handles of some messages, opened, with the brand's channels and agents.
    pub(crate) async fn names(&self, brand: BrandId, handles: Vec<HandleId>) -> Result<Names> {
        let mut found = HashMap::new();
        for id in handles {
            if found.contains_key(&id) {
                continue;
            }
            if let Some(row) = self.store.handle(brand, id).await? {
                let ring = match self.store.keyring(brand, row.keyring).await? {
                    Some(keyring) => Some(self.open_ring(&keyring)?),
                    None => None,
                };
                found.insert(id, (row, ring));
            }
        }
        Ok(Names {
            handles: found,
            channels: self.store.channels(brand).await?,
            agents: self.store.agents(brand).await?,
        })
    }

    /// The newest messages of a conversation as people see them, oldest first.
    pub(crate) async fn message_views(
        &self,
        conversation: &ConversationRow,
        brand_name: &str,
        before: Option<aside_model::MessageId>,
    ) -> Result<Vec<MessageView>> {
        let brand = conversation.brand;
        let rows = self.store.messages(brand, conversation.conversation, before, MOST_MESSAGES).await?;
        let threads = self.store.threads(brand, conversation.conversation).await?;
        let names = self.names(brand, rows.iter().map(|r| r.handle).collect()).await?;
        let mut views = Vec::with_capacity(rows.len());
        for row in rows {
            let channel = threads.iter().find(|t| t.thread == row.thread).and_then(|t| names.channel(t));
            views.push(Self::message_view(&row, &names, channel.map_or("", |c| &c.name), brand_name)?);
        }
        Ok(views)
    }

    fn message_view(row: &MessageRow, names: &Names, channel: &str, brand_name: &str) -> Result<MessageView> {
        let hidden = row.checks == Checks::Unchecked && !sabotage::on(Switch::UncheckedShown);
        let body = match names.ring(row.handle) {
            Some(ring) if !hidden => Self::open_body(ring, row)?,
            _ => Body::default(),
        };
        Ok(MessageView {
            message: row.message,
            thread: row.thread,
            rung: row.rung,
            channel: channel.to_owned(),
            author: row.author,
            author_name: match row.author {
                Author::Customer => names.customer(row.handle),
                Author::Agent => names.agent(row.agent).unwrap_or_else(|| brand_name.to_owned()),
                Author::System => brand_name.to_owned(),
            },
            direction: row.direction,
            pieces: body.segments.iter().map(piece).collect(),
            findings: body
                .findings
                .iter()
                .map(|f| FindingView {
                    data_type: f.data_type,
                    kind: f.kind.clone(),
                    label: f.data_type.label(),
                    rule: f.rule.clone(),
                    certainty: f.certainty,
                    provision: f.provision.clone(),
                })
                .collect(),
            attachments: body.attachments,
            unchecked: hidden,
            state: row.state,
            reason: row.reason.clone(),
            at: row.written_at,
            edited_at: row.edited_at,
        })
    }

    /// Messages and entries of a conversation in the order in which they happened.
    pub(crate) async fn timeline(
        &self,
        conversation: &ConversationRow,
        brand_name: &str,
    ) -> Result<Vec<TimelineItem>> {
        let brand = conversation.brand;
        let agents = self.store.agents(brand).await?;
        let rows = self.store.messages(brand, conversation.conversation, None, MOST_MESSAGES).await?;
        let stored: HashMap<_, _> = rows.iter().map(|r| (r.message, r.stored_at)).collect();
        let mut items: Vec<(aside_model::Time, u8, TimelineItem)> = self
            .message_views(conversation, brand_name, None)
            .await?
            .into_iter()
            .map(|m| (stored.get(&m.message).copied().unwrap_or(m.at), 0, TimelineItem::Message(m)))
            .collect();
        for row in self.store.entries_of(brand, conversation.conversation).await? {
            if let Some(text) = sentence(&row, &agents) {
                let view = EntryView { entry: row.entry, kind: row.kind, text, at: row.at };
                items.push((view.at, 1, TimelineItem::Entry(view)));
            }
        }
        items.sort_by_key(|(at, order, _)| (*at, *order));
        Ok(items.into_iter().map(|(_, _, item)| item).collect())
    }

    /// A message in one line, for the inbox.
    pub(crate) fn preview(row: &MessageRow, names: &Names) -> Result<String> {
        if row.checks == Checks::Unchecked && !sabotage::on(Switch::UncheckedShown) {
            return Ok("A message that could not be checked".into());
        }
        if row.removed_at.is_some() {
            return Ok("Taken back by its author".into());
        }
        let Some(ring) = names.ring(row.handle) else { return Ok(String::new()) };
        let body = Self::open_body(ring, row)?;
        let mut text = body.visible();
        if sabotage::on(Switch::MaskLost) {
            text.push_str(&Self::leak_for_the_test(&body));
        }
        let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() && !body.attachments.is_empty() {
            line = format!("[{}: not checked]", body.attachments.join(", "));
        }
        if line.chars().count() > 140 {
            line = line.chars().take(139).chain(std::iter::once('…')).collect();
        }
        Ok(line)
    }

    /// What [`Switch::MaskLost`] shows: a marker per masked value, which the rule's test must find.
    fn leak_for_the_test(body: &Body) -> String {
        body.values().fold(String::new(), |leak, value| leak + " unmasked:" + &value.to_string())
    }
}

fn piece(segment: &Segment) -> Piece {
    match segment {
        Segment::Text(text) => Piece::Text { text: text.clone() },
        Segment::Token { value, data_type, kind, mask } => Piece::Masked {
            value: *value,
            data_type: *data_type,
            kind: kind.clone(),
            mask: mask.clone(),
            label: data_type.label(),
        },
        Segment::Held { hold, data_type, .. } => {
            Piece::Held { hold: *hold, data_type: *data_type, label: data_type.label() }
        }
        Segment::Removed { data_type, mask, .. } => {
            Piece::Removed { data_type: *data_type, mask: mask.clone(), label: data_type.label() }
        }
    }
}

/// What happened, in a sentence; `None` for entries that a timeline tells by the message itself.
pub(crate) fn sentence(row: &EntryRow, agents: &[AgentRow]) -> Option<String> {
    let leaf = aside_ledger::leaf::Leaf::parse(&row.leaf).ok()?;
    let fact = |name: &str| match leaf.facts.get(name) {
        Some(aside_ledger::leaf::Value::Text(text)) => text.as_str(),
        _ => "",
    };
    let who = agents.iter().find(|a| a.agent.to_string() == fact("agent")).map_or("Somebody", |a| &a.name);
    let label = |id: &str| aside_model::DataType::from_id(id).map_or("value", aside_model::DataType::label);
    let purpose = fact("purpose").replace('_', " ");
    Some(match row.kind.as_str() {
        "invited" => format!("Invited to the secure chat, from {}", fact("from")),
        "arrived" => "The customer opened the direct messages".into(),
        "way_out_offered" => "The customer preferred no link; offered an address and a code to type".into(),
        "moved_to_secure" => format!("The customer opened the secure chat with the {}", fact("by")),
        "revealed" => format!("{who} opened the {} for {purpose}", label(fact("type"))),
        "reveal_refused" => {
            format!("{who} was refused the {}: {}", label(fact("type")), fact("why").replace('_', " "))
        }
        "miss_marked" => {
            let who = if fact("by") == "customer" { "The customer" } else { who };
            let messages = fact("messages");
            let said = if messages == "1" { "message" } else { "messages" };
            format!("{who} marked a missed {}, covered in {messages} {said}", label(fact("type")))
        }
        "hold_released" => format!("The customer released a {}", label(fact("type"))),
        "hold_discarded" => format!("The customer deleted a held {}", label(fact("type"))),
        "hold_expired" => format!("A held {} was destroyed after its time", label(fact("type"))),
        "assigned" => format!("{who} took the conversation"),
        "unassigned" => format!("{who} gave the conversation back"),
        "closed" => format!("{who} marked it as solved"),
        "reopened" => format!("{who} opened it again"),
        "reply_stopped" => format!("A reply by {who} was stopped by the rules: {}", labels(fact("types"))),
        "reply_confirmed" => format!("{who} sent a reply that needed a reason: {}", labels(fact("types"))),
        "code_asked" => "The customer asked for a one-time code".into(),
        "checked" => "The customer proved an address that the brand holds".into(),
        "customers_merged" => "Joined with the customer known under that address".into(),
        "message_edited" => "A message was edited on the network".into(),
        "message_removed" => "A message was taken back on the network".into(),
        "address_changed" => "The customer has a new address on the network; replies go there".into(),
        "erased" => "A customer was erased".into(),
        _ => return None,
    })
}

/// Type ids, separated by spaces, as names for people.
fn labels(ids: &str) -> String {
    let names: Vec<&str> = ids
        .split_whitespace()
        .filter_map(aside_model::DataType::from_id)
        .map(aside_model::DataType::label)
        .collect();
    names.join(", ")
}
