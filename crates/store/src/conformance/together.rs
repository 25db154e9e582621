//! Many at once.

use super::{Ground, id, world::at};
use aside_model::{
    Command, Effect, Guard, JobKind, Outcome,
    rows::{EntryRow, HandleRow, JobRow, KeyringRow, MessageRow, NewHandle},
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::task::JoinSet;

const WRITERS: u64 = 32;

/// However they race, exactly as many get one as the budget has.
pub async fn thirty_two_writers_take_a_budget_exactly(g: &Ground) {
    let w = g.world(1).await;
    let limit = 5;
    let mut writers = JoinSet::new();
    for n in 0..WRITERS {
        let store = Arc::clone(&g.store);
        let take =
            Guard::Take { counter: "reveal/a".into(), window: Duration::from_hours(1), limit, now: at(0) };
        let entry = Effect::AddEntry(EntryRow { entry: id(100 + n), ..w.entry_row() });
        let command = Command::new(w.brand).guard(take).effect(entry);
        writers.spawn(async move { matches!(store.apply(command).await.unwrap(), Outcome::Applied(_)) });
    }
    let taken = writers.join_all().await.into_iter().filter(|taken| *taken).count();
    assert_eq!(taken, limit as usize);
    assert_eq!(g.store.entry_counts(w.brand).await.unwrap(), (0, 1 + i64::from(limit)));
}

/// Two deliveries of a new customer's first words make one customer.
pub async fn a_handle_raced_for_is_one_handle_with_one_keyring(g: &Ground) {
    let w = g.world(1).await;
    let mut writers = JoinSet::new();
    for n in 0..WRITERS {
        let store = Arc::clone(&g.store);
        let keyring = id(200 + n);
        let handle = HandleRow {
            handle: id(100 + n),
            keyring,
            customer: id(300 + n),
            address_index: [7; 32],
            ..w.handle_row()
        };
        let keyring = KeyringRow { keyring, wrapped: n.to_be_bytes().to_vec(), ..w.keyring_row() };
        writers.spawn(async move { store.ensure_handle(NewHandle { handle, keyring }).await.unwrap() });
    }
    let mut found = writers.join_all().await;
    found.dedup();
    assert_eq!(found.len(), 1, "everybody got the same handle and keyring");
    let (handle, keyring) = &found[0];
    assert_eq!(handle.keyring, keyring.keyring);
    let keyrings = g.store.keyrings_not_at(w.brand, 9, 100).await.unwrap();
    assert_eq!(keyrings.len(), 2, "the losers' keyrings are not kept");
    assert_eq!(g.store.handles(w.brand, handle.customer).await.unwrap().len(), 1);
}

/// No job goes to two workers.
pub async fn thirty_two_workers_get_each_job_once(g: &Ground) {
    let w = g.world(1).await;
    let jobs = (0..100)
        .map(|n| Effect::AddJob(JobRow { job: id(100 + n), kind: JobKind::HideComment, ..w.job_row() }))
        .collect();
    g.change(w.brand, jobs).await;
    let mut workers = JoinSet::new();
    for _ in 0..WRITERS {
        let store = Arc::clone(&g.store);
        workers.spawn(async move {
            let mut got = vec![];
            loop {
                let batch = store.claim_jobs(at(10), Duration::from_hours(1), 3, &[]).await.unwrap();
                if batch.is_empty() {
                    return got;
                }
                got.extend(batch.into_iter().map(|job| job.job));
            }
        });
    }
    let got: Vec<_> = workers.join_all().await.into_iter().flatten().collect();
    assert_eq!(got.len(), 101);
    assert_eq!(got.into_iter().collect::<BTreeSet<_>>().len(), 101);
}

/// Numbers of events and places of entries have no gap and no double, and each conversation's version counts
/// every message.
pub async fn thirty_two_writers_number_their_events_without_gaps(g: &Ground) {
    let w = g.world(1).await;
    let lead = g.store.lead(w.brand, [1; 16], at(0), Duration::from_hours(1)).await.unwrap();
    let fence = lead.expect("nobody else leads");
    let mut writers = JoinSet::new();
    for n in 0..WRITERS {
        let store = Arc::clone(&g.store);
        writers.spawn(async move {
            for m in 0..4 {
                let number = 1_000 + n * 10 + m;
                let command = Command::new(w.brand)
                    .guard(Guard::Once(number.to_be_bytes().to_vec()))
                    .guard(Guard::KeyAlive(w.keyring))
                    .effect(Effect::AddMessage(MessageRow { message: id(number), ..w.message_row() }))
                    .effect(Effect::AddEntry(EntryRow { entry: id(number), ..w.entry_row() }))
                    .effect(Effect::Announce(Some(w.conversation), Some(id(number)), "message"));
                assert!(matches!(store.apply(command).await.unwrap(), Outcome::Applied(_)));
                store.sequence(w.brand, fence, 3).await.unwrap();
            }
        });
    }
    writers.join_all().await;
    while g.store.sequence(w.brand, fence, 50).await.unwrap() > 0 {}
    let count = 1 + i64::try_from(WRITERS).unwrap() * 4;
    let events = g.store.events_after(w.brand, 0, 1_000).await.unwrap();
    assert_eq!(events.iter().map(|e| e.number).collect::<Vec<_>>(), (1..=count).collect::<Vec<_>>());
    let log = g.store.entries_from(w.brand, 0, 1_000).await.unwrap();
    assert_eq!(log.iter().map(|e| e.index).collect::<Vec<_>>(), (0..count).map(Some).collect::<Vec<_>>());
    let conversation = g.store.conversation(w.brand, w.conversation).await.unwrap().unwrap();
    assert_eq!(conversation.version, 1 + count);
    let messages = g.store.messages(w.brand, w.conversation, None, 1_000).await.unwrap();
    assert_eq!(messages.len(), 1 + usize::try_from(count).unwrap());
}
