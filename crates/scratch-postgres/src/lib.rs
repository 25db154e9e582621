#![doc = include_str!("../README.md")]

mod error;
mod programs;
mod settings;

pub use error::ScratchError;
pub use programs::Programs;

use programs::Account;
use settings::Settings;
use std::{
    fs, io,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// How long a server may take until it answers, recovery after a hard stop included, and until it has stopped.
const PATIENCE: Duration = Duration::from_mins(1);

/// How often another port is tried: between finding it free and taking it somebody else may be faster.
const TRIES: usize = 5;

/// A PostgreSQL server in a folder. Dropped, it is stopped at once and its folder removed.
#[derive(Debug)]
pub struct Scratch {
    folder: PathBuf,
    programs: Programs,
    account: Option<Account>,
    port: u16,
    server: Option<Child>,
}

impl Scratch {
    /// Makes a server in `folder`, which must not exist yet or be empty, and starts it on a free port.
    ///
    /// PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`, who must be able to reach
    /// the folder: one below the system's folder for temporary files will do.
    pub fn start(folder: &Path) -> Result<Self, ScratchError> {
        let programs = Programs::find()?;
        let account = Account::to_run_as()?;
        make_folder(folder, account.as_ref()).map_err(|source| ScratchError::folder(folder, source))?;
        let mut scratch = Self { folder: folder.to_owned(), programs, account, port: 0, server: None };
        scratch.make_cluster()?;
        for _ in 1..TRIES {
            scratch.port = free_port()?;
            match scratch.start_again() {
                Err(ScratchError::PortTaken(_)) => {}
                other => return other.map(|()| scratch),
            }
        }
        scratch.port = free_port()?;
        scratch.start_again().map(|()| scratch)
    }

    /// The server's own database, for its superuser.
    pub fn url(&self) -> String {
        self.url_of("postgres")
    }

    /// A database of this name, for the superuser. Whether there is one is another question.
    pub fn url_of(&self, database: &str) -> String {
        format!("postgres://postgres@{}:{}/{database}", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Where it listens, on this machine alone.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts it again on the same port and data, and waits until it answers. Nothing happens while it runs.
    pub fn start_again(&mut self) -> Result<(), ScratchError> {
        if self.runs()? {
            return Ok(());
        }
        let log =
            fs::File::create(self.log()).map_err(|source| ScratchError::folder(&self.folder, source))?;
        let same = log.try_clone().map_err(|source| ScratchError::folder(&self.folder, source))?;
        let mut command = self.command("postgres");
        command.arg("-D").arg(self.data()).args(["-p", &self.port.to_string()]);
        command.stdin(Stdio::null()).stdout(log).stderr(same);
        // A child of this process and not a daemon: whoever ends the whole group of a test run ends it, too.
        self.server = Some(command.spawn().map_err(|source| ScratchError::run("postgres", source))?);
        self.wait_until_it_answers()
    }

    /// Stops it in order: what is committed is written down, connections are closed.
    pub fn stop(&mut self) -> Result<(), ScratchError> {
        self.stop_with("fast")
    }

    /// Stops it at once, as a machine that fails does (`pg_ctl stop -m immediate`): its next start recovers from
    /// the log.
    pub fn stop_immediately(&mut self) -> Result<(), ScratchError> {
        self.stop_with("immediate")
    }

    /// Changes a parameter of the running server (`ALTER SYSTEM`) and waits until new sessions have it.
    pub fn set(&self, parameter: &str, value: &str) -> Result<(), ScratchError> {
        if parameter.is_empty()
            || !parameter.bytes().all(|b| b.is_ascii_lowercase() || b == b'_' || b == b'.')
        {
            return Err(ScratchError::Refused(format!("`{parameter}` is not the name of a parameter")));
        }
        let before = self.ask("SELECT pg_conf_load_time()")?;
        self.ask(&format!("ALTER SYSTEM SET {parameter} = '{}'", value.replace('\'', "''")))?;
        self.ask("SELECT pg_reload_conf()")?;
        let started = now();
        while self.ask("SELECT pg_conf_load_time()")? == before {
            if started.elapsed() > PATIENCE {
                return Err(ScratchError::Slow { what: "read its parameters again", log: self.end_of_log() });
            }
            thread::sleep(Duration::from_millis(5));
        }
        Ok(())
    }

    /// Asks the server something in SQL, as its superuser. The answer is what `psql` prints: a row a line, its
    /// columns separated by `|`.
    pub fn ask(&self, sql: &str) -> Result<String, ScratchError> {
        let mut command = self.command("psql");
        command.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
        command.args(["--dbname", &self.url(), "--command", sql]);
        // The superuser can write even while everybody else may only read.
        command.env("PGOPTIONS", "-c default_transaction_read_only=off");
        let output = run("psql", &mut command)?;
        Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
    }

    fn make_cluster(&self) -> Result<(), ScratchError> {
        let mut command = self.command("initdb");
        command.arg("-D").arg(self.data());
        // Without syncing: an empty server that is lost is made again. What it writes later is synced.
        command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
        run("initdb", &mut command)?;
        let settings = Settings { sockets: &self.folder }.to_string();
        let path = self.data().join("postgresql.conf");
        let whole = fs::read_to_string(&path).map(|standard| standard + &settings);
        whole
            .and_then(|text| fs::write(&path, text))
            .map_err(|source| ScratchError::folder(&self.folder, source))
    }

    fn stop_with(&mut self, mode: &str) -> Result<(), ScratchError> {
        let Some(mut server) = self.server.take() else { return Ok(()) };
        let mut command = self.command("pg_ctl");
        command.arg("stop").arg("-D").arg(self.data()).args(["-m", mode, "-w"]);
        command.args(["-t", &PATIENCE.as_secs().to_string()]);
        let told = run("pg_ctl", &mut command);
        if told.is_err() {
            // It may have ended by itself. If not, it must not stay behind.
            drop(server.kill());
        }
        drop(server.wait());
        told.map(drop)
    }

    /// Whether the server that was started has not ended by itself.
    fn runs(&mut self) -> Result<bool, ScratchError> {
        let Some(server) = &mut self.server else { return Ok(false) };
        let ended = server.try_wait().map_err(|source| ScratchError::run("postgres", source))?;
        if ended.is_some() {
            self.server = None;
        }
        Ok(ended.is_none())
    }

    fn wait_until_it_answers(&mut self) -> Result<(), ScratchError> {
        let started = now();
        while !self.says_it_is_ready() {
            if !self.runs()? {
                let log = self.end_of_log();
                if log.contains("Address already in use") {
                    return Err(ScratchError::PortTaken(self.port));
                }
                return Err(ScratchError::Ended(log));
            }
            if started.elapsed() > PATIENCE {
                return Err(ScratchError::Slow { what: "start", log: self.end_of_log() });
            }
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// The eighth line of its file says in which state it is, once this start has written it.
    fn says_it_is_ready(&self) -> bool {
        let Some(server) = &self.server else { return false };
        let Ok(said) = fs::read_to_string(self.data().join("postmaster.pid")) else { return false };
        let mut lines = said.lines();
        lines.next() == Some(&server.id().to_string()) && lines.nth(6).map(str::trim) == Some("ready")
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("server.log")
    }

    fn end_of_log(&self) -> String {
        let log = fs::read_to_string(self.log()).unwrap_or_default();
        let lines: Vec<_> = log.lines().collect();
        lines[lines.len().saturating_sub(3)..].join("; ")
    }

    /// One of PostgreSQL's programs, as the account that runs it, without what the environment says of other
    /// servers.
    fn command(&self, program: &str) -> Command {
        let mut command = self.programs.command(program);
        command.current_dir(&self.folder);
        if let Some(account) = &self.account {
            account.run(&mut command);
        }
        command
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Nobody is left to hear of it.
        drop(self.stop_immediately());
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// Runs one of the programs to its end; what it complained of becomes one line.
fn run(name: &'static str, command: &mut Command) -> Result<Output, ScratchError> {
    let output = command.stdin(Stdio::null()).output().map_err(|source| ScratchError::run(name, source))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("; ");
    Err(ScratchError::Refused(format!("{name}: {said}")))
}

fn make_folder(folder: &Path, account: Option<&Account>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    if fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the folder is not empty"));
    }
    account.map_or(Ok(()), |account| account.own(folder))
}

fn free_port() -> Result<u16, ScratchError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|source| ScratchError::run("bind", source))
}

#[expect(clippy::disallowed_methods, reason = "how long another program takes is measured, not simulated")]
fn now() -> Instant {
    Instant::now()
}
