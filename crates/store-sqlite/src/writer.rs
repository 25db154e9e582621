//! The one writer: takes what is queued, does it in one transaction, commits, and only then answers. A command
//! that must be taken back takes nothing of its neighbours with it. While one group is being synced the next one
//! gathers.

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

/// What work left in the transaction.
pub(crate) enum Left {
    /// What it changed, to be kept.
    Kept(Changed),
    /// Nothing at all.
    Nothing,
    /// Something that must be taken back.
    Remains,
}

/// Work that was done: what to answer, and what it left.
pub(crate) struct Done<T> {
    pub(crate) answer: T,
    pub(crate) left: Left,
}

impl<T> Done<T> {
    /// Work whose changes stay.
    pub(crate) fn kept(answer: T, changed: Changed) -> Self {
        Self { answer, left: Left::Kept(changed) }
    }
}

/// Something to do within a transaction, and somebody to answer after the commit. It may be done again, after
/// everything that it did was taken back.
trait Task: Send {
    /// Does it.
    fn work(&mut self, conn: &Connection, now: Time) -> Left;
    /// Answers: with what the work brought, unless the group as a whole `failed`.
    fn answer(self: Box<Self>, failed: Option<&StoreError>);
}

struct Asked<T, F> {
    work: F,
    /// Nothing until the work has begun.
    result: Option<Result<T>>,
    answer: oneshot::Sender<Result<T>>,
}

impl<T: Send, F: Send + Fn(&Connection, Time) -> Result<Done<T>>> Task for Asked<T, F> {
    fn work(&mut self, conn: &Connection, now: Time) -> Left {
        // Stands if what follows does not come back.
        self.result = Some(Err(StoreError::Failed("a command panicked; nothing of it was kept".into())));
        let (result, left) = match (self.work)(conn, now) {
            Ok(done) => (Ok(done.answer), done.left),
            Err(error) => (Err(error), Left::Remains),
        };
        self.result = Some(result);
        left
    }

    fn answer(self: Box<Self>, failed: Option<&StoreError>) {
        let result = match (self.result, failed) {
            // Its own error says more than that of the group, if it got as far as having one.
            (Some(Err(error)), _) => Err(error),
            (_, Some(failed)) => Err(error::again(failed)),
            (Some(result), None) => result,
            (None, None) => Err(StoreError::Failed("a command was not carried out".into())),
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
        work: impl Fn(&Connection, Time) -> Result<Done<T>> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let task = Asked { work, result: None, answer };
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
    ///
    /// Nearly all work stays, so none gets a savepoint at first: SQLite copies each page that changes under one.
    /// When some must be taken back, the transaction is, and begins again with a savepoint for each.
    fn transaction(
        &self,
        tasks: &mut impl Iterator<Item = Box<dyn Task>>,
        done: &mut Vec<Box<dyn Task>>,
        now: Time,
    ) -> Result<Vec<Changed>> {
        self.execute(BEGIN)?;
        let mut changes = Vec::new();
        let mut careful = false;
        for mut task in tasks {
            let left =
                if careful { self.savepoint(task.as_mut(), now) } else { self.work(task.as_mut(), now) };
            done.push(task);
            match left? {
                Left::Kept(changed) => changes.push(changed),
                Left::Nothing => {}
                Left::Remains => {
                    careful = true;
                    self.execute(ROLLBACK)?;
                    self.execute(BEGIN)?;
                    changes.clear();
                    for task in done.iter_mut() {
                        if let Left::Kept(changed) = self.savepoint(task.as_mut(), now)? {
                            changes.push(changed);
                        }
                    }
                }
            }
        }
        self.execute(COMMIT)?;
        Ok(changes)
    }

    /// One task within a savepoint: kept as a whole, or not at all.
    fn savepoint(&self, task: &mut dyn Task, now: Time) -> Result<Left> {
        self.execute(SAVEPOINT)?;
        let left = self.work(task, now)?;
        let left = match left {
            Left::Remains => {
                self.execute(ROLLBACK_TO)?;
                Left::Nothing
            }
            left => left,
        };
        self.execute(RELEASE)?;
        Ok(left)
    }

    /// One task; a panic leaves something to be taken back.
    fn work(&self, task: &mut dyn Task, now: Time) -> Result<Left> {
        let left = catch_unwind(AssertUnwindSafe(|| task.work(&self.conn, now))).unwrap_or(Left::Remains);
        if self.conn.is_autocommit() {
            // SQLite takes the whole transaction back when the disk is full or fails.
            return Err(StoreError::CannotWrite("the disk is full or failed".into()));
        }
        Ok(left)
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
