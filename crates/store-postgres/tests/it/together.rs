//! Many callers at once, in one process and in several: batches, collisions, and hearing of each other.

use crate::{
    conformance::Tables,
    database::{Database, options},
};
use aside_model::{Command, Effect, Guard, Outcome, Refusal, rows::MessageRow};
use aside_store::{
    Conversations, Events, Ledger, StoreError, Vault, Writes,
    conformance::{World, id},
};
use aside_store_postgres::{Options, PostgresStore};
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;
use tokio_postgres::Client;

async fn ground() -> (Database, Arc<PostgresStore>, World) {
    let database = Database::migrated().await;
    let store = Arc::new(database.store().await);
    let world = World::numbered(1);
    world.settle(&*store).await;
    (database, store, world)
}

/// A customer's message, as intake sends it.
fn said(w: &World, number: u64) -> Command {
    Command::new(w.brand)
        .guard(Guard::KeyAlive(w.keyring))
        .guard(Guard::Once(number.to_be_bytes().to_vec()))
        .effect(Effect::AddMessage(MessageRow { message: id(number), ..w.message_row() }))
        .effect(Effect::AddEntry(aside_model::rows::EntryRow { entry: id(number), ..w.entry_row() }))
        .effect(Effect::Announce(Some(w.conversation), Some(id(number)), "message"))
}

/// Commands that are asked for while the brand's lane is held up, so that they are one batch; what they were
/// answered, in order.
async fn in_one_batch(
    database: &Database,
    store: &Arc<PostgresStore>,
    w: &World,
    commands: Vec<Command>,
) -> Vec<Result<Outcome, StoreError>> {
    let client = database.client().await;
    client.batch_execute("BEGIN; SELECT 1 FROM brands FOR UPDATE").await.unwrap();
    let first = tokio::spawn({
        let (store, command) = (Arc::clone(store), said(w, 9_999));
        async move { store.apply(command).await }
    });
    until_somebody_waits(database).await;
    let mut asked: Vec<_> = commands.into_iter().map(|command| Box::pin(store.apply(command))).collect();
    for command in &mut asked {
        assert!(futures::poll!(command).is_pending());
    }
    client.batch_execute("COMMIT").await.unwrap();
    first.await.unwrap().unwrap();
    futures::future::join_all(asked).await
}

/// Waits until a connection to the database waits for a lock.
async fn until_somebody_waits(database: &Database) {
    let client = database.client().await;
    let waiting =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while client.query(waiting, &[]).await.unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
}

