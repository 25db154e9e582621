//! Destroying everything about a customer.
//!
//! What names the customer is found first: their conversations, handles and keyrings, then the threads,
//! messages and sessions that hang on any of them (after a merge was undone, a conversation may hold threads of
//! a handle that is somebody else's now, and the other way round). Then rows go from the leaves up, as the
//! foreign keys want it. It is one transaction: the keyrings are gone with the first row or nothing is.

use super::Scope;
use crate::cells::{Cells, FromRow, Only, all, change};
use aside_model::{
    ConversationId, CustomerId, HandleId, Id, KeyringId, MessageId, SessionId, ThreadId,
    sabotage::{self, Switch},
};
use aside_store::Result;
use std::collections::{BTreeSet, HashSet};

statements! {
    CONVERSATIONS("SELECT conversation FROM conversations WHERE brand = ?1 AND customer = ?2");
    HANDLES("SELECT handle, keyring FROM handles WHERE brand = ?1 AND customer = ?2");
    THREADS_OF_CONVERSATION("SELECT thread FROM threads WHERE brand = ?1 AND conversation = ?2");
    THREADS_OF_HANDLE("SELECT thread FROM threads WHERE brand = ?1 AND handle = ?2");
    MESSAGES_OF_CONVERSATION("SELECT message FROM messages WHERE brand = ?1 AND conversation = ?2");
    MESSAGES_OF_THREAD("SELECT message FROM messages WHERE brand = ?1 AND thread = ?2");
    MESSAGES_OF_HANDLE("SELECT message FROM messages WHERE brand = ?1 AND handle = ?2");
    MESSAGES_OF_KEYRING("SELECT message FROM messages WHERE brand = ?1 AND keyring = ?2");
    SESSIONS_OF_CONVERSATION("SELECT session FROM sessions WHERE brand = ?1 AND conversation = ?2");
    SESSIONS_OF_HANDLE("SELECT session FROM sessions WHERE brand = ?1 AND handle = ?2");
    COUNTERS("SELECT DISTINCT counter FROM counters WHERE brand = ?1");

    /// An entry stays in the log with its leaf; who it was about goes.
    ENTRIES_OF_CONVERSATION(
        "UPDATE entries SET conversation = NULL, keyring = NULL, details_sealed = NULL ",
        "WHERE brand = ?1 AND conversation = ?2"
    );
    ENTRIES_OF_KEYRING(
        "UPDATE entries SET keyring = NULL, details_sealed = NULL WHERE brand = ?1 AND keyring = ?2"
    );
    EVENTS_OF_CONVERSATION("DELETE FROM events WHERE brand = ?1 AND conversation = ?2");
    EVENTS_OF_MESSAGE("DELETE FROM events WHERE brand = ?1 AND message = ?2");
    JOBS_OF_CONVERSATION("DELETE FROM jobs WHERE brand = ?1 AND conversation = ?2");
    JOBS_OF_THREAD("DELETE FROM jobs WHERE brand = ?1 AND thread = ?2");
    JOBS_OF_MESSAGE("DELETE FROM jobs WHERE brand = ?1 AND message = ?2");
    JOBS_OF_KEYRING("DELETE FROM jobs WHERE brand = ?1 AND keyring = ?2");
    CODES_OF_CONVERSATION("DELETE FROM codes WHERE brand = ?1 AND conversation = ?2");
    CODES_OF_HANDLE("DELETE FROM codes WHERE brand = ?1 AND handle = ?2");
    CODES_OF_SESSION("DELETE FROM codes WHERE brand = ?1 AND session = ?2");
    SESSION("DELETE FROM sessions WHERE brand = ?1 AND session = ?2");
    LINKS_OF_CONVERSATION("DELETE FROM links WHERE brand = ?1 AND conversation = ?2");
    LINKS_OF_HANDLE("DELETE FROM links WHERE brand = ?1 AND handle = ?2");
    HOLDS_OF_CONVERSATION("DELETE FROM holds WHERE brand = ?1 AND conversation = ?2");
    HOLDS_OF_MESSAGE("DELETE FROM holds WHERE brand = ?1 AND message = ?2");
    HOLDS_OF_KEYRING("DELETE FROM holds WHERE brand = ?1 AND keyring = ?2");
    VALUES_OF_CONVERSATION("DELETE FROM vault_values WHERE brand = ?1 AND conversation = ?2");
    VALUES_OF_MESSAGE("DELETE FROM vault_values WHERE brand = ?1 AND message = ?2");
    VALUES_OF_KEYRING("DELETE FROM vault_values WHERE brand = ?1 AND keyring = ?2");
    MESSAGE("DELETE FROM messages WHERE brand = ?1 AND message = ?2");
    THREAD("DELETE FROM threads WHERE brand = ?1 AND thread = ?2");
    CONVERSATION("DELETE FROM conversations WHERE brand = ?1 AND conversation = ?2");
    HANDLE("DELETE FROM handles WHERE brand = ?1 AND handle = ?2");
    KEYRING("DELETE FROM keyrings WHERE brand = ?1 AND keyring = ?2");
    CUSTOMER("DELETE FROM customers WHERE brand = ?1 AND customer = ?2");
    COUNTER("DELETE FROM counters WHERE brand = ?1 AND counter = ?2");
}

