//! Erasing a customer: what is left after the first command goes here, a bounded number of rows at a time, so
//! that whoever else writes gets through in between.
//!
//! What names the customer is looked for anew in each step: their conversations, handles and keyrings, the threads
//! and messages that hang on any of them (after a merge was undone, a conversation may hold threads of a handle
//! that is somebody else's now, and the other way round), and what came in meanwhile. Rows go from the leaves up,
//! as the foreign keys want it; the customer's own row, with the mark, is the last.

use super::super::Scope;
use super::texts;
use crate::{
    announce::Changed,
    cells::{Only, all, change, one},
    writer::Done,
};
use aside_model::{
    BrandId, ConversationId, CustomerId, HandleId, Id, KeyringId, MessageId, ThreadId, Time,
    sabotage::{self, Switch},
};
use aside_store::Result;
use rusqlite::Connection;
use std::{collections::BTreeSet, ops::ControlFlow};

statements! {
    NEXT_CUSTOMER(
        "SELECT customer FROM customers INDEXED BY customers_being_erased ",
        "WHERE brand = ?1 AND erasing_at IS NOT NULL ORDER BY customer LIMIT 1"
    );
    THREADS_OF_CONVERSATION("SELECT thread FROM threads WHERE brand = ?1 AND conversation = ?2");
    THREADS_OF_HANDLE("SELECT thread FROM threads WHERE brand = ?1 AND handle = ?2");
    MESSAGES_OF_CONVERSATION("SELECT message FROM messages WHERE brand = ?1 AND conversation = ?2 LIMIT ?3");
    MESSAGES_OF_THREAD("SELECT message FROM messages WHERE brand = ?1 AND thread = ?2 LIMIT ?3");
    MESSAGES_OF_HANDLE("SELECT message FROM messages WHERE brand = ?1 AND handle = ?2 LIMIT ?3");
    MESSAGES_OF_KEYRING("SELECT message FROM messages WHERE brand = ?1 AND keyring = ?2 LIMIT ?3");

    /// An entry stays in the log with its leaf; who it was about goes.
    ENTRIES_OF_CONVERSATION(
        "UPDATE entries SET conversation = NULL, keyring = NULL, details_sealed = NULL WHERE brand = ?1 AND entry ",
        "IN (SELECT entry FROM entries WHERE brand = ?1 AND conversation = ?2 LIMIT ?3)"
    );
    ENTRIES_OF_KEYRING(
        "UPDATE entries SET keyring = NULL, details_sealed = NULL WHERE brand = ?1 AND entry ",
        "IN (SELECT entry FROM entries WHERE brand = ?1 AND keyring = ?2 LIMIT ?3)"
    );
    EVENTS_OF_CONVERSATION(
        "DELETE FROM events WHERE brand = ?1 AND number ",
        "IN (SELECT number FROM events WHERE brand = ?1 AND conversation = ?2 LIMIT ?3)"
    );
    JOBS_OF_CONVERSATION(
        "DELETE FROM jobs WHERE brand = ?1 AND job ",
        "IN (SELECT job FROM jobs WHERE brand = ?1 AND conversation = ?2 LIMIT ?3)"
    );
    JOBS_OF_KEYRING(
        "DELETE FROM jobs WHERE brand = ?1 AND job ",
        "IN (SELECT job FROM jobs WHERE brand = ?1 AND keyring = ?2 LIMIT ?3)"
    );
    JOBS_OF_THREAD(
        "DELETE FROM jobs WHERE brand = ?1 AND job ",
        "IN (SELECT job FROM jobs WHERE brand = ?1 AND thread = ?2 LIMIT ?3)"
    );
    VALUES_OF_CONVERSATION(
        "DELETE FROM vault_values WHERE brand = ?1 AND value ",
        "IN (SELECT value FROM vault_values WHERE brand = ?1 AND conversation = ?2 LIMIT ?3)"
    );
    VALUES_OF_KEYRING(
        "DELETE FROM vault_values WHERE brand = ?1 AND value ",
        "IN (SELECT value FROM vault_values WHERE brand = ?1 AND keyring = ?2 LIMIT ?3)"
    );
    HOLDS_OF_CONVERSATION(
        "DELETE FROM holds WHERE brand = ?1 AND hold ",
        "IN (SELECT hold FROM holds WHERE brand = ?1 AND conversation = ?2 LIMIT ?3)"
    );
    HOLDS_OF_KEYRING(
        "DELETE FROM holds WHERE brand = ?1 AND hold ",
        "IN (SELECT hold FROM holds WHERE brand = ?1 AND keyring = ?2 LIMIT ?3)"
    );
    EVENTS_OF_MESSAGE("DELETE FROM events WHERE brand = ?1 AND message = ?2");
    JOBS_OF_MESSAGE("DELETE FROM jobs WHERE brand = ?1 AND message = ?2");
    HOLDS_OF_MESSAGE("DELETE FROM holds WHERE brand = ?1 AND message = ?2");
    VALUES_OF_MESSAGE("DELETE FROM vault_values WHERE brand = ?1 AND message = ?2");
    MESSAGE("DELETE FROM messages WHERE brand = ?1 AND message = ?2");
    THREAD("DELETE FROM threads WHERE brand = ?1 AND thread = ?2");
    CONVERSATION("DELETE FROM conversations WHERE brand = ?1 AND conversation = ?2");
    HANDLE("DELETE FROM handles WHERE brand = ?1 AND handle = ?2");
    KEYRING("DELETE FROM keyrings WHERE brand = ?1 AND keyring = ?2");
    CUSTOMER("DELETE FROM customers WHERE brand = ?1 AND customer = ?2");
}

