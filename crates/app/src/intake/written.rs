//! A customer's message, from a network or from our own messenger.

use super::Fate;
use crate::{
    App, AppError, Result,
    record::{Entry, hash_of},
    screening::{Before, Judged, Screened, certainty_name},
    sealing::Ring,
};
use aside_channels::{Person, ThreadAddress};
use aside_model::{
    Assurance, Author, Body, Checks, Command, ConversationId, ConversationState, Direction, Effect, Guard,
    Language, MessageId, MessageState, Outcome, Raw, Segment, ThreadId, Time,
    rows::{ChannelRow, ConversationRow, HandleRow, MessageRow, ThreadRow},
};
use std::{ops::Range, time::Duration};

/// How often a command is tried again when somebody else was first.
const TRIES: u32 = 8;
/// How much of what was said before is looked at together with what is said now, in bytes.
const LOOK_BACK: usize = 96;
/// How many messages are looked at for combinations of data.
const LOOK_BACK_MESSAGES: u32 = 5;
/// How long ago that may have been said.
const LOOK_BACK_TIME: Duration = Duration::from_mins(10);
/// A customer who writes on another channel within this time goes on with the same matter.
const SAME_MATTER: Duration = Duration::from_hours(7 * 24);

/// A customer's message as the network tells it.
pub(super) struct Written {
    pub(super) from: Person,
    pub(super) provider_id: String,
    pub(super) thread: ThreadAddress,
    pub(super) text: Option<Raw>,
    pub(super) attachments: Vec<String>,
    pub(super) at: Time,
}

/// Where a message belongs.
pub(crate) struct Spot {
    pub(crate) handle: HandleRow,
    pub(crate) ring: Ring,
    pub(crate) conversation: ConversationRow,
    pub(crate) thread: ThreadRow,
    /// The effects that make conversation and thread, when they are new.
    pub(crate) new: Vec<Effect>,
    pub(crate) guards: Vec<Guard>,
}

/// A message about to be stored.
pub(crate) struct Incoming<'a> {
    pub(crate) text: Option<&'a Raw>,
    pub(crate) attachments: Vec<String>,
    pub(crate) provider_id: Option<&'a str>,
    pub(crate) at: Time,
    /// Keys that this message uses up: its event's, and its own at the network, so that it is stored once
    /// however it arrives, and not at all when it was taken back before it came.
    pub(crate) once: Vec<Vec<u8>>,
}

impl App {
    /// Takes in a message from a network.
    pub(super) async fn take_message(
        &self,
        channel: &ChannelRow,
        event: Vec<u8>,
        written: Written,
    ) -> Result<Fate> {
        let once = vec![event, self.message_key(channel, &written.provider_id)?];
        for _ in 0..TRIES {
            let spot = self.spot(channel, &written).await?;
            let incoming = Incoming {
                text: written.text.as_ref(),
                attachments: written.attachments.clone(),
                provider_id: Some(&written.provider_id),
                at: written.at,
                once: once.clone(),
            };
            if let Some(fate) = self.store_message(channel, spot, incoming).await? {
                return Ok(fate);
            }
        }
        Err(AppError::Busy)
    }

