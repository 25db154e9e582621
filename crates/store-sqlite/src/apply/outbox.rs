//! Effects on jobs, and handing them to workers.

use super::Scope;
use crate::{
    announce::Changed,
    cells::{all, change},
    writer::Done,
};
use aside_model::{JobId, JobState, Time, rows::JobRow};
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
    LEASES_OVER(
        "UPDATE jobs SET state = 'unknown', leased_until = NULL, touched_at = ?1, ",
        "error = 'the worker that had it never answered' WHERE state = 'running' AND leased_until <= ?1"
    );
    DUE_JOBS(
        "SELECT ", job_columns!(), " FROM jobs WHERE state = 'due' AND due_at <= ?1 ",
        "ORDER BY due_at, job LIMIT ?2"
    );
    LEASE_JOB(
        "UPDATE jobs SET state = 'running', leased_until = ?3, touched_at = ?4 WHERE brand = ?1 AND job = ?2"
    );
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

/// Takes due jobs of any brand for one worker; jobs whose lease is over become `unknown`.
pub(crate) fn claim(conn: &Connection, now: Time, lease: Duration, limit: u32) -> Result<Done<Vec<JobRow>>> {
    change(conn, LEASES_OVER, bind![now])?;
    let mut jobs: Vec<JobRow> = all(conn, DUE_JOBS, bind![now, limit])?;
    for job in &mut jobs {
        change(conn, LEASE_JOB, bind![job.brand, job.job, now.plus(lease), now])?;
        job.state = JobState::Running;
    }
    Ok(Done::kept(jobs, Changed::default()))
}
