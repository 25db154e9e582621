//! Connections: a pool of them, and statements sent together so that a transaction costs few round trips.

use crate::{
    cells::{Cells, FromRow, Value},
    connect::{self, Address, Wire},
    error::{Trouble, trouble},
};
use aside_store::{Result, StoreError};
use deadpool_postgres::{
    Hook, HookError, Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime, TimeoutType,
};
use futures::future::MaybeDone;
use std::{future::poll_fn, pin::Pin, task::Poll, time::Duration};
use tokio_postgres::{NoTls, Row, types::ToSql};

statements! {
    ROLLBACK("ROLLBACK");
}

/// A statement with its parameters.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) sql: &'static str,
    pub(crate) given: Vec<Value>,
}

impl Step {
    pub(crate) const fn new(sql: &'static str, given: Vec<Value>) -> Self {
        Self { sql, given }
    }

    /// A statement without parameters.
    pub(crate) const fn bare(sql: &'static str) -> Self {
        Self::new(sql, Vec::new())
    }
}

/// The pool.
#[derive(Clone)]
pub(crate) struct Connections {
    pool: Pool,
    /// How long an answer may take before the connection is given up.
    patience: Duration,
}

impl Connections {
    /// At most `most` connections, made as they are needed.
    pub(crate) fn new(address: &Address, most: usize, patience: Duration) -> Result<Self> {
        let how = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let manager = match &address.wire {
            Wire::Plain => Manager::from_config(address.config.clone(), NoTls, how),
            Wire::Tls(tls) => Manager::from_config(address.config.clone(), tls.clone(), how),
        };
        let set_up = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
            Box::pin(async move {
                connect::set_up(client).await.map_err(|error| match error {
                    StoreError::Unsuitable(what) => HookError::message(what),
                    // A hook can only tell in words; these are told by none.
                    _ => HookError::message(""),
                })
            })
        });
        let pool = Pool::builder(manager)
            .max_size(most.max(1))
            .wait_timeout(Some(patience))
            .create_timeout(Some(connect::CONNECTING))
            .runtime(Runtime::Tokio1)
            .post_create(set_up)
            .build()
            .map_err(|e| StoreError::Failed(e.to_string()))?;
        Ok(Self { pool, patience })
    }

    /// A connection for one transaction or one read.
    pub(crate) async fn get(&self) -> Result<Conn, Trouble> {
        let object = self.pool.get().await.map_err(|error| match error {
            PoolError::Timeout(TimeoutType::Wait) => Trouble::Failed(StoreError::Busy),
            PoolError::Timeout(_) => Trouble::Lost("it does not answer".into()),
            PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
                trouble(error)
            }
            PoolError::PostCreateHook(HookError::Message(what)) if what.is_empty() => {
                Trouble::Lost("a new connection ended while it was set up".into())
            }
            PoolError::PostCreateHook(HookError::Message(what)) => {
                Trouble::Failed(StoreError::Unsuitable(what.into_owned()))
            }
            other => Trouble::Failed(StoreError::Failed(other.to_string())),
        })?;
        Ok(Conn { object: Some(object), patience: self.patience })
    }

    /// Every row that a statement finds. A connection that was lost meanwhile is replaced once.
    pub(crate) async fn all<T: FromRow>(&self, sql: &'static str, given: Vec<Value>) -> Result<Vec<T>> {
        let step = [Step::new(sql, given)];
        let mut replaced = false;
        loop {
            let answered = match self.get().await {
                Ok(mut conn) => conn.run(&step).await,
                Err(trouble) => Err(trouble),
            };
            match answered {
                Ok(rows) => {
                    return rows
                        .iter()
                        .flatten()
                        .map(|r| T::from_row(&mut Cells::new(r, T::TABLE)))
                        .collect();
                }
                Err(Trouble::Lost(_)) if !replaced => replaced = true,
                Err(trouble) => return Err(trouble.told()),
            }
        }
    }

    /// The first row that a statement finds.
    pub(crate) async fn one<T: FromRow>(&self, sql: &'static str, given: Vec<Value>) -> Result<Option<T>> {
        Ok(self.all(sql, given).await?.into_iter().next())
    }
}

/// A connection that is lent. One that was left in the middle of something is thrown away, not given back.
pub(crate) struct Conn {
    object: Option<Object>,
    patience: Duration,
}

impl Conn {
    /// Sends all statements at once and waits for all answers; the first error is the one that counts, since
    /// within a transaction those after it only say that there was one.
    pub(crate) async fn run(&mut self, steps: &[Step]) -> Result<Vec<Vec<Row>>, Trouble> {
        self.try_run(steps).await.map_err(|(_, trouble)| trouble)
    }

