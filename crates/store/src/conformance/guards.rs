//! Guards: each holds and refuses where it should, and a refused command changes nothing at all.

use super::{
    Ground, World, id,
    world::{at, hash, take},
};
use aside_model::{Command, Effect, Guard, JobState, MessageState, Time, rows::MessageRow};
use std::time::Duration;

/// A command with the guard, and effects that would be seen if it were carried out.
fn guarded(w: &World, guard: Guard) -> Command {
    Command::new(w.brand)
        .guard(Guard::Once(b"taken before the guard was asked".to_vec()))
        .guard(take("taken before the guard was asked"))
        .guard(guard)
        .effect(Effect::AddMessage(MessageRow { message: id(1), ..w.message_row() }))
        .effect(Effect::AddEntry(aside_model::rows::EntryRow { entry: id(1), ..w.entry_row() }))
        .effect(Effect::DropValue(w.value))
        .effect(Effect::Announce(Some(w.conversation), Some(id(1)), "message"))
}

/// Every guard of the list, holding and refusing.
pub async fn each_guard_holds_and_refuses(g: &Ground) {
    let w = g.world(1).await;
    let spent = |limit| Guard::Take {
        counter: "reveal/somebody".into(),
        window: Duration::from_mins(1),
        limit,
        now: at(0),
    };
    assert!(g.holds(w.brand, spent(1)).await);
    let lead = g.store.lead(w.brand, [1; 16], at(0), Duration::from_mins(1)).await.unwrap();
    assert_eq!(lead, Some(1));
    let refusing = [
        Guard::VersionIs(w.conversation, 1),
        Guard::VersionIs(id(0), 2),
        Guard::MessageStateIs(w.message, MessageState::Queued),
        Guard::MessageStateIs(id(0), MessageState::Received),
        Guard::JobStateIs(w.job, JobState::Running),
        Guard::JobStateIs(id(0), JobState::Due),
        Guard::LinkOpen(w.link, at(100)),
        Guard::LinkOpen(id(0), at(50)),
        Guard::CodeOpen(w.code, at(100)),
        Guard::CodeOpen(id(0), at(50)),
        Guard::HoldOpen(w.hold, at(100)),
        Guard::HoldOpen(id(0), at(50)),
        spent(1),
        spent(0),
        Guard::Once(hash(1_000_700).to_vec()),
        Guard::KeyAlive(id(0)),
        Guard::Leads(0),
        Guard::Leads(2),
    ];
    for guard in refusing {
        g.refuses(guarded(&w, guard.clone()), &guard).await;
    }
    let holding = [
        Guard::VersionIs(w.conversation, 2),
        Guard::MessageStateIs(w.message, MessageState::Received),
        Guard::JobStateIs(w.job, JobState::Due),
        Guard::LinkOpen(w.link, at(50)),
        Guard::CodeOpen(w.code, at(50)),
        Guard::HoldOpen(w.hold, at(50)),
        spent(2),
        Guard::Once(b"never seen".to_vec()),
        Guard::KeyAlive(w.keyring),
        Guard::Leads(1),
    ];
    for guard in holding {
        assert!(g.holds(w.brand, guard.clone()).await, "{guard:?}");
    }
}

/// A window starts at a multiple of its length since 1970 and has its own budget.
pub async fn a_counter_is_taken_from_window_by_window(g: &Ground) {
    let w = g.world(1).await;
    let take = |counter: &str, window: u64, limit, now: i64| Guard::Take {
        counter: counter.into(),
        window: Duration::from_secs(window),
        limit,
        now: Time(now),
    };
    let second = 1_000_000;
    // Up to the last microsecond of the first window, and on the first of the next.
    for (now, holds) in [
        (0, true),
        (10 * second - 1, true),
        (10 * second - 1, false),
        (10 * second, true),
        (19 * second, true),
        (20 * second - 1, false),
        (20 * second, true),
        // The first window is still full.
        (5 * second, false),
        // Before 1970 windows lie the same way.
        (-1, true),
        (-10 * second, true),
        (-1, false),
        (-10 * second - 1, true),
    ] {
        assert_eq!(g.holds(w.brand, take("reveal/a", 10, 2, now)).await, holds, "at {now}");
    }
    assert!(g.holds(w.brand, take("reveal/b", 10, 2, 0)).await, "another counter has its own budget");
    assert!(g.holds(w.brand, take("reveal/a", 3_600, 2, 0)).await, "so has another window");
    assert!(g.holds(w.brand, take("reveal/a", 10, 3, 0)).await, "a raised limit leaves room");
    assert!(!g.holds(w.brand, take("reveal/a", 10, 2, 0)).await);
    let both = Command::new(w.brand).guard(take("c", 10, 2, 0)).guard(take("c", 10, 2, 0));
    assert!(matches!(g.store.apply(both).await, Ok(aside_model::Outcome::Applied(_))));
    assert!(!g.holds(w.brand, take("c", 10, 2, 0)).await, "one command may take twice");
}

/// A guard that refuses gives back what guards before it took.
pub async fn what_a_refused_command_took_is_given_back(g: &Ground) {
    let w = g.world(1).await;
    let take = Guard::Take { counter: "c".into(), window: Duration::from_mins(1), limit: 1, now: at(0) };
    let never = Guard::VersionIs(w.conversation, -1);
    let once = Guard::Once(b"key".to_vec());
    let command = Command::new(w.brand).guard(take.clone()).guard(once.clone()).guard(never.clone());
    g.refuses(command, &never).await;
    assert!(g.holds(w.brand, take).await);
    assert!(g.holds(w.brand, once).await);
}

