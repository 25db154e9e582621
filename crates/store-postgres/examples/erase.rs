//! How long others wait while a customer is erased, in SQLite, or in an empty PostgreSQL database of its own:
//! `erase MESSAGES [URL]`. Run by `cargo xtask bench erase`.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement for people, which may stop")]

use aside_model::{Clock, Time};
use aside_store::{
    Store,
    conformance::waits::{Waits, others_while_erasing},
};
use aside_store_postgres::PostgresStore;
use aside_store_sqlite::SqliteStore;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// What nobody may have to wait for longer.
const GOAL: Duration = Duration::from_millis(100);

/// The system's clock.
struct Now;

impl Clock for Now {
    #[expect(clippy::disallowed_methods, reason = "the measurement is the program here")]
    fn now(&self) -> Time {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        Time(i64::try_from(since.as_micros()).unwrap())
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::disallowed_methods, reason = "the measurement is the program here")]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let messages = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(100_000);
    let folder = tempfile::tempdir().unwrap();
    let (name, store): (_, Arc<dyn Store>) = if let Some(url) = arguments.next() {
        let options = aside_store_postgres::Options::new(Arc::new(Now));
        ("PostgreSQL", Arc::new(PostgresStore::connect(&url, options).await.unwrap()))
    } else {
        let options = aside_store_sqlite::Options::new(Arc::new(Now));
        ("SQLite", Arc::new(SqliteStore::open(folder.path(), options).unwrap()))
    };
    let start = Instant::now();
    let waits = others_while_erasing(store, messages, move || start.elapsed()).await;
    print(name, messages, &waits);
}

fn print(name: &str, messages: u64, waits: &Waits) {
    let Waits { begun, erased, steps, others, before } = waits;
    let longest = others.last().copied().unwrap_or_default();
    println!("{name}: a customer with {messages} messages was erased in {:.1} s", erased.as_secs_f64());
    println!("first command {}, then {steps} steps\n", milliseconds(*begun));
    println!(
        "{:<38} {:>8} {:>10} {:>10} {:>10}",
        "another's message waited", "messages", "p50", "p99", "longest"
    );
    for (when, took) in [("while nothing was erased", before), ("while the customer was erased", others)] {
        let at = |part: usize| took.get(took.len() * part / 100).copied().unwrap_or_default();
        let last = took.last().copied().unwrap_or_default();
        println!(
            "{when:<38} {:>8} {:>10} {:>10} {:>10}",
            took.len(),
            milliseconds(at(50)),
            milliseconds(at(99)),
            milliseconds(last)
        );
    }
    let word = if longest <= GOAL { "met" } else { "missed" };
    println!("\ngoal: nobody waits for longer than {}: {word}", milliseconds(GOAL));
}

fn milliseconds(duration: Duration) -> String {
    format!("{:.1} ms", duration.as_secs_f64() * 1_000.0)
}