    /// Like `run`, for statements of which the last commits.
    pub(crate) async fn commit(&mut self, steps: &[Step]) -> Result<Vec<Vec<Row>>, Trouble> {
        match self.try_run(steps).await {
            Ok(answers) => Ok(answers),
            Err((Reached::Lost, Trouble::Lost(what))) => Err(Trouble::Unknown(what)),
            Err((Reached::Told(at), Trouble::Lost(what))) if at + 1 == steps.len() => {
                Err(Trouble::Unknown(what))
            }
            // The server itself said that it ended before it came to the commit, or nothing was sent.
            Err((_, trouble)) => Err(trouble),
        }
    }

    async fn try_run(&mut self, steps: &[Step]) -> Result<Vec<Vec<Row>>, (Reached, Trouble)> {
        let Some(object) = self.object.take() else {
            return Err((Reached::Nothing, Trouble::Lost("it was given up".into())));
        };
        // While it is out of `self`, an early end drops the connection instead of giving it back.
        let loan = Loan(Some(object));
        let asked = tokio::time::timeout(self.patience, ask(loan.client(), steps)).await;
        match asked {
            Ok(Ok(answers)) => {
                self.object = loan.back();
                Ok(answers)
            }
            Ok(Err((reached, trouble))) => {
                if matches!(trouble, Trouble::Collided | Trouble::Failed(_)) {
                    self.object = loan.back();
                }
                Err((reached, trouble))
            }
            Err(_) => Err((Reached::Lost, Trouble::Lost("the database does not answer".into()))),
        }
    }

    /// Ends the transaction without keeping anything of it.
    pub(crate) async fn roll_back(&mut self) {
        if self.object.is_some() && self.run(&[Step::bare(ROLLBACK)]).await.is_err() {
            self.give_up();
        }
    }

    /// Throws the connection away; the server rolls back what it had begun.
    fn give_up(&mut self) {
        if let Some(object) = self.object.take() {
            drop(Object::take(object));
        }
    }
}

/// How far statements came when one of them failed.
enum Reached {
    /// Nothing was sent.
    Nothing,
    /// The server said which one it was.
    Told(usize),
    /// The connection went; any of them may have been carried out.
    Lost,
}

/// A connection that is thrown away unless it is asked back.
struct Loan(Option<Object>);

impl Loan {
    fn client(&self) -> &Object {
        self.0.as_ref().expect("it is taken out only when the loan itself ends")
    }

    fn back(mut self) -> Option<Object> {
        self.0.take()
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let Some(object) = self.0.take() {
            drop(Object::take(object));
        }
    }
}

async fn ask(client: &Object, steps: &[Step]) -> Result<Vec<Vec<Row>>, (Reached, Trouble)> {
    let mut prepared = Vec::with_capacity(steps.len());
    for step in steps {
        let statement = client.prepare_cached(step.sql).await;
        prepared.push(statement.map_err(|error| (Reached::Nothing, trouble(error)))?);
    }
    let given: Vec<Vec<&(dyn ToSql + Sync)>> = steps
        .iter()
        .map(|step| step.given.iter().map(|value| value as &(dyn ToSql + Sync)).collect())
        .collect();
    let asked = prepared.iter().zip(&given).map(|(sql, given)| client.query(sql, given));
    let answers = in_order(asked.collect()).await;
    let mut rows = Vec::with_capacity(answers.len());
    for (at, answer) in answers.into_iter().enumerate() {
        match answer {
            Ok(found) => rows.push(found),
            Err(error) => {
                let reached = if error.as_db_error().is_some() { Reached::Told(at) } else { Reached::Lost };
                return Err((reached, trouble(error)));
            }
        }
    }
    Ok(rows)
}

/// Polls all futures together, each for the first time in the order given: that is when the driver sends.
async fn in_order<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut futures: Vec<Pin<Box<MaybeDone<F>>>> =
        futures.into_iter().map(|future| Box::pin(MaybeDone::Future(future))).collect();
    let mut first = 0;
    poll_fn(|context| {
        let mut all = true;
        for (at, future) in futures.iter_mut().enumerate().skip(first) {
            if future.as_mut().poll(context).is_ready() {
                if at == first {
                    first += 1;
                }
            } else {
                all = false;
            }
        }
        if all { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    futures.iter_mut().filter_map(|future| future.as_mut().take_output()).collect()
}
