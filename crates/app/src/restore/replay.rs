//! Doing again what the log says was done after the copy was made.

use super::{CaughtUp, Later};
use crate::{App, AppError, Result, erase::KEYRINGS, record::hash_of};
use aside_ledger::leaf::{Leaf, Value};
use aside_model::{
    AgentId, BrandId, Command, CustomerId, Effect, HandleId, KeyringId, MessageId, Network,
    rows::{HandleRow, KeyringRow, NewHandle},
};
use std::collections::{BTreeMap, BTreeSet};

impl App {
    /// Goes through the later entries once, in order.
    pub(super) async fn replay(&self, brand: BrandId, later: &Later, done: &mut CaughtUp) -> Result<()> {
        // The copy may have been made while somebody was being erased.
        self.finish_erasing(brand).await?;
        // What a message's row must be by the newest word of the log; none once it was taken back.
        let mut rows: BTreeMap<MessageId, Option<String>> = BTreeMap::new();
        for (index, bytes) in &later.leaves {
            let leaf = Leaf::parse(bytes).map_err(|e| AppError::Failed(format!("entry {index}: {e}")))?;
            match (leaf.kind.as_str(), id_in(&leaf, "message")) {
                ("erased", _) => done.erased += u32::from(self.erase_again(brand, &leaf).await?),
                ("agent_changed", _) => done.disabled += u32::from(self.lock_out_again(brand, &leaf).await?),
                ("message_removed", Some(message)) => {
                    rows.insert(message, None);
                }
                (_, Some(message)) => {
                    if let Some(row) = text_in(&leaf, "row") {
                        rows.insert(message, Some(row.to_owned()));
                    }
                }
                _ => {}
            }
        }
        for (message, row) in rows {
            done.removed += u32::from(self.remove_again(brand, message, row.as_deref()).await?);
        }
        Ok(())
    }

    /// Whether there was something to erase.
    async fn erase_again(&self, brand: BrandId, leaf: &Leaf) -> Result<bool> {
        let mut handles: Vec<HandleRow> = Vec::new();
        for keyring in keyrings_in(leaf) {
            handles.extend(self.store.handle_of_keyring(brand, keyring).await?);
        }
        // Entries of older programs name no keyrings.
        let named: Option<CustomerId> = id_in(leaf, "customer");
        if let Some(customer) = named {
            let known: BTreeSet<HandleId> = handles.iter().map(|h| h.handle).collect();
            let of_customer = self.store.handles(brand, customer).await?;
            let whole = keyrings_in(leaf).next().is_none();
            handles.extend(of_customer.into_iter().filter(|h| whole && !known.contains(&h.handle)));
        }
        if handles.is_empty() {
            return Ok(false);
        }
        let customer = self.gathered(brand, &handles).await?;
        self.erase_wholly(brand, customer).await?;
        Ok(true)
    }

    /// A customer who has exactly these handles, and every conversation that nobody else wrote in: people may
    /// have been merged or parted between the copy and the erasure.
    async fn gathered(&self, brand: BrandId, handles: &[HandleRow]) -> Result<CustomerId> {
        let theirs: BTreeSet<HandleId> = handles.iter().map(|h| h.handle).collect();
        let owners: BTreeSet<CustomerId> = handles.iter().map(|h| h.customer).collect();
        let to = self.somebody(brand).await?;
        let mut command = Command::new(brand);
        for handle in &theirs {
            command = command.effect(Effect::MoveHandle(*handle, to));
        }
        for owner in owners {
            for conversation in self.store.conversations_of(brand, owner).await? {
                let threads = self.store.threads(brand, conversation.conversation).await?;
                if threads.iter().all(|thread| theirs.contains(&thread.handle)) {
                    command = command.effect(Effect::MoveConversation(conversation.conversation, to));
                }
            }
        }
        self.store.apply(command).await?;
        Ok(to)
    }

    /// A customer with a handle that leads nowhere, for what must go together.
    async fn somebody(&self, brand: BrandId) -> Result<CustomerId> {
        let keyring = KeyringId::new(&*self.clock, &*self.random);
        let mut address_index = [0; 32];
        self.random.fill(&mut address_index);
        let handle = HandleRow {
            brand,
            handle: HandleId::new(&*self.clock, &*self.random),
            customer: CustomerId::new(&*self.clock, &*self.random),
            keyring,
            network: Network::Secure,
            address_index,
            address_sealed: Vec::new(),
            name_sealed: None,
            created_at: self.clock.now(),
        };
        let keyring = KeyringRow { brand, keyring, epoch: 0, wrapped: Vec::new() };
        let (handle, _) = self.store.ensure_handle(NewHandle { handle, keyring }).await?;
        Ok(handle.customer)
    }

    /// Whether an agent who was locked out could have signed in again.
    async fn lock_out_again(&self, brand: BrandId, leaf: &Leaf) -> Result<bool> {
        let Some(agent) =
            id_in::<AgentId>(leaf, "agent").filter(|_| text_in(leaf, "enabled") == Some("false"))
        else {
            return Ok(false);
        };
        let Some(mut row) = self.store.agent(brand, agent).await?.filter(|row| row.enabled) else {
            return Ok(false);
        };
        row.enabled = false;
        self.store.apply(Command::new(brand).effect(Effect::PutAgent(row))).await?;
        Ok(true)
    }

    /// Whether a message's text had to be destroyed: it was taken back since, or says something here that was
    /// withdrawn since (edited by its author, covered because something was missed).
    async fn remove_again(&self, brand: BrandId, message: MessageId, row: Option<&str>) -> Result<bool> {
        let Some(found) = self.store.message(brand, message).await? else { return Ok(false) };
        let same = row.is_some_and(|row| row == hash_of(&found.body_sealed));
        if same || found.removed_at.is_some() {
            return Ok(false);
        }
        let effect = Effect::RemoveMessage(message, self.clock.now());
        self.store.apply(Command::new(brand).effect(effect)).await?;
        Ok(true)
    }
}

/// A fact that is a text.
pub(super) fn text_in<'a>(leaf: &'a Leaf, name: &str) -> Option<&'a str> {
    match leaf.facts.get(name) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// A fact that is an id.
pub(super) fn id_in<T: std::str::FromStr>(leaf: &Leaf, name: &str) -> Option<T> {
    text_in(leaf, name)?.parse().ok()
}

fn keyrings_in(leaf: &Leaf) -> impl Iterator<Item = KeyringId> + '_ {
    (0..)
        .map_while(move |n| text_in(leaf, &format!("{KEYRINGS}/{n}")))
        .flat_map(|ids| ids.split(' ').filter_map(|id| id.parse().ok()))
}
