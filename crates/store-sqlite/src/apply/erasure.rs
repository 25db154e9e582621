//! Erasing a customer: the first command, after which no key opens anything and nobody reads anything of theirs.
//!
//! It does what must be done at once and is short, however much the customer wrote: keyrings are destroyed, the
//! address is free for whoever comes back, sessions, links, codes, holds and what was still to be sent are gone,
//! and the customer is marked. The rows that are left go step by step (`steps.rs`); until then the reads leave
//! them out. The rows of keyrings and handles stay until the last step, as messages name them, but hold nothing.

pub(crate) mod counters;
pub(crate) mod steps;

use super::Scope;
use crate::cells::{Cells, FromRow, Only, all, change, one};
use aside_model::{
    ConversationId, CustomerId, HandleId, Id, KeyringId, SessionId,
    sabotage::{self, Switch},
};
use aside_store::{Result, StoreError};
use std::collections::BTreeSet;

statements! {
    BEING_ERASED(
        "SELECT 1 FROM customers WHERE brand = ?1 AND customer = ?2 AND erasing_at IS NOT NULL"
    );
    MARK("UPDATE customers SET erasing_at = ?3 WHERE brand = ?1 AND customer = ?2 AND erasing_at IS NULL");
    CONVERSATIONS("SELECT conversation FROM conversations WHERE brand = ?1 AND customer = ?2");
    HANDLES("SELECT handle, keyring FROM handles WHERE brand = ?1 AND customer = ?2");
    SESSIONS_OF_CONVERSATION("SELECT session FROM sessions WHERE brand = ?1 AND conversation = ?2");
    SESSIONS_OF_HANDLE("SELECT session FROM sessions WHERE brand = ?1 AND handle = ?2");

    CODES_OF_CONVERSATION("DELETE FROM codes WHERE brand = ?1 AND conversation = ?2");
    CODES_OF_HANDLE("DELETE FROM codes WHERE brand = ?1 AND handle = ?2");
    CODES_OF_SESSION("DELETE FROM codes WHERE brand = ?1 AND session = ?2");
    SESSION("DELETE FROM sessions WHERE brand = ?1 AND session = ?2");
    LINKS_OF_CONVERSATION("DELETE FROM links WHERE brand = ?1 AND conversation = ?2");
    LINKS_OF_HANDLE("DELETE FROM links WHERE brand = ?1 AND handle = ?2");
    HOLDS_OF_CONVERSATION("DELETE FROM holds WHERE brand = ?1 AND conversation = ?2");
    HOLDS_OF_KEYRING("DELETE FROM holds WHERE brand = ?1 AND keyring = ?2");
    /// What is done has no payload and waits for nothing; there may be much of it.
    JOBS_OF_CONVERSATION("DELETE FROM jobs WHERE brand = ?1 AND conversation = ?2 AND state <> 'done'");
    JOBS_OF_KEYRING("DELETE FROM jobs WHERE brand = ?1 AND keyring = ?2 AND state <> 'done'");
    /// Whoever read the conversation before decides again.
    OUTDATE("UPDATE conversations SET version = version + 1 WHERE brand = ?1 AND customer = ?2");
    DESTROY_KEYRING("UPDATE keyrings SET wrapped = x'' WHERE brand = ?1 AND keyring = ?2");
    /// An index of 16 bytes is nobody's address.
    FREE_ADDRESSES(
        "UPDATE handles SET address_index = handle, address_sealed = x'', name_sealed = NULL ",
        "WHERE brand = ?1 AND customer = ?2"
    );
}

struct HandleAndKeyring(HandleId, KeyringId);

impl FromRow for HandleAndKeyring {
    const TABLE: &'static str = "handles";
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
        Ok(Self(cells.next()?, cells.next()?))
    }
}

impl Scope<'_> {
    /// The first command. A customer who is being erased, or is not there, is left alone.
    pub(super) fn erase(&mut self, customer: CustomerId) -> Result<()> {
        if change(self.conn, MARK, bind![self.brand, customer, self.now])? == 0 {
            return Ok(());
        }
        let conversations: Vec<ConversationId> = self.ids(CONVERSATIONS, customer)?;
        let (handles, keyrings) = self.handles_and_keyrings(customer)?;
        let sessions = self.sessions(&conversations, &handles)?;
        for sql in [CODES_OF_CONVERSATION, LINKS_OF_CONVERSATION, HOLDS_OF_CONVERSATION, JOBS_OF_CONVERSATION]
        {
            self.for_each(sql, &conversations)?;
        }
        for sql in [CODES_OF_HANDLE, LINKS_OF_HANDLE] {
            self.for_each(sql, &handles)?;
        }
        for sql in [HOLDS_OF_KEYRING, JOBS_OF_KEYRING] {
            self.for_each(sql, &keyrings)?;
        }
        self.for_each(CODES_OF_SESSION, &sessions)?;
        self.for_each(SESSION, &sessions)?;
        if !sabotage::on(Switch::KeyringKept) {
            self.for_each(DESTROY_KEYRING, &keyrings)?;
        }
        change(self.conn, FREE_ADDRESSES, bind![self.brand, customer])?;
        change(self.conn, OUTDATE, bind![self.brand, customer])?;
        let names = [customer.to_string()];
        let names = names.into_iter().chain(texts(&conversations)).chain(texts(&handles));
        self.drop_counters(names.chain(texts(&keyrings)).chain(texts(&sessions)))?;
        self.changed.erased = true;
        Ok(())
    }

    /// Fails when the customer is being erased: nothing new may come to them.
    pub(super) fn must_stay(&self, customer: CustomerId) -> Result<()> {
        match one::<Only<i64>>(self.conn, BEING_ERASED, bind![self.brand, customer])? {
            None => Ok(()),
            Some(_) => Err(StoreError::Failed("the customer is being erased".into())),
        }
    }

    fn handles_and_keyrings(&self, customer: CustomerId) -> Result<(Vec<HandleId>, Vec<KeyringId>)> {
        let both: Vec<HandleAndKeyring> = all(self.conn, HANDLES, bind![self.brand, customer])?;
        Ok(both.into_iter().map(|HandleAndKeyring(handle, keyring)| (handle, keyring)).unzip())
    }

    fn sessions(
        &self,
        conversations: &[ConversationId],
        handles: &[HandleId],
    ) -> Result<BTreeSet<SessionId>> {
        let mut sessions = BTreeSet::new();
        for &conversation in conversations {
            sessions.extend(self.ids(SESSIONS_OF_CONVERSATION, conversation)?);
        }
        for &handle in handles {
            sessions.extend(self.ids(SESSIONS_OF_HANDLE, handle)?);
        }
        Ok(sessions)
    }

    fn ids<T, By>(&self, sql: &str, by: Id<By>) -> Result<Vec<Id<T>>> {
        Ok(all::<Only<Id<T>>>(self.conn, sql, bind![self.brand, by])?.into_iter().map(|id| id.0).collect())
    }

    fn for_each<'a, T: 'a>(&self, sql: &str, ids: impl IntoIterator<Item = &'a Id<T>>) -> Result<()> {
        for &id in ids {
            change(self.conn, sql, bind![self.brand, id])?;
        }
        Ok(())
    }
}

/// Ids as counters have them in their names.
fn texts<'a, T: 'a>(ids: impl IntoIterator<Item = &'a Id<T>>) -> impl Iterator<Item = String> {
    ids.into_iter().map(ToString::to_string)
}
