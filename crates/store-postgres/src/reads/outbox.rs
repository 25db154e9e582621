//! Reading jobs.

use crate::{
    PostgresStore,
    cells::{Cells, FromRow, Only},
};
use aside_model::{BrandId, JobId, JobState, Time, rows::JobRow};
use aside_store::{Outbox, Result};
use async_trait::async_trait;

statements! {
    JOB("SELECT ", job_columns!(), " FROM jobs WHERE brand = $1 AND job = $2");
    JOBS(
        "SELECT ", job_columns!(), " FROM jobs WHERE brand = $1 AND state = $2 ORDER BY created_at, job LIMIT $3"
    );
    JOB_COUNTS("SELECT state, count(*) FROM jobs WHERE brand = $1 GROUP BY state");
    /// Before the end of time: so it is a search in the index, which stops at the first.
    NEXT_DUE(
        "SELECT due_at FROM jobs WHERE state = 'due' AND due_at <= $1", whose_turn_it_is!(), " ORDER BY due_at LIMIT 1"
    );
}

struct Count(JobState, i64);

impl FromRow for Count {
    const TABLE: &'static str = "jobs";
    fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
        Ok(Self(cells.next()?, cells.next()?))
    }
}

#[async_trait]
impl Outbox for PostgresStore {
    async fn job(&self, brand: BrandId, job: JobId) -> Result<Option<JobRow>> {
        self.connections.one(JOB, bind![brand, job]).await
    }

    async fn jobs(&self, brand: BrandId, state: JobState, limit: u32) -> Result<Vec<JobRow>> {
        self.connections.all(JOBS, bind![brand, state, limit]).await
    }

    async fn job_counts(&self, brand: BrandId) -> Result<Vec<(JobState, i64)>> {
        let counts: Vec<Count> = self.connections.all(JOB_COUNTS, bind![brand]).await?;
        let mut counts: Vec<(JobState, i64)> = counts.into_iter().map(|c| (c.0, c.1)).collect();
        counts.sort_unstable();
        Ok(counts)
    }

    async fn next_due(&self) -> Result<Option<Time>> {
        let due: Option<Only<Time>> = self.connections.one(NEXT_DUE, bind![Time(i64::MAX)]).await?;
        Ok(due.map(|due| due.0))
    }
}
