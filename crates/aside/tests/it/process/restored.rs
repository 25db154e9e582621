//! A copy of the data, put back: what happened to people since the copy was made happens to it again, before
//! anything is served.

use crate::world::{Agent, Credentials, World, open_with_all_keys};
use aside_model::Role;
use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

fn aside(arguments: &[&str], data: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aside"));
    command.args(arguments).arg("--data").arg(data).output().unwrap()
}

fn said(output: &Output) -> String {
    let both = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(both).unwrap()
}

fn must(arguments: &[&str], data: &Path) -> String {
    let output = aside(arguments, data);
    assert!(output.status.success(), "aside {arguments:?}: {}", said(&output));
    said(&output)
}

fn must_not(arguments: &[&str], data: &Path, why: &str) {
    let output = aside(arguments, data);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "aside {arguments:?}: {said}");
    assert!(said.contains(why), "aside {arguments:?} does not say why: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_copy_loses_again_what_was_erased_taken_back_and_locked_out_since() {
    let world = World::open().await;
    let credentials = Credentials::of_new(&world, &world.brand, "priya", Role::PrivacyOfficer).await;
    let officer = Agent::with(&world, &credentials).await;
    let ada = world.agent().await;
    let (nora, evelyn, tom) = (
        world.visitor("Nora Next Door").await,
        world.visitor("Evelyn Moss").await,
        world.customer("Tom Rue"),
    );
    nora.writes("I stay").await;
    evelyn.writes("My IBAN is GB29NWBK60161331926819").await;
    tom.writes_dm("an old complaint about Mr Hollins");
    let comment = tom.comments("I think better of this one");
    world.drain().await;
    let conversation = world.conversation(&officer, &evelyn).await;
    let of_nora = world.conversation(&ada, &nora).await;
    let unsent = ada.replies(&of_nora, &of_nora.thread("direct"), "We are on it.").await;
    unsent.must_be(202);
    world.bring_the_log_up_to_date().await;

    // Made while the server runs.
    let copies = tempfile::tempdir().unwrap();
    let copy = copies.path().join("monday");
    must(&["backup", "--to", copy.to_str().unwrap()], &world.data());
    must_not(&["backup", "--to", copy.to_str().unwrap()], &world.data(), "is there already");
    let before = world.dump();
    let rows_before = before["messages"].len();

    officer.erases(conversation.id(), "asked for it by letter").await.must_be(200);
    tom.removes_comment(&comment);
    world.drain().await;
    world.app.enable_agent(world.brand.id, "ada", false).await.unwrap();
    nora.writes("said after the copy").await;
    world.bring_the_log_up_to_date().await;
    let vkey = world.app.verifier(world.brand.id).await.unwrap().unwrap();
    let tree = must(&["ledger", "verify"], &world.data());
    let checkpoint = copies.path().join("checkpoint");
    fs::write(&checkpoint, tree.split("\n\n").take(2).collect::<Vec<_>>().join("\n\n") + "\n").unwrap();
    let evelyns: Vec<_> = before["handles"].iter().map(|row| row["keyring"].clone()).collect();
    let gone: Vec<_> = {
        let now = world.dump();
        let left: Vec<_> = now["handles"].iter().map(|row| row["keyring"].clone()).collect();
        evelyns.into_iter().filter(|keyring| !left.contains(keyring)).collect()
    };
    assert!(!gone.is_empty());
    must_not(
        &["restore", "--from", copy.to_str().unwrap(), "--replace"],
        &world.data(),
        "is using this data",
    );

    let world = world
        .restart_after(|data, _| {
            must_not(&["restore", "--from", copy.to_str().unwrap()], data, "is there already");
            let told = must(&["restore", "--from", copy.to_str().unwrap(), "--replace"], data);
            assert!(
                told.contains("1 customers erased again, 1 messages destroyed, 1 agents locked out"),
                "{told}"
            );
            assert!(told.contains("1 jobs left to people"), "{told}");
            assert!(data.join("aside.db.replaced").exists() && !data.join("restoring").exists());
        })
        .await;

    let after = world.dump();
    assert!(after["messages"].len() < rows_before);
    for (table, rows) in &after {
        for (column, cell) in rows.iter().flatten() {
            let named = gone.iter().any(|keyring| cell.contains(keyring.as_str()));
            assert!(!named || (table.as_str(), column.as_str()) == ("entries", "leaf"), "{table}.{column}");
        }
    }
    let texts: Vec<_> =
        open_with_all_keys(world.app.keys(), &after, &after).iter().map(crate::world::Cell::text).collect();
    assert!(texts.iter().any(|text| text.contains("I stay")), "what nobody erased is there");
    assert!(texts.iter().any(|text| text.contains("an old complaint")));
    assert!(!texts.iter().any(|text| text.contains("I think better")), "what was taken back stays gone");
    assert!(!texts.iter().any(|text| text.contains("GB29NWBK")));
    assert!(after["sessions"].is_empty() && after["links"].is_empty(), "nothing used up is open again");
    let ada = after["agents"].iter().find(|row| row["login"] == "ada").unwrap();
    assert!(matches!(ada["enabled"].as_str(), "0" | "false"), "{ada:?}");
    assert!(after["jobs"].iter().all(|job| job["state"] != "due" || job["kind"] == "remind"));

    // The same log goes on: it extends what was published before the copy was put back.
    world.bring_the_log_up_to_date().await;
    assert!(Agent::with(&world, &credentials).await.is_signed_in().await);
    let tom = world.customer("Tom Rue");
    tom.writes_dm("and after the restore life goes on");
    world.drain().await;
    let told =
        must(&["ledger", "verify", "--since", checkpoint.to_str().unwrap(), "--key", &vkey], &world.data());
    assert!(told.contains("extends the older checkpoint"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_not_restored_without_its_ledger_its_keys_or_its_own_bytes() {
    let world = World::open().await;
    let tom = world.customer("Tom Rue");
    tom.writes_dm("hello");
    world.drain().await;
    let copies = tempfile::tempdir().unwrap();
    let copy = copies.path().join("monday");
    must(&["backup", "--to", copy.to_str().unwrap()], &world.data());
    let from = copy.to_str().unwrap();
    let damaged = copies.path().join("damaged");
    fs::create_dir(&damaged).unwrap();
    fs::copy(copy.join("backup.json"), damaged.join("backup.json")).unwrap();
    let mut bytes = fs::read(copy.join("aside.db")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(damaged.join("aside.db"), bytes).unwrap();

    let world = world
        .restart_after(|data, _| {
            let away = data.with_file_name("away");
            let with = ["restore", "--from", from, "--replace"];
            must_not(&["restore", "--from", damaged.to_str().unwrap(), "--replace"], data, "not the file");
            must_not(&["restore", "--from", data.to_str().unwrap(), "--replace"], data, "backup.json");
            fs::rename(data.join("keys"), &away).unwrap();
            must_not(&with, data, "no keys/root.key");
            fs::rename(&away, data.join("keys")).unwrap();
            must_not(
                &["restore", "--from", from, "--replace", "--ledger-lost"],
                data,
                "is there; only a lost",
            );
            fs::rename(data.join("ledger"), &away).unwrap();
            must_not(&with, data, "is not there");
            assert!(!data.join("aside.db.replaced").exists(), "what is refused changes nothing");
            let told = must(&["restore", "--from", from, "--replace", "--ledger-lost"], data);
            assert!(told.contains("a new log begins"), "{told}");
        })
        .await;
    world.bring_the_log_up_to_date().await;
    let told = must(&["ledger", "verify"], &world.data());
    assert!(told.contains(&format!("aside/{}/2", world.brand.id)), "{told}");
    let first = world.dump()["entries"].iter().find(|row| row["log_index"] == "0").unwrap().clone();
    let leaf = String::from_utf8(hex::decode(&first["leaf"]).unwrap()).unwrap();
    assert!(leaf.contains("log_restarted") && leaf.contains("old_root"), "{leaf}");
}
