//! Taking jobs and carrying them out, many at once. Whose turn it is on a thread, the store says; here it is only
//! seen to that one network which does not answer does not keep everybody else's jobs waiting.

use super::LEASE;
use crate::{App, Result};
use aside_model::{ChannelId, JobState, rows::JobRow};
use futures::{StreamExt, stream::FuturesUnordered};
use std::{collections::HashMap, pin::pin, time::Duration};

/// How many jobs are under way at once.
const PLACES: usize = 128;
/// How many of them on one channel.
const PLACES_OF_A_CHANNEL: usize = 32;
/// How many are taken at once, so that no channel gets more than its places.
const TAKEN_AT_ONCE: usize = 16;
/// How long to wait for something to do before looking again.
const LONGEST_REST: Duration = Duration::from_secs(30);
/// The same while jobs are due whose channel has no place.
const REST_WHILE_BUSY: Duration = Duration::from_millis(250);

/// The places that are taken.
#[derive(Default)]
struct Places {
    taken: usize,
    by_channel: HashMap<ChannelId, usize>,
}

impl Places {
    /// How many jobs may be taken now.
    fn free(&self) -> usize {
        PLACES.saturating_sub(self.taken).min(TAKEN_AT_ONCE)
    }

    /// Channels that could get more than their places with what is taken next.
    fn busy(&self) -> Vec<ChannelId> {
        let full = |taken: usize| taken + TAKEN_AT_ONCE > PLACES_OF_A_CHANNEL;
        self.by_channel.iter().filter(|(_, taken)| full(**taken)).map(|(channel, _)| *channel).collect()
    }

    fn take(&mut self, channel: Option<ChannelId>) {
        self.taken += 1;
        if let Some(channel) = channel {
            *self.by_channel.entry(channel).or_default() += 1;
        }
    }

    fn give_back(&mut self, channel: Option<ChannelId>) {
        self.taken -= 1;
        if let Some(taken) = channel.and_then(|channel| self.by_channel.get_mut(&channel)) {
            *taken -= 1;
        }
        self.by_channel.retain(|_, taken| *taken > 0);
    }
}

/// Waits for something while the jobs under way go on. Each of them may hold a connection to the store or stand in the
/// queue for one: if they stood still, whoever waits here for a connection would wait for them.
async fn meanwhile<T, F: Future<Output = Option<ChannelId>>>(
    what: impl Future<Output = T>,
    under_way: &mut FuturesUnordered<F>,
    places: &mut Places,
) -> T {
    let mut what = pin!(what);
    loop {
        tokio::select! {
            done = &mut what => return done,
            Some(channel) = under_way.next() => places.give_back(channel),
        }
    }
}

impl App {
    /// Works until the future is dropped: does what is due as places become free, sleeps until something is.
    pub async fn run_outbox(&self) {
        let mut places = Places::default();
        let mut under_way = FuturesUnordered::new();
        loop {
            let mut rest = LONGEST_REST;
            if places.free() > 0 {
                let busy = places.busy();
                let free = places.free() as u32;
                let claiming = self.store.claim_jobs(self.clock.now(), LEASE, free, &busy);
                match meanwhile(claiming, &mut under_way, &mut places).await {
                    Ok(jobs) if jobs.is_empty() => {
                        rest = meanwhile(self.rest(&busy), &mut under_way, &mut places).await;
                    }
                    Ok(jobs) => {
                        for job in jobs {
                            let finding = self.channel_of(&job);
                            let channel = meanwhile(finding, &mut under_way, &mut places).await;
                            places.take(channel);
                            under_way.push(self.carry_out_on(channel, job));
                        }
                        continue;
                    }
                    Err(error) => {
                        tracing::error!(%error, "the outbox could not be read");
                        rest = Duration::from_secs(1);
                    }
                }
            }
            tokio::select! {
                Some(channel) = under_way.next() => places.give_back(channel),
                () = self.store.job_added().notified() => {}
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    /// Does up to `limit` due jobs, and what becomes due with them. Returns how many were taken.
    pub async fn work_outbox(&self, limit: u32) -> Result<u32> {
        let mut taken = 0;
        while taken < limit {
            let jobs = self.store.claim_jobs(self.clock.now(), LEASE, limit - taken, &[]).await?;
            if jobs.is_empty() {
                break;
            }
            taken += jobs.len() as u32;
            futures::future::join_all(jobs.iter().map(|job| self.carry_out(job))).await;
        }
        Ok(taken)
    }

    /// How long there is nothing to do, if nobody says otherwise.
    async fn rest(&self, busy: &[ChannelId]) -> Duration {
        let now = self.clock.now();
        let least = if busy.is_empty() { Duration::from_millis(5) } else { REST_WHILE_BUSY };
        match self.store.next_due().await {
            Ok(Some(due)) => due.since(now).clamp(least, LONGEST_REST),
            _ => LONGEST_REST,
        }
    }

    /// Whose place a job takes; nobody's if its thread is gone.
    async fn channel_of(&self, job: &JobRow) -> Option<ChannelId> {
        Some(self.store.thread(job.brand, job.thread).await.ok()??.channel)
    }

    async fn carry_out_on(&self, channel: Option<ChannelId>, job: JobRow) -> Option<ChannelId> {
        self.carry_out(&job).await;
        channel
    }

    /// Carries out one job that was taken.
    async fn carry_out(&self, job: &JobRow) {
        let worked = match job.state {
            JobState::Unknown => self.became_unknown(job).await,
            _ => self.work(job).await,
        };
        if let Err(error) = worked {
            // What became of it is not written: it becomes unknown when its lease is over.
            tracing::error!(%error, job = %job.job, "a job could not be ended");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_that_hangs_never_takes_all_places() {
        let mut places = Places::default();
        let hangs = ChannelId::from_bytes([1; 16]);
        while !places.busy().contains(&hangs) {
            for _ in 0..places.free() {
                places.take(Some(hangs));
            }
        }
        assert!(places.by_channel[&hangs] <= PLACES_OF_A_CHANNEL);
        assert!(places.free() > 0, "others find a place");
        places.give_back(Some(hangs));
        assert!(places.busy().contains(&hangs), "there is no room for all that might be taken");
        for _ in 0..TAKEN_AT_ONCE {
            places.give_back(Some(hangs));
        }
        assert!(places.busy().is_empty());
    }
}
