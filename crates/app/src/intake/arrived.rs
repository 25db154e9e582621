//! Somebody opened the direct messages, by a link of ours or to begin.
//!
//! A link that everybody can read proves nothing about who pressed it. What counts is the person's id, which
//! the network vouches for: the token is used up only by the handle that it was made for. For anybody else it
//! is as if there were none.

use super::{Fate, written::TRIES};
use crate::{
    App, AppError, Result,
    ladder::{Asked, Planned, arrival_digest},
    outgoing::Addressee,
    record::Entry,
    sealing::Ring,
};
use aside_channels::{Person, ThreadAddress};
use aside_model::{
    Command, ConversationChange, ConversationId, ConversationState, Direction, Effect, Guard, MessageId,
    Outcome, Raw, Refusal, Rung, ThreadId, Time,
    rows::{ChannelRow, ConversationRow, HandleRow, LinkRow, ThreadRow},
};

/// Somebody who opened the direct messages, as the network tells it.
pub(super) struct Arrival {
    pub(super) from: Person,
    pub(super) provider_id: String,
    pub(super) thread: ThreadAddress,
    pub(super) token: Option<Raw>,
    pub(super) at: Time,
}

impl App {
    /// Takes in that somebody opened the direct messages: they join the conversation that sent them there, and
    /// are invited on into the secure channel. Of a stranger nothing is kept until they say something.
    pub(super) async fn take_arrival(
        &self,
        channel: &ChannelRow,
        event: Vec<u8>,
        arrival: &Arrival,
    ) -> Result<Fate> {
        let message = self.message_key(channel, &arrival.provider_id)?;
        let once = [event, message];
        let mut may_speak = true;
        for _ in 0..TRIES {
            match self.try_arrival(channel, &once, arrival, may_speak).await? {
                None | Some(Outcome::Applied(_)) => return Ok(Fate::Report),
                Some(Outcome::Refused(Refusal { guard: Guard::Once(key) })) if once.contains(&key) => {
                    return Ok(Fate::Repeated);
                }
                // Invited a moment ago, or somebody else was first.
                Some(Outcome::Refused(refusal)) => {
                    may_speak = may_speak && !matches!(refusal.guard, Guard::Take { .. });
                }
            }
        }
        Err(AppError::Busy)
    }

    /// `None` when it is a stranger, or there is nothing to go on with.
    async fn try_arrival(
        &self,
        channel: &ChannelRow,
        once: &[Vec<u8>],
        arrival: &Arrival,
        may_speak: bool,
    ) -> Result<Option<Outcome>> {
        let (brand, now) = (channel.brand, self.clock.now());
        let index = self.index(brand, channel.network.name(), arrival.from.id.expose())?;
        let Some(handle) = self.store.handle_at(brand, channel.network, index).await? else {
            return Ok(None);
        };
        let ring = self.ring(brand, handle.keyring).await?;
        let link = self.arrival_link(&handle, arrival.token.as_ref()).await?;
        let wanted = link.as_ref().map(|link| link.conversation);
        let key = format!("{}|{}", channel.channel, arrival.thread.key.expose());
        let address_index = self.index(brand, "thread", &key)?;
        let there = self.store.thread_at(brand, channel.channel, address_index).await?;
        let there = there.filter(|thread| thread.handle == handle.handle);
        let conversation = there.as_ref().map(|thread| thread.conversation).or(wanted);
        let Some(conversation) = self.matter_of(&handle, conversation).await? else { return Ok(None) };

        let mut command = Command::new(brand)
            .guard(Guard::KeyAlive(ring.id))
            .guard(Guard::VersionIs(conversation.conversation, conversation.version));
        command.guards.extend(once.iter().cloned().map(Guard::Once));
        if let Some(link) = link {
            command =
                command.guard(Guard::LinkOpen(link.link, now)).effect(Effect::RedeemLink(link.link, now));
        }
        let thread = if let Some(thread) = there {
            command = command.effect(Effect::ThreadHeard(thread.thread, arrival.at));
            thread
        } else {
            let thread = self.arrival_thread(channel, arrival, &handle, &ring, &conversation, address_index);
            command = command
                .guard(Guard::Once(self.thread_key(brand, &address_index, handle.handle)?))
                .effect(Effect::AddThread(thread.clone()));
            thread
        };
        let mut change = ConversationChange::of(conversation.conversation);
        change.rung = (conversation.rung < channel.rung).then_some(channel.rung);
        change.state = (conversation.state == ConversationState::Closed).then_some(ConversationState::Open);
        command = command.effect(Effect::UpdateConversation(change));
        let entry = Entry::of("arrived")
            .conversation(conversation.conversation)
            .fact("channel", channel.channel.to_string())
            .fact("by", if wanted.is_some() { "link" } else { "start" });
        command = command.effect(Effect::AddEntry(self.entry(brand, now, entry)?));
        if may_speak && conversation.rung < Rung::Secure {
            let planned = self.welcome(channel, &handle, &ring, &conversation, &thread).await?;
            command.guards.extend(planned.guards);
            command.effects.extend(planned.effects);
        }
        command = command.effect(Effect::Announce(Some(conversation.conversation), None, "arrived"));
        Ok(Some(self.store.apply(command).await?))
    }

