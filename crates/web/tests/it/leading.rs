//! Two processes over one database: one log, whoever writes it.

use crate::house::House;
use aside_app::App;
use aside_ledger::{Checkpoint, TileReader, VerifyOptions, verify};
use aside_model::{Command, Effect, EntryId, rows::EntryRow};
use aside_store::{FolderTiles, Tiles};
use std::{
    io,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    time::Duration,
};

/// Longer than any lease.
const LATER: Duration = Duration::from_secs(10);

/// Files at which a process stops, once, on its way to a path that contains a word, after it went there as often
/// as it may.
struct Stopping {
    files: FolderTiles,
    at: &'static str,
    may: AtomicU64,
    stopped: Mutex<Option<(mpsc::Sender<()>, mpsc::Receiver<()>)>>,
}

impl Stopping {
    fn pass(&self, path: &str) {
        let count_down = |left: u64| left.checked_sub(1);
        if !path.contains(self.at)
            || self.may.fetch_update(Ordering::SeqCst, Ordering::SeqCst, count_down).is_ok()
        {
            return;
        }
        let gate = self.stopped.lock().unwrap().take();
        if let Some((reached, go_on)) = gate {
            reached.send(()).unwrap();
            go_on.recv().unwrap();
        }
    }
}

impl Tiles for Stopping {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        self.files.read(path)
    }
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.pass(path);
        self.files.write(path, bytes)
    }
    fn replace(&self, path: &str, bytes: &[u8], better: &dyn Fn(Option<&[u8]>) -> bool) -> io::Result<bool> {
        self.pass(path);
        self.files.replace(path, bytes, better)
    }
    fn remove_partial(&self, path: &str) -> io::Result<()> {
        self.files.remove_partial(path)
    }
}

/// A second process, and what stops it.
struct Sleeper {
    app: Arc<App>,
    reached: mpsc::Receiver<()>,
    wake: mpsc::Sender<()>,
}

fn sleeper(house: &House, at: &'static str, may: u64) -> Sleeper {
    let (tell, reached) = mpsc::channel();
    let (wake, go_on) = mpsc::channel();
    let gate = Arc::new(Stopping {
        files: FolderTiles::new(house.log()),
        at,
        may: AtomicU64::new(may),
        stopped: Mutex::new(Some((tell, go_on))),
    });
    Sleeper { app: house.another(Box::new(move |_| Arc::<Stopping>::clone(&gate))), reached, wake }
}

struct Files(PathBuf);

impl TileReader for Files {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        FolderTiles::new(&self.0).read(path).map_err(|e| e.to_string())
    }
}

/// Adds entries to the ledger.
async fn happens(house: &House, times: u64) {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    for _ in 0..times {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let mut entry = [9; 16];
        entry[..8].copy_from_slice(&number.to_be_bytes());
        let row = EntryRow {
            brand: house.brand,
            entry: EntryId::from_bytes(entry),
            conversation: None,
            keyring: None,
            kind: "something".into(),
            at: house.now(),
            leaf: format!("it happened {number}").into_bytes(),
            details_sealed: None,
            index: None,
        };
        house.app.store().apply(Command::new(house.brand).effect(Effect::AddEntry(row))).await.unwrap();
    }
}

fn published(house: &House) -> String {
    std::fs::read_to_string(house.log().join("checkpoint")).unwrap()
}

/// Sees that every entry is in the published log, and that it extends an older checkpoint.
async fn is_one_log(house: &House, since: Option<&str>) {
    let note = published(house);
    let key = house.app.keys().brand(house.brand).unwrap().log.verifier();
    let (sequenced, waiting) = house.app.store().entry_counts(house.brand).await.unwrap();
    let checkpoint = Checkpoint::open(&note, &key).unwrap();
    assert_eq!((checkpoint.size as i64, 0), (sequenced, waiting));
    assert_eq!(house.app.store().checkpoint(house.brand).await.unwrap().unwrap().note, note);
    let options = VerifyOptions { since, key: Some(&key) };
    verify(&Files(house.log()), &note, options, &mut |_, _| Ok(()), &mut |_, _| {}).unwrap();
}

