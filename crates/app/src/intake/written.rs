//! A customer's message, from a network or from our own messenger.

use super::Fate;
use crate::{
    App, AppError, Result,
    ladder::{Heard, Planned},
    record::{Entry, hash_of},
    screening::{Judged, NotJudged, Screened, certainty_name},
    sealing::Ring,
};
use aside_channels::{Person, ThreadAddress};
use aside_model::{
    Assurance, Author, Body, Checks, Command, ConversationId, ConversationState, Direction, Effect, Guard,
    Language, MessageId, MessageState, Outcome, Raw, Refusal, Rung, ThreadId, Time,
    rows::{ChannelRow, ConversationRow, HandleRow, MessageRow, ThreadRow},
};
use std::time::Duration;

/// How often a command is tried again when somebody else was first: messages of one conversation that come
/// at once are stored one after the other.
pub(crate) const TRIES: u32 = 24;
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
    /// Whether a one-time code of ours is open for the writer.
    pub(crate) awaits_code: bool,
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
        let mut was_gone = false;
        for _ in 0..TRIES {
            match self.take_once(channel, &once, &written).await {
                Ok(Some(fate)) => return Ok(fate),
                Ok(None) => {}
                // The customer was erased meanwhile, and is somebody new now.
                Err(AppError::NotFound) if !was_gone => was_gone = true,
                Err(error) => return Err(error),
            }
        }
        Err(AppError::Busy)
    }

    async fn take_once(
        &self,
        channel: &ChannelRow,
        once: &[Vec<u8>],
        written: &Written,
    ) -> Result<Option<Fate>> {
        let spot = self.spot(channel, written).await?;
        let incoming = Incoming {
            text: written.text.as_ref(),
            attachments: written.attachments.clone(),
            provider_id: Some(&written.provider_id),
            at: written.at,
            once: once.to_vec(),
            awaits_code: false,
        };
        self.store_message(channel, spot, incoming).await
    }

    /// Screens and stores a message at its spot. `None` when somebody else was first and the spot must be
    /// looked up again.
    pub(crate) async fn store_message(
        &self,
        channel: &ChannelRow,
        spot: Spot,
        incoming: Incoming<'_>,
    ) -> Result<Option<Fate>> {
        match self.try_store(channel, &spot, &incoming, true).await? {
            Outcome::Applied(_) => Ok(Some(Fate::Message)),
            Outcome::Refused(Refusal { guard: Guard::Once(key) }) if incoming.once.contains(&key) => {
                Ok(Some(Fate::Repeated))
            }
            // What we would say was said too often already; the customer's words count all the same.
            Outcome::Refused(Refusal { guard: Guard::Take { .. } }) => {
                match self.try_store(channel, &spot, &incoming, false).await? {
                    Outcome::Applied(_) => Ok(Some(Fate::Message)),
                    Outcome::Refused(_) => Ok(None),
                }
            }
            Outcome::Refused(_) => Ok(None),
        }
    }

    /// Screens a message and tries to store it, with what we say to it if `may_speak`.
    async fn try_store(
        &self,
        channel: &ChannelRow,
        spot: &Spot,
        incoming: &Incoming<'_>,
        may_speak: bool,
    ) -> Result<Outcome> {
        let message = MessageId::new(&*self.clock, &*self.random);
        let now = self.clock.now();
        let empty = Raw::new(String::new());
        let text = incoming.text.unwrap_or(&empty);
        let mut around = self.said_around(spot, incoming.at, now).await?;
        if let Some(around) = &mut around {
            around.question = self.asked_before(spot, text, now).await?;
            around.awaits_code = incoming.awaits_code;
        }
        let judged = self.judge(channel.rung, Direction::Inbound, around.as_ref(), text).await;

        let heard = Heard { text, message, may_speak };
        let (screened, checks, moved) =
            self.screen_and_plan(channel, spot, judged, heard, incoming.attachments.is_empty()).await?;
        let mut effects = spot.new.clone();
        if let Some(around) = around {
            effects.extend(self.cut(&spot.ring, around, &screened)?);
        }
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
        effects.extend(Self::follow_up(spot, text));
        effects.extend(moved.effects);
        if let Some(key) = moved.drop_box {
            for row in self.hold_rows(&spot.ring, message, conversation, &key, &screened.holds)? {
                effects.push(Effect::AddHold(row));
            }
        }
        effects.push(Effect::Announce(Some(conversation), Some(message), "message"));

        let mut command = Command::new(channel.brand).guard(Guard::KeyAlive(spot.ring.id));
        if spot.new.is_empty() {
            // Every message raises the version: of two that come at once, the later one sees the earlier. Before
            // anything is taken, so that there is nothing to give back.
            command.guards.push(Guard::VersionIs(conversation, spot.conversation.version));
        }
        command.guards.extend(incoming.once.iter().cloned().map(Guard::Once));
        command.guards.extend(spot.guards.iter().cloned());
        command.guards.extend(moved.guards);
        command.effects = effects;
        let outcome = self.store.apply(command).await?;
        if let Outcome::Applied(_) = outcome {
            if checks == Checks::Unchecked {
                self.counts.unchecked.add(1);
            }
            self.counts.screened(&screened);
        }
        Ok(outcome)
    }

    /// What is left of a text, how far it was checked, and what it sets going. A text that could not be
    /// judged or screened is kept whole, for nobody to see; it counts as one that must not stand there, so in
    /// public it is hidden, and it sets nothing else going.
    pub(super) async fn screen_and_plan(
        &self,
        channel: &ChannelRow,
        spot: &Spot,
        judged: Result<Judged, NotJudged>,
        heard: Heard<'_>,
        is_text_alone: bool,
    ) -> Result<(Screened, Checks, Planned)> {
        let (text, message) = (heard.text, heard.message);
        let screened = match judged {
            Ok(judged) => {
                let moved = self.plan_move(channel, spot, &judged, heard).await?;
                self.try_screen(&judged, moved.drop_box.is_some()).map(|screened| (screened, moved))
            }
            Err(why) => Err(why),
        };
        Ok(match screened {
            Ok((screened, moved)) => {
                (screened, if is_text_alone { Checks::Checked } else { Checks::Attachment }, moved)
            }
            Err(why) => {
                tracing::warn!(?why, "a text could not be checked; sealed unchecked");
                let mut planned = Planned::none();
                if channel.rung == Rung::Public {
                    planned.effects.push(self.hiding(spot, message, None)?);
                }
                (Screened::unchecked(text), Checks::Unchecked, planned)
            }
        })
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
