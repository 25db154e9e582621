//! Jobs: handed out once, and never lost.

use super::{Ground, World, id, world::at};
use aside_model::{
    ChannelId, Effect, JobId, JobKind, JobState, Rung, Time,
    rows::{ChannelRow, JobRow, ThreadRow},
};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(30);

/// Adds a job that need not wait for any other.
async fn add(g: &Ground, w: &World, number: u64, due: i64) -> JobRow {
    add_of_kind(g, w, number, due, JobKind::HideComment).await
}

/// Adds a job; the higher its number, the later it was created.
async fn add_of_kind(g: &Ground, w: &World, number: u64, due: i64, kind: JobKind) -> JobRow {
    let row = JobRow {
        job: id(number),
        kind,
        due_at: at(due),
        created_at: at(i64::try_from(number).unwrap()),
        ..w.job_row()
    };
    g.change(w.brand, vec![Effect::AddJob(row.clone())]).await;
    row
}

fn became(job: &JobRow, state: JobState, due: i64) -> Effect {
    Effect::JobBecame { job: job.job, state, attempts: 4, due_at: at(due), error: Some("try later".into()) }
}

/// Due jobs of every brand, the longest due first, each to one worker.
pub async fn a_due_job_is_handed_out_once(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    add(g, &w, 30, 20).await;
    add(g, &w, 31, 1).await;
    let first = g.store.claim_jobs(at(4), LEASE, 10, &[]).await.unwrap();
    let expected =
        JobRow { state: JobState::Running, ..g.store.job(w.brand, id(31)).await.unwrap().unwrap() };
    assert_eq!(first, [expected]);
    let mut brands = vec![];
    for _ in 0..2 {
        let one = g.store.claim_jobs(at(5), LEASE, 1, &[]).await.unwrap();
        assert_eq!(one.len(), 1);
        brands.push(one[0].brand);
    }
    brands.sort_unstable();
    let mut expected = vec![w.brand, other.brand];
    expected.sort_unstable();
    assert_eq!(brands, expected);
    assert_eq!(g.store.claim_jobs(at(19), LEASE, 10, &[]).await.unwrap(), []);
    assert_eq!(g.store.claim_jobs(at(20), LEASE, 10, &[]).await.unwrap().len(), 1);
    assert_eq!(g.store.job_counts(w.brand).await.unwrap(), [(JobState::Running, 3)]);
}

/// Whoever had it may have sent it: it is handed out as `unknown`, so that people are told, and again if the
/// one who should tell them stops as well.
pub async fn a_lease_that_is_over_makes_a_job_unknown(g: &Ground) {
    let w = g.world(1).await;
    let late = add(g, &w, 30, 5).await;
    assert_eq!(g.store.claim_jobs(at(5), LEASE, 10, &[]).await.unwrap().len(), 2);
    g.change(w.brand, vec![became(&w.job_row(), JobState::Done, 5)]).await;
    let still = Time(at(35).0 - 1);
    assert_eq!(g.store.claim_jobs(still, LEASE, 10, &[]).await.unwrap(), []);
    assert_eq!(g.store.job(w.brand, late.job).await.unwrap().unwrap().state, JobState::Running);
    let lapsed = JobRow { state: JobState::Unknown, ..late.clone() };
    assert_eq!(g.store.claim_jobs(at(35), LEASE, 10, &[]).await.unwrap(), std::slice::from_ref(&lapsed));
    assert_eq!(g.store.claim_jobs(at(35), LEASE, 10, &[]).await.unwrap(), []);
    let due = add(g, &w, 31, 40).await;
    assert_eq!(g.store.claim_jobs(at(65), LEASE, 1, &[]).await.unwrap(), [lapsed], "before what is only due");
    g.change(w.brand, vec![became(&late, JobState::Unknown, 65), became(&due, JobState::Done, 65)]).await;
    assert!(g.store.job(w.brand, late.job).await.unwrap().unwrap().payload_sealed.is_some());
    assert_eq!(g.store.job(w.brand, w.job).await.unwrap().unwrap().state, JobState::Done);
    assert_eq!(g.store.claim_jobs(at(1_000), LEASE, 10, &[]).await.unwrap(), []);
    let counts = g.store.job_counts(w.brand).await.unwrap();
    assert_eq!(counts, [(JobState::Done, 2), (JobState::Unknown, 1)]);
    // A person may have it tried again.
    g.change(w.brand, vec![became(&late, JobState::Due, 1_001)]).await;
    assert_eq!(g.store.claim_jobs(at(1_001), LEASE, 10, &[]).await.unwrap().len(), 1);
}

