//! The small universe of random commands, and how a store carries them out.

use crate::{
    Store,
    conformance::{World, id, world::at},
};
use aside_model::{
    Command, ConversationId, CustomerId, Effect, Guard, Id, JobId, JobKind, JobState, MessageId,
    MessageState, Outcome, PurgeKind, Time,
    rows::{
        ConversationRow, HandleRow, HoldRow, JobRow, KeyringRow, MessageRow, NewHandle, ThreadRow, ValueRow,
    },
};
use proptest::prelude::*;
use std::time::Duration;

/// How many there are of each: few, so that commands meet the same rows again and again. The two brands use
/// the same ids.
pub(super) const BRANDS: usize = 2;
pub(super) const CUSTOMERS: usize = 2;
pub(super) const CONVERSATIONS: usize = 3;
pub(super) const MESSAGES: usize = 6;
pub(super) const SEALED: usize = 4;
pub(super) const JOBS: usize = 4;

/// What a worker's lease lasts.
pub(super) const LEASE: Duration = Duration::from_secs(15);
/// The window of every counter, and its limit.
pub(super) const WINDOW: Duration = Duration::from_secs(20);
pub(super) const LIMIT: u32 = 2;

/// One part of a random command.
#[derive(Clone, Copy, Debug)]
pub(super) enum Do {
    AddConversation(usize, usize),
    AddThread(usize),
    AddMessage(usize),
    Replace(usize, u8),
    Became(usize, MessageState),
    Remove(usize),
    AddValue(usize, usize),
    DropValue(usize),
    AddHold(usize, usize, i64),
    DropHold(usize),
    AddJob(usize, usize, i64),
    JobBecame(usize, JobState),
    Announce(usize),
    PurgeHolds,
    PurgeDoneJobs,
}

/// One guard of a random command.
#[derive(Clone, Copy, Debug)]
pub(super) enum If {
    Once(u8),
    Take(u8),
    KeyAlive(usize),
    HoldOpen(usize),
    MessageIs(usize, MessageState),
    JobIs(usize, JobState),
    VersionIs(usize, i64),
}

/// One step of a random sequence.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Command(usize, Vec<If>, Vec<Do>),
    EnsureHandle(usize, usize),
    Claim(u32),
    Erase(usize, usize),
}

/// What came of a step.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Did {
    /// Applied.
    Applied,
    /// Refused by the guard at this place.
    Refused(usize),
    /// Failed as a whole.
    Failed,
    /// These jobs were claimed, by brand and job.
    Claimed(Vec<(usize, usize)>),
}

/// A sequence of at most so many steps, and at least half as many.
pub(super) fn sequence(length: usize) -> impl Strategy<Value = Vec<Step>> {
    let command = (0..BRANDS, prop::collection::vec(guard(), 0..2), prop::collection::vec(effect(), 1..4))
        .prop_map(|(brand, guards, effects)| Step::Command(brand, guards, effects));
    let ensure = (0..BRANDS, 0..CUSTOMERS).prop_map(|(brand, customer)| Step::EnsureHandle(brand, customer));
    let erase = (0..BRANDS, 0..CUSTOMERS).prop_map(|(brand, customer)| Step::Erase(brand, customer));
    let claim = (1_u32..4).prop_map(Step::Claim);
    prop::collection::vec(
        prop_oneof![12 => command, 3 => ensure, 2 => claim, 1 => erase],
        length / 2..=length,
    )
}

fn guard() -> impl Strategy<Value = If> {
    prop_oneof![
        (0..20_u8).prop_map(If::Once),
        (0..3_u8).prop_map(If::Take),
        (0..CUSTOMERS).prop_map(If::KeyAlive),
        (0..SEALED).prop_map(If::HoldOpen),
        (0..MESSAGES, state()).prop_map(|(m, state)| If::MessageIs(m, state)),
        (0..JOBS, job_state()).prop_map(|(j, state)| If::JobIs(j, state)),
        (0..CONVERSATIONS, 0..4_i64).prop_map(|(c, version)| If::VersionIs(c, version)),
    ]
}

