//! The embedded store: one SQLite database in the data folder.
//!
//! One writer thread owns the only connection that writes. It takes what is queued, up to 256 commands, carries
//! them out in one transaction, commits once, and only then answers; so many writers share one sync, and nobody
//! hears "done" before it is durable. Brands are served in turn, and a full queue says [`StoreError::Busy`]. Readers
//! are a few connections that can do nothing else: a few rows by key are read where they are asked for, pages on
//! blocking threads.
//!
//! # Where things are
//!
//! * `migrations/`: the schema. `schema.rs`: opening connections and bringing it up to date.
//! * `rows.rs`: how each row lies in its table. `cells.rs`: between fields and SQLite's values.
//! * `queue.rs`, `writer.rs`, `announce.rs`: the road of a write. `guards.rs`, `apply/`: what a command does.
//! * `reads/`: one file per area of the store's traits.
//!
//! Every SQL statement is a constant, and a test reads them all: each names the brand, but for those in a short
//! list with a reason.

#[macro_use]
mod sql;
mod cells;
mod error;
#[macro_use]
mod rows;
mod announce;
mod apply;
mod backup;
mod guards;
mod lock;
mod queue;
mod reads;
#[cfg(feature = "record")]
mod record;
mod schema;
mod transfer;
mod writer;

#[cfg(test)]
mod statements_test;

use announce::Announcements;
use aside_model::{
    BrandId, ChannelId, Clock, Command, Outcome, Time,
    rows::{HandleRow, JobRow, KeyringRow, NewHandle},
};
use aside_store::{Result, StoreError, Writes};
use async_trait::async_trait;
pub use lock::FolderLock;
use reads::Readers;
use rusqlite::Connection;
use std::{fs, path::Path, sync::Arc, time::Duration};
use writer::Writer;

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    /// Stamps what carries no time of its own: used keys, live events, touched jobs. Purging compares with it.
    pub clock: Arc<dyn Clock>,
    /// How many queries run at once.
    pub readers: usize,
    /// How many commands of one brand may wait to be written.
    pub queue_per_brand: usize,
    /// How many commands of all brands may wait to be written.
    pub queue: usize,
    /// A file into which every statement that writes is written down, for the load driver's floor; unless said
    /// otherwise the one that the environment names in `ASIDE_RECORD`. Only in builds made for measuring.
    #[cfg(feature = "record")]
    pub record: Option<std::path::PathBuf>,
}

impl Options {
    /// What suits one machine: 4 readers, 8,192 waiting commands of a brand, 16,384 of all.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            readers: 4,
            queue_per_brand: 8_192,
            queue: 16_384,
            #[cfg(feature = "record")]
            record: std::env::var_os("ASIDE_RECORD").map(Into::into),
        }
    }
}

/// A store in one SQLite database. Dropping it writes what is still queued, then gives the folder back.
pub struct SqliteStore {
    // In the order they are let go: readers, then the writer, whose connection is the last to close and tidies
    // the write-ahead log away, then the folder.
    readers: Readers,
    writer: Option<Writer>,
    announcements: Arc<Announcements>,
    _lock: Option<FolderLock>,
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore").field("read_only", &self.writer.is_none()).finish_non_exhaustive()
    }
}

impl SqliteStore {
    /// Opens the folder's `aside.db`, making both if they are not there, and brings its schema up to date.
    ///
    /// Fails with [`StoreError::InUse`] while another process has the folder, with [`StoreError::TooNew`] when
    /// a newer program has written to it, and with [`StoreError::CannotWrite`] where nothing can be written.
    pub fn open(folder: &Path, options: Options) -> Result<Self> {
        let cannot = |e: std::io::Error| StoreError::CannotWrite(format!("{}: {e}", folder.display()));
        make_private(folder).map_err(cannot)?;
        let lock = FolderLock::take(folder)?;
        let conn = schema::open_to_write(folder)?;
        #[cfg(feature = "record")]
        let conn = record::recording(conn, options.record.as_deref())?;
        let announcements = Arc::new(Announcements::new());
        let Options { clock, readers, queue_per_brand, queue, .. } = options;
        let writer = Writer::start(conn, clock, Arc::clone(&announcements), queue_per_brand, queue)?;
        let readers = Readers::new(folder.to_owned(), false, readers);
        Ok(Self { readers, writer: Some(writer), announcements, _lock: Some(lock) })
    }

