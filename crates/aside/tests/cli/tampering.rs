//! Whatever is changed in a log or in its rows is found, and named.

use crate::{
    ledger::verify,
    stage::{Home, copy_folder, files_below},
};
use aside_model::BrandId;
use std::{fs, path::PathBuf};

/// A log of 262 entries under five checkpoints: full and partial tiles on two levels, leftovers beside them.
async fn log() -> (Home, BrandId) {
    let home = Home::new();
    let brand = home.with_brand().await;
    home.log_on(brand, &[1, 4, 253, 2]).await;
    (home, brand)
}

fn folder(home: &Home, brand: BrandId) -> PathBuf {
    home.data().join("ledger").join(brand.to_string())
}

#[tokio::test]
async fn one_flipped_bit_in_any_file_is_found() {
    let (home, brand) = log().await;
    let key = home.installation().await.app.verifier(brand).await.unwrap().unwrap();
    // The lock that publishing takes is empty, and says nothing.
    let has_bytes = |file: &PathBuf| fs::metadata(file).unwrap().len() > 0;
    let files: Vec<_> = files_below(&folder(&home, brand)).into_iter().filter(has_bytes).collect();
    assert!(files.len() >= 8, "tiles and bundles of several widths, and the checkpoint: {files:?}");
    assert!(home.aside(&verify(&["--key", &key])).well().contains(": 262 entries"));
    for (number, file) in files.into_iter().enumerate() {
        let right = fs::read(&file).unwrap();
        // Another place in each file, and its last byte in every third.
        let place = if number % 3 == 0 { right.len() - 1 } else { number * 7919 % right.len() };
        let mut wrong = right.clone();
        wrong[place] ^= 1 << (number % 8);
        fs::write(&file, &wrong).unwrap();
        let ran = home.aside(&verify(&["--key", &key]));
        assert!(!ran.out.contains("entries, root"), "{}: {ran:?}", file.display());
        let told = ran.fails(1);
        let name = file.strip_prefix(folder(&home, brand)).unwrap().to_str().unwrap().to_owned();
        let blamed =
            if name == "checkpoint" { "checkpoint".to_owned() } else { format!("is wrong: {name}: ") };
        assert!(told.contains(&blamed), "byte {place} of {name}: {told}");
        fs::write(&file, &right).unwrap();
    }
    home.aside(&verify(&["--key", &key])).well();
}

#[tokio::test]
async fn a_file_that_is_gone_is_found() {
    let (home, brand) = log().await;
    let folder = folder(&home, brand);
    for name in ["checkpoint", "tile/0/000", "tile/entries/001.p/6", "tile/1/000.p/1"] {
        let bytes = fs::read(folder.join(name)).unwrap();
        fs::remove_file(folder.join(name)).unwrap();
        let told = home.aside(&verify(&[])).fails(1);
        assert!(told.contains(&format!("{name}: the file is missing")), "{told}");
        fs::write(folder.join(name), bytes).unwrap();
    }
    fs::remove_dir_all(&folder).unwrap();
    let told = home.aside(&verify(&[])).fails(1);
    assert!(told.contains("the file is missing; aside.db knows one of 262 entries"), "{told}");
}

#[tokio::test]
async fn a_first_checkpoint_whose_file_is_yet_to_come_proves_as_much() {
    let home = Home::new();
    let brand = home.with_brand().await;
    home.log_on(brand, &[5]).await;
    let folder = folder(&home, brand);
    let note = home.aside(&verify(&[])).well();
    fs::remove_file(folder.join("checkpoint")).unwrap();
    let said = home.aside(&verify(&[])).well();
    assert!(said.contains(": 7 entries") && said.contains("not published yet"), "{said}");
    home.aside(&verify(&["--since", &note])).well();
    let tile = folder.join("tile/0/000.p/7");
    let right = fs::read(&tile).unwrap();
    let mut wrong = right.clone();
    wrong[40] ^= 1;
    fs::write(&tile, wrong).unwrap();
    home.aside(&verify(&[])).fails(1);
    fs::write(&tile, right).unwrap();
    // Before the first checkpoint there are tiles, and nothing that says what they should be.
    home.sql("DELETE FROM checkpoints");
    assert!(home.aside(&verify(&[])).well().contains("nothing is in the log yet"));
    let told = home.aside(&verify(&["--since", &note])).fails(1);
    assert!(told.contains("checkpoint of another log"), "{told}");
}

#[tokio::test]
async fn a_row_that_was_deleted_is_found() {
    let (home, _) = log().await;
    home.sql("DELETE FROM entries WHERE log_index = 120");
    let told = home.aside(&verify(&[])).fails(1);
    assert!(told.contains("entry 120 is wrong") && told.contains("was deleted"), "{told}");
}

