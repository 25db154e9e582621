//! A network says that two addresses are one person's.
//!
//! An address of a handle never changes. The person gets a further handle under the new address, with a
//! keyring of its own, and stays the same customer; what they write goes on in the same conversation, on a
//! thread whose address is the new one. Two customers whom we know already are never joined on a network's
//! word.

use super::Fate;
use crate::{App, Result, record::Entry, sealing::Ring};
use aside_model::{
    Command, Effect, Guard, Outcome, Raw, ThreadId,
    rows::{ChannelRow, HandleRow, ThreadRow},
};

impl App {
    /// Gives the customer who has `before` a handle under `id`. Where the old address has ended, the thread
    /// goes on under the new one.
    pub(super) async fn take_same_person(
        &self,
        channel: &ChannelRow,
        id: &Raw,
        before: &Raw,
        moved: bool,
    ) -> Result<Fate> {
        let brand = channel.brand;
        let old_index = self.index(brand, channel.network.name(), before.expose())?;
        let Some(old) = self.store.handle_at(brand, channel.network, old_index).await? else {
            return Ok(Fate::Report);
        };
        let index = self.index(brand, channel.network.name(), id.expose())?;
        if !moved && self.has_yet_another(channel, &old, index).await? {
            // A telephone number that belonged to somebody else before: the person behind it is a new one.
            return Ok(Fate::Report);
        }
        let old_ring = self.ring(brand, old.keyring).await?;
        let name = match &old.name_sealed {
            Some(sealed) => Some(Self::open_text(&old_ring, old.handle.bytes(), "name", sealed)?),
            None => None,
        };
        let (handle, ring) =
            self.handle_for(brand, channel.network, id, name.as_ref(), Some(old.customer)).await?;
        if !moved || handle.customer != old.customer {
            return Ok(Fate::Report);
        }
        self.go_on_at(channel, before, id, &handle, &ring).await
    }

    /// Whether a customer has an address on this network beside the old one and the new one.
    async fn has_yet_another(&self, channel: &ChannelRow, old: &HandleRow, index: [u8; 32]) -> Result<bool> {
        let handles = self.store.handles(channel.brand, old.customer).await?;
        Ok(handles
            .iter()
            .any(|h| h.network == channel.network && h.handle != old.handle && h.address_index != index))
    }

    /// Goes on with the thread of an address that ended, under the new one.
    async fn go_on_at(
        &self,
        channel: &ChannelRow,
        before: &Raw,
        id: &Raw,
        handle: &HandleRow,
        ring: &Ring,
    ) -> Result<Fate> {
        let brand = channel.brand;
        let address = |of: &Raw| self.index(brand, "thread", &format!("{}|{}", channel.channel, of.expose()));
        let Some(old) = self.store.thread_at(brand, channel.channel, address(before)?).await? else {
            return Ok(Fate::Report);
        };
        let address_index = address(id)?;
        if self.store.thread_at(brand, channel.channel, address_index).await?.is_some() {
            return Ok(Fate::Repeated);
        }
        let thread = ThreadId::new(&*self.clock, &*self.random);
        let now = self.clock.now();
        let row = ThreadRow {
            brand,
            thread,
            conversation: old.conversation,
            channel: channel.channel,
            handle: handle.handle,
            rung: channel.rung,
            address_index,
            address_sealed: self.seal_text(ring, thread.bytes(), "address", id.expose().as_bytes()),
            heard_at: old.heard_at,
            created_at: now,
        };
        let entry = Entry::of("address_changed")
            .conversation(old.conversation)
            .fact("channel", channel.channel.to_string());
        let command = Command::new(brand)
            .guard(Guard::KeyAlive(ring.id))
            .guard(Guard::Once(self.thread_key(brand, &address_index, handle.handle)?))
            .effect(Effect::AddThread(row))
            .effect(Effect::AddEntry(self.entry(brand, now, entry)?))
            .effect(Effect::Announce(Some(old.conversation), None, "address_changed"));
        Ok(match self.store.apply(command).await? {
            Outcome::Applied(_) => Fate::Changed,
            Outcome::Refused(_) => Fate::Repeated,
        })
    }
}
