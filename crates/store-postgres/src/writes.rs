//! The road of a write: alone or in a batch, again where that is safe, and then whoever waits is told.

use crate::{
    PostgresStore,
    announce::{Announcements, Changed},
    apply::{
        erasure, handles, must_be_its_own, numbers, outbox, plain,
        transaction::{self, Verdict},
    },
    conn::{Conn, Connections},
    error::Trouble,
    lanes::{Asked, Lanes, Pushed},
    signals::Signals,
};
use aside_model::{
    BrandId, ChannelId, Clock, Command, Outcome, Time,
    rows::{HandleRow, JobRow, KeyringRow, NewHandle},
};
use aside_store::{Result, StoreError, Writes};
use async_trait::async_trait;
use std::{sync::Arc, time::Duration};
use tokio::sync::oneshot;

/// How many commands share a commit at most.
const BATCH: usize = 256;

/// How often a transaction is tried again when another was in its way, or its connection was lost before the
/// commit. Those in the way are gone in milliseconds.
const TRIES: u32 = 8;

/// Something that is done in one transaction, and done again when that failed by chance.
pub(crate) trait Transaction: Send + Sync {
    type Answer: Send;
    fn attempt(
        &self,
        conn: &mut Conn,
        now: Time,
    ) -> impl Future<Output = Result<Self::Answer, Trouble>> + Send;
}

/// One command.
struct One<'a>(&'a Command);

impl Transaction for One<'_> {
    type Answer = (Outcome, Changed);
    async fn attempt(&self, conn: &mut Conn, now: Time) -> Result<Self::Answer, Trouble> {
        transaction::one(conn, now, self.0).await
    }
}

/// A batch of plain commands of one brand.
struct Together<'a>(BrandId, &'a [Asked]);

impl Transaction for Together<'_> {
    type Answer = (Vec<Verdict>, Changed);
    async fn attempt(&self, conn: &mut Conn, now: Time) -> Result<Self::Answer, Trouble> {
        let commands: Vec<&Command> = self.1.iter().map(|asked| &asked.command).collect();
        transaction::together(conn, self.0, now, &commands).await
    }
}

/// A handle that may be new.
struct AddHandle(NewHandle);

impl Transaction for AddHandle {
    type Answer = bool;
    async fn attempt(&self, conn: &mut Conn, _: Time) -> Result<bool, Trouble> {
        handles::add(conn, &self.0).await
    }
}

/// The next rows of whoever is being erased, about so many.
struct EraseMore(BrandId, u32);

impl Transaction for EraseMore {
    type Answer = u32;
    async fn attempt(&self, conn: &mut Conn, _: Time) -> Result<u32, Trouble> {
        erasure::steps::more(conn, self.0, self.1).await
    }
}

/// Places for the next entries of a brand, under a fence, at most so many.
struct Sequence(BrandId, i64, u32);

impl Transaction for Sequence {
    type Answer = u32;
    async fn attempt(&self, conn: &mut Conn, _: Time) -> Result<u32, Trouble> {
        numbers::sequence(conn, self.0, self.1, self.2).await
    }
}

/// What every write needs.
pub(crate) struct Writer {
    pub(crate) connections: Connections,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) lanes: Lanes,
    pub(crate) announcements: Arc<Announcements>,
    pub(crate) signals: Signals,
}

impl Writer {
    /// Does a transaction until it ends otherwise than by chance.
    pub(crate) async fn persist<T: Transaction>(&self, transaction: T) -> Result<T::Answer, Trouble> {
        let mut tries = 1;
        loop {
            let tried = match self.connections.get().await {
                Ok(mut conn) => {
                    let tried = transaction.attempt(&mut conn, self.clock.now()).await;
                    if tried.is_err() {
                        conn.roll_back().await;
                    }
                    tried
                }
                Err(trouble) => Err(trouble),
            };
            match tried {
                Err(Trouble::Collided | Trouble::Lost(_)) if tries < TRIES => {
                    tokio::time::sleep(Duration::from_millis(1 << tries)).await;
                    tries += 1;
                }
                ended => return ended,
            }
        }
    }

    /// Applies one command in a transaction of its own.
    async fn alone(&self, command: &Command) -> Result<Outcome> {
        let applied = self.persist(One(command)).await;
        let (outcome, changed) = applied.map_err(Trouble::told)?;
        self.tell(&changed);
        Ok(outcome)
    }

    /// Drives along a brand's lane until it is empty.
    async fn drive(self: Arc<Self>, brand: BrandId) {
        loop {
            let batch = self.lanes.take(brand, BATCH);
            if batch.is_empty() {
                return;
            }
            self.batch(brand, batch).await;
        }
    }

