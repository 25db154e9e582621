//! Effects on jobs, and handing them to workers.

use super::Scope;
use crate::{
    announce::Changed,
    cells::{Cells, FromRow, all, change, first},
    writer::Done,
};
use aside_model::{ChannelId, JobId, JobState, Time, rows::JobRow};
use aside_store::Result;
use rusqlite::Connection;
use std::time::Duration;

statements! {
    JOB_BECAME(
        "UPDATE jobs SET state = ?3, attempts = ?4, due_at = ?5, error = ?6, touched_at = ?7, ",
        "leased_until = NULL, ",
        "payload_sealed = CASE WHEN ?3 IN ('done', 'failed') THEN NULL ELSE payload_sealed END ",
        "WHERE brand = ?1 AND job = ?2"
    );
    LAPSED_JOBS(
        "SELECT ", job_columns!(), " FROM jobs WHERE state = 'running' AND leased_until <= ?1 ",
        "ORDER BY leased_until, due_at, job LIMIT ?2"
    );
    /// Each with its channel.
    DUE_JOBS(
        "SELECT ", job_columns!(), ", ",
        "(SELECT channel FROM threads WHERE threads.brand = jobs.brand AND threads.thread = jobs.thread) ",
        "FROM jobs WHERE state = 'due' AND due_at <= ?1", whose_turn_it_is!(), " ORDER BY due_at, job"
    );
    LEASE_JOB(
        "UPDATE jobs SET state = 'running', leased_until = ?3, touched_at = ?4 WHERE brand = ?1 AND job = ?2"
    );
}

/// A job with the channel of its thread.
struct OnChannel(JobRow, ChannelId);

impl FromRow for OnChannel {
    const TABLE: &'static str = "jobs";
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
        Ok(Self(JobRow::from_row(cells)?, cells.next()?))
    }
}

impl Scope<'_> {
    pub(super) fn add_job(&mut self, row: &JobRow) -> Result<()> {
        self.changed.job = true;
        self.insert(row)
    }

    pub(super) fn job_became(
        &mut self,
        job: JobId,
        state: JobState,
        attempts: u32,
        due_at: Time,
        error: Option<&String>,
    ) -> Result<()> {
        self.changed.job |= state == JobState::Due;
        let given = bind![self.brand, job, state, attempts, due_at, error.cloned(), self.now];
        change(self.conn, JOB_BECAME, given).map(drop)
    }
}

/// Takes jobs of any brand for one worker: first those whose lease is over, told as `unknown`, then due ones.
pub(crate) fn claim(
    conn: &Connection,
    now: Time,
    lease: Duration,
    limit: u32,
    busy: &[ChannelId],
) -> Result<Done<Vec<JobRow>>> {
    let mut jobs: Vec<JobRow> = all(conn, LAPSED_JOBS, bind![now, limit])?;
    let lapsed = jobs.len();
    let room = usize::try_from(limit).unwrap_or(usize::MAX).saturating_sub(lapsed);
    let free = |job: &OnChannel| !busy.contains(&job.1);
    jobs.extend(first(conn, DUE_JOBS, bind![now], room, free)?.into_iter().map(|job| job.0));
    for (place, job) in jobs.iter_mut().enumerate() {
        change(conn, LEASE_JOB, bind![job.brand, job.job, now.plus(lease), now])?;
        job.state = if place < lapsed { JobState::Unknown } else { JobState::Running };
    }
    Ok(Done::kept(jobs, Changed::default()))
}