/// Stops the second process on its way to a file, lets the first lead meanwhile, and wakes the second up.
async fn sleeps_at(at: &'static str, may: u64) {
    let house = House::open().await;
    happens(&house, 3).await;
    house.app.sequence_all().await.unwrap();
    let first = published(&house);
    house.wait(LATER);
    happens(&house, 2).await;

    let Sleeper { app: slow, reached, wake } = sleeper(&house, at, may);
    let asleep = tokio::spawn({
        let slow = Arc::clone(&slow);
        async move { slow.sequence_all().await }
    });
    tokio::task::spawn_blocking(move || reached.recv().unwrap()).await.unwrap();
    let on_its_way = house.app.store().entry_counts(house.brand).await.unwrap().0;
    let durable = house.app.store().checkpoint(house.brand).await.unwrap().unwrap().size == on_its_way;
    happens(&house, 300).await;
    house.app.sequence_all().await.unwrap();
    assert_eq!(published(&house), first, "somebody else leads");
    house.wait(LATER);
    house.app.sequence_all().await.unwrap();
    is_one_log(&house, Some(&first)).await;

    let (before, stored) = (published(&house), house.app.store().checkpoint(house.brand).await.unwrap());
    let entries = house.app.store().entries_from(house.brand, 0, 1_000).await.unwrap();
    happens(&house, 1).await;
    wake.send(()).unwrap();
    asleep.await.unwrap().unwrap();
    assert_eq!(published(&house), before);
    assert_eq!(house.app.store().checkpoint(house.brand).await.unwrap(), stored);
    assert_eq!(house.app.store().entries_from(house.brand, 0, 1_000).await.unwrap(), entries);
    assert_eq!(house.has_checkpoint(on_its_way).await, durable, "it wrote a checkpoint in its sleep");

    house.wait(LATER);
    slow.sequence_all().await.unwrap();
    is_one_log(&house, Some(&before)).await;
    house.app.sequence_all().await.unwrap();
    is_one_log(&house, Some(&before)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_slept_before_its_tiles_were_written_writes_no_rows_and_no_checkpoint() {
    sleeps_at("tile/", 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_slept_before_it_published_takes_back_nothing_that_is_published() {
    sleeps_at("checkpoint", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_slept_as_soon_as_it_led_gives_no_places() {
    sleeps_at("checkpoint", 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_that_put_entries_into_one_log_agree_about_it() {
    let house = House::open().await;
    let log = house.log();
    let other = house.another(Box::new(move |_| Arc::new(FolderTiles::new(&log))));
    let mut led_by = [0, 0];
    let mut since = None;
    for round in 0..40 {
        happens(&house, 15).await;
        let before = published_or_nothing(&house);
        let (a, b) = tokio::join!(house.app.sequence_all(), other.sequence_all());
        a.unwrap();
        b.unwrap();
        assert_ne!(published_or_nothing(&house), before, "one of them leads");
        is_one_log(&house, since.as_deref()).await;
        since = Some(published(&house));
        if round % 4 == 3 {
            // Whoever leads stops, sometimes in good order; the other must be able to go on.
            let stops = if round % 8 == 3 { &house.app } else { &other };
            stops.step_down().await;
            house.wait(LATER);
            happens(&house, 1).await;
            let goes_on = if round % 8 == 3 { &other } else { &house.app };
            goes_on.sequence_all().await.unwrap();
            led_by[usize::from(round % 8 == 3)] += 1;
            is_one_log(&house, since.as_deref()).await;
        }
    }
    assert_eq!(led_by, [5, 5]);
}

fn published_or_nothing(house: &House) -> Option<String> {
    std::fs::read_to_string(house.log().join("checkpoint")).ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stops_in_good_order_need_not_be_waited_for() {
    let house = House::open().await;
    let log = house.log();
    let other = house.another(Box::new(move |_| Arc::new(FolderTiles::new(&log))));
    house.app.sequence_all().await.unwrap();
    happens(&house, 1).await;
    let before = published(&house);
    other.sequence_all().await.unwrap();
    assert_eq!(published(&house), before);
    house.app.step_down().await;
    other.sequence_all().await.unwrap();
    is_one_log(&house, Some(&before)).await;
}