    /// Opens the folder's `aside.db` for reading alone, for tools that look at a copy or beside a running
    /// server: no lock, no migration, and every write is refused with [`StoreError::CannotWrite`].
    pub fn open_read_only(folder: &Path) -> Result<Self> {
        let live = schema::open_to_read(folder).and_then(|conn| schema::must_be_current(&conn));
        let log = folder.join(format!("{}-wal", schema::NAME));
        let nothing_pending = fs::metadata(log).map_or(true, |log| log.len() == 0);
        let frozen = match live {
            Err(StoreError::Failed(_)) if nothing_pending => {
                schema::must_be_current(&schema::open_frozen(folder)?)?;
                true
            }
            other => {
                other?;
                false
            }
        };
        let readers = Readers::new(folder.to_owned(), frozen, 2);
        Ok(Self { readers, writer: None, announcements: Arc::new(Announcements::new()), _lock: None })
    }

    /// Runs a query on a connection that cannot write.
    async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.readers.read(query).await
    }

    /// Runs a query that finds a few rows by key, where it is asked for: it takes a few microseconds, and handing it
    /// to another thread and back takes ten times as long.
    fn look<T>(&self, query: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.readers.look(query)
    }

    fn writer(&self) -> Result<&Writer> {
        self.writer.as_ref().ok_or_else(|| StoreError::CannotWrite("it was opened for reading alone".into()))
    }
}

/// Makes the folder and the database file, for nobody else to look into.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        builder.mode(0o700);
        options.mode(0o600);
    }
    builder.create(folder)?;
    options.open(folder.join(schema::NAME)).map(drop)
}

#[async_trait]
impl Writes for SqliteStore {
    async fn apply(&self, command: Command) -> Result<Outcome> {
        let brand = command.brand;
        self.writer()?.ask(Some(brand), move |conn, now| apply::command(conn, now, &command)).await
    }

    async fn ensure_handle(&self, new: NewHandle) -> Result<(HandleRow, KeyringRow)> {
        let brand = new.handle.brand;
        let (network, address) = (new.handle.network, new.handle.address_index);
        // Nearly every message comes from somebody known, and needs no writer to find that out.
        let known = self.look(|conn| apply::handles::find(conn, brand, network, address))?;
        if let Some(known) = known {
            return Ok(known);
        }
        let work = move |conn: &Connection, now| apply::handles::ensure(conn, now, &new);
        self.writer()?.ask(Some(brand), work).await
    }

    async fn erase_more(&self, brand: BrandId, limit: u32) -> Result<u32> {
        let work = move |conn: &Connection, now| apply::erasure::steps::more(conn, now, brand, limit);
        self.writer()?.ask(Some(brand), work).await
    }

    async fn lead(
        &self,
        brand: BrandId,
        holder: [u8; 16],
        now: Time,
        lease: Duration,
    ) -> Result<Option<i64>> {
        let work = move |conn: &Connection, _| apply::ledger::lead(conn, brand, holder, now, lease);
        self.writer()?.ask(Some(brand), work).await
    }

    async fn sequence(&self, brand: BrandId, fence: i64, limit: u32) -> Result<u32> {
        let work = move |conn: &Connection, _| apply::ledger::sequence(conn, brand, fence, limit);
        self.writer()?.ask(Some(brand), work).await
    }

    async fn claim_jobs(
        &self,
        now: Time,
        lease: Duration,
        limit: u32,
        busy: &[ChannelId],
    ) -> Result<Vec<JobRow>> {
        let busy = busy.to_vec();
        let work = move |conn: &Connection, _| apply::outbox::claim(conn, now, lease, limit, &busy);
        self.writer()?.ask(None, work).await
    }
}
