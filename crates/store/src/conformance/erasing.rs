//! Erasing goes in steps: nothing is seen of it from the first on, others get through, and it ends.

use super::{
    Ground, World,
    erasure::{names, nothing_names},
    every_read::every_read,
    id,
    world::{at, hash},
};
use aside_model::{
    Command, Effect, Guard, JobKind, Outcome,
    rows::{
        ConversationRow, EntryRow, HandleRow, JobRow, KeyringRow, MessageRow, NewHandle, ThreadRow, ValueRow,
    },
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Reads that still answer while a customer is being erased: what is the whole brand's, and the log.
const STAYS: &[&str] = &[
    "connections",
    "channels",
    "channel",
    "agents",
    "agent",
    "notices",
    "newest_entries",
    "entries_of",
    "entry",
    "checkpoint",
    "entry_counts",
    "events_after",
    "last_event",
];

/// Sees that no read returns anything of the world's customer.
async fn nothing_is_read(g: &Ground, w: &World) {
    for (read, said) in every_read(&*g.store, w.brand, w).await {
        assert!(said.is_empty() || STAYS.contains(&read), "{read}: {said}");
    }
}

async fn begin(g: &Ground, w: &World) {
    g.change(w.brand, vec![Effect::EraseCustomer(w.customer)]).await;
}

async fn finish(g: &Ground, w: &World) {
    while g.store.erase_more(w.brand, 500).await.unwrap() > 0 {}
}

/// However much is left to do, pages, workers and doors find nothing.
pub async fn from_the_first_command_on_nothing_of_the_customer_is_read(g: &Ground) {
    let w = g.world(1).await;
    // There is much of it, so that it cannot all have gone at once.
    let more = (100..200).map(|n| Effect::AddMessage(MessageRow { message: id(n), ..w.message_row() }));
    g.change(w.brand, more.collect()).await;
    begin(g, &w).await;
    nothing_is_read(g, &w).await;
    assert!(g.store.claim_jobs(at(5), std::time::Duration::from_secs(1), 10, &[]).await.unwrap().is_empty());
    assert!(g.store.link_anywhere(w.link_row().digest).await.unwrap().is_none());
    assert!(g.store.session_anywhere(w.session_row().digest).await.unwrap().is_none());
    let outdated = Guard::VersionIs(w.conversation, 102);
    assert!(!g.holds(w.brand, outdated).await, "whoever read the conversation before decides again");
    g.changes_nothing(w.brand, Effect::EraseCustomer(w.customer)).await;
}

/// Whoever wraps keys anew may have read one before it was destroyed.
pub async fn no_destroyed_key_comes_back(g: &Ground) {
    let w = g.world(1).await;
    begin(g, &w).await;
    let wrapped = w.keyring_row().wrapped;
    g.changes_nothing(w.brand, Effect::RewrapKeyring(w.keyring, 2, wrapped.clone())).await;
    assert!(!g.holds(w.brand, Guard::KeyAlive(w.keyring)).await);
    for (table, row) in g.backend.dump().await {
        assert!(!row.windows(wrapped.len()).any(|part| part == wrapped), "table {table} still has the key");
    }
    finish(g, &w).await;
    g.changes_nothing(w.brand, Effect::RewrapKeyring(w.keyring, 2, wrapped)).await;
}

/// Each step is durable, and whoever comes next, after however long, goes on.
pub async fn an_erasure_that_was_interrupted_goes_on_where_it_was(g: &Ground) {
    let w = g.world(1).await;
    let names = names(&w);
    begin(g, &w).await;
    let rows = g.backend.dump().await.len();
    let mut steps = 0;
    loop {
        let before = g.backend.dump().await.len();
        let gone = g.store.erase_more(w.brand, 1).await.unwrap();
        nothing_is_read(g, &w).await;
        if gone == 0 {
            assert_eq!(g.backend.dump().await.len(), before);
            break;
        }
        steps += 1;
    }
    assert!(steps >= 8, "{rows} rows went in {steps} steps");
    nothing_names(g, &names).await;
}

/// Their address has a new handle with a keyring of its own, of a new customer; what they write stays.
pub async fn whoever_writes_while_being_erased_is_somebody_new(g: &Ground) {
    let w = g.world(1).await;
    let names = names(&w);
    let more = (100..150).map(|n| Effect::AddMessage(MessageRow { message: id(n), ..w.message_row() }));
    g.change(w.brand, more.collect()).await;
    begin(g, &w).await;
    let back = w.with_customer(7);
    let address = w.handle_row().address_index;
    let handle = HandleRow { address_index: address, ..back.handle_row() };
    let new = NewHandle { handle: handle.clone(), keyring: back.keyring_row() };
    assert_eq!(g.store.ensure_handle(new).await.unwrap(), (handle.clone(), back.keyring_row()));
    let thread = ThreadRow { address_index: w.thread_row().address_index, ..back.thread_row() };
    let said = Command::new(w.brand)
        .guard(Guard::KeyAlive(back.keyring))
        .effect(Effect::AddConversation(back.conversation_row()))
        .effect(Effect::AddThread(thread.clone()))
        .effect(Effect::AddMessage(back.message_row()));
    assert!(matches!(g.store.apply(said).await, Ok(Outcome::Applied(_))));
    let found = g.store.thread_at(w.brand, w.channel, thread.address_index).await.unwrap();
    assert_eq!(found, Some(thread));
    finish(g, &w).await;
    nothing_names(g, &names).await;
    assert_eq!(g.store.handles(w.brand, back.customer).await.unwrap(), [handle]);
    assert_eq!(g.store.message(w.brand, back.message).await.unwrap(), Some(back.message_row()));
    assert!(g.holds(w.brand, Guard::KeyAlive(back.keyring)).await);
    assert_eq!(g.store.inbox(w.brand, &crate::InboxFilter::default(), 10).await.unwrap().len(), 1);
}

/// A merge that was decided before the erasure began must neither save a part nor lose somebody else's.
pub async fn nothing_is_moved_to_or_from_an_erased_customer(g: &Ground) {
    let w = g.world(1).await;
    let neighbour = w.with_customer(2);
    neighbour.settle_customer(&*g.store).await;
    begin(g, &w).await;
    let mut new = w.with_customer(3);
    new.customer = w.customer;
    assert!(g.store.ensure_handle(new.new_handle()).await.is_err(), "a handle came to an erased customer");
    let conversation = ConversationRow { conversation: id(60), ..w.conversation_row() };
    g.fails(w.brand, vec![Effect::AddConversation(conversation)]).await;
    g.fails(w.brand, vec![Effect::MoveHandle(neighbour.handle, w.customer)]).await;
    g.fails(w.brand, vec![Effect::MoveConversation(neighbour.conversation, w.customer)]).await;
    g.changes_nothing(w.brand, Effect::MoveHandle(w.handle, neighbour.customer)).await;
    g.changes_nothing(w.brand, Effect::MoveConversation(w.conversation, neighbour.customer)).await;
    finish(g, &w).await;
    assert!(g.store.message(w.brand, neighbour.message).await.unwrap().is_some());
}

/// Rows that name the customer may come in between two steps, from whoever had read before the first.
pub async fn what_comes_in_about_an_erased_customer_goes_as_well(g: &Ground) {
    let w = g.world(1).await;
    let names = names(&w);
    begin(g, &w).await;
    g.store.erase_more(w.brand, 3).await.unwrap();
    let late = vec![
        Effect::AddThread(ThreadRow { thread: id(50), address_index: hash(50), ..w.thread_row() }),
        Effect::AddMessage(MessageRow { message: id(51), thread: id(50), ..w.message_row() }),
        Effect::AddValue(ValueRow { value: id(52), message: id(51), ..w.value_row() }),
        Effect::AddJob(JobRow {
            job: id(53),
            kind: JobKind::Remind,
            thread: id(50),
            message: id(51),
            ..w.job_row()
        }),
        Effect::AddEntry(EntryRow { entry: id(54), ..w.entry_row() }),
        Effect::AddLink(w.link_row()),
        Effect::AddSession(w.session_row()),
        Effect::AddCode(w.code_row()),
        Effect::Announce(Some(w.conversation), Some(id(51)), "message"),
    ];
    g.change(w.brand, late).await;
    finish(g, &w).await;
    nothing_names(g, &names).await;
    assert!(g.store.entry(w.brand, id(54)).await.unwrap().is_some(), "the log loses nothing");
}

/// A long erasure is many short commands: somebody else's go in between, and a reader sees nothing of it.
pub async fn others_write_while_ten_thousand_messages_are_erased(g: &Ground) {
    const MESSAGES: u64 = 10_000;
    const STEP: u32 = 500;
    let w = g.world(1).await;
    let names = names(&w);
    let neighbour = w.with_customer(2);
    neighbour.settle_customer(&*g.store).await;
    for hundred in 0..MESSAGES / 250 {
        let numbers = hundred * 250..(hundred + 1) * 250;
        let said =
            numbers.map(|n| Effect::AddMessage(MessageRow { message: id(50_000 + n), ..w.message_row() }));
        g.change(w.brand, said.collect()).await;
    }
    begin(g, &w).await;
    let done = Arc::new(AtomicBool::new(false));
    let writer = tokio::spawn({
        let (store, done) = (Arc::clone(&g.store), Arc::clone(&done));
        async move {
            let mut written = 0_u64;
            while !done.load(Ordering::SeqCst) {
                let message = MessageRow { message: id(80_000 + written), ..neighbour.message_row() };
                let command = Command::new(neighbour.brand)
                    .guard(Guard::KeyAlive(neighbour.keyring))
                    .effect(Effect::AddMessage(message));
                assert!(matches!(store.apply(command).await, Ok(Outcome::Applied(_))));
                written += 1;
            }
            written
        }
    });
    let mut steps = 0;
    loop {
        let gone = g.store.erase_more(w.brand, STEP).await.unwrap();
        if gone == 0 {
            break;
        }
        assert!(gone <= STEP + 20, "a step of {gone} rows");
        assert!(g.store.conversation(w.brand, w.conversation).await.unwrap().is_none());
        steps += 1;
    }
    done.store(true, Ordering::SeqCst);
    let written = writer.await.unwrap();
    assert!(steps >= MESSAGES / u64::from(STEP), "it took {steps} steps");
    assert!(written >= steps / 2, "{written} commands went through in {steps} steps");
    nothing_names(g, &names).await;
    let page = g.store.messages(w.brand, neighbour.conversation, None, 100_000).await.unwrap();
    assert_eq!(page.len() as u64, 2 + written);
}

/// One brand's erasure touches no other brand, even of a customer with the same id.
pub async fn each_brand_erases_its_own(g: &Ground) {
    let (w, elsewhere) = (g.world(1).await, g.world(3).await);
    let mut twin = elsewhere.with_customer(4);
    twin.customer = w.customer;
    let keyring = KeyringRow { keyring: twin.keyring, ..twin.keyring_row() };
    g.store.ensure_handle(NewHandle { handle: twin.handle_row(), keyring }).await.unwrap();
    let there = every_read(&*g.store, elsewhere.brand, &twin).await;
    begin(g, &w).await;
    assert_eq!(g.store.erase_more(elsewhere.brand, 500).await.unwrap(), 0);
    assert!(g.store.erase_more(w.brand, 500).await.unwrap() > 0);
    finish(g, &w).await;
    assert_eq!(every_read(&*g.store, elsewhere.brand, &twin).await, there);
    assert!(g.holds(elsewhere.brand, Guard::KeyAlive(twin.keyring)).await);
}
