//! Erasing a customer: the first command, after which no key opens anything and nobody reads anything of theirs.
//!
//! It does what must be done at once and is short, however much the customer wrote: keyrings are destroyed, the
//! address is free for whoever comes back, sessions, links, codes, holds and what was still to be sent are gone,
//! and the customer is marked. The rows that are left go step by step (`steps.rs`); until then the reads leave
//! them out. The rows of keyrings and handles stay until the last step, as messages name them, but hold nothing.
//!
//! Keyrings and customer are locked before anything is looked for: whoever wants to add something in their name
//! has committed by then, or waits and then finds no living keyring.

pub(crate) mod counters;
pub(crate) mod steps;

use crate::{
    cells::{Cell, Only, list, read_all},
    conn::{Conn, Step},
    error::Trouble,
};
use aside_model::{
    BrandId, ConversationId, CustomerId, HandleId, Id, KeyringId, SessionId, Time,
    sabotage::{self, Switch},
};
use std::collections::BTreeSet;
use tokio_postgres::Row;

statements! {
    LOCK_KEYRINGS(
        "SELECT keyring FROM keyrings WHERE brand = $1 AND keyring = ANY(ARRAY",
        "(SELECT keyring FROM handles WHERE brand = $1 AND customer = $2)) ORDER BY keyring FOR NO KEY UPDATE"
    );
    MARK(
        "UPDATE customers SET erasing_at = $3 WHERE brand = $1 AND customer = $2 AND erasing_at IS NULL ",
        "RETURNING customer"
    );
    CONVERSATIONS(
        "SELECT conversation FROM conversations WHERE brand = $1 AND customer = $2 ",
        "ORDER BY conversation FOR NO KEY UPDATE"
    );
    HANDLES("SELECT handle, keyring FROM handles WHERE brand = $1 AND customer = $2");
    SESSIONS(
        "SELECT session FROM sessions WHERE brand = $1 AND conversation = ANY($2::uuid[]) UNION ",
        "SELECT session FROM sessions WHERE brand = $1 AND handle = ANY($3::uuid[])"
    );

    CODES_OF_CONVERSATION("DELETE FROM codes WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    CODES_OF_HANDLE("DELETE FROM codes WHERE brand = $1 AND handle = ANY($2::uuid[])");
    CODES_OF_SESSION("DELETE FROM codes WHERE brand = $1 AND session = ANY($2::uuid[])");
    SESSION("DELETE FROM sessions WHERE brand = $1 AND session = ANY($2::uuid[])");
    LINKS_OF_CONVERSATION("DELETE FROM links WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    LINKS_OF_HANDLE("DELETE FROM links WHERE brand = $1 AND handle = ANY($2::uuid[])");
    HOLDS_OF_CONVERSATION("DELETE FROM holds WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    HOLDS_OF_KEYRING("DELETE FROM holds WHERE brand = $1 AND keyring = ANY($2::uuid[])");
    /// What is done has no payload and waits for nothing; there may be much of it.
    JOBS_OF_CONVERSATION(
        "DELETE FROM jobs WHERE brand = $1 AND conversation = ANY($2::uuid[]) AND state <> 'done'"
    );
    JOBS_OF_KEYRING("DELETE FROM jobs WHERE brand = $1 AND keyring = ANY($2::uuid[]) AND state <> 'done'");
    /// Whoever read the conversation before decides again.
    OUTDATE("UPDATE conversations SET version = version + 1 WHERE brand = $1 AND customer = $2");
    DESTROY_KEYRING("UPDATE keyrings SET wrapped = '' WHERE brand = $1 AND keyring = ANY($2::uuid[])");
    /// An index of 16 bytes is nobody's address.
    FREE_ADDRESSES(
        "UPDATE handles SET address_index = uuid_send(handle), address_sealed = '', name_sealed = NULL ",
        "WHERE brand = $1 AND customer = $2"
    );
}

/// The first command, within a transaction that has begun. A customer who is being erased, or is not there, is
/// left alone.
pub(super) async fn begin(
    conn: &mut Conn,
    brand: BrandId,
    customer: CustomerId,
    now: Time,
) -> Result<(), Trouble> {
    let whose = || bind![brand, customer];
    let marked = [Step::new(LOCK_KEYRINGS, whose()), Step::new(MARK, bind![brand, customer, now])];
    if conn.run(&marked).await?[1].is_empty() {
        return Ok(());
    }
    let named = Named::of(conn, brand, customer).await?;
    let mut steps = Vec::new();
    for sql in [CODES_OF_CONVERSATION, LINKS_OF_CONVERSATION, HOLDS_OF_CONVERSATION, JOBS_OF_CONVERSATION] {
        steps.push(Step::new(sql, bind![brand, list(&named.conversations)]));
    }
    for sql in [CODES_OF_HANDLE, LINKS_OF_HANDLE] {
        steps.push(Step::new(sql, bind![brand, list(&named.handles)]));
    }
    for sql in [HOLDS_OF_KEYRING, JOBS_OF_KEYRING] {
        steps.push(Step::new(sql, bind![brand, list(&named.keyrings)]));
    }
    for sql in [CODES_OF_SESSION, SESSION] {
        steps.push(Step::new(sql, bind![brand, list(&named.sessions)]));
    }
    if !sabotage::on(Switch::KeyringKept) {
        steps.push(Step::new(DESTROY_KEYRING, bind![brand, list(&named.keyrings)]));
    }
    steps.push(Step::new(FREE_ADDRESSES, whose()));
    steps.push(Step::new(OUTDATE, whose()));
    steps.extend(counters::dropping(conn, brand, named.texts().chain([customer.to_string()])).await?);
    conn.run(&steps).await.map(drop)
}

/// The ids under which a customer is known.
struct Named {
    conversations: BTreeSet<ConversationId>,
    handles: BTreeSet<HandleId>,
    keyrings: BTreeSet<KeyringId>,
    sessions: BTreeSet<SessionId>,
}

impl Named {
    async fn of(conn: &mut Conn, brand: BrandId, customer: CustomerId) -> Result<Self, Trouble> {
        let whose = || bind![brand, customer];
        let own = conn.run(&[Step::new(CONVERSATIONS, whose()), Step::new(HANDLES, whose())]).await?;
        let conversations: BTreeSet<ConversationId> = ids(&own[0])?;
        let both: Vec<(HandleId, KeyringId)> = read_all(&own[1])?;
        let (handles, keyrings): (BTreeSet<_>, BTreeSet<_>) = both.into_iter().unzip();
        let sessions = Step::new(SESSIONS, bind![brand, list(&conversations), list(&handles)]);
        let sessions = ids(&conn.run(&[sessions]).await?[0])?;
        Ok(Self { conversations, handles, keyrings, sessions })
    }

    /// The ids as counters have them in their names.
    fn texts(&self) -> impl Iterator<Item = String> {
        texts(&self.conversations)
            .chain(texts(&self.handles))
            .chain(texts(&self.keyrings))
            .chain(texts(&self.sessions))
    }
}

fn texts<T>(ids: &BTreeSet<Id<T>>) -> impl Iterator<Item = String> {
    ids.iter().map(ToString::to_string)
}

fn ids<T: Cell + Ord>(rows: &[Row]) -> Result<BTreeSet<T>, Trouble> {
    Ok(read_all(rows)?.into_iter().map(|Only(id)| id).collect())
}
