//! What is past its time goes, and nothing else.

use super::{Ground, id, world::at};
use aside_model::{Command, Effect, Guard, JobState, Outcome, PurgeKind, Time};
use std::time::Duration;

/// Each kind of purge takes what it names, up to the moment and no further.
pub async fn what_is_past_its_time_goes(g: &Ground) {
    g.clock.set(at(10));
    let w = g.world(1).await;
    let other = w.with_customer(2);
    other.settle_customer(&*g.store).await;
    let purge = |kind, before| vec![Effect::Purge(kind, before)];
    let s = &g.store;

    g.change(w.brand, purge(PurgeKind::Holds, Time(at(100).0 - 1))).await;
    assert!(s.hold(w.brand, w.hold).await.unwrap().is_some());
    g.change(w.brand, purge(PurgeKind::Holds, at(100))).await;
    assert_eq!(s.hold(w.brand, w.hold).await.unwrap(), None);

    g.change(w.brand, purge(PurgeKind::Expired, Time(at(100).0 - 1))).await;
    assert!(s.link(w.brand, w.link).await.unwrap().is_some());
    assert!(s.code(w.brand, w.code).await.unwrap().is_some());
    assert!(s.session(w.brand, w.session).await.unwrap().is_some());
    g.change(w.brand, purge(PurgeKind::Expired, at(100))).await;
    assert_eq!(s.link(w.brand, w.link).await.unwrap(), None);
    assert_eq!(s.code(w.brand, w.code).await.unwrap(), None);
    assert_eq!(s.session(w.brand, w.session).await.unwrap(), None);
    assert_eq!(s.session(w.brand, w.agent_session).await.unwrap(), None);

    g.clock.set(at(20));
    let done =
        Effect::JobBecame { job: w.job, state: JobState::Done, attempts: 1, due_at: at(5), error: None };
    let failed = Effect::JobBecame {
        job: other.job,
        state: JobState::Failed,
        attempts: 1,
        due_at: at(5),
        error: None,
    };
    g.change(w.brand, vec![done, failed]).await;
    g.change(w.brand, purge(PurgeKind::DoneJobs, at(20))).await;
    assert!(s.job(w.brand, w.job).await.unwrap().is_some());
    g.change(w.brand, purge(PurgeKind::DoneJobs, at(21))).await;
    assert_eq!(s.job(w.brand, w.job).await.unwrap(), None);
    assert!(s.job(w.brand, other.job).await.unwrap().is_some(), "a failed job stays until somebody looked");

    let once = Guard::Once(b"a delivery".to_vec());
    let take = Guard::Take { counter: "c".into(), window: Duration::from_secs(10), limit: 1, now: at(20) };
    assert!(g.holds(w.brand, once.clone()).await && g.holds(w.brand, take.clone()).await);
    g.change(w.brand, purge(PurgeKind::OnceKeys, at(20))).await;
    assert!(!g.holds(w.brand, once.clone()).await && !g.holds(w.brand, take.clone()).await);
    g.change(w.brand, purge(PurgeKind::OnceKeys, at(30))).await;
    assert!(g.holds(w.brand, once).await, "used ten seconds before");
    assert!(!g.holds(w.brand, take.clone()).await, "its window has not ended before that moment");
    g.change(w.brand, purge(PurgeKind::OnceKeys, at(31))).await;
    assert!(g.holds(w.brand, take).await);
    assert!(s.message(w.brand, w.message).await.unwrap().is_some());
}

/// However much is past its time, it goes in the end, and the store says while there may be more.
pub async fn a_purge_ends_however_much_there_is(g: &Ground) {
    let w = g.world(1).await;
    g.clock.set(at(10));
    for start in (0..1_200_u32).step_by(100) {
        let mut command = Command::new(w.brand);
        for number in start..start + 100 {
            command = command
                .guard(Guard::Once(number.to_be_bytes().to_vec()))
                .effect(Effect::Announce(None, None, "often"));
        }
        assert!(matches!(g.store.apply(command).await, Ok(Outcome::Applied(_))));
    }
    for kind in [PurgeKind::Events, PurgeKind::OnceKeys] {
        let mut rounds = 0;
        while g.change(w.brand, vec![Effect::Purge(kind, at(100))]).await.more {
            rounds += 1;
            assert!(rounds < 1_200, "it never ends");
        }
    }
    assert_eq!(g.store.events_after(w.brand, 0, 10).await.unwrap(), []);
    assert!(g.holds(w.brand, Guard::Once(7_u32.to_be_bytes().to_vec())).await);
    assert!(g.holds(w.brand, Guard::Once(1_199_u32.to_be_bytes().to_vec())).await);
}

/// A browser that resumes from an old number must not meet it a second time.
pub async fn event_numbers_go_on_after_a_purge(g: &Ground) {
    let w = g.world(1).await;
    for (second, kind) in [(10, "a"), (20, "b")] {
        g.clock.set(at(second));
        g.change(w.brand, vec![Effect::Announce(None, None, kind)]).await;
    }
    g.change(w.brand, vec![Effect::Purge(PurgeKind::Events, at(20))]).await;
    let left = g.store.events_after(w.brand, 0, 10).await.unwrap();
    assert_eq!(left.iter().map(|e| e.number).collect::<Vec<_>>(), [3]);
    g.change(w.brand, vec![Effect::Purge(PurgeKind::Events, at(1_000))]).await;
    assert_eq!(g.store.events_after(w.brand, 0, 10).await.unwrap(), []);
    assert_eq!(g.store.last_event(w.brand).await.unwrap(), 3);
    let next = g.change(w.brand, vec![Effect::Announce(Some(w.conversation), None, "c")]).await;
    assert_eq!(next.events, Some((4, 4)));
    assert_eq!(
        g.store.conversation(w.brand, w.conversation).await.unwrap().map(|_| id::<()>(1)),
        Some(id(1))
    );
}
