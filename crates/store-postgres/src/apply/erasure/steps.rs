//! Erasing a customer: what is left after the first command goes here, a bounded number of rows at a time, so
//! that whoever else writes gets through in between.
//!
//! What names the customer is looked for anew in each step: their conversations, handles and keyrings, the threads
//! and messages that hang on any of them (after a merge was undone, a conversation may hold threads of a handle
//! that is somebody else's now, and the other way round), and what came in meanwhile. Rows go from the leaves up,
//! as the foreign keys want it; the customer's own row, with the mark, is the last.

use super::{
    CODES_OF_CONVERSATION, CODES_OF_HANDLE, CODES_OF_SESSION, LINKS_OF_CONVERSATION, LINKS_OF_HANDLE, Named,
    SESSION, counters, ids, texts,
};
use crate::{
    cells::{Cell, Only, Value, list, read_all},
    conn::{Conn, Step},
    error::Trouble,
};
use aside_model::{
    BrandId, CustomerId, MessageId, ThreadId,
    sabotage::{self, Switch},
};
use std::{collections::BTreeSet, ops::ControlFlow};

statements! {
    BEGIN("BEGIN ISOLATION LEVEL READ COMMITTED");
    COMMIT("COMMIT");
    /// One step at a time: whoever else erases the same customer waits for this one.
    NEXT_CUSTOMER(
        "SELECT customer FROM customers WHERE brand = $1 AND erasing_at IS NOT NULL ORDER BY customer LIMIT 1 ",
        "FOR UPDATE"
    );
    THREADS(
        "SELECT thread FROM threads WHERE brand = $1 AND conversation = ANY($2::uuid[]) UNION ",
        "SELECT thread FROM threads WHERE brand = $1 AND handle = ANY($3::uuid[])"
    );
    MESSAGES_OF_CONVERSATION(
        "SELECT message FROM messages WHERE brand = $1 AND conversation = ANY($2::uuid[]) LIMIT $3"
    );
    MESSAGES_OF_THREAD("SELECT message FROM messages WHERE brand = $1 AND thread = ANY($2::uuid[]) LIMIT $3");
    MESSAGES_OF_HANDLE("SELECT message FROM messages WHERE brand = $1 AND handle = ANY($2::uuid[]) LIMIT $3");
    MESSAGES_OF_KEYRING("SELECT message FROM messages WHERE brand = $1 AND keyring = ANY($2::uuid[]) LIMIT $3");

    /// An entry stays in the log with its leaf; who it was about goes.
    ENTRIES_OF_CONVERSATION(
        "UPDATE entries SET conversation = NULL, keyring = NULL, details_sealed = NULL WHERE (brand, entry) ",
        "IN (SELECT brand, entry FROM entries WHERE brand = $1 AND conversation = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    ENTRIES_OF_KEYRING(
        "UPDATE entries SET keyring = NULL, details_sealed = NULL WHERE (brand, entry) ",
        "IN (SELECT brand, entry FROM entries WHERE brand = $1 AND keyring = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    EVENTS_OF_CONVERSATION(
        "DELETE FROM events WHERE (brand, number) ",
        "IN (SELECT brand, number FROM events WHERE brand = $1 AND conversation = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    JOBS_OF_CONVERSATION(
        "DELETE FROM jobs WHERE (brand, job) ",
        "IN (SELECT brand, job FROM jobs WHERE brand = $1 AND conversation = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    JOBS_OF_KEYRING(
        "DELETE FROM jobs WHERE (brand, job) ",
        "IN (SELECT brand, job FROM jobs WHERE brand = $1 AND keyring = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    JOBS_OF_THREAD(
        "DELETE FROM jobs WHERE (brand, job) ",
        "IN (SELECT brand, job FROM jobs WHERE brand = $1 AND thread = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    VALUES_OF_CONVERSATION(
        "DELETE FROM vault_values WHERE (brand, value) ",
        "IN (SELECT brand, value FROM vault_values WHERE brand = $1 AND conversation = ANY($2::uuid[]) LIMIT $3) ",
        "RETURNING 1"
    );
    VALUES_OF_KEYRING(
        "DELETE FROM vault_values WHERE (brand, value) ",
        "IN (SELECT brand, value FROM vault_values WHERE brand = $1 AND keyring = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    HOLDS_OF_CONVERSATION(
        "DELETE FROM holds WHERE (brand, hold) ",
        "IN (SELECT brand, hold FROM holds WHERE brand = $1 AND conversation = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    HOLDS_OF_KEYRING(
        "DELETE FROM holds WHERE (brand, hold) ",
        "IN (SELECT brand, hold FROM holds WHERE brand = $1 AND keyring = ANY($2::uuid[]) LIMIT $3) RETURNING 1"
    );
    EVENTS_OF_MESSAGE("DELETE FROM events WHERE brand = $1 AND message = ANY($2::uuid[]) RETURNING 1");
    JOBS_OF_MESSAGE("DELETE FROM jobs WHERE brand = $1 AND message = ANY($2::uuid[]) RETURNING 1");
    HOLDS_OF_MESSAGE("DELETE FROM holds WHERE brand = $1 AND message = ANY($2::uuid[]) RETURNING 1");
    VALUES_OF_MESSAGE("DELETE FROM vault_values WHERE brand = $1 AND message = ANY($2::uuid[]) RETURNING 1");
    MESSAGE("DELETE FROM messages WHERE brand = $1 AND message = ANY($2::uuid[]) RETURNING 1");
    THREAD("DELETE FROM threads WHERE brand = $1 AND thread = ANY($2::uuid[]) RETURNING 1");
    CONVERSATION("DELETE FROM conversations WHERE brand = $1 AND conversation = ANY($2::uuid[]) RETURNING 1");
    HANDLE("DELETE FROM handles WHERE brand = $1 AND handle = ANY($2::uuid[]) RETURNING 1");
    KEYRING("DELETE FROM keyrings WHERE brand = $1 AND keyring = ANY($2::uuid[]) RETURNING 1");
    CUSTOMER("DELETE FROM customers WHERE brand = $1 AND customer = $2 RETURNING 1");
}

