//! Logs in a folder, with the rows they were made of where these are there.

use super::{
    Asked, Failure, published,
    rows::{Database, Rows},
    say_right, wrong,
};
use crate::backend;
use aside_app::ENTRIES_A_CHECKPOINT;
use aside_ledger::{Checkpoint, Fault, TileReader, VerifyOptions, path::CHECKPOINT};
use aside_model::{BrandId, rows::CheckpointRow};
use aside_store::{FolderTiles, Tiles};
use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

/// Verifies every log below a data folder (or only one brand's), or the one log that the folder is.
pub(super) fn verify(
    data: &Path,
    database: Option<Database>,
    only: Option<&str>,
    asked: &mut Asked<'_>,
) -> Result<Vec<Result<(), Failure>>, Failure> {
    if !data.is_dir() {
        return Err(Failure::new(format!("there is no folder {}", data.display())));
    }
    let ledger = data.join("ledger");
    let database = match database {
        Some(database) => Some(database),
        None => backend::open_copy(data)?.map(|store| Database { store, name: "aside.db" }),
    };
    if !ledger.is_dir() && database.is_none() {
        if !data.join(CHECKPOINT).exists() && !data.join("tile").is_dir() {
            let hint =
                "a log has a file `checkpoint` and a folder `tile`; a data folder has them in ledger/<brand>";
            return Err(Failure::new(format!("there is no log in {}", data.display())).with_hint(hint));
        }
        let log = Log { name: data.display().to_string(), reader: Folder::at(data), rows: None, brand: None };
        return Ok(vec![log.verify(asked)]);
    }
    let mut names = folders_in(&ledger)?;
    if let Some(database) = &database {
        names.extend(Rows::brands(&*database.store)?.iter().map(ToString::to_string));
    }
    if let Some(only) = only {
        let only = only.replace('-', "").to_lowercase();
        names.retain(|name| *name == only);
        if names.is_empty() {
            return Err(Failure::new(format!("there is no log of a brand {only} in {}", data.display())));
        }
    }
    if names.is_empty() {
        return Err(Failure::new(format!("there is no log in {}", ledger.display())));
    }
    let logs = names.into_iter().map(|name| {
        let brand: Option<BrandId> = name.parse().ok();
        let rows = brand.zip(database.clone()).map(|(brand, database)| Rows::new(database, brand));
        Log { reader: Folder::at(&ledger.join(&name)), name, rows, brand }
    });
    Ok(logs.map(|log| log.verify(asked)).collect())
}

