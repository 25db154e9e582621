//! What happened to messages afterwards: edits and removals by customers, reports about what we sent.

use super::{
    Fate, Spot,
    written::{TRIES, Written, findings_fact},
};
use crate::{
    App, AppError, Result,
    ladder::Heard,
    record::{Entry, hash_of},
};
use aside_model::{
    Checks, Command, ConversationChange, Direction, Effect, Guard, MessageState, Outcome, Raw, Refusal, Rung,
    Time,
    rows::{ChannelRow, ConversationRow, MessageRow},
};

/// How many texts are judged again each time that somebody looks at their conversation.
const CHECKED_AGAIN: usize = 5;

impl App {
    /// Follows an edit on the network: the new text is judged like a new one, takes the old one's place and
    /// sets the same going. An edit that overtook its message is stored as the message; the older text is
    /// then refused.
    pub(super) async fn take_edit(
        &self,
        channel: &ChannelRow,
        once: Vec<u8>,
        written: Written,
    ) -> Result<Fate> {
        let (mut may_speak, mut was_gone) = (true, false);
        for _ in 0..TRIES {
            let Some(row) = self.known(channel, &written.provider_id).await? else {
                return self.take_message(channel, once, written).await;
            };
            // Edits overtake one another; the newest one counts.
            if row.removed_at.is_some() || row.edited_at.unwrap_or(row.written_at) > written.at {
                return Ok(Fate::Repeated);
            }
            match self.try_edit(channel, &once, &written, row, may_speak).await {
                Ok(Outcome::Applied(_)) => return Ok(Fate::Changed),
                Ok(Outcome::Refused(Refusal { guard: Guard::Once(_) })) => return Ok(Fate::Repeated),
                // What we would say was said too often already.
                Ok(Outcome::Refused(refusal)) => may_speak = !matches!(refusal.guard, Guard::Take { .. }),
                // The customer was erased meanwhile, and the message with them.
                Err(AppError::NotFound) if !was_gone => was_gone = true,
                Err(error) => return Err(error),
            }
        }
        Err(AppError::Busy)
    }

    async fn try_edit(
        &self,
        channel: &ChannelRow,
        once: &[u8],
        written: &Written,
        row: MessageRow,
        may_speak: bool,
    ) -> Result<Outcome> {
        let spot = self.spot_of(&row).await?;
        let old = Self::open_body(&spot.ring, &row)?;
        // A direct edit tells of the text alone: what came along is still there, and still not looked into.
        let attachments = if row.rung == Rung::Direct { &old.attachments } else { &written.attachments };
        let empty = Raw::new(String::new());
        let text = written.text.as_ref().unwrap_or(&empty);
        let judged = self.judge(channel.rung, Direction::Inbound, None, text).await;
        let heard = Heard { text, message: row.message, may_speak };
        let (mut screened, checks, moved) =
            self.screen_and_plan(channel, &spot, judged, heard, attachments.is_empty()).await?;
        screened.body.attachments.clone_from(attachments);
        let body = self.seal_body(&spot.ring, row.message, &screened.body);
        let mut entry = Entry::of("message_edited")
            .conversation(row.conversation)
            .fact("message", row.message.to_string())
            .fact("row", hash_of(&body));
        if !screened.body.findings.is_empty() {
            entry = entry.fact("found", findings_fact(&screened.body));
        }
        let mut command = Self::changing(&spot).guard(Guard::Once(once.to_vec()));
        command.guards.extend(moved.guards);
        command.effects.extend(old.values().map(Effect::DropValue));
        command.effects.extend(old.holds().map(Effect::DropHold));
        let edited_at = Some(written.at);
        command = command.effect(Effect::ReplaceBody { message: row.message, body, checks, edited_at });
        for value in self.value_rows(&spot.ring, row.message, row.conversation, &screened.values) {
            command = command.effect(Effect::AddValue(value));
        }
        command.effects.extend(moved.effects);
        if let Some(key) = moved.drop_box {
            let (message, conversation) = (row.message, row.conversation);
            for hold in self.hold_rows(&spot.ring, message, conversation, &key, &screened.holds)? {
                command = command.effect(Effect::AddHold(hold));
            }
        }
        command = command
            .effect(Effect::AddEntry(self.entry(channel.brand, self.clock.now(), entry)?))
            .effect(Effect::Announce(Some(row.conversation), Some(row.message), "edited"));
        let outcome = self.store.apply(command).await?;
        if matches!(outcome, Outcome::Applied(_)) && checks == Checks::Unchecked {
            self.counts.unchecked.add(1);
        }
        Ok(outcome)
    }

