//! One run: webhooks at their due times over connections that stay open, each answer timed from when its
//! message was due.

use crate::{arrivals::Pace, clock, latencies::Latencies, traffic::Traffic, wire::Wire};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{task::JoinSet, time::sleep_until};

/// How often a webhook that was refused is posted again before it is given up.
const AGAIN: u32 = 200;
/// How long a network waits before it posts again.
const PAUSE: Duration = Duration::from_millis(50);

/// What became of a run's webhooks.
#[derive(Default)]
pub(crate) struct Driven {
    /// The first message's number.
    pub(crate) first: u64,
    /// How many were posted.
    pub(crate) offered: u64,
    /// How many were acknowledged the first time.
    pub(crate) acknowledged: u64,
    /// How many were not, by status; 0 where no answer came.
    pub(crate) refused: BTreeMap<u16, u64>,
    /// From due time to acknowledgement.
    pub(crate) latencies: Latencies,
    /// From the start to the last answer.
    pub(crate) took: Duration,
    /// When it started.
    pub(crate) started: Option<Instant>,
    /// Numbers of the messages that are not acknowledged yet.
    pub(crate) open: Vec<u64>,
}

impl Driven {
    fn merge(&mut self, other: Self) {
        self.offered += other.offered;
        self.acknowledged += other.acknowledged;
        for (status, count) in other.refused {
            *self.refused.entry(status).or_default() += count;
        }
        self.latencies.merge(other.latencies);
        self.open.extend(other.open);
    }
}

/// A server that is driven.
pub(crate) struct Driver {
    pub(crate) traffic: Arc<Traffic>,
    pub(crate) address: SocketAddr,
    /// How many webhooks are under way at most.
    pub(crate) connections: usize,
}

impl Driver {
    /// Posts messages from number `first` on at a pace, and waits for every answer.
    pub(crate) async fn drive(&self, first: u64, pace: Pace) -> Driven {
        let (pace, next) = (Arc::new(pace), Arc::new(AtomicU64::new(0)));
        let started = clock::now();
        let mut workers = JoinSet::new();
        for _ in 0..self.connections {
            let worker = Worker {
                traffic: Arc::clone(&self.traffic),
                address: self.address,
                wire: None,
                done: Driven::default(),
            };
            workers.spawn(worker.work(first, started, Arc::clone(&pace), Arc::clone(&next)));
        }
        let mut all = Driven { first, started: Some(started), ..Driven::default() };
        while let Some(done) = workers.join_next().await {
            match done {
                Ok(done) => all.merge(done),
                Err(broken) => std::panic::resume_unwind(broken.into_panic()),
            }
        }
        all.took = started.elapsed();
        all
    }

    /// Posts what is not acknowledged again and again, as networks do. What is left was given up.
    pub(crate) async fn repeat(&self, open: Vec<u64>) -> Vec<u64> {
        let mut wire = None;
        let mut left = Vec::new();
        for message in open {
            let mut tries = 0;
            while post(&mut wire, self.address, &self.traffic, message).await != 200 {
                tries += 1;
                if tries == AGAIN {
                    left.push(message);
                    break;
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
        left
    }
}

struct Worker {
    traffic: Arc<Traffic>,
    address: SocketAddr,
    wire: Option<Wire>,
    done: Driven,
}

impl Worker {
    async fn work(mut self, first: u64, started: Instant, pace: Arc<Pace>, next: Arc<AtomicU64>) -> Driven {
        loop {
            let which = next.fetch_add(1, Ordering::Relaxed);
            let due = match &*pace {
                Pace::Due(due) => match due.get(which as usize) {
                    Some(micros) => started + Duration::from_micros(*micros),
                    None => return self.done,
                },
                Pace::Flat(length) if started.elapsed() > *length => return self.done,
                Pace::Flat(_) => clock::now(),
            };
            if due > clock::now() {
                sleep_until(due.into()).await;
            }
            let message = first + which;
            let status = post(&mut self.wire, self.address, &self.traffic, message).await;
            self.done.offered += 1;
            if status == 200 {
                self.done.acknowledged += 1;
                self.done.latencies.add(clock::now().saturating_duration_since(due).as_micros());
            } else {
                *self.done.refused.entry(status).or_default() += 1;
                self.done.open.push(message);
            }
        }
    }
}

/// Posts a message; the answer's status, 0 without one.
async fn post(wire: &mut Option<Wire>, address: SocketAddr, traffic: &Traffic, message: u64) -> u16 {
    let (account, hook) = traffic.webhook(message);
    let open = match wire.take() {
        Some(open) => Ok(open),
        None => Wire::open(address).await,
    };
    let Ok(mut open) = open else { return 0 };
    let Ok(answer) = open.post(&account.hook, &hook.proof, &hook.body).await else { return 0 };
    *wire = Some(open);
    answer.status
}
