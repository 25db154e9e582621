//! A log that is right, and questions that are wrong. What was changed is in `tampering`.

use crate::stage::{Home, copy_folder, set_mode};
use std::fs;

pub(crate) fn verify<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["ledger", "verify", "--data", "aside-data"], more].concat()
}

#[tokio::test]
async fn a_log_is_verified_with_its_rows_while_a_server_runs() {
    let home = Home::new();
    let brand = home.with_brand().await;
    home.log_on(brand, &[3, 4]).await;
    let server = home.installation().await;
    let ran = home.aside(&verify(&[]));
    assert!(ran.err.contains("keep this checkpoint somewhere else"), "{ran:?}");
    let said = ran.well();
    let note = server.app.checkpoint(brand).await.unwrap().unwrap();
    assert!(said.starts_with(&note), "{said}");
    assert!(said.contains(&format!("aside/{brand}: 9 entries, root ")), "{said}");
    assert!(
        said.ends_with(": self-consistent, not compared; every entry and message is as in aside.db\n\n"),
        "{said}"
    );

    // The way it is meant: the checkpoint of last time, and a key had from elsewhere.
    let key = server.app.verifier(brand).await.unwrap().unwrap();
    let kept = home.write("kept.txt", &said);
    server.app.enable_agent(brand, "mara", true).await.unwrap();
    let waits = home.aside(&verify(&[])).well();
    assert!(waits.contains("where 1 more waits for its checkpoint"), "{waits}");
    server.app.sequence_all().await.unwrap();
    let ran = home.aside(&verify(&["--since", &kept, "--key", &key]));
    assert_eq!(ran.err, "");
    let said = ran.well();
    assert!(said.contains(": signature checked, extends the older checkpoint"), "{said}");
    let id = brand.to_string();
    let ran = home.aside(&verify(&["--since", &note, "--brand", &id]));
    assert!(ran.well().contains("extends the older checkpoint, signature not checked"));
    let ran = home.aside_reading(&verify(&["--since", "-", "--key", &key]), note.as_bytes());
    assert!(ran.well().contains("signature checked, extends"));
}

#[tokio::test]
async fn a_copied_folder_is_verified_offline() {
    let home = Home::new();
    let brand = home.with_brand().await;
    copy_folder(&home.data().join("ledger").join(brand.to_string()), &home.path("log"));
    let said = home.aside(&["ledger", "verify", "--data", "log"]).well();
    assert!(said.contains("not compared; aside.db is not here"), "{said}");
    copy_folder(&home.data(), &home.path("copy"));
    fs::remove_dir_all(home.path("copy/keys")).unwrap();
    for file in crate::stage::files_below(&home.path("copy")) {
        set_mode(&file, 0o400);
    }
    let said = home.aside(&["ledger", "verify", "--data", "copy"]).well();
    assert!(said.contains("every entry and message is as in aside.db"), "{said}");
}

#[tokio::test]
async fn several_brands_are_all_verified_each_with_its_own_checkpoint() {
    let home = Home::new();
    home.with_brand().await;
    let server = home.installation().await;
    let second = server.app.add_brand("Another").await.unwrap();
    server.app.sequence_all().await.unwrap();
    let said = home.aside(&verify(&[])).well();
    assert_eq!(said.matches("self-consistent").count(), 2, "{said}");
    let kept = home.write("kept.txt", &said);
    assert_eq!(home.aside(&verify(&["--since", &kept])).well().matches("extends the older").count(), 2);
    let note = server.app.checkpoint(second).await.unwrap().unwrap();
    let said = home.aside(&verify(&["--since", &note])).well();
    assert_eq!((said.matches("extends").count(), said.matches("not compared").count()), (1, 1), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_published_log_is_verified_over_http() {
    let home = Home::new();
    let brand = home.with_brand().await;
    home.log_on(brand, &[300]).await;
    let server = home.installation().await;
    let app = server.app.clone();
    let url = format!("http://{}/.well-known/aside/{brand}", server.address);
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn(server.serve(async move { drop(stopped.await) }));
    let key = app.verifier(brand).await.unwrap().unwrap();
    let said = home.aside(&["ledger", "verify", "--url", &url, "--key", &key]).well();
    assert!(said.contains(": 302 entries") && said.contains("signature checked, not compared"), "{said}");
    let file = home.data().join("ledger").join(brand.to_string()).join("tile/entries/000");
    let mut bytes = fs::read(&file).unwrap();
    bytes[4_000] ^= 1;
    fs::write(&file, bytes).unwrap();
    let told = home.aside(&["ledger", "verify", "--url", &url]).fails(1);
    assert!(told.contains(" is wrong: tile/entries/000: "), "{told}");
    let told = home.aside(&["ledger", "verify", "--url", &url.replace(&brand.to_string(), "attic")]).fails(1);
    assert!(told.contains("there is no checkpoint at"), "{told}");
    drop(stop);
    serving.await.unwrap().unwrap();
    let told = home.aside(&["ledger", "verify", "--url", &url]).fails(1);
    assert!(told.contains("cannot read http://"), "{told}");
}

#[tokio::test]
async fn wrong_questions_are_told_apart_from_wrong_logs() {
    let home = Home::new();
    let brand = home.with_brand().await;
    home.aside(&["ledger", "verify"]).fails(2);
    home.aside(&verify(&["--url", "http://localhost"])).fails(2);
    assert!(home.aside(&verify(&["--key", "nonsense"])).fails(2).contains("--key"));
    assert!(home.aside(&["ledger", "verify", "--url", "example"]).fails(1).contains("is not an address"));
    assert!(home.aside(&["ledger", "verify", "--data", "nowhere"]).fails(1).contains("there is no folder"));
    fs::create_dir(home.path("empty")).unwrap();
    assert!(home.aside(&["ledger", "verify", "--data", "empty"]).fails(1).contains("there is no log in"));
    assert!(home.aside(&verify(&["--brand", "attic"])).fails(1).contains("no log of a brand attic"));
    assert!(home.aside(&verify(&["--since", "nowhere.txt"])).fails(1).contains("cannot read nowhere.txt"));
    let file = home.write("note.txt", "hello\n");
    assert!(home.aside(&verify(&["--since", &file])).fails(1).contains("there is no checkpoint in it"));

    // A key or a checkpoint of another log proves nothing about this one.
    let other = Home::new();
    let foreign = other.with_brand().await;
    let other = other.installation().await;
    let (key, note) =
        (other.app.verifier(foreign).await.unwrap(), other.app.checkpoint(foreign).await.unwrap());
    assert!(home.aside(&verify(&["--key", &key.unwrap()])).fails(1).contains("key of another log"));
    assert!(home.aside(&verify(&["--since", &note.unwrap()])).fails(1).contains("checkpoint of another log"));
    // The right name with another key behind it is no signature.
    let forged = aside_ledger::LogKey::generate(&format!("aside/{brand}"), &mut |seed| seed.fill(7)).unwrap();
    let told = home.aside(&verify(&["--key", &forged.verifier()])).fails(1);
    assert!(told.contains("is not signed by"), "{told}");
}
