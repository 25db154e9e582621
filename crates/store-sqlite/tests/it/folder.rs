//! One process per folder, what is written stays, and what cannot be written is said.

use aside_model::{BrandId, Clock, Command, Effect, Outcome, Time, rows::BrandRow};
use aside_store::{Doorway, Events, StoreError, Vault as _, Writes, conformance::World};
use aside_store_sqlite::{Options, SqliteStore};
use rusqlite::Connection;
use std::{
    io::{BufRead, BufReader, Lines},
    path::Path,
    process::{Child, ChildStdout, Command as Process, Stdio},
    sync::Arc,
};

struct Standing;
impl Clock for Standing {
    fn now(&self) -> Time {
        Time(0)
    }
}

fn options() -> Options {
    Options::new(Arc::new(Standing))
}

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open(folder, options()).unwrap()
}

fn add_brand(number: u8) -> Command {
    let brand = BrandId::from_bytes([number; 16]);
    Command::new(brand)
        .effect(Effect::AddBrand(BrandRow { brand, name: "Brand".into(), created_at: Time(0) }))
        .effect(Effect::Announce(None, None, "added"))
}

/// Names the folder that the other process is to hold: the same test binary, started again for this one test.
const HOLD: &str = "ASIDE_TEST_HOLD_FOLDER";

#[test]
fn hold_a_folder_for_another_process() {
    let Ok(folder) = std::env::var(HOLD) else { return };
    let store = open(Path::new(&folder));
    println!("\nholding");
    // Until the other process closes the pipe.
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink()).unwrap();
    drop(store);
}

/// Another process that has the folder open, and what it writes: dropping that would break its pipe.
fn holder(folder: &Path) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut holder = Process::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "folder::hold_a_folder_for_another_process"])
        .env(HOLD, folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(said.by_ref().map_while(Result::ok).any(|line| line == "holding"));
    (holder, said)
}

#[test]
fn a_second_process_is_told_who_has_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (mut holder, said) = holder(folder.path());
    match SqliteStore::open(folder.path(), options()) {
        Err(StoreError::InUse { pid }) => assert_eq!(pid, holder.id()),
        other => panic!("{other:?}"),
    }
    SqliteStore::open_read_only(folder.path()).unwrap();
    drop(holder.stdin.take());
    assert!(holder.wait().unwrap().success());
    drop(said);
    open(folder.path());
}

#[test]
fn a_killed_process_leaves_the_folder_free() {
    let folder = tempfile::tempdir().unwrap();
    let (mut holder, _said) = holder(folder.path());
    holder.kill().unwrap();
    holder.wait().unwrap();
    open(folder.path());
}

#[tokio::test]
async fn what_was_written_is_there_after_reopening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep").join("data #1? 100%");
    let store = open(&path);
    store.apply(add_brand(1)).await.unwrap();
    let world = World::numbered(5);
    world.settle(&store).await;
    drop(store);
    assert!(!path.join("aside.db-wal").exists(), "the last one out tidies the log away");
    let store = open(&path);
    assert_eq!(store.brands().await.unwrap().len(), 2);
    let next = store.apply(Command::new(world.brand).effect(Effect::Announce(None, None, "again"))).await;
    assert!(matches!(next, Ok(Outcome::Applied(applied)) if applied.events == Some((2, 2))));
    assert_eq!(store.last_event(BrandId::from_bytes([1; 16])).await.unwrap(), 1);
}

#[tokio::test]
async fn a_folder_opened_for_reading_alone_is_read_beside_its_writer_and_refuses_to_be_written() {
    let folder = tempfile::tempdir().unwrap();
    assert!(SqliteStore::open_read_only(folder.path()).is_err(), "there is nothing to read");
    let store = open(folder.path());
    let reader = SqliteStore::open_read_only(folder.path()).unwrap();
    store.apply(add_brand(1)).await.unwrap();
    assert_eq!(reader.brands().await.unwrap().len(), 1);
    assert!(matches!(reader.apply(add_brand(2)).await, Err(StoreError::CannotWrite(_))));
    assert_eq!(reader.brands().await.unwrap().len(), 1);
}

