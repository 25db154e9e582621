//! From entries to a log: places in order, tiles, fsync, checkpoint. Each step can be repeated from the rows.
//!
//! Of the processes over one database one leads each brand's sequencing, for as long as it renews its lease. A
//! process that does not lead does nothing for the brand and tries again. Whoever lost the lead without noticing
//! (it was stopped, or its machine was) writes nothing that counts: the store refuses places and checkpoints under
//! an older fence, tiles are the same whoever writes them, and a published checkpoint is replaced only by a larger
//! one.

mod published;

use crate::{App, AppError, Result};
use aside_ledger::{Checkpoint, TileReader, Tree};
use aside_model::{
    BrandId, Command, Effect, Guard, Outcome, Time,
    rows::CheckpointRow,
    sabotage::{self, Switch},
};
use aside_store::{StoreError, Tiles};
use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::Mutex;

/// How many entries a checkpoint adds to a log at most; so the first one covers no more.
pub const ENTRIES_A_CHECKPOINT: u32 = 256;
/// How long entries gather before they are put into the log.
const GATHER: Duration = Duration::from_millis(200);
/// How long whoever leads a brand's sequencing may be silent before somebody else does.
const LEASE: Duration = Duration::from_secs(5);
/// How often somebody who was not woken looks whether whoever leads has gone silent.
const LOOK: Duration = Duration::from_secs(2);

/// The brands' logs that this process leads.
#[derive(Default)]
pub(crate) struct Logs {
    led: Mutex<HashMap<BrandId, Led>>,
    /// Who this process is among those that want to lead.
    holder: OnceLock<[u8; 16]>,
}

/// A log that this process leads, or led when it last looked.
struct Led {
    fence: i64,
    /// When the lease is over.
    until: Time,
    /// The tree. It advances only after its checkpoint is durable.
    tree: Tree,
}

/// Reads a log's files for the ledger.
pub(crate) struct Reader(pub(crate) Arc<dyn Tiles>);

impl TileReader for Reader {
    fn read(&self, path: &str) -> std::result::Result<Option<Vec<u8>>, String> {
        self.0.read(path).map_err(|e| e.to_string())
    }
}