/// Destroys the next rows of the brand's customers who are being erased.
pub(crate) fn more(conn: &Connection, now: Time, brand: BrandId, limit: u32) -> Result<Done<u32>> {
    let Some(Only(customer)) = one::<Only<CustomerId>>(conn, NEXT_CUSTOMER, bind![brand])? else {
        return Ok(Done::kept(0, Changed::default()));
    };
    let scope = Scope::new(conn, brand, now);
    let mut step = Step { scope: &scope, room: limit.max(1), gone: 0 };
    let finished = step.go(customer)?.is_continue();
    Ok(Done::kept(step.gone, Changed { erased: finished, ..Changed::default() }))
}

/// The ids under which a customer is known.
struct Named {
    conversations: Vec<ConversationId>,
    handles: Vec<HandleId>,
    keyrings: Vec<KeyringId>,
    threads: BTreeSet<ThreadId>,
}

/// How far a step has come.
struct Step<'a> {
    scope: &'a Scope<'a>,
    /// How many rows it may still destroy.
    room: u32,
    /// How many it has destroyed.
    gone: u32,
}

/// Whether there is room for more.
type Way = Result<ControlFlow<()>>;

/// Goes on while there is room.
macro_rules! go {
    ($($done:expr),+ $(,)?) => {$(
        if $done?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    )+};
}

