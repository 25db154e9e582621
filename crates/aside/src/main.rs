//! `aside`: one binary that runs at once.

use aside::command::Cli;
use clap::Parser;
use std::{
    fmt::Display,
    io::{self, Write},
    panic, process, thread,
};

fn main() -> process::ExitCode {
    quiet_panics();
    match Cli::parse().run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("aside: {failure}");
            if let Some(hint) = failure.hint() {
                eprintln!("       {hint}");
            }
            process::ExitCode::FAILURE
        }
    }
}

/// A panic tells where it was and nothing else: its message may quote the text that somebody wrote (slicing
/// a string at a wrong place quotes 256 bytes of it), and standard error is the log.
fn quiet_panics() {
    panic::set_hook(Box::new(|panic| {
        let thread = thread::current();
        let place = panic.location().map_or("an unknown place".to_owned(), ToString::to_string);
        // Whoever closed the log wants no lines in it.
        drop(writeln!(io::stderr(), "{}", line(place, thread.name())));
    }));
}

fn line(place: impl Display, thread: Option<&str>) -> String {
    format!("aside: panicked at {place} (thread {})", thread.unwrap_or("without a name"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_tells_its_place_and_not_its_message() {
        // Whatever the hook can print stands in this line: it is handed a place and a thread alone.
        let here = panic::Location::caller();
        let line = line(here, Some("worker"));
        assert_eq!(line, format!("aside: panicked at {here} (thread worker)"));
        assert_eq!(super::line("a.rs:1:2", None), "aside: panicked at a.rs:1:2 (thread without a name)");
    }

    #[test]
    fn a_text_in_a_panic_stays_out_of_the_log() {
        // The hook is the process's, so another process panics.
        if std::env::var_os("ASIDE_TEST_PANICS").is_some() {
            quiet_panics();
            let text = String::from("Grüße von Eve Moss, 4111 1111 1111 1111");
            let _ = thread::spawn(move || text[..3].len()).join();
            return;
        }
        let itself = std::env::current_exe().unwrap();
        let name = "tests::a_text_in_a_panic_stays_out_of_the_log";
        let ran = process::Command::new(itself)
            .args([name, "--exact", "--nocapture"])
            .env("ASIDE_TEST_PANICS", "1")
            .output()
            .unwrap();
        let log = String::from_utf8_lossy(&ran.stderr);
        assert!(log.contains("aside: panicked at ") && log.contains("main.rs:"), "{log}");
        assert!(!log.contains("Eve") && !log.contains("4111"), "{log}");
    }
}
