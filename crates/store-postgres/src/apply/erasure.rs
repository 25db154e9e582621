//! Destroying everything about a customer.
//!
//! What names the customer is found first: their conversations, handles and keyrings, then the threads,
//! messages and sessions that hang on any of them (after a merge was undone, a conversation may hold threads of
//! a handle that is somebody else's now, and the other way round). Then rows go from the leaves up, as the
//! foreign keys want it. It is one transaction: the keyrings are gone with the first row or nothing is.
//!
//! Keyrings, customer, conversations and handles are locked before anything is looked for, so that nothing new
//! comes to hang on them meanwhile: whoever wants to add something waits, and then finds no living keyring.

use crate::{
    cells::{Cell, Only, list, read_all},
    conn::{Conn, Step},
    error::Trouble,
};
use aside_model::{
    BrandId, ConversationId, CustomerId, HandleId, KeyringId, MessageId, SessionId, ThreadId,
    sabotage::{self, Switch},
};
use std::collections::{BTreeSet, HashSet};
use tokio_postgres::Row;

statements! {
    LOCK_KEYRINGS(
        "SELECT keyring FROM keyrings WHERE brand = $1 AND keyring IN ",
        "(SELECT keyring FROM handles WHERE brand = $1 AND customer = $2) ORDER BY keyring FOR UPDATE"
    );
    LOCK_CUSTOMER("SELECT customer FROM customers WHERE brand = $1 AND customer = $2 FOR UPDATE");
    CONVERSATIONS(
        "SELECT conversation FROM conversations WHERE brand = $1 AND customer = $2 ",
        "ORDER BY conversation FOR UPDATE"
    );
    HANDLES(
        "SELECT handle, keyring FROM handles WHERE brand = $1 AND customer = $2 ORDER BY handle FOR UPDATE"
    );
    THREADS(
        "SELECT thread FROM threads WHERE brand = $1 AND conversation = ANY($2::uuid[]) UNION ",
        "SELECT thread FROM threads WHERE brand = $1 AND handle = ANY($3::uuid[])"
    );
    MESSAGES(
        "SELECT message FROM messages WHERE brand = $1 AND conversation = ANY($2::uuid[]) UNION ",
        "SELECT message FROM messages WHERE brand = $1 AND handle = ANY($3::uuid[]) UNION ",
        "SELECT message FROM messages WHERE brand = $1 AND thread = ANY($4::uuid[]) UNION ",
        "SELECT message FROM messages WHERE brand = $1 AND keyring = ANY($5::uuid[])"
    );
    SESSIONS(
        "SELECT session FROM sessions WHERE brand = $1 AND conversation = ANY($2::uuid[]) UNION ",
        "SELECT session FROM sessions WHERE brand = $1 AND handle = ANY($3::uuid[])"
    );
    COUNTERS("SELECT DISTINCT counter FROM counters WHERE brand = $1");

    /// An entry stays in the log with its leaf; who it was about goes.
    ENTRIES_OF_CONVERSATION(
        "UPDATE entries SET conversation = NULL, keyring = NULL, details_sealed = NULL ",
        "WHERE brand = $1 AND conversation = ANY($2::uuid[])"
    );
    ENTRIES_OF_KEYRING(
        "UPDATE entries SET keyring = NULL, details_sealed = NULL WHERE brand = $1 AND keyring = ANY($2::uuid[])"
    );
    EVENTS_OF_CONVERSATION("DELETE FROM events WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    EVENTS_OF_MESSAGE("DELETE FROM events WHERE brand = $1 AND message = ANY($2::uuid[])");
    JOBS_OF_CONVERSATION("DELETE FROM jobs WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    JOBS_OF_THREAD("DELETE FROM jobs WHERE brand = $1 AND thread = ANY($2::uuid[])");
    JOBS_OF_MESSAGE("DELETE FROM jobs WHERE brand = $1 AND message = ANY($2::uuid[])");
    JOBS_OF_KEYRING("DELETE FROM jobs WHERE brand = $1 AND keyring = ANY($2::uuid[])");
    CODES_OF_CONVERSATION("DELETE FROM codes WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    CODES_OF_HANDLE("DELETE FROM codes WHERE brand = $1 AND handle = ANY($2::uuid[])");
    CODES_OF_SESSION("DELETE FROM codes WHERE brand = $1 AND session = ANY($2::uuid[])");
    SESSION("DELETE FROM sessions WHERE brand = $1 AND session = ANY($2::uuid[])");
    LINKS_OF_CONVERSATION("DELETE FROM links WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    LINKS_OF_HANDLE("DELETE FROM links WHERE brand = $1 AND handle = ANY($2::uuid[])");
    HOLDS_OF_CONVERSATION("DELETE FROM holds WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    HOLDS_OF_MESSAGE("DELETE FROM holds WHERE brand = $1 AND message = ANY($2::uuid[])");
    HOLDS_OF_KEYRING("DELETE FROM holds WHERE brand = $1 AND keyring = ANY($2::uuid[])");
    VALUES_OF_CONVERSATION("DELETE FROM vault_values WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    VALUES_OF_MESSAGE("DELETE FROM vault_values WHERE brand = $1 AND message = ANY($2::uuid[])");
    VALUES_OF_KEYRING("DELETE FROM vault_values WHERE brand = $1 AND keyring = ANY($2::uuid[])");
    MESSAGE("DELETE FROM messages WHERE brand = $1 AND message = ANY($2::uuid[])");
    THREAD("DELETE FROM threads WHERE brand = $1 AND thread = ANY($2::uuid[])");
    CONVERSATION("DELETE FROM conversations WHERE brand = $1 AND conversation = ANY($2::uuid[])");
    HANDLE("DELETE FROM handles WHERE brand = $1 AND handle = ANY($2::uuid[])");
    KEYRING("DELETE FROM keyrings WHERE brand = $1 AND keyring = ANY($2::uuid[])");
    CUSTOMER("DELETE FROM customers WHERE brand = $1 AND customer = $2");
    COUNTER("DELETE FROM counters WHERE brand = $1 AND counter = ANY($2::text[])");
}

/// The ids under which a customer is known.
#[derive(Default)]
struct Named {
    conversations: BTreeSet<ConversationId>,
    handles: BTreeSet<HandleId>,
    keyrings: BTreeSet<KeyringId>,
    threads: BTreeSet<ThreadId>,
    messages: BTreeSet<MessageId>,
    sessions: BTreeSet<SessionId>,
}

/// Destroys everything about the customer, within a transaction that has begun.
pub(super) async fn erase(conn: &mut Conn, brand: BrandId, customer: CustomerId) -> Result<(), Trouble> {
    let (named, counters) = find(conn, brand, customer).await?;
    let mut steps = what_hangs_on(brand, &named);
    steps.push(Step::new(MESSAGE, bind![brand, list(&named.messages)]));
    steps.push(Step::new(THREAD, bind![brand, list(&named.threads)]));
    steps.push(Step::new(CONVERSATION, bind![brand, list(&named.conversations)]));
    steps.push(Step::new(HANDLE, bind![brand, list(&named.handles)]));
    if !sabotage::on(Switch::KeyringKept) {
        steps.push(Step::new(KEYRING, bind![brand, list(&named.keyrings)]));
    }
    steps.push(Step::new(COUNTER, bind![brand, list(&counters_of(customer, &named, counters))]));
    steps.push(Step::new(CUSTOMER, bind![brand, customer]));
    conn.run(&steps).await.map(drop)
}

async fn find(
    conn: &mut Conn,
    brand: BrandId,
    customer: CustomerId,
) -> Result<(Named, Vec<String>), Trouble> {
    let whose = || bind![brand, customer];
    let locked = [
        Step::new(LOCK_KEYRINGS, whose()),
        Step::new(LOCK_CUSTOMER, whose()),
        Step::new(CONVERSATIONS, whose()),
        Step::new(HANDLES, whose()),
        Step::new(COUNTERS, bind![brand]),
    ];
    let answers = conn.run(&locked).await?;
    let mut named = Named { conversations: ids(&answers[2])?, ..Named::default() };
    for (handle, keyring) in read_all::<(HandleId, KeyringId)>(&answers[3])? {
        named.handles.insert(handle);
        named.keyrings.insert(keyring);
    }
    let counters = read_all(&answers[4])?.into_iter().map(|Only(counter)| counter).collect();
    let (conversations, handles) = (list(&named.conversations), list(&named.handles));
    let hanging = [
        Step::new(THREADS, bind![brand, conversations, handles]),
        Step::new(SESSIONS, bind![brand, conversations, handles]),
    ];
    let answers = conn.run(&hanging).await?;
    named.threads = ids(&answers[0])?;
    named.sessions = ids(&answers[1])?;
    let (threads, keyrings) = (list(&named.threads), list(&named.keyrings));
    let messages = [Step::new(MESSAGES, bind![brand, conversations, handles, threads, keyrings])];
    named.messages = ids(&conn.run(&messages).await?[0])?;
    Ok((named, counters))
}

fn ids<T: Cell + Ord>(rows: &[Row]) -> Result<BTreeSet<T>, Trouble> {
    Ok(read_all(rows)?.into_iter().map(|Only(id)| id).collect())
}

fn what_hangs_on(brand: BrandId, named: &Named) -> Vec<Step> {
    let mut steps = Vec::new();
    let conversations = [
        ENTRIES_OF_CONVERSATION,
        EVENTS_OF_CONVERSATION,
        JOBS_OF_CONVERSATION,
        CODES_OF_CONVERSATION,
        LINKS_OF_CONVERSATION,
        HOLDS_OF_CONVERSATION,
        VALUES_OF_CONVERSATION,
    ];
    steps.extend(conversations.map(|sql| Step::new(sql, bind![brand, list(&named.conversations)])));
    let keyrings = [ENTRIES_OF_KEYRING, JOBS_OF_KEYRING, HOLDS_OF_KEYRING, VALUES_OF_KEYRING];
    steps.extend(keyrings.map(|sql| Step::new(sql, bind![brand, list(&named.keyrings)])));
    let handles = [CODES_OF_HANDLE, LINKS_OF_HANDLE];
    steps.extend(handles.map(|sql| Step::new(sql, bind![brand, list(&named.handles)])));
    steps.push(Step::new(JOBS_OF_THREAD, bind![brand, list(&named.threads)]));
    let messages = [EVENTS_OF_MESSAGE, JOBS_OF_MESSAGE, HOLDS_OF_MESSAGE, VALUES_OF_MESSAGE];
    steps.extend(messages.map(|sql| Step::new(sql, bind![brand, list(&named.messages)])));
    let sessions = [CODES_OF_SESSION, SESSION];
    steps.extend(sessions.map(|sql| Step::new(sql, bind![brand, list(&named.sessions)])));
    steps
}

/// Counters may count for a conversation, a handle, a session: their names say so between slashes.
fn counters_of(customer: CustomerId, named: &Named, counters: Vec<String>) -> Vec<String> {
    let gone: HashSet<String> = [customer.to_string()]
        .into_iter()
        .chain(named.conversations.iter().map(ToString::to_string))
        .chain(named.handles.iter().map(ToString::to_string))
        .chain(named.keyrings.iter().map(ToString::to_string))
        .chain(named.threads.iter().map(ToString::to_string))
        .chain(named.messages.iter().map(ToString::to_string))
        .chain(named.sessions.iter().map(ToString::to_string))
        .collect();
    counters.into_iter().filter(|counter| counter.split('/').any(|part| gone.contains(part))).collect()
}