/// How many transactions wrote the messages with these numbers.
async fn transactions(client: &Client, numbers: impl Iterator<Item = u64>) -> i64 {
    let ids: Vec<String> = numbers.map(|n| id::<aside_model::noun::Message>(n).to_string()).collect();
    let sql = "SELECT count(DISTINCT xmin::text) FROM messages WHERE message = ANY($1::text[]::uuid[])";
    client.query_one(sql, &[&ids]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_that_come_at_once_share_one_commit_and_are_refused_one_by_one() {
    let (database, store, w) = ground().await;
    let version = store.conversation(w.brand, w.conversation).await.unwrap().unwrap().version;
    let mut commands: Vec<_> = (100..140).map(|number| said(&w, number)).collect();
    // The second with a key, and one for a keyring that is not there.
    commands.push(said(&w, 120));
    commands.push(said(&w, 200).guard(Guard::KeyAlive(id(404))));
    // Of two that saw the same conversation, the second has not seen the first. The one ahead of the batch and the
    // forty in it have raised the version.
    let seen = Guard::VersionIs(w.conversation, version + 41);
    commands.push(said(&w, 201).guard(seen.clone()));
    commands.push(said(&w, 202).guard(seen.clone()));
    // What the refused one took is free again.
    commands.push(said(&w, 202));
    let answers = in_one_batch(&database, &store, &w, commands).await;
    let refused: Vec<_> = answers
        .iter()
        .enumerate()
        .filter_map(|(at, answer)| match answer {
            Ok(Outcome::Refused(Refusal { guard })) => Some((at, guard.clone())),
            Ok(Outcome::Applied(_)) => None,
            Err(error) => panic!("{at}: {error}"),
        })
        .collect();
    let key = Guard::Once(120_u64.to_be_bytes().to_vec());
    assert_eq!(refused, [(40, key), (41, Guard::KeyAlive(id(404))), (43, seen)]);
    let client = database.client().await;
    assert_eq!(transactions(&client, (100..140).chain([201, 202])).await, 1);
    let events = store.events_after(w.brand, 0, 1_000).await.unwrap();
    assert!(events.iter().map(|event| event.number).eq(1..=44), "numbered without gaps");
    for (at, answer) in answers.iter().enumerate().filter(|(at, _)| *at < 40) {
        let Ok(Outcome::Applied(applied)) = answer else { panic!("{at}") };
        let (first, last) = applied.events.unwrap();
        assert_eq!((first, last), (at as i64 + 3, at as i64 + 3), "each hears its own number");
    }
    let after = store.conversation(w.brand, w.conversation).await.unwrap().unwrap().version;
    assert_eq!(after, version + 43);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_whose_one_command_fails_leaves_the_others_applied() {
    let (database, store, w) = ground().await;
    let nowhere = MessageRow { message: id(300), thread: id(404), ..w.message_row() };
    let mut commands: Vec<_> = (100..110).map(|number| said(&w, number)).collect();
    commands.insert(5, Command::new(w.brand).effect(Effect::AddMessage(nowhere)));
    let answers = in_one_batch(&database, &store, &w, commands).await;
    for (at, answer) in answers.into_iter().enumerate() {
        match answer {
            Ok(Outcome::Applied(_)) => assert_ne!(at, 5),
            Err(StoreError::Failed(what)) => assert!(at == 5 && what.contains("foreign key"), "{what}"),
            other => panic!("{at}: {other:?}"),
        }
    }
    assert!(store.message(w.brand, id(109)).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_effect_names_nothing_that_only_a_later_one_adds() {
    let (_database, store, w) = ground().await;
    let add = Effect::AddMessage(MessageRow { message: id(100), ..w.message_row() });
    let tell = Effect::Announce(Some(w.conversation), Some(id(100)), "message");
    let early = Command::new(w.brand).effect(tell.clone()).effect(add.clone());
    assert!(store.apply(early).await.is_err());
    assert!(matches!(
        store.apply(Command::new(w.brand).effect(add).effect(tell)).await,
        Ok(Outcome::Applied(_))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_whose_rows_somebody_holds_keeps_nobody_else_waiting() {
    let (database, store, w) = ground().await;
    let other = w.with_customer(2);
    other.settle_customer(&*store).await;
    let client = database.client().await;
    client.batch_execute("BEGIN").await.unwrap();
    let held = w.keyring.to_string();
    client.query("SELECT 1 FROM keyrings WHERE keyring = $1::text::uuid FOR UPDATE", &[&held]).await.unwrap();
    let mut waiting = Box::pin(store.apply(said(&w, 100)));
    assert!(futures::poll!(&mut waiting).is_pending());
    store.apply(said(&other, 200)).await.unwrap();
    assert!(futures::poll!(&mut waiting).is_pending(), "it waits for whoever holds its keyring");
    client.batch_execute("COMMIT").await.unwrap();
    assert!(matches!(waiting.await, Ok(Outcome::Applied(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_two_writers_of_two_processes_store_each_message_once() {
    let (database, store, w) = ground().await;
    let stores = [store, Arc::new(database.store().await)];
    let mut writers = JoinSet::new();
    for n in 0..32_usize {
        let store = Arc::clone(&stores[n % 2]);
        writers.spawn(async move {
            // Two deliveries of each: one here, one by the neighbour in the other process.
            for number in (n as u64 / 2 * 10..).take(10) {
                loop {
                    let now = store.conversation(w.brand, w.conversation).await.unwrap().unwrap().version;
                    let command = said(&w, 1_000 + number).guard(Guard::VersionIs(w.conversation, now));
                    match store.apply(command).await.unwrap() {
                        Outcome::Refused(Refusal { guard: Guard::VersionIs(..) }) => {}
                        _ => break,
                    }
                }
            }
        });
    }
    writers.join_all().await;
    let events = stores[0].events_after(w.brand, 0, 1_000).await.unwrap();
    assert!(events.iter().map(|event| event.number).eq(1..=161));
    let messages = stores[1].messages(w.brand, w.conversation, None, 1_000).await.unwrap();
    assert_eq!(messages.len(), 162);
    assert_eq!(stores[1].entry_counts(w.brand).await.unwrap(), (0, 161));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_writes_while_being_erased_leaves_nothing() {
    let (database, store, w) = ground().await;
    let customer = w.customer.bytes();
    let mut writers = JoinSet::new();
    for n in 0..16_u64 {
        let store = Arc::clone(&store);
        writers.spawn(async move {
            for m in 0..20 {
                drop(store.apply(said(&w, 1_000 + n * 100 + m)).await);
            }
        });
    }
    let erase = Command::new(w.brand).effect(Effect::EraseCustomer(w.customer));
    assert!(matches!(store.apply(erase).await, Ok(Outcome::Applied(_))));
    while store.erase_more(w.brand, 50).await.unwrap() > 0 {}
    writers.join_all().await;
    while store.erase_more(w.brand, 50).await.unwrap() > 0 {}
    assert!(store.keyring(w.brand, w.keyring).await.unwrap().is_none());
    for (table, row) in Tables::of(&database).await.dump().await {
        for named in [customer, w.conversation.bytes(), w.keyring.bytes()] {
            assert!(!row.windows(16).any(|bytes| bytes == named), "a row of {table} names the customer");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_process_does_wakes_another_within_a_second() {
    let (database, first, w) = ground().await;
    let second = database.store().await;
    let mut events = second.subscribe();
    // Until the second listens, it finds out by looking.
    let heard = async |events: &mut tokio::sync::broadcast::Receiver<_>| {
        tokio::time::timeout(Duration::from_secs(5), events.recv()).await.expect("nothing was heard").unwrap()
    };
    first.apply(said(&w, 100)).await.unwrap();
    // What happened before may still be on its way.
    while heard(&mut events).await != (w.brand, 2) {}
    for round in 0..3 {
        let job = aside_model::rows::JobRow { job: id(500 + round), ..w.job_row() };
        first.apply(said(&w, 101 + round).effect(Effect::AddJob(job))).await.unwrap();
        let woken = async {
            assert_eq!(events.recv().await.unwrap(), (w.brand, 3 + round as i64));
            tokio::join!(second.job_added().notified(), second.entry_added().notified());
        };
        tokio::time::timeout(Duration::from_secs(1), woken).await.expect("it took longer than a second");
    }
    // A listener that was cut off listens again.
    database.cut().await;
    first.apply(said(&w, 200)).await.unwrap();
    assert_eq!(heard(&mut events).await, (w.brand, 6));
}

#[tokio::test]
async fn a_full_queue_says_so() {
    let (database, _, w) = ground().await;
    let full = Options { queue_per_brand: 2, ..options() };
    let store = Arc::new(PostgresStore::connect(&database.url(), full).await.unwrap());
    // On this one thread nobody takes anything from the queue before all have been asked.
    let asked = (100..105).map(|number| store.apply(said(&w, number)));
    let answers = futures::future::join_all(asked).await;
    let busy = answers.iter().filter(|answer| matches!(answer, Err(StoreError::Busy))).count();
    assert_eq!(busy, 3, "{answers:?}");
}