    /// The spot of a message that is stored.
    async fn spot_of(&self, row: &MessageRow) -> Result<Spot> {
        let brand = row.brand;
        Ok(Spot {
            // Read first: what is read afterwards is at least as new as the version that is guarded.
            conversation: self
                .store
                .conversation(brand, row.conversation)
                .await?
                .ok_or(AppError::NotFound)?,
            handle: self.store.handle(brand, row.handle).await?.ok_or(AppError::NotFound)?,
            ring: self.ring(brand, row.keyring).await?,
            thread: self.store.thread(brand, row.thread).await?.ok_or(AppError::NotFound)?,
            new: vec![],
            guards: vec![],
        })
    }

    /// The beginning of a command that changes a stored message: of two that do so at once, one looks again.
    fn changing(spot: &Spot) -> Command {
        let ConversationRow { brand, conversation, version, .. } = spot.conversation;
        Command::new(brand)
            .guard(Guard::KeyAlive(spot.ring.id))
            .guard(Guard::VersionIs(conversation, version))
            .effect(Effect::UpdateConversation(ConversationChange::of(conversation)))
    }

    /// Tries to check what could not be checked when it came: the newest unchecked texts of a conversation
    /// are judged again, a few at a time, and shown once the rules have spoken.
    pub(crate) async fn check_again(&self, conversation: &ConversationRow) -> Result<()> {
        let brand = conversation.brand;
        let mut rows = self.store.messages(brand, conversation.conversation, None, 500).await?;
        rows.retain(|row| row.checks == Checks::Unchecked && row.removed_at.is_none());
        for row in rows.into_iter().rev().take(CHECKED_AGAIN) {
            let spot = self.spot_of(&row).await?;
            // Read again: it may have been edited since.
            let Some(row) = self.store.message(brand, row.message).await? else { continue };
            if row.checks != Checks::Unchecked || row.removed_at.is_some() {
                continue;
            }
            let old = Self::open_body(&spot.ring, &row)?;
            let text = Raw::new(old.visible());
            let Ok(judged) = self.judge(row.rung, row.direction, None, &text).await else { continue };
            let Ok(mut screened) = self.try_screen(&judged, false) else { continue };
            screened.body.attachments = old.attachments;
            let checks =
                if screened.body.attachments.is_empty() { Checks::Checked } else { Checks::Attachment };
            let body = self.seal_body(&spot.ring, row.message, &screened.body);
            let entry = Entry::of("message_checked")
                .conversation(row.conversation)
                .fact("message", row.message.to_string())
                .fact("row", hash_of(&body));
            let mut command = Self::changing(&spot).effect(Effect::ReplaceBody {
                message: row.message,
                body,
                checks,
                edited_at: None,
            });
            for value in self.value_rows(&spot.ring, row.message, row.conversation, &screened.values) {
                command = command.effect(Effect::AddValue(value));
            }
            let entry = self.entry(brand, self.clock.now(), entry)?;
            // Refused: somebody else was first. Whoever looks next tries again.
            self.store.apply(command.effect(Effect::AddEntry(entry))).await?;
        }
        Ok(())
    }