/// The names of the folders in a folder; none if it is not there.
fn folders_in(folder: &Path) -> Result<BTreeSet<String>, Failure> {
    let failed = |e: io::Error| Failure::new(format!("cannot read {}: {e}", folder.display()));
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        entries => entries.map_err(failed)?,
    };
    let mut names = BTreeSet::new();
    for entry in entries {
        let entry = entry.map_err(failed)?;
        if entry.path().is_dir() {
            names.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}

struct Log {
    name: String,
    reader: Folder,
    rows: Option<Rows>,
    brand: Option<BrandId>,
}

impl Log {
    fn verify(mut self, asked: &mut Asked<'_>) -> Result<(), Failure> {
        let in_note = |what: String| format!("{CHECKPOINT}: {what}");
        let read = || published(&self.reader).map_err(|e| wrong(&self.name, in_note(e)));
        let note = read()?;
        // Read after the file: a running server writes the row first, so it is never behind the file.
        let row = match &self.rows {
            Some(rows) => rows.checkpoint().map_err(|e| wrong(&self.name, e))?,
            None => None,
        };
        // A log that began between the two.
        let note = if note.is_none() && row.is_some() { read()? } else { note };
        let unpublished = note.is_none();
        let Some(note) = note.or_else(|| first_note(row.as_ref())) else {
            return self.without_checkpoint(row.as_ref());
        };
        let rows = &mut self.rows;
        let report = asked
            .verify(&self.reader, &note, &mut |index, leaf| match rows {
                Some(rows) => rows.compare(index, leaf),
                None => Ok(()),
            })
            .map_err(|fault| wrong(&self.name, fault))?;
        if let Some(brand) = self.brand.filter(|brand| !is_of(&report.checkpoint.origin, *brand)) {
            let what = format!("it is of the log {}, not of brand {brand}", report.checkpoint.origin);
            return Err(wrong(&self.name, in_note(what)));
        }
        let more = match &mut self.rows {
            None => "; aside.db is not here, so entries were not compared with rows".to_owned(),
            Some(rows) => {
                let database = rows.name;
                let row =
                    row.ok_or_else(|| wrong(&self.name, in_note(format!("{database} knows of none"))))?;
                compare_checkpoints(&self.reader, &note, &report.checkpoint, &row, database)
                    .map_err(|fault| wrong(&self.name, fault))?;
                rows.compare_messages(report.checkpoint.size).map_err(|what| wrong(&self.name, what))?;
                let waiting = rows.waiting(report.checkpoint.size).map_err(|what| wrong(&self.name, what))?;
                match waiting {
                    0 => format!("; every entry and message is as in {database}"),
                    1 => format!(
                        "; every entry and message is as in {database}, where 1 more waits for its checkpoint"
                    ),
                    n => format!(
                        "; every entry and message is as in {database}, where {n} more wait for their checkpoint"
                    ),
                }
            }
        };
        let unpublished = if unpublished {
            "; its first checkpoint is not published yet: a server does that when it starts"
        } else {
            ""
        };
        say_right(&note, &report, &format!("{more}{unpublished}"))
    }

    /// A brand is new until its first checkpoint; after that, a missing file is a loss. Whoever was stopped on
    /// the way to the first one may have left its tiles.
    fn without_checkpoint(&self, row: Option<&CheckpointRow>) -> Result<(), Failure> {
        match (&self.rows, row) {
            (Some(rows), None)
                if !self.reader.has_tiles()
                    || rows.placed().map_err(|e| wrong(&self.name, e))?
                        <= i64::from(ENTRIES_A_CHECKPOINT) =>
            {
                super::terminal::say(&format!("{}: nothing is in the log yet\n", self.name))
            }
            (rows, Some(row)) => {
                let database = rows.as_ref().map_or("the database", |rows| rows.name);
                let what = format!("the file is missing; {database} knows one of {} entries", row.size);
                Err(wrong(&self.name, format!("{CHECKPOINT}: {what}")))
            }
            (_, None) => Err(wrong(&self.name, format!("{CHECKPOINT}: the file is missing"))),
        }
    }
}

/// The note of a checkpoint that may be a log's first: whoever stored it may have been stopped before its file
/// was written. Everything under it is proved all the same.
fn first_note(row: Option<&CheckpointRow>) -> Option<String> {
    row.filter(|row| row.size <= i64::from(ENTRIES_A_CHECKPOINT)).map(|row| row.note.clone())
}

/// Whether a log of this name is the brand's: its first one, or one begun anew after that was lost.
fn is_of(origin: &str, brand: BrandId) -> bool {
    let first = format!("aside/{brand}");
    origin.strip_prefix(&first).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The newest checkpoint in the database must be the published one, or extend it: the moment between the two
/// is short, but a server can be stopped in it.
fn compare_checkpoints(
    reader: &dyn TileReader,
    note: &str,
    published: &Checkpoint,
    row: &CheckpointRow,
    database: &str,
) -> Result<(), Fault> {
    let fault = |what: String| Fault { index: None, place: database.to_owned(), what };
    let stored = Checkpoint::parse_unverified(&row.note)
        .map_err(|e| fault(format!("its newest checkpoint does not read: {e}")))?;
    if stored.size != u64::try_from(row.size).unwrap_or(u64::MAX) {
        return Err(fault("its newest checkpoint says another size than its row".into()));
    }
    if stored.size < published.size {
        let what = format!(
            "its newest checkpoint has {} entries and the published one {}: the database was rolled back",
            stored.size, published.size
        );
        return Err(Fault { index: Some(stored.size), ..fault(what) });
    }
    if stored.size == published.size {
        return if stored == *published && row.note == note {
            Ok(())
        } else {
            Err(fault("its newest checkpoint is another one than the published one".into()))
        };
    }
    let options = VerifyOptions { since: Some(note), key: None };
    aside_ledger::verify(reader, &row.note, options, &mut |_, _| Ok(()), &mut |_, _| ()).map(drop).map_err(
        |found| Fault {
            what: format!("{} (its newest checkpoint does not extend the published one)", found.what),
            ..found
        },
    )
}

/// A log's files in a folder.
struct Folder(FolderTiles);

impl Folder {
    fn at(folder: &Path) -> Self {
        Self(FolderTiles::new(PathBuf::from(folder)))
    }

    fn has_tiles(&self) -> bool {
        self.0.root().join("tile").exists()
    }
}

impl TileReader for Folder {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        self.0.read(path).map_err(|e| e.to_string())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        let entries = match fs::read_dir(self.0.root().join(folder)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|e| e.to_string())?,
        };
        entries
            .map(|entry| Ok(entry.map_err(|e| e.to_string())?.file_name().to_string_lossy().into_owned()))
            .collect()
    }
}