    /// The open link that a token stands for, if it was made for this handle.
    async fn arrival_link(&self, handle: &HandleRow, token: Option<&Raw>) -> Result<Option<LinkRow>> {
        let Some(token) = token else { return Ok(None) };
        let row = self.store.link_anywhere(arrival_digest(token.expose())).await?;
        let now = self.clock.now();
        Ok(row.filter(|link| {
            (link.brand, link.handle) == (handle.brand, handle.handle)
                && link.redeemed_at.is_none()
                && link.expires_at > now
        }))
    }

    /// The conversation that somebody goes on with: the one named, else their newest open one.
    async fn matter_of(
        &self,
        handle: &HandleRow,
        named: Option<ConversationId>,
    ) -> Result<Option<ConversationRow>> {
        if let Some(named) = named {
            return Ok(self.store.conversation(handle.brand, named).await?);
        }
        let all = self.store.conversations_of(handle.brand, handle.customer).await?;
        let open = all.into_iter().filter(|row| row.state == ConversationState::Open);
        Ok(open.max_by_key(|row| row.last_message_at))
    }

    fn arrival_thread(
        &self,
        channel: &ChannelRow,
        arrival: &Arrival,
        handle: &HandleRow,
        ring: &Ring,
        conversation: &ConversationRow,
        address_index: [u8; 32],
    ) -> ThreadRow {
        let thread = ThreadId::new(&*self.clock, &*self.random);
        let reply_to = arrival.thread.reply_to.expose().as_bytes();
        ThreadRow {
            brand: channel.brand,
            thread,
            conversation: conversation.conversation,
            channel: channel.channel,
            handle: handle.handle,
            rung: channel.rung,
            address_index,
            address_sealed: self.seal_text(ring, thread.bytes(), "address", reply_to),
            heard_at: Some(arrival.at),
            created_at: self.clock.now(),
        }
    }

    /// The invitation for somebody who was sent here: they have said something already that brought them.
    async fn welcome(
        &self,
        channel: &ChannelRow,
        handle: &HandleRow,
        ring: &Ring,
        conversation: &ConversationRow,
        thread: &ThreadRow,
    ) -> Result<Planned> {
        let mut planned = Planned::none();
        let now = self.clock.now();
        let rested = conversation.invited_at.is_none_or(|t| now.since(t) >= self.settings.invite_pause);
        let Some(said) = self.last_said(conversation).await?.filter(|_| rested) else { return Ok(planned) };
        planned.guards.push(Guard::Take {
            counter: format!("welcome/{}", conversation.conversation),
            window: self.settings.invite_pause,
            limit: 1,
            now,
        });
        let to = Addressee { ring, handle: handle.handle, conversation: conversation.conversation, thread };
        let language = Self::language_of(conversation, None);
        let asked = Asked { holds: false, answers: said, by: None };
        self.plan_invitation(&mut planned, channel, &to, language, asked).await?;
        Ok(planned)
    }

    /// The newest message of the customer's.
    async fn last_said(&self, conversation: &ConversationRow) -> Result<Option<MessageId>> {
        let rows = self.store.messages(conversation.brand, conversation.conversation, None, 100).await?;
        Ok(rows.into_iter().rev().find(|row| row.direction == Direction::Inbound).map(|row| row.message))
    }
}