    /// Follows a removal on the network: text, values and holds are destroyed here, too.
    pub(super) async fn take_removal(
        &self,
        channel: &ChannelRow,
        once: Vec<u8>,
        provider_id: &str,
        at: Time,
    ) -> Result<Fate> {
        let Some(row) = self.known(channel, provider_id).await? else {
            // It overtook its message, which must not be stored any more.
            let command = Command::new(channel.brand)
                .guard(Guard::Once(once))
                .guard(Guard::Once(self.message_key(channel, provider_id)?));
            return self.applied(command, Fate::Changed).await;
        };
        if row.removed_at.is_some() {
            return Ok(Fate::Repeated);
        }
        let entry = Entry::of("message_removed")
            .conversation(row.conversation)
            .fact("message", row.message.to_string())
            .fact("by", row.author.name());
        let command = Command::new(channel.brand)
            .guard(Guard::Once(once))
            .effect(Effect::RemoveMessage(row.message, at))
            // The version rises: whoever changes the message meanwhile looks again.
            .effect(Effect::UpdateConversation(ConversationChange::of(row.conversation)))
            .effect(Effect::AddEntry(self.entry(channel.brand, self.clock.now(), entry)?))
            .effect(Effect::Announce(Some(row.conversation), Some(row.message), "removed"));
        self.applied(command, Fate::Changed).await
    }

    /// Follows a comment being hidden or shown on the network's own pages.
    pub(super) async fn take_visibility(
        &self,
        channel: &ChannelRow,
        once: Vec<u8>,
        provider_id: &str,
        hidden: bool,
    ) -> Result<Fate> {
        let Some(row) = self.known(channel, provider_id).await? else { return Ok(Fate::Report) };
        let state = if hidden { MessageState::Hidden } else { MessageState::Received };
        let command = Command::new(channel.brand)
            .guard(Guard::Once(once))
            .effect(Effect::MessageBecame { message: row.message, state, provider: None, reason: None })
            .effect(Effect::Announce(Some(row.conversation), Some(row.message), "visibility"));
        self.applied(command, Fate::Report).await
    }

    /// The network brought messages of ours to the customer.
    pub(super) async fn take_delivered(
        &self,
        channel: &ChannelRow,
        to: &Raw,
        provider_ids: &[String],
        watermark: Option<Time>,
    ) -> Result<Fate> {
        for id in provider_ids.iter().take(1_000) {
            if let Some(row) = self.known(channel, id).await? {
                self.report(&row, MessageState::Delivered).await?;
            }
        }
        if let Some(until) = watermark {
            self.report_until(channel, to, until, MessageState::Delivered).await?;
        }
        Ok(Fate::Report)
    }

    /// The customer read what we sent.
    pub(super) async fn take_read(&self, channel: &ChannelRow, by: &Raw, watermark: Time) -> Result<Fate> {
        self.report_until(channel, by, watermark, MessageState::Read).await?;
        Ok(Fate::Report)
    }

    /// Everything that we sent to a person before the moment reached a state. Reports are repeated and
    /// reordered by networks; the store keeps the furthest.
    async fn report_until(
        &self,
        channel: &ChannelRow,
        who: &Raw,
        until: Time,
        state: MessageState,
    ) -> Result<()> {
        let key = format!("{}|{}", channel.channel, who.expose());
        let address = self.index(channel.brand, "thread", &key)?;
        if let Some(thread) = self.store.thread_at(channel.brand, channel.channel, address).await? {
            for row in self.store.sent_until(channel.brand, thread.thread, until).await? {
                self.report(&row, state).await?;
            }
        }
        Ok(())
    }

    async fn report(&self, row: &MessageRow, state: MessageState) -> Result<()> {
        if row.direction != Direction::Outbound || row.state >= state {
            return Ok(());
        }
        let command = Command::new(row.brand)
            .effect(Effect::MessageBecame { message: row.message, state, provider: None, reason: None })
            .effect(Effect::Announce(Some(row.conversation), Some(row.message), "status"));
        self.store.apply(command).await?;
        Ok(())
    }

    /// The message that a network means by an id, on any of the account's rungs.
    pub(super) async fn known(&self, channel: &ChannelRow, provider_id: &str) -> Result<Option<MessageRow>> {
        let index = self.provider_index(channel.brand, channel, provider_id)?;
        Ok(self.store.message_by_provider(channel.brand, channel.channel, index).await?)
    }

    async fn applied(&self, command: Command, fate: Fate) -> Result<Fate> {
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(fate),
            Outcome::Refused(_) => Ok(Fate::Repeated),
        }
    }
}
