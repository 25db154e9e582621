//! The server fails: what can be done again is, what cannot is said, and everything goes on afterwards.

use crate::database::{Database, client, options};
use aside_model::{Command, Effect, Guard, Outcome, rows::MessageRow};
use aside_scratch_postgres::Scratch;
use aside_store::{
    Conversations, Doorway, StoreError, Writes,
    conformance::{World, id},
};
use aside_store_postgres::{Options, PostgresStore};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

fn said(w: &World, number: u64) -> Command {
    Command::new(w.brand)
        .effect(Effect::AddMessage(MessageRow { message: id(number), ..w.message_row() }))
        .effect(Effect::Announce(Some(w.conversation), Some(id(number)), "message"))
}

/// Makes the first `times` commands that use a key fail by `doing` this on the server.
async fn fail_first(database: &Database, times: u32, doing: &str) {
    let sql = format!(
        "CREATE SEQUENCE tries; CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN \
         IF nextval('tries') <= {times} THEN {doing}; END IF; RETURN NEW; END $body$; \
         CREATE TRIGGER fail BEFORE INSERT ON once_keys FOR EACH ROW EXECUTE FUNCTION fail()"
    );
    database.client().await.batch_execute(&sql).await.unwrap();
}

#[tokio::test]
async fn a_serialization_failure_is_tried_again() {
    for (times, code) in [(1, "40001"), (3, "40P01")] {
        let database = Database::migrated().await;
        let (store, w) = (database.store().await, World::numbered(1));
        w.settle(&store).await;
        fail_first(&database, times, &format!("RAISE SQLSTATE '{code}'")).await;
        let command = said(&w, 100).guard(Guard::Once(vec![1]));
        assert!(matches!(store.apply(command.clone()).await, Ok(Outcome::Applied(_))), "{code}");
        assert!(matches!(store.apply(command).await, Ok(Outcome::Refused(_))));
    }
}

#[tokio::test]
async fn what_collides_for_ever_is_busy_and_changes_nothing() {
    let database = Database::migrated().await;
    let (store, w) = (database.store().await, World::numbered(1));
    w.settle(&store).await;
    fail_first(&database, u32::MAX, "RAISE SQLSTATE '40001'").await;
    let applied = store.apply(said(&w, 100).guard(Guard::Once(vec![1]))).await;
    assert!(matches!(applied, Err(StoreError::Busy)), "{applied:?}");
    assert!(store.message(w.brand, id(100)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_connection_lost_before_the_commit_is_replaced_and_the_command_done_once() {
    let database = Database::migrated().await;
    let (store, w) = (database.store().await, World::numbered(1));
    w.settle(&store).await;
    fail_first(&database, 2, "PERFORM pg_terminate_backend(pg_backend_pid())").await;
    let command = said(&w, 100).guard(Guard::Once(vec![1]));
    assert!(matches!(store.apply(command).await, Ok(Outcome::Applied(_))));
    assert_eq!(store.messages(w.brand, w.conversation, None, 10).await.unwrap().len(), 3);
}

#[tokio::test]
async fn connections_that_were_cut_while_nobody_used_them_are_not_noticed() {
    let database = Database::migrated().await;
    let (store, w) = (database.store().await, World::numbered(1));
    w.settle(&store).await;
    for number in 100..103 {
        database.cut().await;
        assert!(matches!(store.apply(said(&w, number)).await, Ok(Outcome::Applied(_))));
        database.cut().await;
        assert!(store.message(w.brand, id(number)).await.unwrap().is_some());
    }
}

/// Stands between a store and its server. While it is cutting it keeps every answer back, and cuts the connection as
/// soon as the server has committed.
async fn proxy(server: &str, cutting: Arc<AtomicBool>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = listener.local_addr().unwrap();
    let (rest, path) = server.rsplit_once('/').unwrap();
    let (user, there) = rest.rsplit_once('@').unwrap();
    let there = there.to_owned();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(&there).await.unwrap();
            let cutting = Arc::clone(&cutting);
            tokio::spawn(async move {
                let (mut from_client, mut to_client) = client.into_split();
                let (mut from_server, mut to_server) = server.into_split();
                let asking =
                    tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
                let mut bytes = vec![0; 65_536];
                let mut kept_back = Vec::new();
                while let Ok(count @ 1..) = from_server.read(&mut bytes).await {
                    if cutting.load(Ordering::SeqCst) {
                        kept_back.extend_from_slice(&bytes[..count]);
                        // What the server says when it has committed.
                        if kept_back.windows(7).any(|said| said == b"COMMIT\0") {
                            break;
                        }
                    } else if to_client.write_all(&bytes[..count]).await.is_err() {
                        break;
                    }
                }
                asking.abort();
            });
        }
    });
    format!("{user}@{here}/{path}")
}

#[tokio::test]
async fn a_connection_lost_while_committing_is_told_and_not_tried_again() {
    let database = Database::migrated().await;
    let w = World::numbered(1);
    w.settle(&database.store().await).await;
    let cutting = Arc::new(AtomicBool::new(false));
    let url = proxy(&database.url(), Arc::clone(&cutting)).await;
    let store = PostgresStore::connect(&url, Options { connections: 1, ..options() }).await.unwrap();
    // Once in peace, so that every statement is known to the connection; this command is a single question, as it
    // has no guards and is for no batch.
    let alone = |number| said(&w, number).effect(Effect::DropHold(id(404)));
    store.apply(alone(100)).await.unwrap();
    cutting.store(true, Ordering::SeqCst);
    let lost = store.apply(alone(101)).await;
    assert!(matches!(&lost, Err(StoreError::Unreachable(what)) if what.contains("not known")), "{lost:?}");
    cutting.store(false, Ordering::SeqCst);
    // It was committed, and a second attempt would have failed otherwise than by a lost connection.
    assert!(store.message(w.brand, id(101)).await.unwrap().is_some());
    store.apply(said(&w, 102)).await.unwrap();
}

#[tokio::test]
async fn a_server_that_is_gone_is_told_and_one_that_is_back_is_used() {
    let folder = tempfile::tempdir().unwrap();
    open_to_everybody(folder.path());
    let mut server = Scratch::start(&folder.path().join("server")).unwrap();
    let hurried = Options { patience: Duration::from_secs(5), ..options() };
    let store = PostgresStore::connect(&server.url(), hurried).await.unwrap();
    let w = World::numbered(1);
    w.settle(&store).await;
    store.apply(said(&w, 100)).await.unwrap();
    server.stop_immediately().unwrap();
    let applied = store.apply(said(&w, 101)).await;
    assert!(matches!(applied, Err(StoreError::Unreachable(_))), "{applied:?}");
    assert!(matches!(store.ping().await, Err(StoreError::Unreachable(_))));
    server.start_again().unwrap();
    store.ping().await.unwrap();
    assert!(store.message(w.brand, id(100)).await.unwrap().is_some(), "what was acknowledged is there");
    assert!(store.message(w.brand, id(101)).await.unwrap().is_none());
    store.apply(said(&w, 101)).await.unwrap();
    // A server that no longer keeps what it commits is not written to.
    server.set("fsync", "off").unwrap();
    client(&server.url())
        .await
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aside'",
        )
        .await
        .unwrap();
    let applied = store.apply(said(&w, 102)).await;
    assert!(matches!(&applied, Err(StoreError::Unsuitable(what)) if what.contains("fsync")), "{applied:?}");
}

/// A server that does not run as root must reach its folder.
pub(crate) fn open_to_everybody(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}
