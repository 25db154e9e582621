//! `aside restore`: puts a copy back and brings it up to the ledger that went on without it.
//!
//! The copy is worked on in `<data>/restoring/` and moved into its place last, so that nothing half done is ever
//! served.

use super::{Failure, Where, backup, block_on, terminal};
use crate::{
    Config, StartError,
    installation::{open_app_alone, open_app_over},
};
use aside_app::{App, CatchUpError, CaughtUp};
use aside_model::BrandId;
use aside_store_sqlite::FolderLock;
use clap::Args as ClapArgs;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Where the copy is worked on.
const WORKSHOP: &str = "restoring";

const ABOUT: &str = "\
Needed in the data folder: keys/ (with the root key, or its escrow copy in its place) and ledger/, the living one.
By the ledger, everything that was erased, taken back or covered since the copy was made is erased again before
anything is served; agents who were locked out stay out. Links, codes, sessions and holds of the copy end. What
waited to be sent may have been sent since: people decide about it, under Jobs.

Where the ledger's files are lost, --ledger-lost begins a new log whose first entry names the last checkpoint that
the copy knows. Erasures since are then not known: ask the people who were erased, or do not restore.

On PostgreSQL its own tools put the copy back (pg_basebackup with its archive, or pg_dump and pg_restore). Then
`aside restore`, without --from, brings the database up to the ledger.

Examples:
  $ aside restore --from /backups/2026-11-22 --data ./aside-data
  $ aside restore --from /backups/2026-11-22 --data ./aside-data --replace   # an aside.db is there
  $ aside restore --data ./aside-data --database postgres://aside@db.internal/aside          # after pg_restore";

/// Arguments of `aside restore`.
#[derive(ClapArgs, Debug)]
#[command(after_help = ABOUT)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Where,
    /// The folder that `aside backup` made; left out where a database is configured
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// Put the aside.db that is there aside, as aside.db.replaced
    #[arg(long)]
    replace: bool,
    /// The ledger's files are lost: begin a new log
    #[arg(long)]
    ledger_lost: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    let note = match (&args.from, &config.database) {
        (Some(from), None) => Some(backup::read(from)?),
        (None, Some(_)) => None,
        (None, None) => {
            return Err(
                Failure::new("--from is missing").with_hint("give the folder that `aside backup` made")
            );
        }
        (Some(_), Some(_)) => {
            let hint = "put the copy back with pg_restore or the like, then run this without --from";
            return Err(Failure::new("--from is for SQLite, and a database is configured").with_hint(hint));
        }
    };
    if !config.data.join("keys").join("root.key").is_file() {
        let hint = "put the keys folder back first; without the root key nothing in the copy opens";
        return Err(
            Failure::new(format!("there is no keys/root.key in {}", config.data.display())).with_hint(hint)
        );
    }
    let (Some(from), Some(note)) = (&args.from, note) else {
        block_on(mend_database(args, &config))?;
        terminal::say("the database is up to its ledger; start the servers")?;
        return Ok(ExitCode::SUCCESS);
    };
    let database = config.data.join(backup::DATABASE);
    if database.exists() && !args.replace {
        let hint = "with --replace it is kept as aside.db.replaced; stop the server first";
        return Err(Failure::new(format!("{} is there already", database.display())).with_hint(hint));
    }
    let _alone = FolderLock::take(&config.data).map_err(StartError::from)?;
    let workshop = config.data.join(WORKSHOP);
    prepare(from, &workshop)?;
    block_on(mend(args, &config, &workshop, &note))?;
    put_in_place(&config, &workshop)?;
    terminal::say("restored; start the server")?;
    Ok(ExitCode::SUCCESS)
}

/// Brings every brand of the copy up to its log.
async fn mend(args: &Args, config: &Config, workshop: &Path, note: &backup::Note) -> Result<(), Failure> {
    let app = open_app_over(config, workshop)?;
    for copied in &note.brands {
        let brand: BrandId = copied
            .brand
            .parse()
            .map_err(|_| Failure::new(format!("{}: `{}` is no brand's id", backup::NOTE, copied.brand)))?;
        mend_brand(args, &app, brand, &copied.name).await?;
    }
    Ok(())
}

/// The same in a database that other tools have put back.
async fn mend_database(args: &Args, config: &Config) -> Result<(), Failure> {
    let app = open_app_alone(config).await?;
    for row in app.store().brands().await? {
        mend_brand(args, &app, row.brand, &row.name).await?;
    }
    Ok(())
}

async fn mend_brand(args: &Args, app: &App, brand: BrandId, name: &str) -> Result<(), Failure> {
    let done = if args.ledger_lost { app.begin_new_log(brand).await } else { app.catch_up(brand).await };
    let done = done.map_err(|error| refused(&error))?;
    terminal::say(&format!("{name}: {}", in_words(&done, args.ledger_lost)))
}

fn in_words(done: &CaughtUp, lost: bool) -> String {
    if lost {
        return format!("a new log begins; {} jobs are left to people", done.jobs);
    }
    format!(
        "{} later entries; {} customers erased again, {} messages destroyed, {} agents locked out again, {} jobs \
         left to people",
        done.entries, done.erased, done.removed, done.disabled, done.jobs
    )
}

fn refused(error: &CatchUpError) -> Failure {
    let hint = match error {
        CatchUpError::NoLog(_) => Some(
            "put the living ledger/ folder into the data folder, or begin a new log with --ledger-lost (erasures \
             since the copy are then not known)",
        ),
        CatchUpError::OtherLog { .. } => Some(
            "the ledger must be the newest one of this installation, whole; `aside ledger verify` tells more",
        ),
        CatchUpError::NotLost(_) => Some("leave --ledger-lost out"),
        CatchUpError::KeysRotated { .. } => Some("use a copy that was made after the rotation"),
        CatchUpError::App(_) | CatchUpError::Store(_) => None,
    };
    let failure = Failure::new(error);
    match hint {
        Some(hint) => failure.with_hint(hint),
        None => failure,
    }
}

/// A fresh workshop with the copy's database in it.
fn prepare(from: &Path, workshop: &Path) -> Result<(), Failure> {
    let cannot = |e: io::Error| Failure::new(format!("cannot write {}: {e}", workshop.display()));
    match fs::remove_dir_all(workshop) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(cannot(e)),
        _ => {}
    }
    backup::make_folder(workshop).map_err(cannot)?;
    let to = workshop.join(backup::DATABASE);
    fs::copy(from.join(backup::DATABASE), &to).map_err(cannot)?;
    #[cfg(unix)]
    fs::set_permissions(&to, std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(cannot)?;
    Ok(())
}

/// Moves the mended database into its place, durably.
fn put_in_place(config: &Config, workshop: &Path) -> Result<(), Failure> {
    let cannot = |e: io::Error| Failure::new(format!("cannot write {}: {e}", config.data.display()));
    let database = config.data.join(backup::DATABASE);
    // The write-ahead log first: without it the database would be older than it is, not newer.
    for beside in ["-shm", "-wal", ""] {
        let from = config.data.join(format!("{}{beside}", backup::DATABASE));
        let to = config.data.join(format!("{}.replaced{beside}", backup::DATABASE));
        match fs::rename(&from, &to) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(cannot(e)),
            _ => {}
        }
    }
    let mended = workshop.join(backup::DATABASE);
    File::open(&mended).and_then(|file| file.sync_all()).map_err(cannot)?;
    fs::rename(&mended, &database).map_err(cannot)?;
    File::open(&config.data).and_then(|folder| folder.sync_all()).map_err(cannot)?;
    fs::remove_dir_all(workshop).map_err(cannot)
}
