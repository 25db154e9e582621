//! Bringing a restored copy up to the log that went on without it, before it serves.
//!
//! A copy is older than its log. What the log knows and the copy does not: who was erased since, which messages
//! were taken back or changed, which agents were locked out. All of that is done again. What a copy would bring
//! back to life ends: links and codes that were used since, sessions, holds, and jobs that may have been done.
//! Texts that came after the copy was made are lost; the log says that they were there.

mod jobs;
mod replay;

use crate::{App, AppError, KeysError, Result, record::Entry, sequencer::Reader};
use aside_ledger::{Checkpoint, VerifyOptions, bundle, leaf::Leaf, path};
use aside_model::{
    BrandId, Command, ConversationId, Effect, EntryId, PurgeKind, Time,
    rows::{CheckpointRow, EntryRow},
};
use aside_store::Tiles;
use serde::Serialize;
use std::{collections::HashMap, sync::Arc};

/// Entries in one command.
const AT_ONCE: usize = 256;
/// After everything that can be stored.
const FAR: Time = Time(i64::MAX);

/// What was done to bring a copy up to its log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct CaughtUp {
    /// Entries that the log had and the copy had not, or not at their place.
    pub entries: u64,
    /// Customers who were erased again.
    pub erased: u32,
    /// Messages whose text was destroyed, since it was taken back or changed after the copy was made.
    pub removed: u32,
    /// Agents who may not sign in any more.
    pub disabled: u32,
    /// Jobs that may have been done since: people decide about them.
    pub jobs: u32,
}