    async fn batch(self: &Arc<Self>, brand: BrandId, batch: Vec<Asked>) {
        match self.persist(Together(brand, &batch)).await {
            Ok((verdicts, changed)) => {
                self.tell(&changed);
                for (asked, verdict) in batch.into_iter().zip(verdicts) {
                    match verdict {
                        Verdict::Done(outcome) => drop(asked.answer.send(Ok(outcome))),
                        Verdict::Alone => self.detour(asked),
                    }
                }
            }
            // One of them cannot be; which one shows when each is tried alone.
            Err(
                Trouble::Failed(StoreError::Failed(_) | StoreError::Inconsistent { .. }) | Trouble::Collided,
            ) if batch.len() > 1 => {
                for asked in batch {
                    let outcome = self.alone(&asked.command).await;
                    // Whoever asked may have gone away; the work is done all the same.
                    drop(asked.answer.send(outcome));
                }
            }
            Err(trouble) => {
                tracing::error!(?trouble, commands = batch.len(), "a batch of commands was not written");
                let mut told = Some(trouble.told());
                for asked in batch {
                    let error = told.take().unwrap_or(StoreError::Busy);
                    told = Some(again(&error));
                    drop(asked.answer.send(Err(error)));
                }
            }
        }
    }

    /// Applies a command beside the lane, so that nobody else waits for what it waits for.
    fn detour(self: &Arc<Self>, asked: Asked) {
        let writer = Arc::clone(self);
        tokio::spawn(async move {
            let outcome = writer.alone(&asked.command).await;
            drop(asked.answer.send(outcome));
        });
    }

    /// Wakes whoever waits, here and in other processes.
    fn tell(&self, changed: &Changed) {
        if !changed.is_nothing() {
            self.announcements.announce(changed);
            self.signals.send(changed);
        }
    }
}

/// The same failure for another command of the same batch.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Busy => StoreError::Busy,
        StoreError::CannotWrite(what) => StoreError::CannotWrite(what.clone()),
        StoreError::Unreachable(what) => StoreError::Unreachable(what.clone()),
        StoreError::Unsuitable(what) => StoreError::Unsuitable(what.clone()),
        StoreError::Failed(what) => StoreError::Failed(what.clone()),
        other => StoreError::Failed(other.to_string()),
    }
}

/// The answer of a task that was started for a caller.
async fn answer<T>(answered: oneshot::Receiver<Result<T>>) -> Result<T> {
    answered
        .await
        .unwrap_or_else(|_| Err(StoreError::Failed("the program is ending, or a write panicked".into())))
}

#[async_trait]
impl Writes for PostgresStore {
    async fn apply(&self, command: Command) -> Result<Outcome> {
        must_be_its_own(&command)?;
        let (sender, answered) = oneshot::channel();
        let brand = command.brand;
        let asked = Asked { command, answer: sender };
        let writer = Arc::clone(&self.writer);
        // In a task of its own: a caller who goes away leaves nothing half done.
        if plain::is_plain(&asked.command) {
            match writer.lanes.push(asked) {
                Pushed::Waits => {}
                Pushed::First => drop(tokio::spawn(writer.drive(brand))),
                Pushed::Full => return Err(StoreError::Busy),
            }
        } else {
            writer.detour(asked);
        }
        answer(answered).await
    }

    async fn ensure_handle(&self, new: NewHandle) -> Result<(HandleRow, KeyringRow)> {
        let (sender, answered) = oneshot::channel();
        let writer = Arc::clone(&self.writer);
        let (brand, network, address) = (new.handle.brand, new.handle.network, new.handle.address_index);
        // Nearly every message comes from somebody known, and needs no transaction to find that out.
        if let Some(known) = handles::find(&writer.connections, brand, network, address).await? {
            return Ok(known);
        }
        tokio::spawn(async move {
            let added = writer.persist(AddHandle(new)).await;
            let found = match added {
                Ok(_) => handles::find(&writer.connections, brand, network, address).await,
                Err(trouble) => Err(trouble.told()),
            };
            let there = found.and_then(|found| found.ok_or(StoreError::Busy));
            drop(sender.send(there));
        });
        answer(answered).await
    }

    async fn erase_more(&self, brand: BrandId, limit: u32) -> Result<u32> {
        self.writer.persist(EraseMore(brand, limit)).await.map_err(Trouble::told)
    }

    async fn lead(
        &self,
        brand: BrandId,
        holder: [u8; 16],
        now: Time,
        lease: Duration,
    ) -> Result<Option<i64>> {
        numbers::lead(&self.writer.connections, brand, holder, now, lease).await
    }

    async fn sequence(&self, brand: BrandId, fence: i64, limit: u32) -> Result<u32> {
        self.writer.persist(Sequence(brand, fence, limit)).await.map_err(Trouble::told)
    }

    async fn claim_jobs(
        &self,
        now: Time,
        lease: Duration,
        limit: u32,
        busy: &[ChannelId],
    ) -> Result<Vec<JobRow>> {
        outbox::claim(&self.writer.connections, now, lease, limit, busy).await
    }
}
