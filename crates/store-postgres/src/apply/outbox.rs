//! Effects on jobs, and handing them to workers.

use super::Plan;
use crate::{
    cells::{Cell, Cells, FromRow, Value, list},
    conn::Connections,
};
use aside_model::{ChannelId, JobId, JobState, Time, rows::JobRow};
use aside_store::Result;
use std::time::Duration;

statements! {
    JOB_BECAME(
        "UPDATE jobs SET state = $3, attempts = $4, due_at = $5, error = $6, touched_at = $7, ",
        "leased_until = NULL, ",
        "payload_sealed = CASE WHEN $3 IN ('done', 'failed') THEN NULL ELSE payload_sealed END ",
        "WHERE brand = $1 AND job = $2"
    );
    /// Takes jobs that no other worker is taking: first those whose lease is over, then due ones.
    CLAIM(
        "WITH lapsed AS (SELECT brand, job, leased_until FROM jobs WHERE state = 'running' AND leased_until <= $1 ",
        "ORDER BY leased_until, due_at, job LIMIT $3::bigint FOR NO KEY UPDATE SKIP LOCKED), ",
        "due AS (SELECT brand, job, NULL::bigint AS leased_until FROM jobs WHERE state = 'due' AND due_at <= $1",
        whose_turn_it_is!(), " AND NOT EXISTS (SELECT 1 FROM threads WHERE threads.brand = jobs.brand ",
        "AND threads.thread = jobs.thread AND threads.channel = ANY($4::uuid[])) ",
        "ORDER BY due_at, job LIMIT $3::bigint - (SELECT count(*) FROM lapsed) FOR NO KEY UPDATE SKIP LOCKED), ",
        "taken AS (SELECT brand, job, leased_until FROM lapsed UNION ALL SELECT brand, job, leased_until FROM due) ",
        "UPDATE jobs SET state = 'running', leased_until = $2, touched_at = $1 FROM taken ",
        "WHERE jobs.brand = taken.brand AND jobs.job = taken.job RETURNING taken.leased_until, ",
        "jobs.brand, jobs.job, jobs.kind, jobs.conversation, jobs.thread, jobs.message, jobs.keyring, ",
        "jobs.payload_sealed, jobs.state, jobs.attempts, jobs.due_at, jobs.error, jobs.created_at"
    );
}

impl Plan {
    pub(super) fn job_became(
        &mut self,
        job: JobId,
        state: JobState,
        attempts: u32,
        due_at: Time,
        error: Option<&String>,
    ) {
        let error = error.map_or(Value::Null, Cell::write);
        self.then(JOB_BECAME, bind![self.brand, job, state, attempts, due_at, error, self.now]);
    }
}

/// A job that was taken, with the end of the lease it had.
struct Taken(Option<Time>, JobRow);

impl FromRow for Taken {
    const TABLE: &'static str = "jobs";
    fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
        Ok(Self(cells.next()?, JobRow::from_row(cells)?))
    }
}

/// Takes jobs of any brand for one worker: first those whose lease is over, told as `unknown`, then due ones.
pub(crate) async fn claim(
    connections: &Connections,
    now: Time,
    lease: Duration,
    limit: u32,
    busy: &[ChannelId],
) -> Result<Vec<JobRow>> {
    let mut taken: Vec<Taken> =
        connections.all(CLAIM, bind![now, now.plus(lease), limit, list(busy)]).await?;
    taken.sort_unstable_by_key(|Taken(lapsed, job)| (lapsed.is_none(), *lapsed, job.due_at, job.job));
    let told = |Taken(lapsed, job): Taken| JobRow {
        state: if lapsed.is_some() { JobState::Unknown } else { JobState::Running },
        ..job
    };
    Ok(taken.into_iter().map(told).collect())
}
