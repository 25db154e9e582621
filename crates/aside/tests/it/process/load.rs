//! A short measurement of the real program: everything that the load driver checks holds on both stores.

use super::server::PROGRAM;
use aside_load::{Report, Settings};

/// Drives the program for two seconds at 50 messages a second.
fn drive(database: Option<String>) -> Report {
    let settings = Settings {
        program: PROGRAM.into(),
        rate: Some(50.0),
        seconds: 2,
        messages: None,
        agents: 2,
        connections: 16,
        database,
        floor: false,
        synapse: None,
        seed: 7,
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(aside_load::run(&settings, &mut |_| {})).unwrap_or_else(|failure| panic!("{failure}"))
}

/// A run has figures only when each message was stored once, stood in its timeline once, and was heard of on
/// every console, and when the ledger verified.
fn everything_arrived(report: &Report) {
    let [figures] = report.runs.as_slice() else { panic!("one run: {report:?}") };
    assert_eq!((figures.offered, figures.acknowledged, report.stored), (100, 100, 100), "{figures:?}");
    assert_eq!(figures.console.count, 200, "two consoles heard of every message");
    assert!(figures.sent > 0, "nothing went out: {figures:?}");
}

#[test]
fn under_load_everything_is_acknowledged_stored_once_and_heard_of() {
    everything_arrived(&drive(None));
}

#[test]
fn under_load_everything_is_acknowledged_stored_once_and_heard_of_on_postgres() {
    let server = std::env::var("ASIDE_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!(
            "ASIDE_TEST_POSTGRES is not set: run `cargo xtask test`, or `cargo xtask postgres` for a server of your own"
        )
    });
    everything_arrived(&drive(Some(server)));
}