    /// Screens and stores a message at its spot. `None` when somebody else was first and the spot must be
    /// looked up again.
    pub(crate) async fn store_message(
        &self,
        channel: &ChannelRow,
        spot: Spot,
        incoming: Incoming<'_>,
    ) -> Result<Option<Fate>> {
        let message = MessageId::new(&*self.clock, &*self.random);
        let now = self.clock.now();
        let empty = Raw::new(String::new());
        let text = incoming.text.unwrap_or(&empty);
        let before = self.said_before(&spot, now).await?;
        let judged = self.judge(channel.rung, Direction::Inbound, before.as_ref(), text).await;

        let mut effects = spot.new.clone();
        let (screened, checks, moved) = match judged {
            Ok(judged) => {
                let moved = self.plan_move(channel, &spot, &judged, text, message).await?;
                let screened = self.screen(&judged, moved.drop_box.is_some());
                if let Some(before) = before.filter(|_| !screened.cut_before.is_empty()) {
                    effects.push(self.cut(&spot.ring, before, &screened));
                }
                let checks =
                    if incoming.attachments.is_empty() { Checks::Checked } else { Checks::Attachment };
                (screened, checks, moved)
            }
            Err(why) => {
                tracing::warn!(?why, "a text could not be checked; sealed unchecked");
                self.counts.unchecked.add(1);
                let mut screened = Screened::default();
                screened.body.segments.push(Segment::Text(text.expose().to_owned()));
                (screened, Checks::Unchecked, crate::ladder::Planned::none())
            }
        };

        let mut screened = screened;
        screened.body.attachments.clone_from(&incoming.attachments);
        let body_sealed = self.seal_body(&spot.ring, message, &screened.body);
        let mut entry = Entry::of("message_received")
            .conversation(spot.conversation.conversation)
            .fact("message", message.to_string())
            .fact("rung", channel.rung.name())
            .fact("channel", channel.channel.to_string())
            .fact("checks", checks.name())
            .fact("row", hash_of(&body_sealed));
        if !screened.body.findings.is_empty() {
            entry = entry.fact("found", findings_fact(&screened.body));
        }
        let entry = self.entry(channel.brand, now, entry)?;

        effects.push(Effect::AddMessage(MessageRow {
            brand: channel.brand,
            message,
            conversation: spot.conversation.conversation,
            thread: spot.thread.thread,
            handle: spot.handle.handle,
            keyring: spot.ring.id,
            author: Author::Customer,
            agent: None,
            direction: Direction::Inbound,
            rung: channel.rung,
            body_sealed,
            checks,
            state: MessageState::Received,
            reason: None,
            provider_index: incoming
                .provider_id
                .map(|id| self.provider_index(channel.brand, channel, id))
                .transpose()?,
            provider_sealed: incoming
                .provider_id
                .map(|id| self.seal_text(&spot.ring, message.bytes(), "provider", id.as_bytes())),
            written_at: incoming.at,
            stored_at: now,
            edited_at: None,
            removed_at: None,
        }));
        let conversation = spot.conversation.conversation;
        for row in self.value_rows(&spot.ring, message, conversation, &screened.values) {
            effects.push(Effect::AddValue(row));
        }
        effects.push(Effect::AddEntry(entry));
        effects.push(Effect::ThreadHeard(spot.thread.thread, incoming.at));
        effects.extend(Self::follow_up(&spot, text));
        effects.extend(moved.effects);
        if let Some(key) = moved.drop_box {
            for row in self.hold_rows(&spot.ring, message, conversation, &key, &screened.holds)? {
                effects.push(Effect::AddHold(row));
            }
        }
        effects.push(Effect::Announce(Some(conversation), Some(message), "message"));

        let mut command = Command::new(channel.brand).guard(Guard::KeyAlive(spot.ring.id));
        command.guards.extend(incoming.once.iter().cloned().map(Guard::Once));
        command.guards.extend(spot.guards);
        command.guards.extend(moved.guards);
        command.effects = effects;
        match self.store.apply(command).await? {
            Outcome::Applied(_) => {
                self.counts.screened(&screened);
                Ok(Some(Fate::Message))
            }
            Outcome::Refused(refusal) => match refusal.guard {
                Guard::Once(key) if incoming.once.contains(&key) => Ok(Some(Fate::Repeated)),
                _ => Ok(None),
            },
        }
    }

    /// What the customer said just before on the same thread, if it may belong together with what is said
    /// now.
    async fn said_before(&self, spot: &Spot, now: Time) -> Result<Option<Before>> {
        if !spot.new.is_empty() {
            return Ok(None);
        }
        let mut last = None;
        let mut in_clear = Vec::new();
        for row in self.store.heard(spot.thread.brand, spot.thread.thread, LOOK_BACK_MESSAGES).await? {
            if row.checks == Checks::Unchecked
                || now.since(row.stored_at) > LOOK_BACK_TIME
                || row.removed_at.is_some()
                || row.keyring != spot.ring.id
            {
                continue;
            }
            let body = Self::open_body(&spot.ring, &row)?;
            let stays = body.findings.iter().filter(|f| matches!(f.rule.as_str(), "allow" | "warn"));
            in_clear.extend(stays.map(|f| (f.data_type, f.kind.clone())));
            last.get_or_insert((row, body));
        }
        Ok(last.map(|(row, body)| {
            let tail = match body.segments.last() {
                Some(Segment::Text(text)) => {
                    let mut from = text.len().saturating_sub(LOOK_BACK);
                    while !text.is_char_boundary(from) {
                        from += 1;
                    }
                    text[from..].to_owned()
                }
                _ => String::new(),
            };
            Before { row, body, tail: Raw::new(tail), in_clear }
        }))
    }

