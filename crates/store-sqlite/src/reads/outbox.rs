//! Reading jobs.

use crate::{
    SqliteStore,
    cells::{Cells, FromRow, Only, all, one},
};
use aside_model::{BrandId, JobId, JobState, Time, rows::JobRow};
use aside_store::{Outbox, Result};
use async_trait::async_trait;

statements! {
    JOB("SELECT ", job_columns!(), " FROM jobs WHERE brand = ?1 AND job = ?2");
    JOBS(
        "SELECT ", job_columns!(), " FROM jobs WHERE brand = ?1 AND state = ?2 ORDER BY created_at, job LIMIT ?3"
    );
    JOB_COUNTS("SELECT state, count(*) FROM jobs WHERE brand = ?1 GROUP BY state");
    /// Before the end of time: so it is a search in the index, which stops at the first.
    NEXT_DUE(
        "SELECT due_at FROM jobs WHERE state = 'due' AND due_at <= ?1", whose_turn_it_is!(), " ORDER BY due_at LIMIT 1"
    );
}

struct Count(JobState, i64);

impl FromRow for Count {
    const TABLE: &'static str = "jobs";
    fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
        Ok(Self(cells.next()?, cells.next()?))
    }
}

#[async_trait]
impl Outbox for SqliteStore {
    async fn job(&self, brand: BrandId, job: JobId) -> Result<Option<JobRow>> {
        self.look(move |conn| one(conn, JOB, bind![brand, job]))
    }

    async fn jobs(&self, brand: BrandId, state: JobState, limit: u32) -> Result<Vec<JobRow>> {
        self.read(move |conn| all(conn, JOBS, bind![brand, state, limit])).await
    }

    async fn job_counts(&self, brand: BrandId) -> Result<Vec<(JobState, i64)>> {
        self.read(move |conn| {
            let mut counts: Vec<(JobState, i64)> =
                all::<Count>(conn, JOB_COUNTS, bind![brand])?.into_iter().map(|c| (c.0, c.1)).collect();
            counts.sort_unstable();
            Ok(counts)
        })
        .await
    }

    async fn next_due(&self) -> Result<Option<Time>> {
        self.look(|conn| Ok(one::<Only<Time>>(conn, NEXT_DUE, bind![Time(i64::MAX)])?.map(|due| due.0)))
    }
}
