//! A scratch server, started for real.

use aside_scratch_postgres::Scratch;
use std::{fs, path::PathBuf};

fn folder(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("scratch-{name}-{}", std::process::id()))
}

#[test]
fn what_was_committed_is_there_after_a_hard_stop_and_parameters_can_be_changed() {
    let folder = folder("walk");
    let mut server = Scratch::start(&folder).unwrap_or_else(|error| panic!("{error}"));
    let url = server.url();
    assert_eq!(server.ask("SHOW fsync").unwrap(), "on");
    server.ask("CREATE TABLE kept (number int)").unwrap();
    server.ask("INSERT INTO kept VALUES (7)").unwrap();

    server.stop_immediately().unwrap();
    assert!(server.ask("SELECT 1").is_err(), "nobody answers");
    server.start_again().unwrap();
    assert_eq!(server.url(), url, "whoever knew it finds it again");
    assert_eq!(server.ask("SELECT number FROM kept").unwrap(), "7");

    server.set("default_transaction_read_only", "on").unwrap();
    assert_eq!(
        server.ask("SELECT setting FROM pg_file_settings WHERE name LIKE '%read_only'").unwrap(),
        "on"
    );
    server.set("default_transaction_read_only", "off").unwrap();
    let wrong = server.set("fsync; DROP TABLE kept", "on").unwrap_err().to_string();
    assert!(wrong.contains("is not the name of a parameter"), "{wrong}");
    let refused = server.ask("SELECT nothing").unwrap_err().to_string();
    assert!(refused.contains("column \"nothing\" does not exist") && !refused.contains('\n'), "{refused}");

    server.stop().unwrap();
    drop(server);
    assert!(!folder.exists());
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let folder = folder("full");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("theirs"), "kept").unwrap();
    let error = Scratch::start(&folder).unwrap_err().to_string();
    assert!(error.contains("not empty"), "{error}");
    assert_eq!(fs::read_to_string(folder.join("theirs")).unwrap(), "kept");
    fs::remove_dir_all(&folder).unwrap();
}