/// Done and failed jobs need no payload any more; one that is to be tried again does.
pub async fn a_finished_job_keeps_no_payload(g: &Ground) {
    let w = g.world(1).await;
    let outcomes = [
        (JobState::Due, true),
        (JobState::Running, true),
        (JobState::Unknown, true),
        (JobState::Done, false),
        (JobState::Failed, false),
    ];
    for (number, (state, kept)) in (30..).zip(outcomes) {
        let row = add(g, &w, number, 5).await;
        g.change(w.brand, vec![became(&row, state, 60)]).await;
        let expected = JobRow {
            state,
            attempts: 4,
            due_at: at(60),
            error: Some("try later".into()),
            payload_sealed: row.payload_sealed.clone().filter(|_| kept),
            ..row
        };
        assert_eq!(g.store.job(w.brand, expected.job).await.unwrap(), Some(expected.clone()));
        let listed = g.store.jobs(w.brand, state, 10).await.unwrap();
        assert!(listed.contains(&expected), "{state}");
        assert!(listed.is_sorted_by_key(|job| job.created_at));
    }
    assert_eq!(g.store.jobs(w.brand, JobState::Due, 1).await.unwrap().len(), 1);
}

/// A worker that has nothing to do knows how long it may sleep.
pub async fn the_next_due_moment_is_known(g: &Ground) {
    assert_eq!(g.store.next_due().await.unwrap(), None);
    let w = g.world(1).await;
    add(g, &w, 30, 40).await;
    add(g, &w, 31, 3).await;
    assert_eq!(g.store.next_due().await.unwrap(), Some(at(3)));
    g.store.claim_jobs(at(10), LEASE, 10, &[]).await.unwrap();
    assert_eq!(g.store.next_due().await.unwrap(), Some(at(40)));
    g.store.claim_jobs(at(40), LEASE, 10, &[]).await.unwrap();
    assert_eq!(g.store.next_due().await.unwrap(), None);
}

async fn claim(g: &Ground, second: i64, busy: &[ChannelId]) -> Vec<JobId> {
    let jobs = g.store.claim_jobs(at(second), LEASE, 10, busy).await.unwrap();
    jobs.into_iter().map(|job| job.job).collect()
}

/// Whatever the worker is doing with the first, and however long: the second is not for anybody else.
pub async fn a_later_message_of_a_thread_waits_while_an_earlier_one_is_being_sent(g: &Ground) {
    let w = g.world(1).await;
    let second = add_of_kind(g, &w, 30, 3, JobKind::PrivateReply).await;
    let third = add_of_kind(g, &w, 31, 3, JobKind::Send).await;
    assert_eq!(claim(g, 4, &[]).await, [], "the one before is not due yet");
    assert_eq!(g.store.next_due().await.unwrap(), Some(at(5)), "nobody wakes up in vain");
    assert_eq!(claim(g, 5, &[]).await, [w.job]);
    assert_eq!(claim(g, 6, &[]).await, []);
    assert_eq!(g.store.next_due().await.unwrap(), None);
    for (done, next) in [(w.job_row(), &second), (second.clone(), &third)] {
        g.change(w.brand, vec![became(&done, JobState::Done, 6)]).await;
        assert_eq!(claim(g, 7, &[]).await, [next.job]);
        assert_eq!(claim(g, 7, &[]).await, []);
    }
}

