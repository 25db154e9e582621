//! From entries to a log: places in order, tiles, fsync, checkpoint. Each step can be repeated from the rows.

use crate::{App, AppError, Result};
use aside_ledger::{Checkpoint, TileReader, Tree};
use aside_model::{
    BrandId, Command, Effect, Guard, Outcome,
    rows::CheckpointRow,
    sabotage::{self, Switch},
};
use aside_store::Tiles;
use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::Mutex;

/// Entries under one checkpoint at most.
const BATCH: u32 = 256;
/// How long entries gather before they are put into the log.
const GATHER: Duration = Duration::from_millis(200);
/// How long whoever leads a brand's sequencing may be silent before somebody else does.
const LEASE: Duration = Duration::from_secs(10);

/// The brands' trees in memory. A tree advances only after its checkpoint is durable.
#[derive(Default)]
pub(crate) struct Logs {
    trees: Mutex<HashMap<BrandId, Tree>>,
    /// Who this process is among those that want to lead.
    holder: OnceLock<[u8; 16]>,
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
                () = tokio::time::sleep(Duration::from_secs(30)) => {}
            }
        }
    }

    /// Puts every entry of every brand into its log. A log that cannot be advanced holds up no other brand's;
    /// the first error is returned when all have had their turn.
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

    /// Puts the next entries of a brand into its log, under one checkpoint. Returns how many.
    async fn advance_log(&self, brand: BrandId) -> Result<u32> {
        let mut trees = self.logs.trees.lock().await;
        let holder = *self.logs.holder.get_or_init(|| {
            let mut holder = [0; 16];
            self.random.fill(&mut holder);
            holder
        });
        let Some(fence) = self.store.lead(brand, holder, self.clock.now(), LEASE).await? else {
            trees.remove(&brand);
            return Ok(0);
        };
        let tree = match trees.get(&brand) {
            Some(tree) => tree.clone(),
            None => self.resume_tree(brand).await?,
        };
        self.store.sequence(brand, fence, BATCH).await?;
        let rows = self.store.entries_from(brand, tree.size() as i64, BATCH).await?;
        if rows.is_empty() {
            // A stop between checkpoint and publishing is made good at the next start.
            if !trees.contains_key(&brand)
                && let Some(row) = self.store.checkpoint(brand).await?
            {
                self.publish((self.tiles)(brand), row.note).await?;
            }
            trees.insert(brand, tree);
            return Ok(0);
        }
        let leaves: Vec<Vec<u8>> = rows.into_iter().map(|r| r.leaf).collect();
        let count = leaves.len() as u32;
        let before = if sabotage::on(Switch::LogRestarted) { Tree::empty() } else { tree };
        let (after, files) = before.append(&leaves)?;
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        let checkpoint =
            Checkpoint { origin: keys.log.name().to_owned(), size: after.size(), root: after.root() };
        let note = checkpoint.sign(&keys.log)?;
        let tiles = (self.tiles)(brand);
        let published = note.clone();
        let full: Vec<String> =
            files.iter().map(|f| f.path.clone()).filter(|path| !path.contains(".p/")).collect();
        let write = tokio::task::spawn_blocking(move || {
            for file in files {
                tiles.write(&file.path, &file.bytes)?;
            }
            Ok::<_, std::io::Error>(tiles)
        });
        let tiles = write
            .await
            .map_err(|e| AppError::Failed(e.to_string()))?
            .map_err(|e| AppError::Failed(format!("the ledger's files: {e}")))?;
        let row = CheckpointRow { brand, size: after.size() as i64, note, at: self.clock.now() };
        let command = Command::new(brand).guard(Guard::Leads(fence)).effect(Effect::AddCheckpoint(row));
        if let Outcome::Refused(_) = self.store.apply(command).await? {
            trees.remove(&brand);
            return Ok(0);
        }
        trees.insert(brand, after);
        self.publish(Arc::clone(&tiles), published).await?;
        // Only now: until here an older checkpoint was the published one. What a stop leaves behind here
        // takes room and nothing else.
        let tidy =
            tokio::task::spawn_blocking(move || full.iter().try_for_each(|path| tiles.remove_partial(path)));
        tidy.await
            .map_err(|e| AppError::Failed(e.to_string()))?
            .map_err(|e| AppError::Failed(format!("the ledger's files: {e}")))?;
        Ok(count)
    }

    /// Puts the newest checkpoint beside the tiles, for whoever fetches them.
    async fn publish(&self, tiles: Arc<dyn Tiles>, note: String) -> Result<()> {
        let write =
            tokio::task::spawn_blocking(move || tiles.write(aside_ledger::path::CHECKPOINT, note.as_bytes()));
        write
            .await
            .map_err(|e| AppError::Failed(e.to_string()))?
            .map_err(|e| AppError::Failed(format!("the ledger's files: {e}")))
    }

    /// The published checkpoint. One that does not verify says nothing: it is replaced by the next.
    async fn published(&self, tiles: Arc<dyn Tiles>, vkey: &str) -> Result<Option<Checkpoint>> {
        let read = tokio::task::spawn_blocking(move || tiles.read(aside_ledger::path::CHECKPOINT));
        let bytes = read
            .await
            .map_err(|e| AppError::Failed(e.to_string()))?
            .map_err(|e| AppError::Failed(format!("the ledger's files: {e}")))?;
        let note = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
        Ok(note.and_then(|note| Checkpoint::open(&note, vkey).ok()))
    }

    /// The tree as the newest checkpoint left it. A database that is older than the log it published (an old
    /// copy was put in its place, say) must not go on: the log would fork, and every proof given since would
    /// be worth nothing.
    async fn resume_tree(&self, brand: BrandId) -> Result<Tree> {
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        let vkey = keys.log.verifier();
        let stored = match self.store.checkpoint(brand).await? {
            Some(row) => Some(Checkpoint::open(&row.note, &vkey)?),
            None => None,
        };
        let size = stored.as_ref().map_or(0, |checkpoint| checkpoint.size);
        if let Some(published) = self.published((self.tiles)(brand), &vkey).await?
            && published.size > size
        {
            return Err(AppError::Failed(format!(
                "the database is older than its published log: it knows {size} entries, the log has {}; \
                 restore the newest database",
                published.size
            )));
        }
        let Some(checkpoint) = stored else { return Ok(Tree::empty()) };
        let reader = Reader((self.tiles)(brand));
        let task = tokio::task::spawn_blocking(move || Tree::resume(&reader, &checkpoint));
        Ok(task.await.map_err(|e| AppError::Failed(e.to_string()))??)
    }
}
