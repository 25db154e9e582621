//! PostgreSQL databases that are gone, refuse, or are not what they should be: said in a line, nothing lost, and
//! healed without anybody's help.

use super::{
    hard_stop::OwnServer,
    look::Look,
    place::{NOWHERE, Place},
    server::{PROGRAM, Server, complaint, serve},
    two::{dm, until},
    wire::Wire,
};
use crate::database::OwnDatabase;
use std::{
    fs,
    process::{Command, Output, Stdio},
};

/// Runs `aside` with a database. The password that stands in its URL must not be said.
fn run(arguments: &[&str], place: &Place, url: &str) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).arg("--data").arg(place.data()).env("ASIDE_DATABASE", url);
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(!said.contains("hunter2"), "a password was printed: {said}");
    output
}

/// What `aside serve` says, which must refuse to start with such a database.
fn refused(place: &Place, url: &str) -> String {
    let output = run(&["serve", "--listen", "127.0.0.1:0"], place, url);
    let said = complaint(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("aside: ") && !said.contains("panicked"), "{said}");
    assert!(said.lines().count() <= 2, "one line, and perhaps a hint: {said}");
    said
}

#[test]
fn a_database_that_is_gone_is_told_at_every_door_and_used_again_once_it_is_back() {
    let mut database = OwnServer::start();
    let (place, _) = database.place(0);
    let server = Server::start(&place, serve(&place));
    let ask = |path: &str| Wire::open(server.address).unwrap().get(path).unwrap();
    let hook = |number| Wire::open(server.address).unwrap().hook(&place.hook, &dm(number)).unwrap().status;
    assert_eq!((ask("/readyz").status, hook(1)), (200, 200));

    database.0.stop().unwrap();
    assert_eq!(hook(2), 503, "the network sends it again: {}", server.log());
    let ready = ask("/readyz");
    assert!(ready.status == 503 && ready.body.contains("database does not answer"), "{}", ready.body);
    let link = ask("/c/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    assert!(link.status == 503 && link.body.contains("conversation is safe"), "{}", link.body);
    assert_eq!(ask("/healthz").status, 200, "it stays up");
    assert!(refused(&place, &place.database_url()).contains("cannot be reached"));

    database.0.start_again().unwrap();
    until("readiness", || ask("/readyz").status == 200);
    until("the webhook that was refused", || hook(2) == 200);
    assert_eq!(hook(1), 200, "what was taken before is known");
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        let look = Look::at(&place).await;
        for number in [1, 2] {
            assert_eq!(look.said_by(&dm(number).person).await, [dm(number).text]);
        }
    });
    assert!(server.stop().success());
}

#[test]
fn a_database_that_only_reads_is_told_and_written_to_again_once_it_does_not() {
    let database = OwnServer::start();
    let (place, _) = database.place(0);
    let server = Server::start(&place, serve(&place));
    let hook = |number| Wire::open(server.address).unwrap().hook(&place.hook, &dm(number)).unwrap().status;
    assert_eq!(hook(1), 200);
    database.0.set("default_transaction_read_only", "on").unwrap();
    until("a refusal", || hook(2) == 500);
    assert!(server.log().contains("cannot write"), "{}", server.log());
    database.0.set("default_transaction_read_only", "off").unwrap();
    until("the webhook that was refused", || hook(2) == 200);
}

#[test]
fn what_is_no_usable_database_is_named_without_its_password() {
    let (place, _) = Place::on_postgres(OwnDatabase::make(), 0, NOWHERE);
    let real = place.database_url();
    let (server, _) = real.rsplit_once('/').unwrap();
    let address = server.rsplit_once('@').unwrap().1;
    for (url, says) in [
        ("postgres://aside:hunter2@127.0.0.1:1/aside".to_owned(), "cannot be reached"),
        (format!("postgres://postgres:hunter2@{address}/no_such_database"), "no_such_database"),
        (format!("postgres://nobody_here:hunter2@{address}/postgres"), "nobody_here"),
        ("hunter2".to_owned(), "postgres://user@host/name"),
        (format!("postgres://postgres:hunter2@{address}"), "name of the database is missing"),
        ("postgres://aside:hunter2@db.example.com/aside?sslmode=disable".to_owned(), "sslmode=disable"),
    ] {
        let said = refused(&place, &url);
        assert!(said.contains(says), "{url}: {said}");
        let looked = run(&["doctor"], &place, &url);
        assert_ne!(looked.status.code(), Some(0), "the doctor sees it, too: {url}");
    }
    place.database().tamper("UPDATE schema_version SET version = 4711");
    let said = refused(&place, &real);
    assert!(said.contains("newer version of aside") && said.contains("4711"), "{said}");
}

#[test]
fn the_doctor_looks_into_the_database_and_the_ledger_names_a_row_that_was_changed() {
    let (place, _) = Place::on_postgres(OwnDatabase::make(), 1, NOWHERE);
    let url = place.database_url();
    let server = Server::start(&place, serve(&place));
    until("a checkpoint", || place.database().count("SELECT count(*) FROM checkpoints") > 0);
    let said = String::from_utf8(run(&["doctor"], &place, &url).stdout).unwrap();
    assert!(said.contains("database         reads; postgres://postgres@127.0.0.1"), "{said}");
    assert!(said.contains("ledger           ") && said.contains("under the checkpoint of"), "{said}");
    assert!(server.stop().success());
    let changed = place.database().tamper("UPDATE entries SET kind = 'assigned' WHERE log_index = 0");
    assert_eq!(changed, 1);
    let said = complaint(&run(&["ledger", "verify"], &place, &url));
    assert!(said.contains("in the database was changed: its kind is not the leaf's"), "{said}");
}

#[test]
fn keys_are_not_rotated_while_a_server_works_with_them() {
    let (place, _) = Place::on_postgres(OwnDatabase::make(), 1, NOWHERE);
    let url = place.database_url();
    let server = Server::start(&place, serve(&place));
    let refused = run(&["keys", "rotate"], &place, &url);
    assert_eq!(refused.status.code(), Some(1));
    assert!(complaint(&refused).contains("is using the keys"), "{}", complaint(&refused));
    assert!(server.stop().success());
    let rotated = run(&["keys", "rotate"], &place, &url);
    assert!(rotated.status.success(), "{}", complaint(&rotated));
    assert!(String::from_utf8_lossy(&rotated.stdout).contains("epoch 2"));
}

#[test]
fn a_lost_root_key_is_not_replaced_whoever_starts_first() {
    let (place, _) = Place::on_postgres(OwnDatabase::make(), 0, NOWHERE);
    let key = place.data().join("keys/root.key");
    fs::remove_file(&key).unwrap();
    let said = refused(&place, &place.database_url());
    assert!(said.contains("is gone") && said.contains("escrow") && !key.exists(), "{said}");
}
