//! One module per command. Each declares its arguments and runs; errors are one line and a hint.
//!
//! To add a command: a module with an `Args` struct and a `run`, an arm in `Command`, an arm in
//! [`Cli::run`].

mod agent;
mod anonymise;
mod backup;
mod brand;
mod channel;
mod demo;
mod detect;
mod doctor;
mod keys;
mod ledger;
mod looking;
mod migrate;
mod restore;
mod serve;
mod stream;
mod terminal;

use crate::{Config, DatabaseUrl, installation::StartError};
use aside_store::StoreError;
use aside_vault::KeyFileError;
use clap::{Args, Parser, Subcommand};
use std::{fmt, net::SocketAddr, path::PathBuf, process::ExitCode};

/// Takes customer conversations aside: from a public post over direct messages into the brand's own
/// secure messenger, without losing them and without spilling personal data.
#[derive(Parser, Debug)]
#[command(name = "aside", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Run everything with a demo brand, a simulated network and realistic traffic
    Demo(demo::Args),
    /// Serve a brand's conversations
    Serve(serve::Args),
    /// Find personal data in texts
    Detect(detect::Args),
    /// Take personal data out of texts, and put back what was encrypted
    Anonymise(anonymise::Args),
    /// Check a ledger, offline or over HTTP
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Add, list and disable agents
    #[command(subcommand)]
    Agent(agent::Command),
    /// Add, list and check channels
    #[command(subcommand)]
    Channel(channel::Command),
    /// Rotate keys, make an escrow copy of the root key
    #[command(subcommand)]
    Keys(keys::Command),
    /// Copy the data while a server runs; keys are not in the copy
    Backup(backup::Args),
    /// Put a copy back, erase again what was erased since, and go on with the living ledger
    Restore(restore::Args),
    /// Move brands from SQLite to PostgreSQL or back
    Migrate(migrate::Args),
    /// Look for what is missing or dangerous in an installation
    Doctor(doctor::Args),
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Result<ExitCode, Failure> {
        match self.command {
            Command::Demo(args) => demo::run(args),
            Command::Serve(args) => serve::run(&args),
            Command::Detect(args) => detect::run(args),
            Command::Anonymise(args) => anonymise::run(args),
            Command::Ledger(command) => ledger::run(command),
            Command::Agent(command) => agent::run(command),
            Command::Channel(command) => channel::run(command),
            Command::Keys(command) => keys::run(command),
            Command::Backup(args) => backup::run(&args),
            Command::Restore(args) => restore::run(&args),
            Command::Migrate(args) => migrate::run(args),
            Command::Doctor(args) => doctor::run(args),
        }
    }
}

/// Where an installation is: arguments that several commands take.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Where {
    /// The configuration file (TOML); without one, defaults
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder [default: ./aside-data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The PostgreSQL database, postgres://user@host/name [default: SQLite in the data folder]
    ///
    /// A password belongs into the file of `database_password_file`, or with the whole URL into the variable:
    /// the arguments of a program can be read by everybody on its machine.
    #[arg(long, value_name = "URL", env = "ASIDE_DATABASE", hide_env_values = true)]
    database: Option<DatabaseUrl>,
}

impl Where {
    /// The configuration, with the arguments on top.
    pub(crate) fn config(&self, listen: Option<SocketAddr>) -> Result<Config, Failure> {
        let mut config = match &self.config {
            Some(path) => Config::read(path).map_err(StartError::from)?,
            None => Config::default(),
        };
        if let Some(data) = &self.data {
            config.data.clone_from(data);
        }
        if let Some(listen) = listen {
            config.listen = listen;
        }
        if let Some(database) = &self.database {
            database.check().map_err(StartError::from)?;
            config.database = Some(database.clone());
        }
        Ok(config)
    }
}

/// A command did not do what it was asked: one line, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    what: String,
    hint: Option<String>,
}

impl Failure {
    /// A failure without a hint.
    pub(crate) fn new(what: impl fmt::Display) -> Self {
        Self { what: what.to_string(), hint: None }
    }

    /// What to do about it.
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What to do about it, if there is something.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl From<StartError> for Failure {
    fn from(error: StartError) -> Self {
        let hint = match &error {
            StartError::Listen { .. } => {
                Some("another program may listen there; use --listen with another port")
            }
            StartError::Moving(_) => {
                Some("finish it with the same `aside migrate`, or give it up with --abandon")
            }
            StartError::RootKeyLost(_) => Some(
                "put the escrow copy in its place (mode 600), and give its passphrase in ASIDE_PASSPHRASE or with \
                 `passphrase_file`",
            ),
            StartError::Keys(aside_app::KeysError::Root {
                source:
                    KeyFileError::NeedsPassphrase | KeyFileError::WrongPassphrase | KeyFileError::NotSealed,
                ..
            }) => Some("the passphrase comes from ASIDE_PASSPHRASE, or from the file of `passphrase_file`"),
            StartError::Store(StoreError::CannotWrite(_)) => Some(
                "check that the disk has room, and that the data folder or the database can be written to",
            ),
            StartError::Store(StoreError::Unreachable(_)) => {
                Some("is the server running, and are address, user and password right? see --database")
            }
            StartError::Store(StoreError::TooNew { .. }) => {
                Some("run the version that wrote it, or a newer one")
            }
            StartError::Keys(aside_app::KeysError::InUse(_)) => Some(
                "whoever rotates keys must be alone: what others seal under an old key meanwhile would be lost",
            ),
            _ => None,
        };
        let failure = Self::new(&error);
        match hint {
            Some(hint) => failure.with_hint(hint),
            None => failure,
        }
    }
}

impl From<aside_app::AppError> for Failure {
    fn from(error: aside_app::AppError) -> Self {
        Self::new(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        StartError::from(error).into()
    }
}

/// Runs a command's asynchronous part.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::new(format!("the runtime cannot start: {e}")))?;
    runtime.block_on(work)
}
