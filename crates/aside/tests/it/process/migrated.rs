//! A brand moves from SQLite to PostgreSQL and back, and nobody could tell.

use crate::{database::OwnDatabase, world::World};
use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

fn aside(arguments: &[&str], data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aside"));
    command.args(arguments).arg("--data").arg(data).env_remove("ASIDE_DATABASE");
    command
}

fn said(output: &Output) -> String {
    String::from_utf8([output.stdout.as_slice(), output.stderr.as_slice()].concat()).unwrap()
}

fn must(arguments: &[&str], data: &Path) -> String {
    let output = aside(arguments, data).output().unwrap();
    assert!(output.status.success(), "aside {arguments:?}: {}", said(&output));
    said(&output)
}

fn must_not(arguments: &[&str], data: &Path, why: &str) {
    let output = aside(arguments, data).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "aside {arguments:?}: {}", said(&output));
    assert!(said(&output).contains(why), "aside {arguments:?}: {}", said(&output));
}

/// Ends a migration as soon as its note is there, as a power cut would.
fn interrupted(arguments: &[&str], data: &Path) {
    let mut child = aside(arguments, data).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !data.join("migrating.json").exists() {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it was interrupted");
        std::thread::yield_now();
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(data.join("migrating.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_brand_moves_to_postgresql_and_back_and_nobody_could_tell() {
    let world = World::open().await;
    world.privacy_officer().await;
    let nora = world.visitor("Nora Next Door").await;
    nora.writes("My IBAN is GB29NWBK60161331926819, my address nora@example.org").await;
    for number in 0..40 {
        nora.writes_dm(&format!("and another thing, number {number}"));
    }
    world.drain().await;
    let before = world.dump();
    let database = OwnDatabase::make();
    let url = database.url();
    let there = ["migrate", "--from", "sqlite", "--to", &url];
    let back = ["migrate", "--from", &url, "--to", "sqlite"];
    must_not(&there, &world.data(), "is using the keys");

    let world = world
        .restart_after(|data, _| {
            must_not(&["migrate", "--from", "sqlite", "--to", "sqlite"], data, "the same store");
            must_not(&["migrate", "--from", "database", "--to", "sqlite"], data, "no database is configured");
            must_not(&back, data, "there is no brand");
            interrupted(&there, data);
            must_not(&["serve", "--listen", "127.0.0.1:0"], data, "on its way to another store");
            must_not(&back, data, "another migration is under way");
            must(&["migrate", "--from", "sqlite", "--to", &url, "--abandon"], data);
            assert_eq!(database.count("SELECT count(*) FROM brands"), 0);
            interrupted(&there, data);
            let told = must(&there, data);
            assert!(
                told.contains("counts, hashes and ledger agree") && told.contains("removed from"),
                "{told}"
            );
            let shown = url.split('@').next_back().unwrap().split('?').next().unwrap();
            assert!(told.contains(shown), "{told}");
            assert_eq!(database.count("SELECT count(*) FROM brands"), 1);
            let told = must(&["ledger", "verify", "--database", &url], data);
            assert!(told.contains("every entry and message is as in the database"), "{told}");
            must_not(&["ledger", "verify"], data, "no row at this place");

            let told = must(&back, data);
            assert!(told.contains("counts, hashes and ledger agree"), "{told}");
            assert_eq!(database.count("SELECT count(*) FROM messages"), 0);
            must(&["ledger", "verify"], data);
        })
        .await;

    let mut after = world.dump();
    let mut expected = before;
    // Who led the sequencing is each store's own matter.
    expected.remove("sequencers");
    after.remove("sequencers");
    for (table, rows) in &mut expected {
        let there = after.get_mut(table).unwrap();
        // Tables have no order.
        rows.sort();
        there.sort();
        assert_eq!(rows, there, "{table}");
    }
    assert!(after["sessions"].len() >= 2, "sessions outlive the moves");
    world.customer("Tom Rue").writes_dm("life goes on");
    world.drain().await;
}
