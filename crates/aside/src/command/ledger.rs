//! `aside ledger verify`: reads a log again from its first entry to its last, and believes nothing.

mod folder;
mod http;
mod messages;
mod older;
mod rows;

use super::{Failure, block_on, terminal};
use crate::{Config, DatabaseUrl, StartError, SystemClock, backend};
use aside_ledger::{Checkpoint, Fault, LedgerError, Report, TileReader, VerifyOptions, path::CHECKPOINT};
use aside_store::Store;
use clap::{Args as ClapArgs, Subcommand};
use older::OlderCheckpoints;
use rows::Database;
use std::{
    io::{IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};
use tokio::runtime::Handle;

/// From how many entries on people are told how far it is.
const LONG: u64 = 5_000;

const EXAMPLES: &str = "\
Examples:
  $ aside ledger verify --data ./aside-data
  $ aside ledger verify --data ./aside-data > kept-elsewhere.txt     # and later:
  $ aside ledger verify --data ./aside-data --since kept-elsewhere.txt
  $ aside ledger verify --url https://brand.example/.well-known/aside/<brand> --key <vkey>

Without --since, a log that was cut back or rewritten as a whole looks consistent; without --key, anybody \
could have signed it. The key is at /.well-known/aside/<brand>/key; have it from the brand by another way, \
once, and keep it.

Exit code 0: nothing is wrong. Exit code 1: the first entry that is wrong is named.";

/// What can be done with a ledger.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Check every entry, every tile and the checkpoint of a log
    ///
    /// Reads the log's files in a data folder (or in one brand's ledger folder, copied alone), computes every
    /// hash again, and compares each entry with its row in aside.db where that is there; works while a server
    /// runs. Or reads them over HTTP.
    #[command(after_help = EXAMPLES)]
    Verify(Verify),
}

/// Arguments of `aside ledger verify`.
#[derive(ClapArgs, Debug)]
pub(crate) struct Verify {
    #[command(flatten)]
    log: Where,
    /// An older checkpoint of the log, kept from earlier: a file, `-` for standard input, or the note itself
    #[arg(long, value_name = "CHECKPOINT", allow_hyphen_values = true)]
    since: Option<String>,
    /// The PostgreSQL database that the log's entries are in, to compare each with its row
    #[arg(long, value_name = "URL", env = "ASIDE_DATABASE", hide_env_values = true)]
    database: Option<DatabaseUrl>,
    /// The log's verifier key (name+id+base64)
    #[arg(long, value_name = "VKEY", value_parser = verifier_key)]
    key: Option<String>,
    /// Only the log of the brand with this id
    #[arg(long, value_name = "ID", conflicts_with = "url")]
    brand: Option<String>,
}

#[derive(ClapArgs, Debug)]
#[group(required = true, multiple = false)]
struct Where {
    /// A data folder, or a brand's ledger folder copied alone
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Where a log is published
    #[arg(long, value_name = "URL")]
    url: Option<String>,
}

fn verifier_key(text: &str) -> Result<String, String> {
    match Checkpoint::open("", text) {
        Err(LedgerError::Malformed { place, what }) if place == "the verifier key" => Err(what),
        _ => Ok(text.trim().to_owned()),
    }
}

pub(crate) fn run(command: Command) -> Result<ExitCode, Failure> {
    let Command::Verify(args) = command;
    block_on(async move {
        let work = tokio::task::spawn_blocking(move || verify(&args));
        work.await.map_err(|_| Failure::new("the verifier failed; nothing is proven"))?
    })
}

/// The database of an installation whose folder has none. Runs on a thread that may wait.
fn open_database(data: &Path, url: &DatabaseUrl) -> Result<Database, Failure> {
    url.check().map_err(StartError::from)?;
    let config = Config { data: data.to_owned(), database: Some(url.clone()), ..Config::default() };
    let store = Handle::current().block_on(backend::open_to_look(&config, Arc::new(SystemClock)))?;
    Ok(Database { store, name: "the database" })
}

