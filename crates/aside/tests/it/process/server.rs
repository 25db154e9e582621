//! `aside serve` as a process.

use super::place::Place;
use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex},
};

/// The program under test.
pub(super) const PROGRAM: &str = env!("CARGO_BIN_EXE_aside");

/// A server that runs. It is killed when this goes.
pub(super) struct Server {
    child: Mutex<Child>,
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// Its own process id, which is not its parent's where something runs it.
    pub(super) pid: u32,
    said: Arc<Mutex<String>>,
}

/// `aside serve` on a place's folder, on any free port.
pub(super) fn serve(place: &Place) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(arguments(place));
    place.tell(&mut command);
    command
}

/// The arguments of `aside serve` on a place's folder, for a command that runs it.
pub(super) fn arguments(place: &Place) -> Vec<std::ffi::OsString> {
    let mut list: Vec<_> = ["serve", "--listen", "127.0.0.1:0", "--data"].map(Into::into).to_vec();
    list.push(place.data().into());
    list
}

impl Server {
    /// Starts it and waits until it listens.
    pub(super) fn start(place: &Place, mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|e| panic!("{command:?}: {e}"));
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut before = String::new();
        let port = loop {
            let Some(line) = lines.next() else {
                panic!("{command:?} ended before it listened ({:?}):\n{before}", child.wait());
            };
            let line = line.unwrap();
            if let Some(port) = line.strip_prefix("listening on http://localhost:") {
                break port.parse().unwrap_or_else(|e| panic!("{line}: {e}"));
            }
            before.push_str(&line);
            before.push('\n');
        };
        let said = Arc::new(Mutex::new(before));
        let log = Arc::clone(&said);
        // Whoever writes into a pipe that nobody reads stops.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = log.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        // Where something else runs it, only SQLite's lock tells its number.
        let lock = fs::read_to_string(place.data().join("aside.lock"));
        let pid = lock.map_or_else(|_| child.id(), |number| number.trim().parse().unwrap());
        Self { child: Mutex::new(child), address: SocketAddr::from(([127, 0, 0, 1], port)), pid, said }
    }

    /// What it has logged so far.
    pub(super) fn log(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Ends it without warning (`kill -9`).
    pub(super) fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Tells it to stop as a service manager does, and waits until it has.
    pub(super) fn stop(self) -> ExitStatus {
        let told = Command::new("kill").args(["-TERM", &self.pid.to_string()]).status().unwrap();
        assert!(told.success());
        self.child.lock().unwrap().wait().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, as it should.
        if let Ok(child) = self.child.get_mut() {
            drop(child.kill());
            drop(child.wait());
        }
    }
}

/// Runs the program to its end.
pub(super) fn run<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    Command::new(PROGRAM).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// What a program said on standard error.
pub(super) fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The newest checkpoint of the place's log (none while it is empty), after checking the log as an auditor
/// would, and that it extends an older checkpoint.
pub(super) fn verified_ledger(place: &Place, since: Option<&str>) -> Option<String> {
    let mut command = Command::new(PROGRAM);
    command.args(["ledger", "verify", "--data"]).arg(place.data());
    place.tell(&mut command);
    if let Some(since) = since {
        let kept = place.beside("checkpoint.txt");
        fs::write(&kept, since).unwrap();
        command.arg("--since").arg(kept);
    }
    let output = command.stdin(Stdio::null()).output().unwrap();
    assert!(output.status.success(), "the ledger does not verify: {}", complaint(&output));
    let said = String::from_utf8(output.stdout).unwrap();
    said.starts_with("aside/").then_some(said)
}