/// Not only while it runs: it is still earlier while it waits for its next try.
pub async fn a_later_message_of_a_thread_waits_while_an_earlier_one_is_to_be_tried_again(g: &Ground) {
    let w = g.world(1).await;
    let second = add_of_kind(g, &w, 30, 5, JobKind::Send).await;
    assert_eq!(claim(g, 5, &[]).await, [w.job]);
    g.change(w.brand, vec![became(&w.job_row(), JobState::Due, 60)]).await;
    assert_eq!(claim(g, 59, &[]).await, []);
    assert_eq!(g.store.next_due().await.unwrap(), Some(at(60)));
    assert_eq!(claim(g, 60, &[]).await, [w.job]);
    // A lease that is over leaves the second where it is, until somebody has said what became of the first.
    assert_eq!(claim(g, 90, &[]).await, [w.job]);
    assert_eq!(claim(g, 91, &[]).await, []);
    g.change(w.brand, vec![became(&w.job_row(), JobState::Unknown, 91)]).await;
    assert_eq!(claim(g, 91, &[]).await, [second.job], "people have the first one now");
}

/// Hiding a comment or reminding somebody is not in anybody's way, nor is another thread.
pub async fn what_sends_no_message_and_other_threads_wait_for_nothing(g: &Ground) {
    let w = g.world(1).await;
    let neighbour = w.with_customer(2);
    neighbour.settle_customer(&*g.store).await;
    let mut free = vec![];
    for (number, kind) in (30..).zip([JobKind::HideComment, JobKind::SendCode, JobKind::Remind]) {
        free.push(add_of_kind(g, &w, number, 6, kind).await.job);
    }
    add_of_kind(g, &w, 33, 6, JobKind::Send).await;
    assert_eq!(claim(g, 5, &[]).await.len(), 2, "the first message of each thread");
    free.sort_unstable();
    assert_eq!(claim(g, 6, &[]).await, free);
    // What was done for the thread before is in no message's way either.
    g.change(w.brand, vec![became(&w.job_row(), JobState::Failed, 6)]).await;
    assert_eq!(claim(g, 6, &[]).await, [id(33)]);
}

/// Two messages of one command were created at the same moment: one goes first, and always the same.
pub async fn messages_created_at_once_go_out_one_by_one(g: &Ground) {
    let w = g.world(1).await;
    let at_once: Vec<_> = (30..34).map(|n| JobRow { job: id(n), ..w.job_row() }).collect();
    g.change(w.brand, at_once.iter().cloned().map(Effect::AddJob).collect()).await;
    let mut order: Vec<_> = at_once.iter().map(|row| row.job).chain([w.job]).collect();
    order.sort_unstable();
    for job in order {
        assert_eq!(claim(g, 5, &[]).await, [job]);
        g.change(w.brand, vec![became(&JobRow { job, ..w.job_row() }, JobState::Done, 5)]).await;
    }
}

/// A network that hangs holds up what goes to it, and nothing else.
pub async fn a_busy_channel_is_passed_over(g: &Ground) {
    let w = g.world(1).await;
    let calm =
        ChannelRow { channel: id(40), account: "another".into(), rung: Rung::Public, ..w.channel_row() };
    let thread = ThreadRow { thread: id(41), channel: id(40), ..w.thread_row() };
    let job = JobRow { job: id(42), thread: id(41), due_at: at(6), ..w.job_row() };
    g.change(w.brand, vec![Effect::PutChannel(calm), Effect::AddThread(thread), Effect::AddJob(job)]).await;
    let hidden = add(g, &w, 30, 4).await;
    assert_eq!(claim(g, 6, &[w.channel, id(40)]).await, []);
    let one = g.store.claim_jobs(at(6), LEASE, 1, &[w.channel]).await.unwrap();
    assert_eq!(one.into_iter().map(|row| row.job).collect::<Vec<_>>(), [id(42)]);
    assert_eq!(claim(g, 6, &[id(40), id(43)]).await, [hidden.job, w.job]);
    // What nobody knows about is told, however busy its channel is.
    assert_eq!(claim(g, 60, &[w.channel, id(40)]).await.len(), 3);
}

/// A commit that adds a job or an entry wakes whoever waits, even if they begin to wait a little later.
pub async fn workers_are_woken(g: &Ground) {
    let w = g.world(1).await;
    g.store.job_added().notified().await;
    g.store.entry_added().notified().await;
    let woken = async {
        tokio::join!(g.store.job_added().notified(), g.store.entry_added().notified());
    };
    let adding = async {
        add(g, &w, 30, 5).await;
        let entry = aside_model::rows::EntryRow { entry: id(31), ..w.entry_row() };
        g.change(w.brand, vec![Effect::AddEntry(entry)]).await;
    };
    tokio::join!(woken, adding);
}