fn effect() -> impl Strategy<Value = Do> {
    prop_oneof![
        4 => (0..CONVERSATIONS, 0..CUSTOMERS).prop_map(|(c, k)| Do::AddConversation(c, k)),
        4 => (0..CONVERSATIONS).prop_map(Do::AddThread),
        6 => (0..MESSAGES).prop_map(Do::AddMessage),
        2 => (0..MESSAGES, any::<u8>()).prop_map(|(m, byte)| Do::Replace(m, byte)),
        4 => (0..MESSAGES, state()).prop_map(|(m, state)| Do::Became(m, state)),
        1 => (0..MESSAGES).prop_map(Do::Remove),
        3 => (0..MESSAGES, 0..SEALED).prop_map(|(m, v)| Do::AddValue(m, v)),
        1 => (0..SEALED).prop_map(Do::DropValue),
        3 => (0..MESSAGES, 0..SEALED, 0..200_i64).prop_map(|(m, h, expires)| Do::AddHold(m, h, expires)),
        1 => (0..SEALED).prop_map(Do::DropHold),
        4 => (0..MESSAGES, 0..JOBS, 0..200_i64).prop_map(|(m, j, due)| Do::AddJob(m, j, due)),
        3 => (0..JOBS, job_state()).prop_map(|(j, state)| Do::JobBecame(j, state)),
        4 => (0..CONVERSATIONS).prop_map(Do::Announce),
        1 => Just(Do::PurgeHolds),
        1 => Just(Do::PurgeDoneJobs),
    ]
}

fn state() -> impl Strategy<Value = MessageState> {
    prop::sample::select(MessageState::ALL)
}

fn job_state() -> impl Strategy<Value = JobState> {
    prop::sample::select(JobState::ALL)
}

/// A brand's world; its customers are numbered on their own.
pub(super) fn world(brand: usize) -> World {
    World::numbered(1 + brand as u64)
}

pub(super) fn customer(k: usize) -> CustomerId {
    id(50 + k as u64)
}
pub(super) fn conversation(c: usize) -> ConversationId {
    id(60 + c as u64)
}
pub(super) fn message(m: usize) -> MessageId {
    id(70 + m as u64)
}
pub(super) fn sealed<T>(n: usize) -> Id<T> {
    id(80 + n as u64)
}
pub(super) fn job(j: usize) -> JobId {
    id(90 + j as u64)
}

/// The handle and the keyring of a customer.
fn keyring_of<T>(customer: usize) -> Id<T> {
    id(100 + customer as u64)
}

/// Stores what every sequence starts from: brand, connection, channel, agent.
pub(super) async fn settle(store: &dyn Store, brand: usize) {
    let w = world(brand);
    let command = Command::new(w.brand)
        .effect(Effect::AddBrand(w.brand_row()))
        .effect(Effect::PutConnection(w.connection_row()))
        .effect(Effect::PutChannel(w.channel_row()))
        .effect(Effect::PutAgent(w.agent_row()));
    assert!(matches!(store.apply(command).await, Ok(Outcome::Applied(_))));
}

/// Carries a step out in the store.
pub(super) async fn carry_out(store: &dyn Store, step: &Step, now: Time) -> Did {
    match step {
        Step::Command(brand, guards, effects) => {
            let w = world(*brand);
            let guards: Vec<_> = guards.iter().map(|guard| guard_of(*guard, now)).collect();
            let effects = effects.iter().map(|effect| effect_of(*brand, *effect, now)).collect();
            match store.apply(Command { brand: w.brand, guards: guards.clone(), effects }).await {
                Ok(Outcome::Applied(_)) => Did::Applied,
                Ok(Outcome::Refused(refusal)) => Did::Refused(
                    guards.iter().position(|guard| *guard == refusal.guard).unwrap_or(usize::MAX),
                ),
                Err(_) => Did::Failed,
            }
        }
        Step::EnsureHandle(brand, number) => {
            let w = world(*brand);
            let handle = HandleRow {
                handle: keyring_of(*number),
                customer: customer(*number),
                keyring: keyring_of(*number),
                address_index: [u8::try_from(*number).unwrap_or(0); 32],
                ..w.handle_row()
            };
            let keyring = KeyringRow { keyring: keyring_of(*number), ..w.keyring_row() };
            store.ensure_handle(NewHandle { handle, keyring }).await.map_or(Did::Failed, |_| Did::Applied)
        }
        Step::Erase(brand, number) => {
            let brand = world(*brand).brand;
            let erase = Command::new(brand).effect(Effect::EraseCustomer(customer(*number)));
            assert!(matches!(store.apply(erase).await, Ok(Outcome::Applied(_))));
            loop {
                match store.erase_more(brand, 2).await {
                    Ok(0) => return Did::Applied,
                    Ok(_) => {}
                    Err(_) => return Did::Failed,
                }
            }
        }
        Step::Claim(limit) => match store.claim_jobs(now, LEASE, *limit, &[]).await {
            Ok(jobs) => Did::Claimed(jobs.iter().map(place_of).collect()),
            Err(_) => Did::Failed,
        },
    }
}

