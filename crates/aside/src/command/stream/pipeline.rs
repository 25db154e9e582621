//! Jobs done by every core, and their results in order.

use super::super::Failure;
use std::{
    io,
    ops::ControlFlow,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

/// How many jobs may wait for a worker, and how many of its answers for the writer.
const WAITING: usize = 1;

/// The workers' hands, in turn.
pub(in super::super) struct Hands<J> {
    hands: Vec<SyncSender<J>>,
    turn: usize,
}

impl<J> Hands<J> {
    /// Hands a job to the worker whose turn it is, and waits while it has enough. `false` when nobody works any more.
    pub(in super::super) fn give(&mut self, job: J) -> bool {
        let hand = &self.hands[self.turn];
        self.turn = (self.turn + 1) % self.hands.len();
        hand.send(job).is_ok()
    }
}

struct Worker<A> {
    answers: Receiver<A>,
    thread: JoinHandle<()>,
}

/// Reads jobs, does them on every core, and hands the answers to `write` in the jobs' order.
///
/// `write` breaks off when nobody reads the output any more, which is no failure. A failure of `write` ends all at
/// once, while the input may still be open.
pub(in super::super) fn run<J: Send + 'static, A: Send + 'static>(
    read: impl FnOnce(&mut Hands<J>) -> io::Result<()> + Send + 'static,
    work: impl Fn(J) -> A + Send + Sync + 'static,
    mut write: impl FnMut(A) -> Result<ControlFlow<()>, Failure>,
) -> Result<ControlFlow<()>, Failure> {
    let work = Arc::new(work);
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let (hands, workers): (Vec<_>, Vec<_>) = (0..cores).map(|_| worker(Arc::clone(&work))).unzip();
    let reader = thread::spawn(move || read(&mut Hands { hands, turn: 0 }));
    for worker in workers.iter().cycle() {
        let Ok(answer) = worker.answers.recv() else { break };
        if write(answer)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    // Every answer is written. Whoever panicked has given fewer of them.
    for worker in workers {
        ended(worker.thread)?;
    }
    ended(reader)?.map_err(|e| Failure::new(format!("cannot read the input: {e}")))?;
    Ok(ControlFlow::Continue(()))
}

fn worker<J: Send + 'static, A: Send + 'static>(
    work: Arc<impl Fn(J) -> A + Send + Sync + 'static>,
) -> (SyncSender<J>, Worker<A>) {
    let (hand, jobs) = sync_channel::<J>(WAITING);
    let (give, answers) = sync_channel(WAITING);
    let thread = thread::spawn(move || {
        for job in jobs {
            if give.send(work(job)).is_err() {
                break;
            }
        }
    });
    (hand, Worker { answers, thread })
}

fn ended<T>(thread: JoinHandle<T>) -> Result<T, Failure> {
    thread.join().map_err(|_| Failure::new("the detector failed; not every line was checked"))
}