/// Destroys the next rows of the brand's customers who are being erased.
pub(crate) async fn more(conn: &mut Conn, brand: BrandId, limit: u32) -> Result<u32, Trouble> {
    let next = conn.run(&[Step::bare(BEGIN), Step::new(NEXT_CUSTOMER, bind![brand])]).await?;
    let next: Vec<Only<CustomerId>> = read_all(&next[1])?;
    let Some(Only(customer)) = next.first() else {
        conn.roll_back().await;
        return Ok(0);
    };
    let mut way = Way { conn, brand, room: limit.max(1), gone: 0 };
    _ = way.go(*customer).await?;
    let gone = way.gone;
    conn.commit(&[Step::bare(COMMIT)]).await?;
    Ok(gone)
}

/// How far a step has come.
struct Way<'a> {
    conn: &'a mut Conn,
    brand: BrandId,
    /// How many rows it may still destroy.
    room: u32,
    /// How many it has destroyed.
    gone: u32,
}

/// Whether there is room for more.
type Room = Result<ControlFlow<()>, Trouble>;

/// Goes on while there is room.
macro_rules! go {
    ($($done:expr),+ $(,)?) => {$(
        if $done?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    )+};
}

impl Way<'_> {
    /// Destroys rows until there is no room, or nothing is left: then it goes on.
    async fn go(&mut self, customer: CustomerId) -> Room {
        let named = Named::of(self.conn, self.brand, customer).await?;
        let (conversations, handles) = (list(&named.conversations), list(&named.handles));
        let threads = Step::new(THREADS, bind![self.brand, conversations, handles]);
        let of_threads: BTreeSet<ThreadId> = ids(&self.conn.run(&[threads]).await?[0])?;
        let (keyrings, threads) = (list(&named.keyrings), list(&of_threads));
        for (statements, of) in [
            (
                &[
                    ENTRIES_OF_CONVERSATION,
                    EVENTS_OF_CONVERSATION,
                    JOBS_OF_CONVERSATION,
                    VALUES_OF_CONVERSATION,
                    HOLDS_OF_CONVERSATION,
                ][..],
                &conversations,
            ),
            (&[ENTRIES_OF_KEYRING, JOBS_OF_KEYRING, VALUES_OF_KEYRING, HOLDS_OF_KEYRING], &keyrings),
            (&[JOBS_OF_THREAD], &threads),
        ] {
            for sql in statements {
                go!(self.some(sql, of).await);
            }
        }
        for (sql, of) in [
            (MESSAGES_OF_CONVERSATION, &conversations),
            (MESSAGES_OF_HANDLE, &handles),
            (MESSAGES_OF_KEYRING, &keyrings),
            (MESSAGES_OF_THREAD, &threads),
        ] {
            go!(self.messages(sql, of).await);
        }
        self.came_in_meanwhile(&named, &of_threads).await?;
        go!(self.rows(THREAD, &of_threads).await, self.rows(CONVERSATION, &named.conversations).await);
        self.last(&named, customer).await?;
        Ok(ControlFlow::Continue(()))
    }

    /// The last, all at once whatever room there is: a keyring is only found through its handle.
    async fn last(&mut self, named: &Named, customer: CustomerId) -> Result<(), Trouble> {
        let mut steps = vec![Step::new(HANDLE, bind![self.brand, list(&named.handles)])];
        if !sabotage::on(Switch::KeyringKept) {
            steps.push(Step::new(KEYRING, bind![self.brand, list(&named.keyrings)]));
        }
        steps.push(Step::new(CUSTOMER, bind![self.brand, customer]));
        let gone = self.conn.run(&steps).await?.concat().len();
        _ = self.count(gone);
        Ok(())
    }

    /// Destroys what the statement finds, as far as there is room.
    async fn some(&mut self, sql: &'static str, of: &Value) -> Room {
        let step = Step::new(sql, bind![self.brand, *of, self.room]);
        let gone = self.conn.run(&[step]).await?.concat().len();
        Ok(self.count(gone))
    }

    /// Destroys messages with all that hangs on them.
    async fn messages(&mut self, sql: &'static str, of: &Value) -> Room {
        let found = self.conn.run(&[Step::new(sql, bind![self.brand, *of, self.room])]).await?;
        let found: BTreeSet<MessageId> = ids(&found[0])?;
        if found.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let steps = [EVENTS_OF_MESSAGE, JOBS_OF_MESSAGE, HOLDS_OF_MESSAGE, VALUES_OF_MESSAGE, MESSAGE]
            .map(|sql| Step::new(sql, bind![self.brand, list(&found)]));
        let gone = self.conn.run(&steps).await?.concat().len();
        Ok(self.count(gone))
    }

    /// Destroys the rows with these ids, as far as there is room.
    async fn rows<T: Cell>(&mut self, sql: &'static str, ids: &BTreeSet<T>) -> Room {
        let room = usize::try_from(self.room).unwrap_or(usize::MAX);
        let step = Step::new(sql, bind![self.brand, list(ids.iter().take(room))]);
        let gone = self.conn.run(&[step]).await?.concat().len();
        Ok(self.count(gone))
    }

    /// What the first command destroyed and somebody who had read before it added again: a handful at most.
    async fn came_in_meanwhile(
        &mut self,
        named: &Named,
        threads: &BTreeSet<ThreadId>,
    ) -> Result<(), Trouble> {
        let mut steps = Vec::new();
        for sql in [CODES_OF_CONVERSATION, LINKS_OF_CONVERSATION] {
            steps.push(Step::new(sql, bind![self.brand, list(&named.conversations)]));
        }
        for sql in [CODES_OF_HANDLE, LINKS_OF_HANDLE] {
            steps.push(Step::new(sql, bind![self.brand, list(&named.handles)]));
        }
        for sql in [CODES_OF_SESSION, SESSION] {
            steps.push(Step::new(sql, bind![self.brand, list(&named.sessions)]));
        }
        let names = named.texts().chain(texts(threads));
        steps.extend(counters::dropping(self.conn, self.brand, names).await?);
        self.conn.run(&steps).await.map(drop)
    }

    /// Rows are gone; says whether there is room for more.
    fn count(&mut self, gone: usize) -> ControlFlow<()> {
        let gone = u32::try_from(gone).unwrap_or(u32::MAX);
        self.gone = self.gone.saturating_add(gone);
        self.room = self.room.saturating_sub(gone);
        if self.room == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
