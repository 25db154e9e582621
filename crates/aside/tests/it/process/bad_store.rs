//! Folders, keys, disks and configurations that are not as they should be: said in a line, and nothing lost.

use super::{
    look::Look,
    place::Place,
    server::{PROGRAM, Server, arguments, complaint, run, serve, verified_ledger},
    wire::{Dm, Wire},
};
use std::{
    ffi::OsStr,
    fs,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

/// Runs `aside serve`, which must refuse to start with one line and perhaps a hint. Returns what it says.
fn refused<S: AsRef<OsStr>>(more: impl IntoIterator<Item = S>) -> String {
    let mut command: Vec<std::ffi::OsString> = ["serve", "--listen", "127.0.0.1:0"].map(Into::into).to_vec();
    command.extend(more.into_iter().map(|argument| argument.as_ref().to_owned()));
    refusal(&run(command))
}

/// What a program that must not have started says.
fn refusal(output: &Output) -> String {
    let said = complaint(output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.starts_with("aside: ") && !said.contains("panicked"), "{said}");
    assert!(output.stdout.is_empty());
    said
}

fn refused_on(place: &Place) -> String {
    refusal(&serve(place).stdin(Stdio::null()).output().unwrap())
}

#[test]
fn a_file_in_place_of_the_data_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::write(&data, "not a folder").unwrap();
    let said = refused([OsStr::new("--data"), data.as_os_str()]);
    assert!(said.contains("cannot write") && said.contains(&data.display().to_string()), "{said}");
    assert_eq!(fs::read(&data).unwrap(), b"not a folder");
}

#[test]
fn a_second_server_on_the_same_folder_is_told_who_has_it() {
    let place = Place::prepare();
    let server = Server::start(&place, serve(&place));
    let said = refused_on(&place);
    assert!(said.contains(&format!("process {}", server.pid)), "{said}");
    // The first is none the worse for it.
    assert_eq!(Wire::open(server.address).unwrap().get("/readyz").unwrap().status, 200);
}

#[test]
fn a_folder_is_free_again_after_its_process_was_killed() {
    let place = Place::prepare();
    Server::start(&place, serve(&place)).kill();
    assert!(Server::start(&place, serve(&place)).stop().success());
}

#[cfg(unix)]
#[test]
fn a_root_key_that_others_can_read_is_refused_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::prepare();
    let key = place.data().join("keys/root.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let said = refused_on(&place);
    assert!(said.contains("can be read by other users") && said.contains("chmod 600"), "{said}");
    assert!(said.contains(&key.display().to_string()), "{said}");
}

#[test]
fn a_lost_root_key_is_not_replaced_by_a_new_one() {
    let place = Place::prepare();
    let key = place.data().join("keys/root.key");
    fs::remove_file(&key).unwrap();
    let said = refused_on(&place);
    assert!(said.contains("is gone") && said.contains("escrow"), "{said}");
    assert!(!key.exists());
}

#[test]
fn a_database_that_is_none_is_left_as_it_is() {
    let place = Place::prepare();
    let database = place.data().join("aside.db");
    fs::write(&database, "x".repeat(8_192)).unwrap();
    let said = refused_on(&place);
    assert!(said.contains("not a database"), "{said}");
    assert_eq!(fs::read_to_string(&database).unwrap(), "x".repeat(8_192));
}

#[test]
fn data_of_a_newer_program_is_left_alone() {
    let place = Place::prepare();
    let database = rusqlite::Connection::open(place.data().join("aside.db")).unwrap();
    database.execute_batch("PRAGMA user_version = 4711").unwrap();
    drop(database);
    let said = refused_on(&place);
    assert!(said.contains("newer version of aside") && said.contains("4711"), "{said}");
}

#[test]
fn an_unknown_configuration_key_is_named_with_its_line() {
    let place = Place::prepare();
    let config = place.configure("phone = \"+1 202 555 0142\"\n\nlisten_on = \"127.0.0.1:1\"\n");
    let said = refused([OsStr::new("--config"), config.as_os_str()]);
    assert!(said.contains("line 3") && said.contains("listen_on"), "{said}");
    assert!(said.contains(&config.display().to_string()), "{said}");
}

fn dm(number: usize) -> Dm {
    let person = format!("2680000000000{number:04}");
    Dm {
        person,
        mid: format!("m_full_{number}"),
        text: format!("Is my lamp on its way? {}", "Please. ".repeat(200)),
    }
}

#[test]
fn a_full_disk_refuses_what_it_cannot_keep_loses_nothing_and_goes_on_when_there_is_room() {
    let place = Place::prepare();
    // Files cannot grow past this: what the database needs so far, and a little.
    let blocks = fs::metadata(place.data().join("aside.db")).unwrap().len() / 512 + 1_024;
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("trap '' XFSZ; ulimit -S -f {blocks}; exec \"$0\" \"$@\""));
    command.arg(PROGRAM).args(arguments(&place));
    let server = Server::start(&place, command);

    let mut wire = Wire::open(server.address).unwrap();
    let mut statuses = Vec::new();
    for number in 0..200 {
        statuses.push(wire.hook(&place.hook, &dm(number)).unwrap().status);
        if statuses.ends_with(&[500; 5]) {
            break;
        }
    }
    let acknowledged = statuses.iter().filter(|status| **status == 200).count();
    assert!(statuses.iter().all(|status| matches!(status, 200 | 500 | 503)), "{statuses:?}");
    assert!(acknowledged > 0 && statuses.ends_with(&[500; 5]), "the disk did not become full: {statuses:?}");
    assert_eq!(wire.get("/healthz").unwrap().status, 200, "it is still alive");

    let raised =
        Command::new("prlimit").args(["--fsize=unlimited:", "--pid", &server.pid.to_string()]).status();
    assert!(raised.unwrap().success());
    // The network repeats what was refused, and what was not, too.
    for number in 0..statuses.len() {
        let again = || wire.hook(&place.hook, &dm(number)).unwrap().status == 200;
        until(again, || format!("a webhook is still refused: {}", server.log()));
    }
    assert!(server.stop().success());
    verified_ledger(&place, None);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let there = runtime.block_on(async { Look::at(&place).await.message_ids().await });
    let wrong: Vec<_> = (0..statuses.len()).filter(|n| there.get(&dm(*n).mid) != Some(&1)).collect();
    assert!(wrong.is_empty(), "not there exactly once: {wrong:?} of {statuses:?}");
}

/// Tries until it is so, for at most ten seconds.
fn until(mut it_is_so: impl FnMut() -> bool, else_say: impl Fn() -> String) {
    #[expect(clippy::disallowed_methods, reason = "how long a test waits for another process")]
    let started = Instant::now();
    while !it_is_so() {
        assert!(started.elapsed() < Duration::from_secs(10), "{}", else_say());
        std::thread::yield_now();
    }
}