#[tokio::test]
async fn the_last_row_under_the_checkpoint_is_missed_too() {
    let (home, _) = log().await;
    home.sql("DELETE FROM entries WHERE log_index = 261");
    let told = home.aside(&verify(&[])).fails(1);
    assert!(told.contains("entry 261 is wrong") && told.contains("was deleted"), "{told}");
}

#[tokio::test]
async fn two_rows_that_changed_places_are_found() {
    let (home, _) = log().await;
    home.sql(
        "UPDATE entries SET log_index = 99999 WHERE log_index = 40;
              UPDATE entries SET log_index = 40 WHERE log_index = 200;
              UPDATE entries SET log_index = 200 WHERE log_index = 99999;",
    );
    let told = home.aside(&verify(&[])).fails(1);
    assert!(told.contains("entry 40 is wrong") && told.contains("is at place 200"), "{told}");
}

#[tokio::test]
async fn a_row_whose_content_was_changed_is_found() {
    let (home, _) = log().await;
    let conn = rusqlite::Connection::open(home.data().join("aside.db")).unwrap();
    let leaf: Vec<u8> =
        conn.query_row("SELECT leaf FROM entries WHERE log_index = 9", [], |row| row.get(0)).unwrap();
    drop(conn);
    let changes = [
        (
            "leaf = cast(replace(cast(leaf AS TEXT), 'agent_changed', 'agent_chanced') AS BLOB)",
            "its leaf is another",
        ),
        ("kind = 'signed_in'", "its kind is not the leaf's"),
        ("at = at + 1", "its time is not the leaf's"),
        ("entry = x'0190000000007000800000000000beef'", "its id is not the leaf's"),
        ("log_index = NULL", "lost its place"),
    ];
    for (change, told) in changes {
        let backup = fs::read(home.data().join("aside.db")).unwrap();
        home.sql(&format!("UPDATE entries SET {change} WHERE log_index = 9"));
        let found = home.aside(&verify(&[])).fails(1);
        assert!(found.contains("entry 9 is wrong") && found.contains(told), "{change}: {found}");
        fs::write(home.data().join("aside.db"), backup).unwrap();
    }
    assert!(!leaf.is_empty());
    home.aside(&verify(&[])).well();
}

#[tokio::test]
async fn a_folder_that_was_rolled_back_is_found_by_who_kept_a_checkpoint() {
    let home = Home::new();
    let brand = home.with_brand().await;
    home.log_on(brand, &[5]).await;
    copy_folder(&home.data(), &home.path("backup"));
    home.log_on(brand, &[5]).await;
    let kept = home.write("kept.txt", &home.aside(&verify(&[])).well());
    fs::remove_dir_all(home.data()).unwrap();
    copy_folder(&home.path("backup"), &home.data());
    assert!(home.aside(&verify(&[])).well().contains("self-consistent, not compared"));
    let told = home.aside(&verify(&["--since", &kept])).fails(1);
    assert!(told.contains("entry 7 is wrong") && told.contains("rolled back"), "{told}");

    // And as long as before, with another history.
    home.log_on(brand, &[1, 4]).await;
    let told = home.aside(&verify(&["--since", &kept])).fails(1);
    assert!(told.contains("the older checkpoint: the first 12 entries are not"), "{told}");
}

#[tokio::test]
async fn a_database_that_was_rolled_back_behind_its_log_is_found() {
    let home = Home::new();
    let brand = home.with_brand().await;
    let before = fs::read(home.data().join("aside.db")).unwrap();
    home.log_on(brand, &[5]).await;
    let after = fs::read(home.data().join("aside.db")).unwrap();
    fs::write(home.data().join("aside.db"), before).unwrap();
    let told = home.aside(&verify(&[])).fails(1);
    assert!(told.contains("entry 2 is wrong") && told.contains("aside.db has no row"), "{told}");
    // The rows are there, the checkpoint was taken back.
    fs::write(home.data().join("aside.db"), after).unwrap();
    home.sql("DELETE FROM checkpoints WHERE size > 2");
    let told = home.aside(&verify(&[])).fails(1);
    assert!(told.contains("the database was rolled back"), "{told}");
}

#[tokio::test]
async fn a_server_that_was_stopped_before_it_published_is_no_fault() {
    let home = Home::new();
    let brand = home.with_brand().await;
    let published = folder(&home, brand).join("checkpoint");
    let note = fs::read(&published).unwrap();
    home.log_on(brand, &[5]).await;
    fs::write(&published, note).unwrap();
    let said = home.aside(&verify(&[])).well();
    assert!(said.contains(": 2 entries") && said.contains("where 5 more wait"), "{said}");
    // Unless the newer checkpoint does not extend the published one.
    home.sql("UPDATE checkpoints SET note = replace(note, char(10) || '7' || char(10), char(10) || '6' || char(10)),
              size = 6 WHERE size = 7");
    let told = home.aside(&verify(&[])).fails(1);
    assert!(told.contains("does not extend the published one"), "{told}");
}
