//! What a copy still wants to send may have been sent long ago.

use crate::{
    App, Result,
    outbox::{must_not_be_done_twice, state},
};
use aside_model::{BrandId, Command, Effect, Guard, JobState, MessageState};

/// How many jobs are looked at in one go.
const PAGE: u32 = 500;

impl App {
    /// Jobs that wait or run, and must not be done twice, become unknown: people see them and decide. Returns how
    /// many.
    pub(super) async fn leave_jobs_to_people(&self, brand: BrandId) -> Result<u32> {
        let mut left = 0;
        for at in [JobState::Running, JobState::Due] {
            loop {
                let jobs = self.store.jobs(brand, at, PAGE).await?;
                let whole = jobs.len() == PAGE as usize;
                let mut changed = 0;
                for job in jobs.into_iter().filter(|job| must_not_be_done_twice(job.kind)) {
                    let mut command =
                        Command::new(brand).guard(Guard::JobStateIs(job.job, at)).effect(Effect::JobBecame {
                            job: job.job,
                            state: JobState::Unknown,
                            attempts: job.attempts,
                            due_at: job.due_at,
                            error: Some("restored from a copy: it may have been done since".into()),
                        });
                    if job.kind.sends_a_message() {
                        command = command.effect(state(&job, MessageState::Unknown, None));
                    }
                    self.store.apply(command).await?;
                    changed += 1;
                }
                left += changed;
                // What stays in this state would come again for ever.
                if !whole || changed == 0 {
                    break;
                }
            }
        }
        Ok(left)
    }
}