fn place_of(row: &JobRow) -> (usize, usize) {
    let brand = (0..BRANDS).find(|b| world(*b).brand == row.brand).unwrap_or(usize::MAX);
    (brand, (0..JOBS).find(|j| job(*j) == row.job).unwrap_or(usize::MAX))
}

fn guard_of(guard: If, now: Time) -> Guard {
    match guard {
        If::Once(key) => Guard::Once(vec![key]),
        If::Take(counter) => {
            Guard::Take { counter: format!("counter {counter}"), window: WINDOW, limit: LIMIT, now }
        }
        If::KeyAlive(customer) => Guard::KeyAlive(keyring_of(customer)),
        If::HoldOpen(hold) => Guard::HoldOpen(sealed(hold), now),
        If::MessageIs(m, state) => Guard::MessageStateIs(message(m), state),
        If::JobIs(j, state) => Guard::JobStateIs(job(j), state),
        If::VersionIs(c, version) => Guard::VersionIs(conversation(c), version),
    }
}

/// Whose handle writes in a conversation, whoever the conversation belongs to (as merges leave it): customer 0's
/// in conversations 0 and 2, customer 1's in conversation 1.
pub(super) const fn writer_of(c: usize) -> usize {
    c % CUSTOMERS
}

/// The conversation that a message is said in, if it is said.
pub(super) const fn conversation_of(m: usize) -> usize {
    m % CONVERSATIONS
}

/// What a job does: every second one sends a message.
pub(super) const fn kind_of(j: usize) -> JobKind {
    if j.is_multiple_of(2) { JobKind::Send } else { JobKind::HideComment }
}

/// When something is due. Never at the same moment in two brands, as nothing says who would be first.
pub(super) const fn due(brand: usize, moment: Time) -> Time {
    Time(moment.0 + brand as i64)
}

fn effect_of(brand: usize, effect: Do, now: Time) -> Effect {
    let w = world(brand);
    let keyring = |m| keyring_of(writer_of(conversation_of(m)));
    match effect {
        Do::AddConversation(c, k) => Effect::AddConversation(ConversationRow {
            conversation: conversation(c),
            customer: customer(k),
            last_message_at: at(0),
            ..w.conversation_row()
        }),
        Do::AddThread(c) => Effect::AddThread(ThreadRow {
            thread: id(110 + c as u64),
            conversation: conversation(c),
            handle: keyring_of(writer_of(c)),
            ..w.thread_row()
        }),
        Do::AddMessage(m) => Effect::AddMessage(MessageRow {
            message: message(m),
            conversation: conversation(conversation_of(m)),
            thread: id(110 + conversation_of(m) as u64),
            handle: keyring_of(writer_of(conversation_of(m))),
            keyring: keyring(m),
            stored_at: now,
            ..w.message_row()
        }),
        Do::Replace(m, byte) => Effect::ReplaceBody {
            message: message(m),
            body: vec![byte],
            checks: aside_model::Checks::Checked,
            edited_at: Some(now),
        },
        Do::Became(m, state) => {
            Effect::MessageBecame { message: message(m), state, provider: None, reason: None }
        }
        Do::Remove(m) => Effect::RemoveMessage(message(m), now),
        Do::AddValue(m, v) => Effect::AddValue(ValueRow {
            value: sealed(v),
            message: message(m),
            conversation: conversation(conversation_of(m)),
            keyring: keyring(m),
            ..w.value_row()
        }),
        Do::DropValue(v) => Effect::DropValue(sealed(v)),
        Do::AddHold(m, h, expires) => Effect::AddHold(HoldRow {
            hold: sealed(h),
            message: message(m),
            conversation: conversation(conversation_of(m)),
            keyring: keyring(m),
            expires_at: at(expires),
            ..w.hold_row()
        }),
        Do::DropHold(h) => Effect::DropHold(sealed(h)),
        Do::AddJob(m, j, when) => Effect::AddJob(JobRow {
            job: job(j),
            kind: kind_of(j),
            message: message(m),
            conversation: conversation(conversation_of(m)),
            thread: id(110 + conversation_of(m) as u64),
            keyring: keyring(m),
            due_at: due(brand, at(when)),
            ..w.job_row()
        }),
        Do::JobBecame(j, state) => {
            Effect::JobBecame { job: job(j), state, attempts: 1, due_at: due(brand, now), error: None }
        }
        Do::Announce(c) => Effect::Announce(Some(conversation(c)), None, "something"),
        Do::PurgeHolds => Effect::Purge(PurgeKind::Holds, now),
        Do::PurgeDoneJobs => Effect::Purge(PurgeKind::DoneJobs, now),
    }
}
