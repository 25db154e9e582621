//! What time takes away: expired holds, links, codes, sessions, done jobs, old events. And keys in epochs.

use crate::{App, AppError, Result, record::Entry};
use aside_model::{Applied, BrandId, Command, Effect, Language, Outcome, PurgeKind};
use aside_vault::WrappedKeyring;
use std::time::Duration;

const HOUR: u64 = 3_600;

impl App {
    /// Works until the future is dropped: tidies up every minute, looks after notices and webhooks every hour.
    pub async fn run_housekeeping(&self) {
        let mut minutes = 0_u32;
        loop {
            if let Err(error) = self.tidy().await {
                tracing::error!(%error, "tidying up failed");
            }
            if minutes.is_multiple_of(60)
                && let Err(error) = self.check_all_notices().await
            {
                tracing::warn!(%error, "standing notices could not be checked");
            }
            minutes = minutes.wrapping_add(1);
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
    }

    async fn check_all_notices(&self) -> Result<()> {
        let mut first = Ok(());
        for brand in self.store.brands().await? {
            first = first.and(self.check_notices(brand.brand, Language::English).await.map(drop));
            first = first.and(self.check_hooks(brand.brand).await.map(drop));
        }
        first
    }

    /// Removes what is past its time, for every brand. What goes wrong with one brand holds up no other; the
    /// first error is returned when all have had their turn.
    pub async fn tidy(&self) -> Result<()> {
        let mut first = Ok(());
        for brand in self.store.brands().await? {
            if let Err(error) = self.tidy_brand(brand.brand).await {
                tracing::error!(%error, brand = %brand.brand, "tidying up failed for a brand");
                first = first.and(Err(error));
            }
        }
        first
    }

    async fn tidy_brand(&self, brand: BrandId) -> Result<()> {
        let now = self.clock.now();
        // Somebody may have stopped half-way.
        self.finish_erasing(brand).await?;
        while self.expire_holds(brand, now).await? > 0 {}
        let day = now.minus(Duration::from_secs(24 * HOUR));
        let command = Command::new(brand)
            .effect(Effect::Purge(PurgeKind::Expired, day))
            .effect(Effect::Purge(PurgeKind::DoneJobs, now.minus(Duration::from_secs(HOUR))))
            .effect(Effect::Purge(PurgeKind::Events, day))
            .effect(Effect::Purge(PurgeKind::OnceKeys, now.minus(Duration::from_secs(90 * 24 * HOUR))));
        // Bit by bit, so that whoever else writes gets through in between.
        while let Outcome::Applied(Applied { more: true, .. }) = self.store.apply(command.clone()).await? {}
        Ok(())
    }

    /// Starts a new epoch of the brand's key, wraps every keyring anew, and destroys the old epochs: old
    /// copies of destroyed keyrings, in backups say, are useless from then on. Returns the new epoch and how
    /// many keyrings were wrapped.
    pub async fn rotate_keys(&self, brand: BrandId) -> Result<(u32, u32)> {
        let failed = |e: crate::KeysError| AppError::Failed(e.to_string());
        let epoch = self.keys.start_epoch(brand, &*self.random).map_err(failed)?;
        let mut wrapped = 0;
        loop {
            let rows = self.store.keyrings_not_at(brand, epoch, 500).await?;
            if rows.is_empty() {
                break;
            }
            let keys = self.keys.brand(brand).map_err(failed)?;
            let mut command = Command::new(brand);
            for row in rows {
                let old = keys
                    .epoch(row.epoch)
                    .ok_or_else(|| AppError::Failed("a keyring's epoch was destroyed".into()))?;
                let anew = WrappedKeyring::from_bytes(row.wrapped)?.rewrap(
                    old,
                    keys.current(),
                    brand.bytes(),
                    row.keyring.bytes(),
                    &*self.random,
                )?;
                command = command.effect(Effect::RewrapKeyring(row.keyring, epoch, anew.as_bytes().to_vec()));
                wrapped += 1;
            }
            self.store.apply(command).await?;
        }
        let entry = Entry::of("keys_rotated").fact("epoch", epoch.to_string());
        let entry = self.entry(brand, self.clock.now(), entry)?;
        self.store.apply(Command::new(brand).effect(Effect::AddEntry(entry))).await?;
        let keys = self.keys.brand(brand).map_err(failed)?;
        for old in keys.epochs().filter(|e| *e != 0 && *e != epoch).collect::<Vec<_>>() {
            self.keys.destroy_epoch(brand, old).map_err(failed)?;
        }
        Ok((epoch, wrapped))
    }
}
