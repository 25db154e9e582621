//! The ledger as people see it, with proofs that anyone can check.

use crate::{
    Acting, App, AppError, Result,
    sequencer::Reader,
    timeline::sentence,
    views::{LedgerLine, LedgerPage, ProofView},
};
use aside_access::Action;
use aside_ledger::Checkpoint;
use aside_model::{
    BrandId, EntryId,
    rows::{AgentRow, EntryRow},
};

/// How many entries a page shows.
const PAGE: u32 = 100;

impl App {
    /// A page of the ledger, newest first. `before` is the last page's `next`.
    pub async fn ledger(&self, acting: &Acting, before: Option<i64>) -> Result<LedgerPage> {
        self.permit(acting, Action::SeeLedger)?;
        let brand = acting.brand;
        let agents = self.store.agents(brand).await?;
        let rows = self.store.newest_entries(brand, before, PAGE).await?;
        let checkpoint = self.store.checkpoint(brand).await?;
        let size = checkpoint.as_ref().map_or(0, |c| c.size);
        let full = rows.len() == PAGE as usize;
        let next = rows.last().and_then(|r| r.index).filter(|i| full && *i > 0);
        Ok(LedgerPage {
            lines: rows.iter().map(|row| line(row, &agents, size)).collect(),
            checkpoint: checkpoint.map(|c| c.note),
            verifier: self.verifier(brand).await?.unwrap_or_default(),
            next,
        })
    }

    /// One entry, with its proof once a checkpoint covers it.
    pub async fn ledger_entry(&self, acting: &Acting, entry: EntryId) -> Result<Option<ProofView>> {
        self.permit(acting, Action::SeeLedger)?;
        let brand = acting.brand;
        let Some(row) = self.store.entry(brand, entry).await? else { return Ok(None) };
        let agents = self.store.agents(brand).await?;
        let checkpoint = self.store.checkpoint(brand).await?;
        let size = checkpoint.as_ref().map_or(0, |c| c.size);
        let proof = match (&checkpoint, row.index) {
            (Some(checkpoint), Some(index)) if index < checkpoint.size => {
                let note = checkpoint.note.clone();
                let reader = Reader((self.tiles)(brand));
                let (size, index) = (checkpoint.size as u64, index as u64);
                let task = tokio::task::spawn_blocking(move || {
                    let hashes = aside_ledger::inclusion_proof(&reader, size, index)?;
                    Ok::<_, aside_ledger::LedgerError>(aside_ledger::proof_text(index, &hashes, &note))
                });
                Some(task.await.map_err(|e| AppError::Failed(e.to_string()))??)
            }
            _ => None,
        };
        Ok(Some(ProofView {
            line: line(&row, &agents, size),
            leaf: String::from_utf8_lossy(&row.leaf).into_owned(),
            proof,
        }))
    }

    /// The newest checkpoint's signed note.
    pub async fn checkpoint(&self, brand: BrandId) -> Result<Option<String>> {
        Ok(self.store.checkpoint(brand).await?.map(|c| c.note))
    }

    /// The key that checkpoints are checked with; `None` for a brand that does not exist.
    pub async fn verifier(&self, brand: BrandId) -> Result<Option<String>> {
        if !self.store.brands().await?.iter().any(|b| b.brand == brand) {
            return Ok(None);
        }
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        Ok(Some(keys.log.verifier()))
    }

    /// A file of a brand's log: tiles and entry bundles, as `c2sp.org/tlog-tiles` names them.
    pub async fn tile(&self, brand: BrandId, path: &str) -> Result<Option<Vec<u8>>> {
        if self.verifier(brand).await?.is_none() {
            return Ok(None);
        }
        let tiles = (self.tiles)(brand);
        let path = path.to_owned();
        let task = tokio::task::spawn_blocking(move || tiles.read(&path));
        match task.await.map_err(|e| AppError::Failed(e.to_string()))? {
            Ok(bytes) => Ok(bytes),
            Err(e) if e.kind() == std::io::ErrorKind::InvalidInput => Ok(None),
            Err(e) => Err(AppError::Failed(format!("the ledger's files: {e}"))),
        }
    }

    /// How many entries the newest checkpoint covers, and its note.
    pub async fn log_head(&self, brand: BrandId) -> Result<Option<(u64, String)>> {
        let Some(row) = self.store.checkpoint(brand).await? else { return Ok(None) };
        let parsed = Checkpoint::parse_unverified(&row.note)?;
        Ok(Some((parsed.size, row.note)))
    }
}

fn line(row: &EntryRow, agents: &[AgentRow], size: i64) -> LedgerLine {
    LedgerLine {
        entry: row.entry,
        index: row.index,
        kind: row.kind.clone(),
        text: sentence(row, agents).unwrap_or_else(|| plain(&row.kind).to_owned()),
        at: row.at,
        proved: row.index.is_some_and(|i| i < size),
    }
}

/// What happened, for entries that timelines tell by the message itself.
fn plain(kind: &str) -> &str {
    match kind {
        "message_received" => "A message arrived",
        "message_sent" => "A message went out",
        "reply_queued" => "A reply was written",
        "signed_in" => "Somebody signed in",
        "contacts_imported" => "Known contacts were imported",
        "brand_added" => "The brand was set up",
        "channel_added" => "A channel was added",
        "agent_added" => "An agent was added",
        "agent_changed" => "An agent was changed",
        "keys_rotated" => "The brand's key was rotated",
        "job_retried" => "A job was tried again",
        other => other,
    }
}
