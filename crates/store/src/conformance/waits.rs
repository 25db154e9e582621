//! How long others wait while a customer with very many messages is erased: a measurement, not a test, for
//! `cargo xtask bench erase`.

use super::{World, id, world::at};
use crate::Store;
use aside_model::{
    Command, Effect, Guard, Outcome,
    rows::{EntryRow, MessageRow, ValueRow},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How many rows one step destroys: as in the program.
const STEP: u32 = 100;
/// Messages that one command adds while the customer is made.
const AT_ONCE: u64 = 250;

/// What was measured.
#[derive(Debug)]
pub struct Waits {
    /// The first command: keys, sessions, links, the mark.
    pub begun: Duration,
    /// The whole erasure.
    pub erased: Duration,
    /// How many steps it took after the first command.
    pub steps: u32,
    /// How long each of another customer's messages waited until it was durable meanwhile, shortest first.
    pub others: Vec<Duration>,
    /// The same for as many messages while nothing is erased.
    pub before: Vec<Duration>,
}

/// Makes a customer with so many messages, each with an entry and a live event and every fourth with a value, and
/// erases them while somebody else writes without a pause. The store must be empty; `now` is the time since anything.
pub async fn others_while_erasing(
    store: Arc<dyn Store>,
    messages: u64,
    now: impl Fn() -> Duration + Clone + Send + 'static,
) -> Waits {
    let world = World::numbered(1);
    world.settle(&*store).await;
    let neighbour = world.with_customer(2);
    neighbour.settle_customer(&*store).await;
    for first in (0..messages).step_by(usize::try_from(AT_ONCE).unwrap_or(1)) {
        let mut command = Command::new(world.brand);
        for n in first..(first + AT_ONCE).min(messages) {
            let message = id(10_000_000 + n);
            let row =
                MessageRow { message, body_sealed: vec![8; 400], stored_at: at(2), ..world.message_row() };
            command = command
                .effect(Effect::AddMessage(row))
                .effect(Effect::AddEntry(EntryRow { entry: id(20_000_000 + n), ..world.entry_row() }))
                .effect(Effect::Announce(Some(world.conversation), Some(message), "message"));
            if n % 4 == 0 {
                let value = ValueRow { value: id(30_000_000 + n), message, ..world.value_row() };
                command = command.effect(Effect::AddValue(value));
            }
        }
        applied(&*store, command).await;
    }
    let before = writes(&store, &neighbour, 40_000_000, now.clone(), |written| written < 500).await;

    let done = Arc::new(AtomicBool::new(false));
    let others = tokio::spawn({
        let (store, done, now) = (Arc::clone(&store), Arc::clone(&done), now.clone());
        async move { writes(&store, &neighbour, 50_000_000, now, |_| !done.load(Ordering::SeqCst)).await }
    });
    let start = now();
    applied(&*store, Command::new(world.brand).effect(Effect::EraseCustomer(world.customer))).await;
    let begun = now().saturating_sub(start);
    let mut steps = 0;
    while store.erase_more(world.brand, STEP).await.unwrap() > 0 {
        steps += 1;
    }
    let erased = now().saturating_sub(start);
    done.store(true, Ordering::SeqCst);
    Waits { begun, erased, steps, others: others.await.unwrap(), before }
}

/// Writes one message after the other; returns how long each took, shortest first.
async fn writes(
    store: &Arc<dyn Store>,
    who: &World,
    from: u64,
    now: impl Fn() -> Duration,
    on: impl Fn(usize) -> bool,
) -> Vec<Duration> {
    let mut took = Vec::new();
    while on(took.len()) {
        let message = id(from + took.len() as u64);
        let command = Command::new(who.brand)
            .guard(Guard::KeyAlive(who.keyring))
            .effect(Effect::AddMessage(MessageRow { message, ..who.message_row() }))
            .effect(Effect::Announce(Some(who.conversation), Some(message), "message"));
        let start = now();
        applied(&**store, command).await;
        took.push(now().saturating_sub(start));
    }
    took.sort_unstable();
    took
}

async fn applied(store: &dyn Store, command: Command) {
    let outcome = store.apply(command).await;
    assert!(matches!(outcome, Ok(Outcome::Applied(_))), "{outcome:?}");
}
