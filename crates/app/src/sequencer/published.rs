//! The log's files: what is published, and publishing more.

use crate::{App, AppError, Result};
use aside_ledger::{Checkpoint, path::CHECKPOINT};
use aside_model::BrandId;
use aside_store::Tiles;
use std::io;

impl App {
    /// Puts a checkpoint beside the tiles, for whoever fetches them, unless a larger one is there: a process
    /// that was stopped on the way here must not take back what another has published since. One that does not
    /// verify says nothing, and is replaced.
    pub(super) async fn publish(&self, brand: BrandId, size: u64, note: String) -> Result<()> {
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        let vkey = keys.log.verifier();
        let publish = move |tiles: &dyn Tiles| {
            tiles.replace(CHECKPOINT, note.as_bytes(), &|there| {
                there.and_then(|bytes| opened(bytes, &vkey)).is_none_or(|it| it.size < size)
            })
        };
        self.in_files(brand, publish).await.map(drop)
    }

    /// The published checkpoint. One that does not verify says nothing: it is replaced by the next.
    pub(super) async fn published(&self, brand: BrandId) -> Result<Option<Checkpoint>> {
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        let bytes = self.in_files(brand, |tiles| tiles.read(CHECKPOINT)).await?;
        Ok(bytes.and_then(|bytes| opened(&bytes, &keys.log.verifier())))
    }

    /// Does something with the brand's log files, on a thread that may wait.
    pub(super) async fn in_files<T: Send + 'static>(
        &self,
        brand: BrandId,
        work: impl FnOnce(&dyn Tiles) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let tiles = (self.tiles)(brand);
        tokio::task::spawn_blocking(move || work(&*tiles))
            .await
            .map_err(|e| AppError::Failed(e.to_string()))?
            .map_err(|e| AppError::Failed(format!("the ledger's files: {e}")))
    }
}

fn opened(note: &[u8], vkey: &str) -> Option<Checkpoint> {
    Checkpoint::open(std::str::from_utf8(note).ok()?, vkey).ok()
}