impl Step<'_> {
    /// Destroys rows until there is no room, or nothing is left: then it goes on.
    fn go(&mut self, customer: CustomerId) -> Way {
        let named = self.named(customer)?;
        let conversations = [
            ENTRIES_OF_CONVERSATION,
            EVENTS_OF_CONVERSATION,
            JOBS_OF_CONVERSATION,
            VALUES_OF_CONVERSATION,
            HOLDS_OF_CONVERSATION,
        ];
        let keyrings = [ENTRIES_OF_KEYRING, JOBS_OF_KEYRING, VALUES_OF_KEYRING, HOLDS_OF_KEYRING];
        go!(
            self.some(&conversations, &named.conversations),
            self.some(&keyrings, &named.keyrings),
            self.some(&[JOBS_OF_THREAD], &named.threads),
            self.messages(MESSAGES_OF_CONVERSATION, &named.conversations),
            self.messages(MESSAGES_OF_HANDLE, &named.handles),
            self.messages(MESSAGES_OF_KEYRING, &named.keyrings),
            self.messages(MESSAGES_OF_THREAD, &named.threads),
        );
        self.came_in_meanwhile(&named)?;
        go!(self.rows(THREAD, &named.threads), self.rows(CONVERSATION, &named.conversations));
        // The last, all at once whatever room there is: a keyring is only found through its handle.
        let scope = self.scope;
        scope.for_each(HANDLE, &named.handles)?;
        if !sabotage::on(Switch::KeyringKept) {
            scope.for_each(KEYRING, &named.keyrings)?;
        }
        scope.for_each(CUSTOMER, &[customer])?;
        let last = named.handles.len() + named.keyrings.len() + 1;
        self.gone = self.gone.saturating_add(u32::try_from(last).unwrap_or(u32::MAX));
        Ok(ControlFlow::Continue(()))
    }

    fn named(&self, customer: CustomerId) -> Result<Named> {
        let scope = self.scope;
        let conversations: Vec<ConversationId> = scope.ids(super::CONVERSATIONS, customer)?;
        let (handles, keyrings) = scope.handles_and_keyrings(customer)?;
        let mut threads = BTreeSet::new();
        for &conversation in &conversations {
            threads.extend(scope.ids(THREADS_OF_CONVERSATION, conversation)?);
        }
        for &handle in &handles {
            threads.extend(scope.ids(THREADS_OF_HANDLE, handle)?);
        }
        Ok(Named { conversations, handles, keyrings, threads })
    }

    /// Destroys what each statement finds for each id, as far as there is room.
    fn some<'a, T: 'a>(&mut self, statements: &[&str], ids: impl IntoIterator<Item = &'a Id<T>>) -> Way {
        for &id in ids {
            for sql in statements {
                let gone = change(self.scope.conn, sql, bind![self.scope.brand, id, self.room])?;
                go!(Ok(self.count(gone)));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Destroys messages with all that hangs on them.
    fn messages<'a, T: 'a>(&mut self, sql: &str, ids: impl IntoIterator<Item = &'a Id<T>>) -> Way {
        for &id in ids {
            let found: Vec<Only<MessageId>> =
                all(self.scope.conn, sql, bind![self.scope.brand, id, self.room])?;
            for Only(message) in found {
                let mut gone = 0;
                for sql in [EVENTS_OF_MESSAGE, JOBS_OF_MESSAGE, HOLDS_OF_MESSAGE, VALUES_OF_MESSAGE, MESSAGE]
                {
                    gone += change(self.scope.conn, sql, bind![self.scope.brand, message])?;
                }
                go!(Ok(self.count(gone)));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Destroys the rows with these ids.
    fn rows<'a, T: 'a>(&mut self, sql: &str, ids: impl IntoIterator<Item = &'a Id<T>>) -> Way {
        for &id in ids {
            let gone = change(self.scope.conn, sql, bind![self.scope.brand, id])?;
            go!(Ok(self.count(gone)));
        }
        Ok(ControlFlow::Continue(()))
    }

    /// What the first command destroyed and somebody who had read before it added again: a handful at most.
    fn came_in_meanwhile(&self, named: &Named) -> Result<()> {
        let scope = self.scope;
        for sql in [super::CODES_OF_CONVERSATION, super::LINKS_OF_CONVERSATION] {
            scope.for_each(sql, &named.conversations)?;
        }
        for sql in [super::CODES_OF_HANDLE, super::LINKS_OF_HANDLE] {
            scope.for_each(sql, &named.handles)?;
        }
        let sessions = scope.sessions(&named.conversations, &named.handles)?;
        scope.for_each(super::CODES_OF_SESSION, &sessions)?;
        scope.for_each(super::SESSION, &sessions)?;
        let names = texts(&named.conversations).chain(texts(&named.handles)).chain(texts(&named.threads));
        scope.drop_counters(names.chain(texts(&named.keyrings)).chain(texts(&sessions)))
    }

    /// Rows are gone; says whether there is room for more.
    fn count(&mut self, gone: usize) -> ControlFlow<()> {
        let gone = u32::try_from(gone).unwrap_or(u32::MAX);
        self.gone = self.gone.saturating_add(gone);
        self.room = self.room.saturating_sub(gone);
        if self.room == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