fn verify(args: &Verify) -> Result<ExitCode, Failure> {
    let older = args.since.as_deref().map(OlderCheckpoints::read).transpose()?.unwrap_or_default();
    let mut asked =
        Asked { older, key: args.key.as_deref(), compared: false, older_used: 0, key_used: false };
    let wrong = match (&args.log.data, &args.log.url) {
        (_, Some(url)) => vec![http::verify(url, &mut asked)?],
        (Some(data), None) => {
            let database = args.database.as_ref().map(|url| open_database(data, url)).transpose()?;
            folder::verify(data, database, args.brand.as_deref(), &mut asked)?
        }
        (None, None) => return Err(Failure::new("neither --data nor --url is given")),
    };
    let wrong: Vec<Failure> = wrong.into_iter().filter_map(Result::err).collect();
    let mut wrong = wrong.into_iter();
    if let Some(first) = wrong.next() {
        for other in wrong {
            eprintln!("aside: {other}");
        }
        return Err(first);
    }
    asked.everything_was_used()?;
    if !asked.compared {
        eprintln!("keep this checkpoint somewhere else and give it with --since next time: only then a");
        eprintln!("roll-back is found");
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a brand's log again and compares it with the rows of a store that is to take it over.
pub(crate) fn verify_rows(data: &Path, store: Arc<dyn Store>, brand: &str) -> Result<(), Failure> {
    let mut asked = Asked {
        older: OlderCheckpoints::default(),
        key: None,
        compared: false,
        older_used: 0,
        key_used: false,
    };
    let database = Database { store, name: "the new store" };
    folder::verify(data, Some(database), Some(brand), &mut asked)?.into_iter().collect()
}

/// What every log is compared with.
struct Asked<'a> {
    older: OlderCheckpoints,
    key: Option<&'a str>,
    compared: bool,
    older_used: usize,
    key_used: bool,
}

impl Asked<'_> {
    /// Reads a whole log. `older` and `key` count where they are of this log.
    fn verify(
        &mut self,
        reader: &dyn TileReader,
        note: &str,
        on_entry: &mut aside_ledger::OnEntry<'_>,
    ) -> Result<Report, Fault> {
        let origin = Checkpoint::parse_unverified(note).map(|c| c.origin).unwrap_or_default();
        let since = self.older.of(&origin);
        let key = self.key.filter(|key| key.split('+').next() == Some(&origin));
        self.older_used += usize::from(since.is_some());
        self.compared |= since.is_some();
        self.key_used |= key.is_some();
        let mut progress = Progress::default();
        let report =
            aside_ledger::verify(reader, note, VerifyOptions { since, key }, on_entry, &mut |done, total| {
                progress.show(done, total);
            });
        progress.end();
        report
    }

    /// A checkpoint or key of a log that was not there proves nothing, and must not look as if it did.
    fn everything_was_used(&self) -> Result<(), Failure> {
        if self.older.len() > self.older_used {
            return Err(Failure::new("--since: it is a checkpoint of another log than those that are here"));
        }
        if self.key.is_some() && !self.key_used {
            return Err(Failure::new("--key: it is the key of another log than those that are here"));
        }
        Ok(())
    }
}

/// Prints a checkpoint and what was found about it.
fn say_right(note: &str, report: &Report, more: &str) -> Result<(), Failure> {
    terminal::say(&format!("{}\n{report}{more}\n", note.trim_end_matches('\n')))
}

/// A log that is wrong.
fn wrong(log: &str, fault: impl std::fmt::Display) -> Failure {
    Failure::new(format!("{log}: {fault}"))
}

/// The published checkpoint.
fn published(reader: &dyn TileReader) -> Result<Option<String>, String> {
    let Some(bytes) = reader.read(CHECKPOINT)? else { return Ok(None) };
    String::from_utf8(bytes).map(Some).map_err(|_| "it is not text".to_owned())
}

/// How far it is, for people who wait.
#[derive(Default)]
struct Progress {
    percent: u64,
    shown: bool,
}

impl Progress {
    fn show(&mut self, done: u64, total: u64) {
        let percent = done.saturating_mul(100) / total.max(1);
        if total < LONG || percent == self.percent || !std::io::stderr().is_terminal() {
            return;
        }
        (self.percent, self.shown) = (percent, true);
        eprint!("\r{done} of {total} entries, {percent} %");
        drop(std::io::stderr().flush());
    }

    fn end(&self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}
