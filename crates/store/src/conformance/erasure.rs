//! Rule 7, the store's half: after erasure no row names the customer.

use super::{
    Ground, World,
    every_read::every_read,
    id,
    world::{at, hash, take},
};
use aside_model::{
    Effect, Guard,
    rows::{EntryRow, EventRow, JobRow, MessageRow, ThreadRow},
};
use std::time::Duration;

/// The world's ids that say something about its customer, as bytes and as text.
pub(super) fn names(w: &World) -> Vec<(&'static str, Vec<u8>)> {
    let mut names = vec![];
    macro_rules! name {
        ($($field:ident),+) => {$(
            names.push((stringify!($field), w.$field.bytes().to_vec()));
            names.push((stringify!($field), w.$field.to_string().into_bytes()));
        )+};
    }
    name!(
        customer,
        handle,
        keyring,
        conversation,
        thread,
        message,
        reply,
        value,
        hold,
        link,
        session,
        code,
        job
    );
    names
}

/// Sees that no row of any table has any of the ids.
pub(super) async fn nothing_names(g: &Ground, names: &[(&'static str, Vec<u8>)]) {
    for (table, row) in g.backend.dump().await {
        for (what, bytes) in names {
            let found = row.windows(bytes.len()).any(|window| window == &bytes[..]);
            assert!(!found, "table {table} still names the {what}");
        }
    }
}

/// Every table is looked into, whatever its columns are called.
pub async fn after_erasure_no_row_names_the_customer(g: &Ground) {
    let w = g.world(1).await;
    let names = names(&w);
    let counter = format!("codes/{}", w.session);
    assert!(g.holds(w.brand, take(&counter)).await);
    let before: Vec<u8> = g.backend.dump().await.into_iter().flat_map(|(_, row)| row).collect();
    for (what, bytes) in names.iter().step_by(2) {
        assert!(before.windows(bytes.len()).any(|window| window == &bytes[..]), "the {what} was never there");
    }
    g.sequence(w.brand, 10).await;
    g.erase(w.brand, w.customer).await;
    nothing_names(g, &names).await;
    let stays =
        ["connections", "channels", "channel", "agents", "agent", "notices", "newest_entries", "entry"];
    let stays = stays.iter().chain(&["checkpoint", "entry_counts", "last_event"]).collect::<Vec<_>>();
    for (read, said) in every_read(&*g.store, w.brand, &w).await {
        assert_eq!(said.is_empty(), !stays.contains(&&read), "{read}: {said}");
    }
}

/// Another customer of the same brand and another brand keep every row.
pub async fn erasure_leaves_everybody_else_alone(g: &Ground) {
    let (w, elsewhere) = (g.world(1).await, g.world(3).await);
    let neighbour = w.with_customer(2);
    neighbour.settle_customer(&*g.store).await;
    let (here, there) = (
        every_read(&*g.store, w.brand, &neighbour).await,
        every_read(&*g.store, elsewhere.brand, &elsewhere).await,
    );
    g.erase(w.brand, w.customer).await;
    assert_eq!(every_read(&*g.store, elsewhere.brand, &elsewhere).await, there);
    let of_the_whole_brand =
        ["inbox", "keyrings_not_at", "expired_holds", "newest_entries", "jobs", "job_counts"];
    let of_the_whole_brand = of_the_whole_brand.iter().chain(&["events_after"]).collect::<Vec<_>>();
    let now = every_read(&*g.store, w.brand, &neighbour).await;
    for (before, after) in here.into_iter().zip(now) {
        if of_the_whole_brand.contains(&&before.0) {
            assert!(!after.1.is_empty(), "{} lost the neighbour", before.0);
        } else {
            assert_eq!(after, before);
        }
    }
}

/// A merged customer goes with every handle, and threads go wherever a moved handle left them.
pub async fn erasure_follows_a_merge(g: &Ground) {
    let w = g.world(1).await;
    let merged = w.with_customer(2);
    merged.settle_customer(&*g.store).await;
    let neighbour = w.with_customer(4);
    neighbour.settle_customer(&*g.store).await;
    // The merged handle wrote in the neighbour's conversation before it turned out to be somebody else.
    let stray = ThreadRow {
        thread: id(600),
        conversation: neighbour.conversation,
        address_index: hash(600),
        ..merged.thread_row()
    };
    let said = MessageRow {
        message: id(601),
        thread: id(600),
        conversation: neighbour.conversation,
        ..merged.message_row()
    };
    let entry = EntryRow { entry: id(602), conversation: Some(neighbour.conversation), ..merged.entry_row() };
    let effects = vec![
        Effect::AddThread(stray),
        Effect::AddMessage(said),
        // What the neighbour's own handle was told there, and what is still to be sent there, go with the thread.
        Effect::AddMessage(MessageRow { message: id(603), thread: id(600), ..neighbour.reply_row() }),
        Effect::AddJob(JobRow { job: id(604), thread: id(600), ..neighbour.job_row() }),
        Effect::AddEntry(entry),
        Effect::Announce(Some(neighbour.conversation), Some(id(601)), "message"),
        Effect::MoveHandle(merged.handle, w.customer),
        Effect::MoveConversation(merged.conversation, w.customer),
    ];
    g.change(w.brand, effects).await;
    let mut all: Vec<_> = names(&w);
    all.extend(names(&merged).into_iter().filter(|(what, _)| *what != "customer"));
    all.push(("stray thread", id::<()>(600).bytes().to_vec()));
    all.push(("stray message", id::<()>(601).bytes().to_vec()));
    all.push(("stray reply", id::<()>(603).bytes().to_vec()));
    all.push(("stray job", id::<()>(604).bytes().to_vec()));
    g.erase(w.brand, w.customer).await;
    nothing_names(g, &all).await;
    let entry = g.store.entry(w.brand, id(602)).await.unwrap().unwrap();
    assert_eq!((entry.conversation, entry.keyring), (Some(neighbour.conversation), None));
    assert_eq!(entry.details_sealed, None);
    assert!(g.store.message(w.brand, neighbour.message).await.unwrap().is_some());
}

/// A restore replays erasures that may have been done already.
pub async fn erasing_twice_is_erasing_once(g: &Ground) {
    let w = g.world(1).await;
    g.erase(w.brand, w.customer).await;
    g.changes_nothing(w.brand, Effect::EraseCustomer(w.customer)).await;
    // The person may come back, as somebody new.
    let (handle, _) = g.store.ensure_handle(World::numbered(5).in_brand(w.brand).new_handle()).await.unwrap();
    assert_ne!(handle.customer, w.customer);
}

/// The log loses nothing: who an entry was about goes, what was logged stays where it was.
pub async fn entries_keep_their_leaf_and_place(g: &Ground) {
    let w = g.world(1).await;
    let late = EntryRow { entry: id(1), leaf: b"not in the log yet".to_vec(), ..w.entry_row() };
    g.sequence(w.brand, 10).await;
    g.change(w.brand, vec![Effect::AddEntry(late.clone())]).await;
    g.erase(w.brand, w.customer).await;
    let stripped = |row: EntryRow, index| EntryRow {
        conversation: None,
        keyring: None,
        details_sealed: None,
        index,
        ..row
    };
    let entry = g.store.entry(w.brand, w.entry).await.unwrap();
    assert_eq!(entry, Some(stripped(w.entry_row(), Some(0))));
    assert_eq!(g.sequence(w.brand, 10).await, 1);
    assert_eq!(g.store.entry(w.brand, id(1)).await.unwrap(), Some(stripped(late, Some(1))));
    // A used key stays used: the network may deliver the erased message again.
    assert!(!g.holds(w.brand, Guard::Once(hash(1_000_700).to_vec())).await);
    // Neither does an event's number come again.
    let next = g.change(w.brand, vec![Effect::Announce(None, None, "erased")]).await;
    assert_eq!(next.events, Some((2, 2)));
    let events = g.store.events_after(w.brand, 0, 10).await.unwrap();
    assert_eq!(events, [EventRow { number: 2, conversation: None, message: None, kind: "erased".into() }]);
    let reveal =
        Guard::Take { counter: "reveal/a".into(), window: Duration::from_secs(1), limit: 1, now: at(0) };
    assert!(g.holds(w.brand, reveal).await);
}
