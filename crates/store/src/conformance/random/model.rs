//! What a store ought to do, in memory and without any concern for speed.

use super::steps::{
    BRANDS, Did, Do, If, LEASE, LIMIT, Step, WINDOW, conversation_of, due, job, kind_of, message, writer_of,
};
use crate::conformance::{messages::follows, world::at};
use aside_model::{JobState, MessageState, Time};
use std::collections::{BTreeMap, BTreeSet};

/// Every brand's data.
#[derive(Clone, Default)]
pub(super) struct Model {
    pub(super) brands: [Brand; BRANDS],
}

/// One brand's data, by the numbers of the small universe.
#[derive(Clone, Default)]
pub(super) struct Brand {
    customers: BTreeSet<usize>,
    pub(super) conversations: BTreeMap<usize, Conversation>,
    threads: BTreeSet<usize>,
    pub(super) messages: BTreeMap<usize, Message>,
    /// The message of each value.
    pub(super) values: BTreeMap<usize, usize>,
    /// Message and expiry of each hold.
    pub(super) holds: BTreeMap<usize, (usize, Time)>,
    pub(super) jobs: BTreeMap<usize, Job>,
    once: BTreeSet<u8>,
    taken: BTreeMap<(u8, i64), u32>,
    pub(super) events: Vec<(i64, usize)>,
    pub(super) last_event: i64,
}

#[derive(Clone)]
pub(super) struct Conversation {
    pub(super) customer: usize,
    pub(super) last: Time,
    pub(super) version: i64,
}

#[derive(Clone)]
pub(super) struct Message {
    pub(super) state: MessageState,
    pub(super) body: Vec<u8>,
    pub(super) removed: bool,
    stored: Time,
}

#[derive(Clone)]
pub(super) struct Job {
    pub(super) message: usize,
    pub(super) state: JobState,
    pub(super) due: Time,
    pub(super) attempts: u32,
    pub(super) payload: bool,
    leased_until: Option<Time>,
    touched: Option<Time>,
}

/// An effect that cannot be.
struct Impossible;

impl Model {
    pub(super) fn carry_out(&mut self, step: &Step, now: Time) -> Did {
        match step {
            Step::Command(brand, guards, effects) => {
                let mut after = self.brands[*brand].clone();
                if let Some(refused) = guards.iter().position(|guard| !after.holds(*guard, now)) {
                    return Did::Refused(refused);
                }
                for effect in effects {
                    if after.carry_out(*brand, *effect, now).is_err() {
                        return Did::Failed;
                    }
                }
                self.brands[*brand] = after;
                Did::Applied
            }
            Step::EnsureHandle(brand, customer) => {
                self.brands[*brand].customers.insert(*customer);
                Did::Applied
            }
            Step::Erase(brand, customer) => {
                self.brands[*brand].erase(*customer);
                Did::Applied
            }
            Step::Claim(limit) => self.claim(now, *limit as usize),
        }
    }

    fn claim(&mut self, now: Time, limit: usize) -> Did {
        let (mut lapsed, mut waiting) = (Vec::new(), Vec::new());
        for (brand, data) in self.brands.iter().enumerate() {
            for (number, row) in &data.jobs {
                if let Some(until) = row.leased_until.filter(|u| row.state == JobState::Running && *u <= now)
                {
                    lapsed.push((until, row.due, job(*number), brand, *number));
                }
                if row.state == JobState::Due && row.due <= now && !data.must_wait(*number, row) {
                    waiting.push((row.due, row.due, job(*number), brand, *number));
                }
            }
        }
        lapsed.sort_unstable();
        waiting.sort_unstable();
        let given: Vec<_> = lapsed.into_iter().chain(waiting).take(limit).collect();
        for (.., brand, number) in &given {
            if let Some(row) = self.brands[*brand].jobs.get_mut(number) {
                (row.state, row.leased_until, row.touched) =
                    (JobState::Running, Some(now.plus(LEASE)), Some(now));
            }
        }
        Did::Claimed(given.into_iter().map(|(.., brand, number)| (brand, number)).collect())
    }
}

impl Brand {
    /// Whether an earlier message is still to be sent on the same thread. All are created at the same moment.
    fn must_wait(&self, number: usize, row: &Job) -> bool {
        let thread = conversation_of(row.message);
        kind_of(number).sends_a_message()
            && self.jobs.iter().any(|(other, earlier)| {
                kind_of(*other).sends_a_message()
                    && conversation_of(earlier.message) == thread
                    && matches!(earlier.state, JobState::Due | JobState::Running)
                    && job(*other) < job(number)
            })
    }

    /// The messages of a conversation, oldest first.
    pub(super) fn in_order(&self, conversation: usize) -> Vec<usize> {
        let mut page: Vec<_> =
            self.messages.iter().filter(|(m, _)| conversation_of(**m) == conversation).collect();
        page.sort_by_key(|(m, row)| (row.stored, message(**m)));
        page.into_iter().map(|(m, _)| *m).collect()
    }

