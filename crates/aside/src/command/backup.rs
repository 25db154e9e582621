//! `aside backup`: a copy of the database, made while a server runs, with a note of what it is.
//!
//! ```text
//! <copy>/aside.db      one moment's state of everything
//! <copy>/backup.json   when it was made, of which brands, how far each ledger was, the copy's SHA-256
//! ```
//!
//! Keys and ledger files are not in it: keys must not lie with the data, and the ledger lives on.

use super::{Failure, Where, block_on, brand::must_be_there, terminal};
use crate::{StartError, SystemClock};
use aside_model::Clock;
use aside_store::{Doorway, Ledger};
use aside_store_sqlite::SqliteStore;
use clap::Args as ClapArgs;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::{self, IsTerminal, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// The database in a copy.
pub(crate) const DATABASE: &str = "aside.db";
/// What a copy says about itself.
pub(crate) const NOTE: &str = "backup.json";
/// The version of [`Note`].
const VERSION: u32 = 1;

const ABOUT: &str = "\
The copy holds everything but keys and ledger files:
  keys     keep <data>/keys, or an escrow copy of the root key (aside keys escrow), in another place
  ledger   <data>/ledger is needed to restore: publish it or copy it often; it names nobody

On PostgreSQL use its own tools (pg_basebackup, pg_dump); then `aside restore --database URL`.

Example:
  $ aside backup --data ./aside-data --to /backups/2026-11-22";

/// Arguments of `aside backup`.
#[derive(ClapArgs, Debug)]
#[command(after_help = ABOUT)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Where,
    /// The folder to make; it must not be there yet
    #[arg(long, value_name = "DIR")]
    to: PathBuf,
}

/// What a copy says about itself.
#[derive(Serialize, Deserialize, Debug)]
pub(crate) struct Note {
    version: u32,
    /// Microseconds since 1970, in UTC.
    pub(crate) made_at: i64,
    /// The program that made it.
    program: String,
    /// Of the database file, in hexadecimal.
    sha256: String,
    /// Each brand as it was.
    pub(crate) brands: Vec<Copied>,
}

/// A brand in a copy.
#[derive(Serialize, Deserialize, Debug)]
pub(crate) struct Copied {
    /// Its id.
    pub(crate) brand: String,
    /// Its name.
    pub(crate) name: String,
    /// Its newest checkpoint, as the copy knows it; `null` if there was none yet.
    pub(crate) checkpoint: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    must_be_there(&config)?;
    if let Some(url) = &config.database {
        let hint = "use PostgreSQL's own tools: pg_basebackup, or pg_dump for a small one";
        return Err(Failure::new(format!("the data lies in {url}, not in a file")).with_hint(hint));
    }
    let cannot = |e: io::Error| Failure::new(format!("cannot write {}: {e}", args.to.display()));
    if args.to.exists() {
        let hint = "a copy never replaces another; choose a new folder";
        return Err(Failure::new(format!("{} is there already", args.to.display())).with_hint(hint));
    }
    make_folder(&args.to).map_err(cannot)?;
    let made = make(&config.data, &args.to);
    if made.is_err() {
        // What is half there must not be taken for a copy.
        drop(fs::remove_dir_all(&args.to));
    }
    let note = made?;
    let size = fs::metadata(args.to.join(DATABASE)).map_err(cannot)?.len();
    terminal::say(&format!(
        "copied {} brand{} ({} KiB) to {}\nkeys and ledger are not in it; see `aside backup --help`",
        note.brands.len(),
        if note.brands.len() == 1 { "" } else { "s" },
        size.div_ceil(1024),
        args.to.display()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn make(data: &Path, to: &Path) -> Result<Note, Failure> {
    let database = to.join(DATABASE);
    let shown = io::stderr().is_terminal();
    let mut progress = |done: u64, all: u64| {
        if shown {
            eprint!("\rcopying: {} %", done * 100 / all.max(1));
            drop(io::stderr().flush());
        }
    };
    SqliteStore::back_up(data, &database, &mut progress).map_err(StartError::from)?;
    if shown {
        eprint!("\r\x1b[K");
    }
    let note = Note {
        version: VERSION,
        made_at: SystemClock.now().0,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        sha256: sha256(&database)?,
        brands: brands(to)?,
    };
    let cannot = |e: io::Error| Failure::new(format!("cannot write {NOTE}: {e}"));
    let text = serde_json::to_vec_pretty(&note).map_err(|e| cannot(e.into()))?;
    let mut file = File::create(to.join(NOTE)).map_err(cannot)?;
    file.write_all(&text).and_then(|()| file.sync_all()).map_err(cannot)?;
    File::open(to).and_then(|folder| folder.sync_all()).map_err(cannot)?;
    Ok(note)
}

/// Reads a copy's note and sees that its database is the one that was copied.
pub(crate) fn read(copy: &Path) -> Result<Note, Failure> {
    let path = copy.join(NOTE);
    let wrong = |what: String| Failure::new(format!("{}: {what}", path.display()));
    let text = fs::read(&path)
        .map_err(|e| wrong(e.to_string()).with_hint("give the folder that `aside backup` made, whole"))?;
    let note: Note = serde_json::from_slice(&text).map_err(|e| wrong(e.to_string()))?;
    if note.version != VERSION {
        return Err(wrong(format!("version {}; this program reads {VERSION}", note.version)));
    }
    let database = copy.join(DATABASE);
    if sha256(&database)? != note.sha256 {
        return Err(Failure::new(format!("{} is not the file that was copied", database.display()))
            .with_hint("it was damaged or changed; use another copy"));
    }
    SqliteStore::check_copy(&database).map_err(StartError::from)?;
    Ok(note)
}

fn brands(copy: &Path) -> Result<Vec<Copied>, Failure> {
    let store = SqliteStore::open_read_only(copy).map_err(StartError::from)?;
    block_on(async move {
        let mut copied = Vec::new();
        for row in store.brands().await? {
            let checkpoint = store.checkpoint(row.brand).await?.map(|row| row.note);
            copied.push(Copied { brand: row.brand.to_string(), name: row.name, checkpoint });
        }
        Ok(copied)
    })
}

fn sha256(path: &Path) -> Result<String, Failure> {
    let failed = |e: io::Error| Failure::new(format!("cannot read {}: {e}", path.display()));
    let mut file = File::open(path).map_err(failed)?;
    let mut digest = aws_lc_rs::digest::Context::new(&aws_lc_rs::digest::SHA256);
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer).map_err(failed)? {
            0 => return Ok(hex::encode(digest.finish())),
            read => digest.update(&buffer[..read]),
        }
    }
}

/// A folder that only its owner can look into.
pub(crate) fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}