/// A key is used up by the first command that has it.
pub async fn a_key_is_used_once(g: &Ground) {
    let w = g.world(1).await;
    let once = |key: &[u8]| Guard::Once(key.to_vec());
    assert!(g.holds(w.brand, once(b"first")).await);
    assert!(!g.holds(w.brand, once(b"first")).await);
    assert!(g.holds(w.brand, once(b"second")).await);
    let twice = Command::new(w.brand).guard(once(b"third")).guard(once(b"third"));
    g.refuses(twice, &once(b"third")).await;
    assert!(g.holds(w.brand, once(b"third")).await);
    assert!(g.holds(w.brand, once(b"")).await && !g.holds(w.brand, once(b"")).await);
}

/// The second delivery of a webhook changes nothing.
pub async fn a_repeated_provider_event_changes_nothing(g: &Ground) {
    let w = g.world(1).await;
    let event = Guard::Once(hash(5).to_vec());
    let delivery = |message| {
        Command::new(w.brand)
            .guard(event.clone())
            .guard(Guard::KeyAlive(w.keyring))
            .effect(Effect::AddMessage(MessageRow { message: id(message), ..w.message_row() }))
            .effect(Effect::ThreadHeard(w.thread, at(3)))
            .effect(Effect::AddEntry(aside_model::rows::EntryRow { entry: id(message + 1), ..w.entry_row() }))
            .effect(Effect::AddJob(aside_model::rows::JobRow { job: id(message + 2), ..w.job_row() }))
            .effect(Effect::Announce(Some(w.conversation), Some(id(message)), "message"))
    };
    assert!(matches!(g.store.apply(delivery(20)).await, Ok(aside_model::Outcome::Applied(_))));
    g.refuses(delivery(30), &event).await;
}

/// A link works until the moment it expires, and only until it was used.
pub async fn a_link_is_open_until_it_is_used_or_expires(g: &Ground) {
    let w = g.world(1).await;
    let expiry = at(100).0;
    for (now, open) in [(expiry - 1, true), (expiry, false), (expiry + 1, false)] {
        assert_eq!(g.holds(w.brand, Guard::LinkOpen(w.link, Time(now))).await, open, "at {now}");
        let shown = g.store.open_links(w.brand, w.conversation, Time(now)).await.unwrap();
        assert_eq!(shown.len(), usize::from(open), "at {now}");
    }
    let redeem = Command::new(w.brand)
        .guard(Guard::LinkOpen(w.link, at(50)))
        .effect(Effect::RedeemLink(w.link, at(50)));
    assert!(matches!(g.store.apply(redeem.clone()).await, Ok(aside_model::Outcome::Applied(_))));
    g.refuses(redeem, &Guard::LinkOpen(w.link, at(50))).await;
    assert_eq!(g.store.open_links(w.brand, w.conversation, at(50)).await.unwrap(), []);
    assert_eq!(g.store.link(w.brand, w.link).await.unwrap().unwrap().redeemed_at, Some(at(50)));
}

/// A code works until the moment it expires, and only until it was used.
pub async fn a_code_is_open_until_it_is_used_or_expires(g: &Ground) {
    let w = g.world(1).await;
    let expiry = at(100).0;
    for (now, open) in [(expiry - 1, true), (expiry, false), (expiry + 1, false)] {
        assert_eq!(g.holds(w.brand, Guard::CodeOpen(w.code, Time(now))).await, open, "at {now}");
    }
    g.change(w.brand, vec![Effect::UseCode(w.code, at(50))]).await;
    assert!(!g.holds(w.brand, Guard::CodeOpen(w.code, at(50))).await);
    assert_eq!(g.store.code(w.brand, w.code).await.unwrap().unwrap().used_at, Some(at(50)));
}

/// A hold can be released until the moment it expires; then it is among the expired.
pub async fn a_hold_is_open_until_it_expires_or_is_dropped(g: &Ground) {
    let w = g.world(1).await;
    let expiry = at(100).0;
    for (now, open) in [(expiry - 1, true), (expiry, false), (expiry + 1, false)] {
        assert_eq!(g.holds(w.brand, Guard::HoldOpen(w.hold, Time(now))).await, open, "at {now}");
        let expired = g.store.expired_holds(w.brand, Time(now), 10).await.unwrap();
        assert_eq!(expired.len(), usize::from(!open), "at {now}");
    }
    g.change(w.brand, vec![Effect::DropHold(w.hold)]).await;
    assert!(!g.holds(w.brand, Guard::HoldOpen(w.hold, at(50))).await);
}

/// Erasure destroys the keyring, and whatever was about to be written under it is refused.
pub async fn no_key_is_alive_after_erasure(g: &Ground) {
    let w = g.world(1).await;
    assert!(g.holds(w.brand, Guard::KeyAlive(w.keyring)).await);
    g.change(w.brand, vec![Effect::EraseCustomer(w.customer)]).await;
    let late = guarded(&w, Guard::KeyAlive(w.keyring));
    g.refuses(late, &Guard::KeyAlive(w.keyring)).await;
}
