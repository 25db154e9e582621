//! The one writer: takes what is queued, does it in one transaction with a savepoint per command, commits,
//! and only then answers. While one group is being synced the next one gathers.

use crate::{
    announce::{Announcements, Changed},
    error,
    queue::FairQueue,
};
use aside_model::{BrandId, Clock, Time};
use aside_store::{Result, StoreError};
use rusqlite::Connection;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread::JoinHandle,
    time::Duration,
};
use tokio::sync::oneshot;

/// How many commands share a commit at most.
const GROUP: usize = 256;

/// How long the writer waits for readers before it leaves the write-ahead log for later; meanwhile nobody else
/// can write.
const WAIT_FOR_READERS: Duration = Duration::from_millis(10);
/// How soon it tries again, if nobody writes anything in the meantime.
const TRY_AGAIN: Duration = Duration::from_millis(50);

statements! {
    BEGIN("BEGIN IMMEDIATE");
    COMMIT("COMMIT");
    ROLLBACK("ROLLBACK");
    SAVEPOINT("SAVEPOINT command");
    RELEASE("RELEASE command");
    ROLLBACK_TO("ROLLBACK TO command");
    TRUNCATE_LOG("PRAGMA wal_checkpoint(TRUNCATE)");
}

/// Work that was done within its savepoint: what to answer, what it changed, and whether to keep that.
pub(crate) struct Done<T> {
    pub(crate) answer: T,
    pub(crate) changed: Changed,
    pub(crate) keep: bool,
}

impl<T> Done<T> {
    /// Work whose changes stay.
    pub(crate) fn kept(answer: T, changed: Changed) -> Self {
        Self { answer, changed, keep: true }
    }
}

/// Something to do within a savepoint, and somebody to answer after the commit.
trait Task: Send {
    /// Does it. What comes back says whether its changes stay, or that there are none.
    fn work(&mut self, conn: &Connection, now: Time) -> Option<Changed>;
    /// Answers: with what the work brought, unless the group as a whole `failed`.
    fn answer(self: Box<Self>, failed: Option<&StoreError>);
}

struct Asked<T, F> {
    work: Option<F>,
    result: Result<T>,
    answer: oneshot::Sender<Result<T>>,
}

impl<T: Send, F: Send + FnOnce(&Connection, Time) -> Result<Done<T>>> Task for Asked<T, F> {
    fn work(&mut self, conn: &Connection, now: Time) -> Option<Changed> {
        let work = self.work.take()?;
        match work(conn, now) {
            Ok(done) => {
                self.result = Ok(done.answer);
                done.keep.then_some(done.changed)
            }
            Err(error) => {
                self.result = Err(error);
                None
            }
        }
    }

    fn answer(self: Box<Self>, failed: Option<&StoreError>) {
        let result = match failed {
            // Its own error says more than that of the group, if it got as far as having one.
            Some(failed) if self.result.is_ok() || self.work.is_some() => Err(error::again(failed)),
            _ => self.result,
        };
        // Whoever asked may have gone away; the work is done all the same.
        drop(self.answer.send(result));
    }
}

/// The queue into the writer's thread, and the thread itself. Dropping it lets the thread finish what is
/// queued, and waits for it.
pub(crate) struct Writer {
    queue: Arc<FairQueue<Option<BrandId>, Box<dyn Task>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread on a connection that nobody else writes through.
    pub(crate) fn start(
        conn: Connection,
        clock: Arc<dyn Clock>,
        announcements: Arc<Announcements>,
        per_brand: usize,
        total: usize,
    ) -> Result<Self> {
        let queue = Arc::new(FairQueue::new(per_brand, total));
        let mut group = Group { conn, announcements, truncate: false };
        let taking = Arc::clone(&queue);
        let thread = std::thread::Builder::new()
            .name("aside-writer".into())
            .spawn(move || {
                while let Some(tasks) = taking.take(GROUP, group.truncate.then_some(TRY_AGAIN)) {
                    group.serve(tasks, clock.now());
                }
            })
            .map_err(|e| StoreError::Failed(format!("no thread for the writer: {e}")))?;
        Ok(Self { queue, thread: Some(thread) })
    }

