//! Accounts that must not be asked for a while: their network wants them to wait, or no longer takes their
//! credentials.
//!
//! What is known of an account is kept in memory alone. What is durable are the jobs: each that was to be done
//! meanwhile is due when the pause is over, with what stands in the way, for people to see. A process that starts
//! learns of a pause by one try.

use super::Done;
use crate::{App, Result};
use aside_channels::{ActOutcome, Refusal, SendOutcome};
use aside_model::{
    BrandId, Command, ConnectionId, Effect, Guard, JobState, MessageState, Outcome, Time,
    rows::{ChannelRow, ConnectionRow, JobRow},
};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// A pause as long as this is about the account; a shorter one is about a message, or a chat.
const ACCOUNT_PAUSE: Duration = Duration::from_mins(1);
/// How often credentials that were refused are tried, in case the network takes them again.
const TRY_CREDENTIALS: Duration = Duration::from_hours(1);
/// How long a job may wait because of its account. An answer that is older helps nobody.
const LONGEST_WAIT: Duration = Duration::from_hours(7 * 24);
/// How far jobs are spread that may go on at the same moment, so that they do not come at once.
const SPREAD: Duration = Duration::from_secs(30);
/// How many waiting jobs are looked at when they may go on. Later ones go on by themselves.
const RESUMED: u32 = 10_000;

/// Why an account has to wait.
#[derive(Clone, Copy)]
pub(super) enum PauseFor {
    /// The network says how long.
    Quota { wait: Duration, reason: &'static str },
    /// Until there are other credentials.
    Credentials(Refusal),
}

impl PauseFor {
    /// What a send says about its account.
    pub(super) const fn sent(outcome: &SendOutcome) -> Option<Self> {
        match outcome {
            SendOutcome::RetryAfter { wait, reason } => Self::quota(*wait, reason),
            SendOutcome::Refused { why, .. } => Self::credentials(*why),
            SendOutcome::Accepted { .. } | SendOutcome::Unknown { .. } => None,
        }
    }

    /// What an act says about its account.
    pub(super) const fn acted(outcome: &ActOutcome) -> Option<Self> {
        match outcome {
            ActOutcome::RetryAfter { wait, reason } => Self::quota(*wait, reason),
            ActOutcome::Refused { why, .. } => Self::credentials(*why),
            ActOutcome::Done => None,
        }
    }

    const fn quota(wait: Duration, reason: &'static str) -> Option<Self> {
        if wait.as_secs() >= ACCOUNT_PAUSE.as_secs() { Some(Self::Quota { wait, reason }) } else { None }
    }

    const fn credentials(why: Refusal) -> Option<Self> {
        match why {
            Refusal::TokenInvalid | Refusal::TokenMissing => Some(Self::Credentials(why)),
            _ => None,
        }
    }
}

/// What is known of accounts, by connection and account.
#[derive(Default)]
pub(crate) struct Pauses(Mutex<HashMap<(ConnectionId, String), Pause>>);

struct Pause {
    until: Time,
    why: String,
    /// The sealed secrets that were refused; other ones are tried at once.
    refused: Option<Vec<u8>>,
}

impl App {
    /// What becomes of a job whose account has to wait; nothing if it has not.
    pub(super) fn paused(
        &self,
        job: &JobRow,
        channel: &ChannelRow,
        connection: Option<&ConnectionRow>,
    ) -> Option<Done> {
        let row = connection?;
        let now = self.clock.now();
        let mut pauses = self.pauses.0.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (row.connection, channel.account.clone());
        let pause = pauses.get(&key)?;
        if pause.until <= now || pause.refused.as_ref().is_some_and(|refused| *refused != row.secrets_sealed)
        {
            pauses.remove(&key);
            return None;
        }
        let (until, why) = (pause.until, pause.why.clone());
        drop(pauses);
        Some(self.wait(job, until, why))
    }

    /// The account has to wait, from this job on.
    pub(super) fn pause_account(
        &self,
        job: &JobRow,
        channel: &ChannelRow,
        connection: Option<&ConnectionRow>,
        why: PauseFor,
    ) -> Done {
        let now = self.clock.now();
        let (until, why, is_refused) = match why {
            PauseFor::Quota { wait, reason } => {
                let until = now.plus(wait);
                (until, format!("{reason}; waits until {}", until.rfc3339()), false)
            }
            PauseFor::Credentials(refusal) => {
                tracing::error!(network = channel.network.name(), channel = %channel.channel, reason = %refusal, "an account's jobs wait for new credentials");
                (now.plus(TRY_CREDENTIALS), format!("waits for new credentials: {refusal}"), true)
            }
        };
        if let Some(row) = connection {
            let refused = is_refused.then(|| row.secrets_sealed.clone());
            let pause = Pause { until, why: why.clone(), refused };
            let mut pauses = self.pauses.0.lock().unwrap_or_else(PoisonError::into_inner);
            pauses.insert((row.connection, channel.account.clone()), pause);
        }
        self.wait(job, until, why)
    }

    fn wait(&self, job: &JobRow, until: Time, why: String) -> Done {
        if self.clock.now().since(job.created_at) >= LONGEST_WAIT {
            return Done::Never { why: format!("given up after a week: {why}") };
        }
        let mut chance = [0; 2];
        self.random.fill(&mut chance);
        let share = f64::from(u16::from_le_bytes(chance)) / f64::from(u16::MAX);
        Done::Waits { until: until.plus(SPREAD.mul_f64(share)), why }
    }

    /// What waits because of a connection's accounts is due now, in the order in which it was made.
    pub(crate) async fn resume(&self, brand: BrandId, connection: ConnectionId) -> Result<u32> {
        self.pauses.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|(of, _), _| *of != connection);
        let channels = self.store.channels(brand).await?;
        let now = self.clock.now();
        let mut resumed = 0;
        for job in self.store.jobs(brand, JobState::Due, RESUMED).await? {
            if job.error.is_none() {
                continue;
            }
            let Some(thread) = self.store.thread(brand, job.thread).await? else { continue };
            let is_of = |c: &ChannelRow| c.channel == thread.channel && c.connection == Some(connection);
            if !channels.iter().any(is_of) {
                continue;
            }
            let mut command = Command::new(brand).guard(Guard::JobStateIs(job.job, JobState::Due)).effect(
                Effect::JobBecame {
                    job: job.job,
                    state: JobState::Due,
                    attempts: job.attempts,
                    due_at: now,
                    error: None,
                },
            );
            if job.kind.sends_a_message() {
                command = command.effect(super::state(&job, MessageState::Queued, None));
            }
            if let Outcome::Applied(_) = self.store.apply(command).await? {
                resumed += 1;
            }
        }
        Ok(resumed)
    }
}