    /// Takes the first part of a value that runs over two messages out of the earlier one.
    fn cut(&self, ring: &Ring, before: Before, screened: &Screened) -> Effect {
        let Before { row, body, tail, .. } = before;
        let body = without_the_first_part(body, tail.expose().len(), &screened.cut_before);
        let sealed = self.seal_body(ring, row.message, &body);
        Effect::ReplaceBody { message: row.message, body: sealed, checks: row.checks, edited_at: None }
    }

    /// A closed conversation opens again when its customer writes; the first words tell the language.
    fn follow_up(spot: &Spot, text: &Raw) -> Option<Effect> {
        let mut change = aside_model::ConversationChange::of(spot.conversation.conversation);
        let mut any = false;
        if spot.conversation.state == ConversationState::Closed {
            change.state = Some(ConversationState::Open);
            any = true;
        }
        if spot.conversation.language.is_empty()
            && let Some(language) = Language::guess(text.expose())
        {
            change.language = Some(language.tag().to_owned());
            any = true;
        }
        if spot.thread.rung > spot.conversation.rung {
            change.rung = Some(spot.thread.rung);
            any = true;
        }
        any.then_some(Effect::UpdateConversation(change))
    }

    /// Handle, keyring, conversation and thread of a message, with what must be added for them.
    async fn spot(&self, channel: &ChannelRow, written: &Written) -> Result<Spot> {
        let brand = channel.brand;
        let (handle, ring) = self
            .handle_for(brand, channel.network, &written.from.id, written.from.name.as_ref(), None)
            .await?;
        let key = format!("{}|{}", channel.channel, written.thread.key.expose());
        let address_index = self.index(brand, "thread", &key)?;
        if let Some(thread) = self.store.thread_at(brand, channel.channel, address_index).await? {
            let found = self.store.conversation(brand, thread.conversation).await?;
            if let Some(conversation) = found.filter(|_| thread.handle == handle.handle) {
                return Ok(Spot { handle, ring, conversation, thread, new: vec![], guards: vec![] });
            }
        }
        let now = self.clock.now();
        let mut new = Vec::new();
        let matter = self
            .store
            .conversations_of(brand, handle.customer)
            .await?
            .into_iter()
            .find(|c| c.state == ConversationState::Open && now.since(c.last_message_at) < SAME_MATTER);
        let conversation = matter.unwrap_or_else(|| {
            let language = written.text.as_ref().and_then(|t| Language::guess(t.expose()));
            let row = ConversationRow {
                brand,
                conversation: ConversationId::new(&*self.clock, &*self.random),
                customer: handle.customer,
                state: ConversationState::Open,
                rung: channel.rung,
                assurance: Assurance::Anonymous,
                assurance_at: now,
                assurance_until: None,
                language: language.map(|l| l.tag().to_owned()).unwrap_or_default(),
                assigned: None,
                invited_at: None,
                created_at: now,
                last_message_at: now,
                version: 0,
            };
            new.push(Effect::AddConversation(row.clone()));
            row
        });
        let thread = ThreadId::new(&*self.clock, &*self.random);
        let reply_to = written.thread.reply_to.expose().as_bytes();
        let thread = ThreadRow {
            brand,
            thread,
            conversation: conversation.conversation,
            channel: channel.channel,
            handle: handle.handle,
            rung: channel.rung,
            address_index,
            address_sealed: self.seal_text(&ring, thread.bytes(), "address", reply_to),
            heard_at: Some(written.at),
            created_at: now,
        };
        new.push(Effect::AddThread(thread.clone()));
        // Two first messages at once must not open two threads; a customer who was erased and comes back
        // has a new handle, so the key is new then, too.
        let once = self.thread_key(brand, &address_index, handle.handle)?;
        Ok(Spot { handle, ring, conversation, thread, new, guards: vec![Guard::Once(once)] })
    }
}

