//! What the outbox leaves to people: jobs that failed for good, and jobs of unknown outcome.

use super::state;
use crate::{Acting, App, AppError, Result, record::Entry, views::StuckJob};
use aside_access::Action;
use aside_model::{Command, Effect, Guard, JobId, JobState, MessageState, Outcome};

impl App {
    /// Jobs that need a person: failed for good, or unknown; and jobs that wait because of what a network said.
    pub async fn stuck_jobs(&self, acting: &Acting) -> Result<Vec<StuckJob>> {
        self.permit(acting, Action::SeeJobs)?;
        let now = self.clock.now();
        let mut stuck = Vec::new();
        for state in [JobState::Unknown, JobState::Failed, JobState::Due] {
            for job in self.store.jobs(acting.brand, state, 200).await? {
                let waits = state == JobState::Due;
                if waits && (job.error.is_none() || job.due_at <= now) {
                    continue;
                }
                stuck.push(StuckJob {
                    job: job.job,
                    kind: job.kind,
                    conversation: job.conversation,
                    state: state.name().to_owned(),
                    attempts: job.attempts,
                    error: job.error,
                    due_at: waits.then_some(job.due_at),
                    created_at: job.created_at,
                });
            }
        }
        Ok(stuck)
    }

    /// Tries an unknown job again because a person says so. A failed job's payload is gone; its message is
    /// written anew instead.
    pub async fn retry_job(&self, acting: &Acting, job: JobId) -> Result<()> {
        self.permit(acting, Action::SeeJobs)?;
        let row = self.store.job(acting.brand, job).await?.ok_or(AppError::NotFound)?;
        if row.state != JobState::Unknown {
            return Err(AppError::Invalid("Only a job of unknown outcome can be tried again.".into()));
        }
        let entry = Entry::of("job_retried")
            .conversation(row.conversation)
            .fact("agent", acting.agent.to_string())
            .fact("job", job.to_string());
        let now = self.clock.now();
        let mut command = Command::new(acting.brand)
            .guard(Guard::JobStateIs(job, JobState::Unknown))
            .effect(Effect::JobBecame {
                job,
                state: JobState::Due,
                attempts: row.attempts,
                due_at: now,
                error: None,
            })
            .effect(Effect::AddEntry(self.entry(acting.brand, now, entry)?));
        if row.kind.sends_a_message() {
            command = command.effect(state(&row, MessageState::Queued, None));
        }
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(()),
            Outcome::Refused(_) => Err(AppError::Invalid("Somebody else was first.".into())),
        }
    }
}