    /// Queues work of a brand (or of none) and waits until it is durable.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        brand: Option<BrandId>,
        work: impl FnOnce(&Connection, Time) -> Result<Done<T>> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let result = Err(StoreError::Failed("a command panicked; nothing of it was kept".into()));
        let task = Asked { work: Some(work), result, answer };
        self.queue.push(brand, Box::new(task)).map_err(|_| StoreError::Busy)?;
        answered.await.unwrap_or_else(|_| Err(StoreError::Failed("the writer is gone".into())))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.queue.close();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the store's writer ended in a panic");
        }
    }
}

struct Group {
    conn: Connection,
    announcements: Arc<Announcements>,
    /// Whether erased rows may still lie in the write-ahead log.
    truncate: bool,
}

impl Group {
    /// Does the tasks, in as few transactions as errors allow, and answers them.
    fn serve(&mut self, tasks: Vec<Box<dyn Task>>, now: Time) {
        if tasks.is_empty() && self.truncate {
            self.truncate = !self.empty_log();
        }
        let mut tasks = tasks.into_iter();
        while tasks.len() > 0 {
            let mut done = Vec::with_capacity(tasks.len());
            let committed = self.transaction(&mut tasks, &mut done, now);
            match committed {
                Ok(changed) => {
                    if changed.iter().any(|c| c.erased) || self.truncate {
                        self.truncate = !self.empty_log();
                    }
                    self.announcements.announce(&changed);
                    for task in done {
                        task.answer(None);
                    }
                }
                Err(failure) => {
                    tracing::error!(error = %failure, commands = done.len(), "a group of commands was not written");
                    if !self.conn.is_autocommit() {
                        drop(self.execute(ROLLBACK));
                    }
                    if done.is_empty() {
                        done.extend(tasks.by_ref());
                    }
                    for task in done {
                        task.answer(Some(&failure));
                    }
                }
            }
        }
    }

    /// One transaction over the tasks, until they are all done or the transaction is lost. Those it took up
    /// are in `done` either way.
    fn transaction(
        &self,
        tasks: &mut impl Iterator<Item = Box<dyn Task>>,
        done: &mut Vec<Box<dyn Task>>,
        now: Time,
    ) -> Result<Vec<Changed>> {
        self.execute(BEGIN)?;
        let mut changes = Vec::new();
        for mut task in tasks {
            let change = self.savepoint(task.as_mut(), now);
            done.push(task);
            changes.extend(change?);
        }
        self.execute(COMMIT)?;
        Ok(changes)
    }

    /// One task within a savepoint: kept as a whole, or not at all.
    fn savepoint(&self, task: &mut dyn Task, now: Time) -> Result<Option<Changed>> {
        self.execute(SAVEPOINT)?;
        let kept = catch_unwind(AssertUnwindSafe(|| task.work(&self.conn, now))).unwrap_or(None);
        if self.conn.is_autocommit() {
            // SQLite takes the whole transaction back when the disk is full or fails.
            return Err(StoreError::CannotWrite("the disk is full or failed".into()));
        }
        if kept.is_none() {
            self.execute(ROLLBACK_TO)?;
        }
        self.execute(RELEASE)?;
        Ok(kept)
    }

    fn execute(&self, sql: &str) -> Result<()> {
        self.conn.prepare_cached(sql).and_then(|mut s| s.execute([])).map(drop).map_err(error::write)
    }

    /// Moves the write-ahead log into the database and empties it, so that no old page lingers. False when
    /// a reader is in the way; then it is tried again after the next group, or in a moment.
    fn empty_log(&self) -> bool {
        let emptied = self
            .conn
            .busy_timeout(WAIT_FOR_READERS)
            .and_then(|()| self.conn.query_row(TRUNCATE_LOG, [], |row| row.get::<_, i64>(0)));
        let patient = self.conn.busy_timeout(crate::schema::PATIENCE);
        matches!((emptied, patient), (Ok(0), Ok(())))
    }
}

#[cfg(test)]
mod tests;
