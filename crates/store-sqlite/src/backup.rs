//! Copying the database while it is written to.
//!
//! The copy is one moment's state: the connection that reads holds its snapshot until the last page is copied, so
//! writers go on and change nothing in it. The write-ahead log grows meanwhile. Keys lie elsewhere and are not in it.

use crate::{SqliteStore, error, schema};
use aside_store::{Result, StoreError};
use rusqlite::{Connection, OpenFlags, backup::StepResult};
use std::{fs, path::Path, time::Duration};

/// Pages in one step: between steps others get their turn.
const PAGES: i32 = 1_000;
/// How long to wait where somebody holds a lock.
const PAUSE: Duration = Duration::from_millis(50);

statements! {
    BEGIN_SNAPSHOT("BEGIN");
    /// The snapshot is taken at the first read.
    TAKE_SNAPSHOT("PRAGMA user_version");
    /// A single file, without the files that a live database has beside it.
    AS_ONE_FILE("PRAGMA journal_mode = DELETE");
    IS_SOUND("PRAGMA integrity_check(1)");
}

impl SqliteStore {
    /// Copies the folder's database to `to`, which must not be there, while another process may write to it.
    /// `progress` hears how many pages are copied and how many there are. The copy is checked, durable and
    /// readable by its owner alone before this returns.
    pub fn back_up(folder: &Path, to: &Path, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
        let cannot = |e: std::io::Error| StoreError::CannotWrite(format!("{}: {e}", to.display()));
        let source = schema::open_to_read(folder)?;
        schema::must_be_current(&source)?;
        make_file(to).map_err(cannot)?;
        source.execute_batch(BEGIN_SNAPSHOT).map_err(error::read)?;
        source.query_row(TAKE_SNAPSHOT, [], |row| row.get::<_, i64>(0)).map_err(error::read)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut copy = Connection::open_with_flags(to, flags).map_err(error::write)?;
        copy_pages(&source, &mut copy, progress)?;
        copy.query_row(AS_ONE_FILE, [], |row| row.get::<_, String>(0)).map_err(error::write)?;
        must_be_sound(&copy)?;
        drop(copy);
        let folder = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::File::open(to).and_then(|file| file.sync_all()).map_err(cannot)?;
        fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(cannot)
    }

    /// Refuses a copy that SQLite finds damaged, or that another version wrote.
    pub fn check_copy(path: &Path) -> Result<()> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let copy = Connection::open_with_flags(path, flags).map_err(error::read)?;
        schema::version(&copy)?;
        must_be_sound(&copy)
    }
}

fn copy_pages(source: &Connection, copy: &mut Connection, progress: &mut dyn FnMut(u64, u64)) -> Result<()> {
    let backup = rusqlite::backup::Backup::new(source, copy).map_err(error::write)?;
    loop {
        let step = backup.step(PAGES).map_err(error::write)?;
        let at = backup.progress();
        let whole = u64::try_from(at.pagecount).unwrap_or(0);
        progress(whole - u64::try_from(at.remaining).unwrap_or(0).min(whole), whole);
        match step {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked => std::thread::sleep(PAUSE),
            _ => {}
        }
    }
}

fn must_be_sound(copy: &Connection) -> Result<()> {
    let found: String = copy.query_row(IS_SOUND, [], |row| row.get(0)).map_err(error::read)?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Failed(format!("the copy is damaged: {found}"))) }
}

/// An empty file that only its owner can read.
fn make_file(path: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}