/// A copy cannot be brought up to its log. The text says what a person can do.
#[derive(Debug, thiserror::Error)]
pub enum CatchUpError {
    /// The log's files are not there.
    #[error("the ledger of brand {0} is not there")]
    NoLog(BrandId),
    /// The log is not what the copy's checkpoint says, or not sound.
    #[error("the ledger of brand {brand} does not continue the copy's: {what}")]
    OtherLog {
        /// Whose log.
        brand: BrandId,
        /// The first thing that is wrong.
        what: String,
    },
    /// The log's files are there although they are said to be lost.
    #[error("the ledger of brand {0} is there; only a lost one is begun anew")]
    NotLost(BrandId),
    /// Keyrings lie under a key that was destroyed.
    #[error(
        "the copy was made before the keys of brand {brand} were rotated (its keyrings need epoch {epoch}): \
         nothing in it opens any more"
    )]
    KeysRotated {
        /// Whose keys.
        brand: BrandId,
        /// The epoch that is gone.
        epoch: u32,
    },
    /// A use case or the store.
    #[error(transparent)]
    App(#[from] AppError),
    /// The store.
    #[error(transparent)]
    Store(#[from] aside_store::StoreError),
}

/// The log beyond what the copy knows.
struct Later {
    /// Entries with their places, in the log's order.
    leaves: Vec<(i64, Vec<u8>)>,
    note: String,
    size: i64,
}

impl App {
    /// Brings a brand's restored rows up to its log, and says so in it. Doing it again changes nothing more.
    pub async fn catch_up(&self, brand: BrandId) -> Result<CaughtUp, CatchUpError> {
        self.keys_must_open(brand).await?;
        let from = self.store.checkpoint(brand).await?.map_or(0, |row| row.size);
        let later = self.later(brand).await?;
        let mut done = CaughtUp { entries: later.leaves.len() as u64, ..CaughtUp::default() };
        self.take_over(brand, &later).await?;
        self.replay(brand, &later, &mut done).await?;
        done.jobs = self.leave_jobs_to_people(brand).await?;
        self.end_what_may_be_used_up(brand).await?;
        let entry = Entry::of("restored")
            .fact("from", from.to_string())
            .fact("to", later.size.to_string())
            .fact("erased", done.erased.to_string())
            .fact("removed", done.removed.to_string())
            .fact("disabled", done.disabled.to_string())
            .fact("jobs", done.jobs.to_string());
        self.say(brand, entry).await?;
        Ok(done)
    }

    /// Begins a new log for a brand whose log's files are lost. Its first entry names the last checkpoint that
    /// the copy knows; everything that the copy knows follows. Erasures since are not known any more.
    pub async fn begin_new_log(&self, brand: BrandId) -> Result<CaughtUp, CatchUpError> {
        self.keys_must_open(brand).await?;
        let tiles = (self.tiles)(brand);
        if tiles.read(path::CHECKPOINT).map_err(unreadable)?.is_some() {
            return Err(CatchUpError::NotLost(brand));
        }
        let keys = self.keys.brand(brand).map_err(failed)?;
        let mut entry = Entry::of("log_restarted").fact("old_log", keys.log.name());
        if let Some(row) = self.store.checkpoint(brand).await? {
            let old = Checkpoint::open(&row.note, &keys.log.verifier()).map_err(AppError::from)?;
            entry = entry.fact("old_size", old.size.to_string()).fact("old_root", hex::encode(old.root));
        }
        self.keys.start_log(brand, &*self.random).map_err(failed)?;
        let row = self.entry(brand, self.clock.now(), entry)?;
        self.store.apply(Command::new(brand).effect(Effect::RestartLog(row))).await?;
        let jobs = self.leave_jobs_to_people(brand).await?;
        self.end_what_may_be_used_up(brand).await?;
        Ok(CaughtUp { jobs, ..CaughtUp::default() })
    }

    /// Every keyring's epoch is there.
    async fn keys_must_open(&self, brand: BrandId) -> Result<(), CatchUpError> {
        let keys = self.keys.brand(brand).map_err(failed)?;
        let others = self.store.keyrings_not_at(brand, keys.current().epoch(), u32::MAX).await?;
        match others.iter().find(|row| keys.epoch(row.epoch).is_none()) {
            Some(row) => Err(CatchUpError::KeysRotated { brand, epoch: row.epoch }),
            None => Ok(()),
        }
    }

    /// Verifies the whole log against the copy's checkpoint, and reads what comes after it.
    async fn later(&self, brand: BrandId) -> Result<Later, CatchUpError> {
        let stored = self.store.checkpoint(brand).await?;
        let vkey = self.keys.brand(brand).map_err(failed)?.log.verifier();
        let tiles = (self.tiles)(brand);
        let work = tokio::task::spawn_blocking(move || read_later(brand, tiles, stored.as_ref(), &vkey));
        work.await.map_err(|e| AppError::Failed(e.to_string()))?
    }

    /// The rows of the log's entries, with their places, and the log's newest checkpoint last.
    async fn take_over(&self, brand: BrandId, later: &Later) -> Result<()> {
        let mut known: HashMap<ConversationId, bool> = HashMap::new();
        for chunk in later.leaves.chunks(AT_ONCE) {
            let mut command = Command::new(brand);
            for (index, bytes) in chunk {
                let leaf = Leaf::parse(bytes).map_err(|e| AppError::Failed(format!("entry {index}: {e}")))?;
                // What is said of a message that is lost belongs to no timeline any more.
                let lost = match replay::id_in(&leaf, "message") {
                    Some(message) => self.store.message(brand, message).await?.is_none(),
                    None => false,
                };
                let conversation = match replay::id_in(&leaf, "conversation").filter(|_| !lost) {
                    Some(id) => {
                        let there = match known.get(&id) {
                            Some(there) => *there,
                            None => self.store.conversation(brand, id).await?.is_some(),
                        };
                        known.insert(id, there);
                        Some(id).filter(|_| there)
                    }
                    None => None,
                };
                command = command.effect(Effect::RestoreEntry(EntryRow {
                    brand,
                    entry: EntryId::from_bytes(leaf.id),
                    conversation,
                    keyring: None,
                    kind: leaf.kind,
                    at: Time(leaf.at),
                    leaf: bytes.clone(),
                    details_sealed: None,
                    index: Some(*index),
                }));
            }
            self.store.apply(command).await?;
        }
        let at = self.clock.now();
        let checkpoint = CheckpointRow { brand, size: later.size, note: later.note.clone(), at };
        self.store.apply(Command::new(brand).effect(Effect::AddCheckpoint(checkpoint))).await?;
        Ok(())
    }

    /// Links, codes and sessions may have been used up or ended since, and nobody could open a hold without them.
    async fn end_what_may_be_used_up(&self, brand: BrandId) -> Result<()> {
        while self.expire_holds(brand, FAR).await? > 0 {}
        let command = Command::new(brand)
            .effect(Effect::Purge(PurgeKind::Holds, FAR))
            .effect(Effect::Purge(PurgeKind::Expired, FAR));
        self.store.apply(command).await?;
        Ok(())
    }

    async fn say(&self, brand: BrandId, entry: Entry<'_>) -> Result<()> {
        let row = self.entry(brand, self.clock.now(), entry)?;
        self.store.apply(Command::new(brand).effect(Effect::AddEntry(row))).await?;
        Ok(())
    }
}

fn read_later(
    brand: BrandId,
    tiles: Arc<dyn Tiles>,
    stored: Option<&CheckpointRow>,
    vkey: &str,
) -> Result<Later, CatchUpError> {
    let other = |what: String| CatchUpError::OtherLog { brand, what };
    let reader = Reader(tiles);
    let tiles = &reader.0;
    let Some(note) = tiles.read(path::CHECKPOINT).map_err(unreadable)? else {
        return Err(CatchUpError::NoLog(brand));
    };
    let note = String::from_utf8(note).map_err(|_| other("its checkpoint is not text".into()))?;
    let options = VerifyOptions { since: stored.map(|row| row.note.as_str()), key: Some(vkey) };
    let report = aside_ledger::verify(&reader, &note, options, &mut |_, _| Ok(()), &mut |_, _| ())
        .map_err(|fault| other(fault.to_string()))?;
    let size = report.checkpoint.size;
    let first = stored.map_or(0, |row| row.size.max(0) as u64);
    let mut leaves = Vec::new();
    for number in first / u64::from(path::WIDTH)..size.div_ceil(u64::from(path::WIDTH)) {
        let start = number * u64::from(path::WIDTH);
        let width = path::width(size, 0, number);
        let place = path::bundle(number, width);
        // Whoever filled the bundle meanwhile removed its shorter versions.
        let bytes = match tiles.read(&place).map_err(unreadable)? {
            Some(bytes) => bytes,
            None => tiles
                .read(&path::bundle(number, path::WIDTH))
                .map_err(unreadable)?
                .ok_or_else(|| other(format!("{place} is missing")))?,
        };
        for (index, entry) in (start..size).zip(bundle::entries(&bytes)) {
            let entry = entry.map_err(|_| other(format!("{place} does not read")))?;
            if index >= first {
                leaves.push((index as i64, entry.to_vec()));
            }
        }
    }
    Ok(Later { leaves, note, size: size as i64 })
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` wants")]
fn failed(error: KeysError) -> AppError {
    AppError::Failed(error.to_string())
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` wants")]
fn unreadable(error: std::io::Error) -> AppError {
    AppError::Failed(format!("the ledger's files: {error}"))
}
