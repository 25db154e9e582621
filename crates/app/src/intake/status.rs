//! What happened to messages afterwards: edits and removals by customers, reports about what we sent.

use super::{
    Fate,
    written::{Written, findings_fact},
};
use crate::{
    App, Result,
    record::{Entry, hash_of},
    screening::Screened,
};
use aside_model::{
    Checks, Command, Direction, Effect, Guard, MessageState, Outcome, Raw, Segment, Time,
    rows::{ChannelRow, ConversationRow, MessageRow},
};

impl App {
    /// Follows an edit on the network: the new text is judged like a new one and takes the old one's place.
    /// An edit that overtook its message is stored as the message; the older text is then refused.
    pub(super) async fn take_edit(
        &self,
        channel: &ChannelRow,
        once: Vec<u8>,
        written: Written,
    ) -> Result<Fate> {
        let Some(row) = self.known(channel, &written.provider_id).await? else {
            return self.take_message(channel, once, written).await;
        };
        let Written { text, attachments, at, .. } = written;
        if row.removed_at.is_some() {
            return Ok(Fate::Repeated);
        }
        let ring = self.ring(channel.brand, row.keyring).await?;
        let old = Self::open_body(&ring, &row)?;
        let text = text.unwrap_or_else(|| Raw::new(String::new()));
        let (mut screened, checks) = match self.judge(channel.rung, Direction::Inbound, None, &text).await {
            // An edit brings no new invitation, so there is no new key to hold to: what would be held goes.
            Ok(judged) if attachments.is_empty() => (self.screen(&judged, false), Checks::Checked),
            Ok(judged) => (self.screen(&judged, false), Checks::Attachment),
            Err(why) => {
                tracing::warn!(?why, "an edited text could not be checked; sealed unchecked");
                self.counts.unchecked.add(1);
                let mut screened = Screened::default();
                screened.body.segments.push(Segment::Text(text.expose().to_owned()));
                (screened, Checks::Unchecked)
            }
        };
        screened.body.attachments = attachments;
        let body = self.seal_body(&ring, row.message, &screened.body);
        let mut entry = Entry::of("message_edited")
            .conversation(row.conversation)
            .fact("message", row.message.to_string())
            .fact("row", hash_of(&body));
        if !screened.body.findings.is_empty() {
            entry = entry.fact("found", findings_fact(&screened.body));
        }
        let mut command =
            Command::new(channel.brand).guard(Guard::Once(once)).guard(Guard::KeyAlive(row.keyring));
        command.effects =
            old.values().map(Effect::DropValue).chain(old.holds().map(Effect::DropHold)).collect();
        command =
            command.effect(Effect::ReplaceBody { message: row.message, body, checks, edited_at: Some(at) });
        for value in self.value_rows(&ring, row.message, row.conversation, &screened.values) {
            command = command.effect(Effect::AddValue(value));
        }
        command = command
            .effect(Effect::AddEntry(self.entry(channel.brand, self.clock.now(), entry)?))
            .effect(Effect::Announce(Some(row.conversation), Some(row.message), "edited"));
        self.applied(command, Fate::Changed).await
    }

    /// Tries to check what could not be checked when it came: the conversation's unchecked texts are judged
    /// again, and shown once the rules have spoken.
    pub(crate) async fn check_again(&self, conversation: &ConversationRow) -> Result<()> {
        let brand = conversation.brand;
        for row in self.store.messages(brand, conversation.conversation, None, 500).await? {
            if row.checks != Checks::Unchecked || row.removed_at.is_some() {
                continue;
            }
            let ring = self.ring(brand, row.keyring).await?;
            let old = Self::open_body(&ring, &row)?;
            let text = Raw::new(old.visible());
            let Ok(judged) = self.judge(row.rung, row.direction, None, &text).await else { continue };
            let mut screened = self.screen(&judged, false);
            screened.body.attachments = old.attachments;
            let checks =
                if screened.body.attachments.is_empty() { Checks::Checked } else { Checks::Attachment };
            let body = self.seal_body(&ring, row.message, &screened.body);
            let entry = Entry::of("message_checked")
                .conversation(row.conversation)
                .fact("message", row.message.to_string())
                .fact("row", hash_of(&body));
            let mut command = Command::new(brand)
                .guard(Guard::KeyAlive(row.keyring))
                .guard(Guard::Once(self.index(brand, "checked again", &row.message.to_string())?.to_vec()))
                .effect(Effect::ReplaceBody { message: row.message, body, checks, edited_at: None });
            for value in self.value_rows(&ring, row.message, row.conversation, &screened.values) {
                command = command.effect(Effect::AddValue(value));
            }
            let entry = self.entry(brand, self.clock.now(), entry)?;
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
    async fn known(&self, channel: &ChannelRow, provider_id: &str) -> Result<Option<MessageRow>> {
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