    fn holds(&mut self, guard: If, now: Time) -> bool {
        match guard {
            If::Once(key) => self.once.insert(key),
            If::Take(counter) => {
                let window = now.0.div_euclid(i64::try_from(WINDOW.as_micros()).unwrap_or(i64::MAX));
                let taken = self.taken.entry((counter, window)).or_default();
                let room = *taken < LIMIT;
                *taken += u32::from(room);
                room
            }
            If::KeyAlive(customer) => self.customers.contains(&customer),
            If::HoldOpen(hold) => self.holds.get(&hold).is_some_and(|(_, expires)| *expires > now),
            If::MessageIs(m, state) => self.messages.get(&m).is_some_and(|row| row.state == state),
            If::JobIs(j, state) => self.jobs.get(&j).is_some_and(|row| row.state == state),
            If::VersionIs(c, version) => self.conversations.get(&c).is_some_and(|row| row.version == version),
        }
    }

    fn carry_out(&mut self, brand: usize, effect: Do, now: Time) -> Result<(), Impossible> {
        match effect {
            Do::AddConversation(c, customer) => {
                possible(self.customers.contains(&customer) && !self.conversations.contains_key(&c))?;
                self.conversations.insert(c, Conversation { customer, last: at(0), version: 0 });
            }
            Do::AddThread(c) => {
                let there = self.conversations.contains_key(&c) && self.customers.contains(&writer_of(c));
                possible(there && self.threads.insert(c))?;
            }
            Do::AddMessage(m) => {
                let c = conversation_of(m);
                possible(self.threads.contains(&c) && !self.messages.contains_key(&m))?;
                let row =
                    Message { state: MessageState::Received, body: vec![8; 50], removed: false, stored: now };
                self.messages.insert(m, row);
                let conversation = self.conversations.get_mut(&c).ok_or(Impossible)?;
                (conversation.last, conversation.version) =
                    (conversation.last.max(now), conversation.version + 1);
            }
            Do::Replace(m, byte) => {
                if let Some(row) = self.messages.get_mut(&m).filter(|row| !row.removed) {
                    row.body = vec![byte];
                }
            }
            Do::Became(m, state) => {
                if let Some(row) = self.messages.get_mut(&m).filter(|row| follows(row.state, state)) {
                    row.state = state;
                }
            }
            Do::Remove(m) => {
                if let Some(row) = self.messages.get_mut(&m) {
                    (row.state, row.body, row.removed) = (MessageState::Removed, vec![], true);
                }
                self.values.retain(|_, of| *of != m);
                self.holds.retain(|_, (of, _)| *of != m);
            }
            Do::AddValue(m, v) => {
                possible(self.messages.contains_key(&m) && !self.values.contains_key(&v))?;
                self.values.insert(v, m);
            }
            Do::DropValue(v) => drop(self.values.remove(&v)),
            Do::AddHold(m, h, expires) => {
                possible(self.messages.contains_key(&m) && !self.holds.contains_key(&h))?;
                self.holds.insert(h, (m, at(expires)));
            }
            Do::DropHold(h) => drop(self.holds.remove(&h)),
            Do::AddJob(m, j, when) => {
                possible(self.messages.contains_key(&m) && !self.jobs.contains_key(&j))?;
                let row = Job {
                    message: m,
                    state: JobState::Due,
                    due: due(brand, at(when)),
                    attempts: 0,
                    payload: true,
                    leased_until: None,
                    touched: None,
                };
                self.jobs.insert(j, row);
            }
            Do::JobBecame(j, state) => {
                if let Some(row) = self.jobs.get_mut(&j) {
                    (row.state, row.due, row.attempts) = (state, due(brand, now), 1);
                    (row.leased_until, row.touched) = (None, Some(now));
                    row.payload &= !matches!(state, JobState::Done | JobState::Failed);
                }
            }
            Do::Announce(c) => {
                possible(self.conversations.contains_key(&c))?;
                self.last_event += 1;
                self.events.push((self.last_event, c));
            }
            Do::PurgeHolds => self.holds.retain(|_, (_, expires)| *expires > now),
            Do::PurgeDoneJobs => {
                self.jobs
                    .retain(|_, row| row.state != JobState::Done || row.touched.is_none_or(|t| t >= now));
            }
        }
        Ok(())
    }

    /// What belongs to the customer goes, and what their handle wrote elsewhere.
    fn erase(&mut self, customer: usize) {
        if !self.customers.remove(&customer) {
            return;
        }
        self.conversations.retain(|_, row| row.customer != customer);
        let conversations = &self.conversations;
        self.threads.retain(|c| conversations.contains_key(c) && writer_of(*c) != customer);
        let threads = &self.threads;
        self.messages.retain(|m, _| threads.contains(&conversation_of(*m)));
        let messages = &self.messages;
        self.values.retain(|_, m| messages.contains_key(m));
        self.holds.retain(|_, (m, _)| messages.contains_key(m));
        self.jobs.retain(|_, row| messages.contains_key(&row.message));
        self.events.retain(|(_, c)| conversations.contains_key(c));
    }
}

fn possible(is: bool) -> Result<(), Impossible> {
    if is { Ok(()) } else { Err(Impossible) }
}