/// The ids under which a customer is known.
#[derive(Default)]
struct Named {
    conversations: Vec<ConversationId>,
    handles: Vec<HandleId>,
    keyrings: Vec<KeyringId>,
    threads: BTreeSet<ThreadId>,
    messages: BTreeSet<MessageId>,
    sessions: BTreeSet<SessionId>,
}

struct HandleAndKeyring(HandleId, KeyringId);

impl FromRow for HandleAndKeyring {
    const TABLE: &'static str = "handles";
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
        Ok(Self(cells.next()?, cells.next()?))
    }
}

impl Scope<'_> {
    pub(super) fn erase(&mut self, customer: CustomerId) -> Result<()> {
        let named = self.named(customer)?;
        self.drop_what_hangs_on(&named)?;
        self.for_each(MESSAGE, &named.messages)?;
        self.for_each(THREAD, &named.threads)?;
        self.for_each(CONVERSATION, &named.conversations)?;
        self.for_each(HANDLE, &named.handles)?;
        if !sabotage::on(Switch::KeyringKept) {
            self.for_each(KEYRING, &named.keyrings)?;
        }
        self.drop_counters(customer, &named)?;
        self.for_each(CUSTOMER, &[customer])?;
        self.changed.erased = true;
        Ok(())
    }

    fn named(&self, customer: CustomerId) -> Result<Named> {
        let mut named = Named { conversations: self.ids(CONVERSATIONS, customer)?, ..Named::default() };
        for HandleAndKeyring(handle, keyring) in all(self.conn, HANDLES, bind![self.brand, customer])? {
            named.handles.push(handle);
            named.keyrings.push(keyring);
        }
        for &conversation in &named.conversations {
            named.threads.extend(self.ids(THREADS_OF_CONVERSATION, conversation)?);
            named.messages.extend(self.ids(MESSAGES_OF_CONVERSATION, conversation)?);
            named.sessions.extend(self.ids(SESSIONS_OF_CONVERSATION, conversation)?);
        }
        for &handle in &named.handles {
            named.threads.extend(self.ids(THREADS_OF_HANDLE, handle)?);
            named.messages.extend(self.ids(MESSAGES_OF_HANDLE, handle)?);
            named.sessions.extend(self.ids(SESSIONS_OF_HANDLE, handle)?);
        }
        for &thread in &named.threads {
            named.messages.extend(self.ids(MESSAGES_OF_THREAD, thread)?);
        }
        for &keyring in &named.keyrings {
            named.messages.extend(self.ids(MESSAGES_OF_KEYRING, keyring)?);
        }
        Ok(named)
    }

    fn drop_what_hangs_on(&self, named: &Named) -> Result<()> {
        for sql in [
            ENTRIES_OF_CONVERSATION,
            EVENTS_OF_CONVERSATION,
            JOBS_OF_CONVERSATION,
            CODES_OF_CONVERSATION,
            LINKS_OF_CONVERSATION,
            HOLDS_OF_CONVERSATION,
            VALUES_OF_CONVERSATION,
        ] {
            self.for_each(sql, &named.conversations)?;
        }
        for sql in [ENTRIES_OF_KEYRING, JOBS_OF_KEYRING, HOLDS_OF_KEYRING, VALUES_OF_KEYRING] {
            self.for_each(sql, &named.keyrings)?;
        }
        for sql in [CODES_OF_HANDLE, LINKS_OF_HANDLE] {
            self.for_each(sql, &named.handles)?;
        }
        self.for_each(JOBS_OF_THREAD, &named.threads)?;
        for sql in [EVENTS_OF_MESSAGE, JOBS_OF_MESSAGE, HOLDS_OF_MESSAGE, VALUES_OF_MESSAGE] {
            self.for_each(sql, &named.messages)?;
        }
        self.for_each(CODES_OF_SESSION, &named.sessions)?;
        self.for_each(SESSION, &named.sessions)
    }

    /// Counters may count for a conversation, a handle, a session: their names say so between slashes.
    fn drop_counters(&self, customer: CustomerId, named: &Named) -> Result<()> {
        let gone: HashSet<String> = [customer.to_string()]
            .into_iter()
            .chain(named.conversations.iter().map(ToString::to_string))
            .chain(named.handles.iter().map(ToString::to_string))
            .chain(named.keyrings.iter().map(ToString::to_string))
            .chain(named.threads.iter().map(ToString::to_string))
            .chain(named.messages.iter().map(ToString::to_string))
            .chain(named.sessions.iter().map(ToString::to_string))
            .collect();
        for Only(counter) in all::<Only<String>>(self.conn, COUNTERS, bind![self.brand])? {
            if counter.split('/').any(|part| gone.contains(part)) {
                change(self.conn, COUNTER, bind![self.brand, counter])?;
            }
        }
        Ok(())
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