#[test]
fn data_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let conn = Connection::open(folder.path().join("aside.db")).unwrap();
    conn.execute_batch("PRAGMA user_version = 999").unwrap();
    drop(conn);
    for opened in [SqliteStore::open(folder.path(), options()), SqliteStore::open_read_only(folder.path())] {
        assert!(matches!(opened, Err(StoreError::TooNew { found: 999, .. })), "{opened:?}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    std::fs::write(&file, "not a folder").unwrap();
    let opened = SqliteStore::open(&file.join("data"), options());
    assert!(matches!(opened, Err(StoreError::CannotWrite(_))), "{opened:?}");
}

#[tokio::test]
async fn one_brands_rush_does_not_keep_another_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(
        SqliteStore::open(folder.path(), Options { queue_per_brand: 20_000, queue: 30_000, ..options() })
            .unwrap(),
    );
    let (busy, calm) = (add_brand(1), add_brand(2));
    store.apply(busy.clone()).await.unwrap();
    store.apply(calm.clone()).await.unwrap();
    let say = |brand| Command::new(brand).effect(Effect::Announce(None, None, "said"));
    let mut rush = tokio::task::JoinSet::new();
    for _ in 0..10_000 {
        let (store, command) = (Arc::clone(&store), say(busy.brand));
        rush.spawn(async move { store.apply(command).await });
    }
    // On this one thread the rush is queued before the calm brand's single command.
    tokio::task::yield_now().await;
    store.apply(say(calm.brand)).await.unwrap();
    let done = store.last_event(busy.brand).await.unwrap();
    assert!(done < 9_000, "the calm brand waited for {done} of the other's commands");
    for answer in rush.join_all().await {
        answer.unwrap();
    }
    assert_eq!(store.last_event(busy.brand).await.unwrap(), 10_001);
}

#[tokio::test]
async fn after_erasure_no_file_of_the_folder_holds_the_customers_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let world = World::numbered(5);
    world.settle(&store).await;
    let customer = world.customer.bytes();
    let wrapped = store.keyring(world.brand, world.keyring).await.unwrap().unwrap().wrapped;
    let holds = |wanted: &[u8]| {
        std::fs::read_dir(folder.path()).unwrap().any(|file| {
            let bytes = std::fs::read(file.unwrap().path()).unwrap();
            bytes.windows(wanted.len()).any(|window| window == wanted)
        })
    };
    assert!(holds(&customer) && holds(&wrapped), "the customer was never there");
    store.apply(Command::new(world.brand).effect(Effect::EraseCustomer(world.customer))).await.unwrap();
    assert!(!holds(&wrapped), "the key is gone with the first command");
    assert!(holds(&customer));
    while store.erase_more(world.brand, 5).await.unwrap() > 0 {}
    assert!(!holds(&customer));
}

#[tokio::test]
async fn a_reader_who_takes_their_time_holds_up_neither_writers_nor_the_end_of_an_erasure() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let world = World::numbered(5);
    world.settle(&store).await;
    let wrapped = store.keyring(world.brand, world.keyring).await.unwrap().unwrap().wrapped;
    let log = folder.path().join("aside.db-wal");
    let reader = rusqlite::Connection::open(folder.path().join("aside.db")).unwrap();
    reader.execute_batch("BEGIN").unwrap();
    let rows: i64 = reader.query_row("SELECT count(*) FROM brands", [], |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);
    let erasing = async {
        store.apply(Command::new(world.brand).effect(Effect::EraseCustomer(world.customer))).await.unwrap();
        while store.erase_more(world.brand, 500).await.unwrap() > 0 {}
    };
    tokio::time::timeout(std::time::Duration::from_secs(3), erasing).await.expect("it waited for the reader");
    reader.execute_batch("COMMIT").unwrap();
    // Nobody writes anything more, and still the old pages go.
    while std::fs::metadata(&log).unwrap().len() > 0 {
        tokio::task::yield_now().await;
    }
    let database = std::fs::read(folder.path().join("aside.db")).unwrap();
    assert!(!database.windows(wrapped.len()).any(|window| window == wrapped));
}