/// A body without the parts of its last `tail` bytes that belong to values running on into the next message.
fn without_the_first_part(
    mut body: Body,
    tail: usize,
    cut: &[(Range<usize>, aside_model::DataType, String)],
) -> Body {
    if let Some(Segment::Text(text)) = body.segments.pop() {
        let offset = text.len() - tail;
        let mut at = 0;
        for (range, data_type, kind) in cut {
            let (start, end) = (offset + range.start, (offset + range.end).min(text.len()));
            if start < at || start >= end {
                continue;
            }
            if at < start {
                body.segments.push(Segment::Text(text[at..start].to_owned()));
            }
            body.segments.push(crate::screening::removed(*data_type, kind, ""));
            at = end;
        }
        if at < text.len() {
            body.segments.push(Segment::Text(text[at..].to_owned()));
        }
    }
    body
}

/// What was found, as a ledger fact: types, certainty and fate, never text.
pub(crate) fn findings_fact(body: &Body) -> String {
    let mut parts: Vec<String> = body
        .findings
        .iter()
        .take(40)
        .map(|f| format!("{}:{}:{}", f.data_type.id(), certainty_name(f.certainty), f.rule))
        .collect();
    if body.findings.len() > parts.len() {
        parts.push(format!("+{}", body.findings.len() - parts.len()));
    }
    parts.join(" ")
}

/// Whether any of the decisions says that the conversation should move.
pub(crate) fn asks_to_move(judged: &Judged) -> bool {
    use aside_rules::Disposition::{Destroy, Hold, Mask};
    judged.decided.iter().any(|(_, d)| matches!(d.disposition, Mask | Hold | Destroy))
}

/// Whether any of the decisions says that a value is to be held.
pub(crate) fn asks_to_hold(judged: &Judged) -> bool {
    judged.decided.iter().any(|(_, d)| d.disposition == aside_rules::Disposition::Hold)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aside_model::DataType::FinPan;

    fn cut(text: &str, tail: usize, parts: &[(usize, usize)]) -> String {
        let ranges: Vec<_> = parts.iter().map(|&(from, to)| (from..to, FinPan, "card".to_owned())).collect();
        without_the_first_part(Body::plain(text), tail, &ranges).visible()
    }

    #[test]
    fn the_first_part_of_a_value_is_taken_out_of_the_message_before() {
        let text = "my card is 4111 1111";
        assert_eq!(cut(text, text.len(), &[(11, 20)]), "my card is [card number removed]");
        assert_eq!(cut(text, 9, &[(0, 9)]), "my card is [card number removed]");
        assert_eq!(cut("4111 1111 ok", 12, &[(0, 9)]), "[card number removed] ok");
    }

    #[test]
    fn a_part_that_reaches_past_the_end_or_overlaps_another_takes_no_more_than_there_is() {
        let text = "4111 1111";
        assert_eq!(cut(text, 9, &[(5, 400)]), "4111 [card number removed]");
        assert_eq!(cut(text, 9, &[(0, 6), (3, 9)]), "[card number removed]111");
        assert_eq!(cut(text, 9, &[]), text);
    }

    #[test]
    fn a_ledger_fact_about_findings_names_types_and_fates_and_stays_short() {
        let note = aside_model::FindingNote {
            data_type: FinPan,
            kind: "card".into(),
            rule: "block".into(),
            certainty: aside_model::Certainty::Certain,
            pack: "base".into(),
            provision: "PCI DSS 3.4".into(),
            evidence: vec!["luhn".into()],
        };
        let body = |n| Body { findings: vec![note.clone(); n], ..Body::default() };
        assert_eq!(findings_fact(&body(1)), "fin.pan:certain:block");
        assert!(findings_fact(&body(43)).ends_with(" fin.pan:certain:block +3"));
    }
}