impl App {
    /// Works until the future is dropped: puts entries into the logs as they come.
    pub async fn run_sequencer(&self) {
        loop {
            if let Err(error) = self.sequence_all().await {
                tracing::error!(%error, "the ledger could not be advanced");
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
            tokio::select! {
                () = self.store.entry_added().notified() => tokio::time::sleep(GATHER).await,
                () = tokio::time::sleep(LOOK) => {}
            }
        }
    }

    /// Puts every entry of every brand into its log, as far as this process may: a brand's log that another
    /// process leads is left to it. A log that cannot be advanced holds up no other brand's; the first error is
    /// returned when all have had their turn.
    pub async fn sequence_all(&self) -> Result<()> {
        let mut first = Ok(());
        for brand in self.store.brands().await? {
            loop {
                match self.advance_log(brand.brand).await {
                    Ok(0) => break,
                    Ok(_) => {}
                    Err(error) => {
                        tracing::error!(%error, brand = %brand.brand, "a brand's log could not be advanced");
                        first = first.and(Err(error));
                        break;
                    }
                }
            }
        }
        first
    }

    /// Gives back every lead, so that another process need not wait until the lease is over. For whoever stops.
    pub async fn step_down(&self) {
        let led = std::mem::take(&mut *self.logs.led.lock().await);
        for brand in led.into_keys() {
            if let Err(error) = self.store.lead(brand, self.holder(), self.clock.now(), Duration::ZERO).await
            {
                tracing::warn!(%error, %brand, "a lead was not given back; it runs out by itself");
            }
        }
    }

    /// Puts the next entries of a brand into its log, under one checkpoint. Returns how many: none when there are
    /// none, or when another process leads.
    async fn advance_log(&self, brand: BrandId) -> Result<u32> {
        let mut logs = self.logs.led.lock().await;
        if self.log_is_up_to_date(brand, logs.get(&brand)).await? {
            return Ok(0);
        }
        // What goes wrong, and a lead that is lost, drops the tree: it is resumed from what is durable.
        let led = logs.remove(&brand);
        let Some(mut led) = self.lead(brand, led).await? else { return Ok(0) };
        let Some(count) = self.append(brand, &mut led).await? else { return Ok(0) };
        logs.insert(brand, led);
        Ok(count)
    }

    /// Whether nothing is to be done, not even what somebody left who stopped between checkpoint and publishing.
    /// It only reads, so that an idle process writes nothing.
    async fn log_is_up_to_date(&self, brand: BrandId, led: Option<&Led>) -> Result<bool> {
        let (sequenced, waiting) = self.store.entry_counts(brand).await?;
        if waiting > 0 {
            return Ok(false);
        }
        if let Some(led) = led {
            return Ok(led.tree.size() as i64 == sequenced);
        }
        // First what is published: a checkpoint is stored before it is published.
        let published = self.published(brand).await?.map_or(0, |checkpoint| checkpoint.size as i64);
        let stored = self.store.checkpoint(brand).await?.map_or(0, |row| row.size);
        Ok(published == stored && stored == sequenced)
    }

    /// Takes or renews the lead. The tree stays while the fence does: nobody else can have written under it.
    async fn lead(&self, brand: BrandId, led: Option<Led>) -> Result<Option<Led>> {
        let now = self.clock.now();
        let led = match led {
            // Renewed in time, and not with every batch. Whether it was lost all the same, each write finds out.
            Some(led) if led.until.since(now) > LEASE / 2 => return Ok(Some(led)),
            other => other,
        };
        let Some(fence) = self.store.lead(brand, self.holder(), now, LEASE).await? else { return Ok(None) };
        let until = now.plus(LEASE);
        match led {
            Some(led) if led.fence == fence => Ok(Some(Led { until, ..led })),
            _ => Ok(Some(Led { fence, until, tree: self.resume_tree(brand).await? })),
        }
    }

    /// Gives the next entries their places and puts them under one checkpoint. `None` when the lead is lost.
    async fn append(&self, brand: BrandId, led: &mut Led) -> Result<Option<u32>> {
        // Up to where a tile is full: a log that is behind writes each tile once, and no part of one.
        let room = ENTRIES_A_CHECKPOINT - (led.tree.size() % u64::from(ENTRIES_A_CHECKPOINT)) as u32;
        match self.store.sequence(brand, led.fence, room).await {
            Err(StoreError::LeadLost) => return Ok(None),
            sequenced => sequenced?,
        };
        let rows = self.store.entries_from(brand, led.tree.size() as i64, room).await?;
        if rows.is_empty() {
            return Ok(Some(0));
        }
        let leaves: Vec<Vec<u8>> = rows.into_iter().map(|r| r.leaf).collect();
        let before = if sabotage::on(Switch::LogRestarted) { Tree::empty() } else { led.tree.clone() };
        let (after, files) = before.append(&leaves)?;
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        let checkpoint =
            Checkpoint { origin: keys.log.name().to_owned(), size: after.size(), root: after.root() };
        let note = checkpoint.sign(&keys.log)?;
        let full: Vec<String> =
            files.iter().map(|f| f.path.clone()).filter(|path| !path.contains(".p/")).collect();
        self.in_files(brand, move |tiles| {
            files.iter().try_for_each(|file| tiles.write(&file.path, &file.bytes))
        })
        .await?;
        let row =
            CheckpointRow { brand, size: after.size() as i64, note: note.clone(), at: self.clock.now() };
        let command = Command::new(brand).guard(Guard::Leads(led.fence)).effect(Effect::AddCheckpoint(row));
        if let Outcome::Refused(_) = self.store.apply(command).await? {
            return Ok(None);
        }
        led.tree = after;
        self.publish(brand, checkpoint.size, note).await?;
        // Only now: until here an older checkpoint was the published one. Whoever leads next begins at this
        // checkpoint or a later one and needs none of these. What a stop leaves behind takes room and nothing else.
        self.in_files(brand, move |tiles| full.iter().try_for_each(|path| tiles.remove_partial(path)))
            .await?;
        Ok(Some(leaves.len() as u32))
    }

    /// The tree as the newest checkpoint left it, which is published if somebody stopped before that. A
    /// database that is older than the log it published (an old copy was put in its place, say) must not go on:
    /// the log would fork, and every proof given since would be worth nothing.
    async fn resume_tree(&self, brand: BrandId) -> Result<Tree> {
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        // First what is published: a checkpoint is stored before it is published.
        let published = self.published(brand).await?.map_or(0, |checkpoint| checkpoint.size);
        let stored = self.store.checkpoint(brand).await?;
        let checkpoint =
            stored.as_ref().map(|row| Checkpoint::open(&row.note, &keys.log.verifier())).transpose()?;
        let size = checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.size);
        if published > size {
            return Err(AppError::Failed(format!(
                "the database is older than its published log: it knows {size} entries, the log has {published}; \
                 restore the newest database"
            )));
        }
        let (Some(row), Some(checkpoint)) = (stored, checkpoint) else { return Ok(Tree::empty()) };
        self.publish(brand, size, row.note).await?;
        let reader = Reader((self.tiles)(brand));
        let task = tokio::task::spawn_blocking(move || Tree::resume(&reader, &checkpoint));
        Ok(task.await.map_err(|e| AppError::Failed(e.to_string()))??)
    }

    /// Who this process is among those that want to lead.
    fn holder(&self) -> [u8; 16] {
        *self.logs.holder.get_or_init(|| {
            let mut holder = [0; 16];
            self.random.fill(&mut holder);
            holder
        })
    }
}
