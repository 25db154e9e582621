//! Whether guards hold. What they ask about is read and locked in one go, tables and rows always in the same
//! order, so that commands wait for each other and do not block each other for ever; then they are judged in
//! memory, command by command, each seeing what those before it will have done.

use crate::{
    cells::{Cell, Only, Value, columns, list, read_all},
    conn::Step,
};
use aside_model::{
    BrandId, CodeId, Command, ConversationId, CustomerId, Effect, Guard, HoldId, JobId, JobState, KeyringId,
    LinkId, MessageId, MessageState, Time,
};
use aside_store::{Result, StoreError};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    time::Duration,
};
use tokio_postgres::Row;

/// Finds the rows of a table with the ids asked for, each in its brand. Written as a join on both, it has one plan,
/// a search in the primary key for each id, whatever the server believes about a table that has just begun to grow.
macro_rules! of_asked {
    ($table:literal, $id:literal) => {
        concat!(
            " FROM unnest($1::uuid[], $2::uuid[]) AS asked (brand, id) JOIN ",
            $table,
            " ON ",
            $table,
            ".brand = asked.brand AND ",
            $table,
            ".",
            $id,
            " = asked.id "
        )
    };
}

statements! {
    /// Nobody takes the lead before whoever has it has committed.
    FENCE("SELECT fence FROM sequencers WHERE brand = $1 FOR SHARE");
    /// Erasure destroys keyrings, and waits until everybody who saw one alive has committed.
    KEYRINGS(
        "SELECT keyrings.keyring", of_asked!("keyrings", "keyring"),
        "WHERE keyrings.wrapped <> '' ORDER BY keyrings.keyring FOR SHARE OF keyrings"
    );
    KEYRINGS_AT_HAND(
        "SELECT keyrings.keyring", of_asked!("keyrings", "keyring"),
        "WHERE keyrings.wrapped <> '' ORDER BY keyrings.keyring FOR SHARE OF keyrings SKIP LOCKED"
    );
    /// Nobody begins to erase whom something new comes to.
    CUSTOMERS(
        "SELECT customers.customer, customers.erasing_at", of_asked!("customers", "customer"),
        "ORDER BY customers.customer FOR SHARE OF customers"
    );
    CUSTOMERS_AT_HAND(
        "SELECT customers.customer, customers.erasing_at", of_asked!("customers", "customer"),
        "ORDER BY customers.customer FOR SHARE OF customers SKIP LOCKED"
    );
    CONVERSATIONS(
        "SELECT conversations.conversation, conversations.version", of_asked!("conversations", "conversation"),
        "ORDER BY conversations.conversation FOR NO KEY UPDATE OF conversations"
    );
    CONVERSATIONS_AT_HAND(
        "SELECT conversations.conversation, conversations.version", of_asked!("conversations", "conversation"),
        "ORDER BY conversations.conversation FOR NO KEY UPDATE OF conversations SKIP LOCKED"
    );
    MESSAGES(
        "SELECT messages.message, messages.state", of_asked!("messages", "message"),
        "ORDER BY messages.message FOR NO KEY UPDATE OF messages"
    );
    JOBS(
        "SELECT jobs.job, jobs.state", of_asked!("jobs", "job"),
        "ORDER BY jobs.job FOR NO KEY UPDATE OF jobs"
    );
    LINKS(
        "SELECT links.link, links.expires_at", of_asked!("links", "link"),
        "WHERE links.redeemed_at IS NULL ORDER BY links.link FOR NO KEY UPDATE OF links"
    );
    CODES(
        "SELECT codes.code, codes.expires_at", of_asked!("codes", "code"),
        "WHERE codes.used_at IS NULL ORDER BY codes.code FOR NO KEY UPDATE OF codes"
    );
    HOLDS(
        "SELECT holds.hold, holds.expires_at", of_asked!("holds", "hold"),
        "ORDER BY holds.hold FOR NO KEY UPDATE OF holds"
    );
    /// Counters that are not there yet start at nothing; those that are get locked and read.
    COUNTERS(
        "INSERT INTO counters (brand, counter, window_length, window_start, taken) ",
        "SELECT brand, counter, window_length, window_start, 0 FROM unnest($1::uuid[], $2::text[], $3::bigint[], ",
        "$4::bigint[]) AS asked (brand, counter, window_length, window_start) ",
        "ON CONFLICT (brand, counter, window_length, window_start) DO UPDATE SET taken = counters.taken ",
        "RETURNING counter, window_length, window_start, taken"
    );
    TAKE(
        "UPDATE counters SET taken = counters.taken + asked.taken ",
        "FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[]) ",
        "AS asked (brand, counter, window_length, window_start, taken) WHERE counters.brand = asked.brand ",
        "AND counters.counter = asked.counter AND counters.window_length = asked.window_length ",
        "AND counters.window_start = asked.window_start"
    );
    /// Counters from which nothing was taken after all.
    UNTAKE("DELETE FROM counters WHERE brand = $1 AND counter = ANY($2::text[]) AND taken = 0");
    /// Whoever is first has the key; whoever comes while the first has not committed waits for that.
    ONCE(
        "INSERT INTO once_keys (brand, key, used_at) SELECT $1, key, $3 FROM unnest($2::bytea[]) AS asked (key) ",
        "ON CONFLICT (brand, key) DO NOTHING RETURNING key"
    );
    /// Keys of commands that were refused for another reason.
    UNUSE("DELETE FROM once_keys WHERE brand = $1 AND key = ANY($2::bytea[])");
}

/// A counter's window: its name, its length in microseconds, and where it starts.
type Window = (String, i64, i64);

/// What some commands of one brand ask about.
#[derive(Default)]
pub(crate) struct Asked {
    keyrings: BTreeSet<KeyringId>,
    customers: BTreeSet<CustomerId>,
    conversations: BTreeSet<ConversationId>,
    messages: BTreeSet<MessageId>,
    jobs: BTreeSet<JobId>,
    links: BTreeSet<LinkId>,
    codes: BTreeSet<CodeId>,
    holds: BTreeSet<HoldId>,
    counters: BTreeSet<Window>,
    once: BTreeSet<Vec<u8>>,
    fence: bool,
    /// Whether anything must be known before the first effect.
    pub(crate) guarded: bool,
}

impl Asked {
    pub(crate) fn by(commands: &[&Command]) -> Self {
        let mut asked = Self::default();
        for command in commands {
            asked.guarded |= !command.guards.is_empty();
            for guard in &command.guards {
                asked.guard(guard);
            }
            for effect in &command.effects {
                if let Some(customer) = to_whom(effect) {
                    asked.customers.insert(customer);
                    asked.guarded = true;
                }
                // Locked with the others, in order, although no guard asks about them.
                match effect {
                    Effect::UpdateConversation(change) => {
                        asked.conversations.insert(change.conversation);
                    }
                    Effect::MoveConversation(id, _) => drop(asked.conversations.insert(*id)),
                    Effect::AddMessage(row) => drop(asked.conversations.insert(row.conversation)),
                    _ => {}
                }
            }
        }
        asked
    }

    fn guard(&mut self, guard: &Guard) {
        match guard {
            Guard::Leads(_) => self.fence = true,
            Guard::VersionIs(id, _) => _ = self.conversations.insert(*id),
            Guard::MessageStateIs(id, _) => _ = self.messages.insert(*id),
            Guard::JobStateIs(id, _) => _ = self.jobs.insert(*id),
            Guard::LinkOpen(id, _) => _ = self.links.insert(*id),
            Guard::CodeOpen(id, _) => _ = self.codes.insert(*id),
            Guard::HoldOpen(id, _) => _ = self.holds.insert(*id),
            Guard::KeyAlive(id) => _ = self.keyrings.insert(*id),
            Guard::Take { counter, window, now, .. } => {
                _ = self.counters.insert(window_at(counter, *window, *now));
            }
            Guard::Once(key) => _ = self.once.insert(key.clone()),
        }
    }

    /// The statements that read and lock it. Where others wait for the same transaction (`patient` is false),
    /// keyrings and conversations that somebody else holds are left out instead of waited for.
    pub(crate) fn steps(&self, brand: BrandId, now: Time, patient: bool) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut ask = |sql, any: bool, given: Vec<Value>| {
            if any {
                steps.push(Step::new(sql, given));
            }
        };
        let (keyrings, customers, conversations) = if patient {
            (KEYRINGS, CUSTOMERS, CONVERSATIONS)
        } else {
            (KEYRINGS_AT_HAND, CUSTOMERS_AT_HAND, CONVERSATIONS_AT_HAND)
        };
        ask(FENCE, self.fence, bind![brand]);
        ask(keyrings, !self.keyrings.is_empty(), in_brand(brand, &self.keyrings));
        ask(customers, !self.customers.is_empty(), in_brand(brand, &self.customers));
        ask(conversations, !self.conversations.is_empty(), in_brand(brand, &self.conversations));
        ask(MESSAGES, !self.messages.is_empty(), in_brand(brand, &self.messages));
        ask(JOBS, !self.jobs.is_empty(), in_brand(brand, &self.jobs));
        ask(LINKS, !self.links.is_empty(), in_brand(brand, &self.links));
        ask(CODES, !self.codes.is_empty(), in_brand(brand, &self.codes));
        ask(HOLDS, !self.holds.is_empty(), in_brand(brand, &self.holds));
        ask(COUNTERS, !self.counters.is_empty(), of_windows(brand, self.counters.iter(), |_| vec![]));
        ask(ONCE, !self.once.is_empty(), bind![brand, list(&self.once), now]);
        steps
    }
}

/// What the guards were answered. It changes as commands are admitted.
#[derive(Default)]
pub(crate) struct Facts {
    keyrings: HashSet<KeyringId>,
    customers: HashMap<CustomerId, Option<Time>>,
    versions: HashMap<ConversationId, i64>,
    messages: HashMap<MessageId, MessageState>,
    jobs: HashMap<JobId, JobState>,
    links: HashMap<LinkId, Time>,
    codes: HashMap<CodeId, Time>,
    holds: HashMap<HoldId, Time>,
    counters: HashMap<Window, i64>,
    /// Keys that are ours and that no admitted command has used.
    once: HashSet<Vec<u8>>,
    taken: BTreeMap<Window, i64>,
    fence: Option<i64>,
}

impl Facts {
    /// Reads the answers to the statements.
    pub(crate) fn read(steps: &[Step], answers: &[Vec<Row>]) -> Result<Self> {
        let mut facts = Self::default();
        for (step, rows) in steps.iter().zip(answers) {
            match step.sql {
                FENCE => facts.fence = read_all(rows)?.first().map(|Only(fence)| *fence),
                KEYRINGS | KEYRINGS_AT_HAND => {
                    facts.keyrings = read_all(rows)?.into_iter().map(|Only(id)| id).collect();
                }
                CUSTOMERS | CUSTOMERS_AT_HAND => facts.customers = read_all(rows)?.into_iter().collect(),
                CONVERSATIONS | CONVERSATIONS_AT_HAND => {
                    facts.versions = read_all(rows)?.into_iter().collect();
                }
                MESSAGES => facts.messages = read_all(rows)?.into_iter().collect(),
                JOBS => facts.jobs = read_all(rows)?.into_iter().collect(),
                LINKS => facts.links = read_all(rows)?.into_iter().collect(),
                CODES => facts.codes = read_all(rows)?.into_iter().collect(),
                HOLDS => facts.holds = read_all(rows)?.into_iter().collect(),
                COUNTERS => {
                    let found: Vec<(String, i64, i64, i64)> = read_all(rows)?;
                    facts.counters = found
                        .into_iter()
                        .map(|(name, length, start, taken)| ((name, length, start), taken))
                        .collect();
                }
                ONCE => facts.once = read_all(rows)?.into_iter().map(|Only(key)| key).collect(),
                _ => {}
            }
        }
        Ok(facts)
    }

    /// Whether everything that the command asks or changes was found; otherwise somebody else holds it, or it is
    /// not there.
    pub(crate) fn has_all(&self, command: &Command) -> bool {
        let guards = command.guards.iter().all(|guard| match guard {
            Guard::KeyAlive(id) => self.keyrings.contains(id),
            Guard::VersionIs(id, _) => self.versions.contains_key(id),
            _ => true,
        });
        let mut new = HashSet::new();
        guards
            && command.effects.iter().all(|effect| match effect {
                Effect::AddConversation(row) => {
                    new.insert(row.conversation);
                    self.customers.get(&row.customer) == Some(&None)
                }
                Effect::AddMessage(row) => {
                    new.contains(&row.conversation) || self.versions.contains_key(&row.conversation)
                }
                Effect::UpdateConversation(change) => {
                    new.contains(&change.conversation) || self.versions.contains_key(&change.conversation)
                }
                _ => true,
            })
    }

    /// Refuses what would bring something new to a customer who is being erased.
    pub(crate) fn must_stay(&self, command: &Command) -> Result<()> {
        let erased = |effect: &Effect| {
            to_whom(effect).is_some_and(|customer| matches!(self.customers.get(&customer), Some(Some(_))))
        };
        if command.effects.iter().any(erased) {
            return Err(StoreError::Failed("the customer is being erased".into()));
        }
        Ok(())
    }

    /// Admits the command, or says which of its guards does not hold.
    pub(crate) fn admit<'a>(&mut self, command: &'a Command) -> Result<(), &'a Guard> {
        let mut used = HashSet::new();
        let mut taken: BTreeMap<Window, i64> = BTreeMap::new();
        for guard in &command.guards {
            let holds = match guard {
                Guard::Leads(fence) => self.fence == Some(*fence),
                Guard::VersionIs(id, version) => self.versions.get(id) == Some(version),
                Guard::MessageStateIs(id, state) => self.messages.get(id) == Some(state),
                Guard::JobStateIs(id, state) => self.jobs.get(id) == Some(state),
                Guard::LinkOpen(id, at) => self.links.get(id).is_some_and(|until| until > at),
                Guard::CodeOpen(id, at) => self.codes.get(id).is_some_and(|until| until > at),
                Guard::HoldOpen(id, at) => self.holds.get(id).is_some_and(|until| until > at),
                Guard::KeyAlive(id) => self.keyrings.contains(id),
                Guard::Take { counter, window, limit, now } => {
                    let window = window_at(counter, *window, *now);
                    let before = self.counters.get(&window).copied().unwrap_or(0);
                    let mine = taken.entry(window).or_default();
                    *mine += 1;
                    before + *mine <= i64::from(*limit)
                }
                Guard::Once(key) => self.once.contains(key) && used.insert(key),
            };
            if !holds {
                return Err(guard);
            }
        }
        for key in used {
            self.once.remove(key);
        }
        for (window, count) in taken {
            *self.counters.entry(window.clone()).or_default() += count;
            *self.taken.entry(window).or_default() += count;
        }
        for effect in &command.effects {
            match effect {
                Effect::AddConversation(row) => _ = self.versions.insert(row.conversation, row.version),
                Effect::AddMessage(row) => self.rise(row.conversation),
                Effect::UpdateConversation(change) => self.rise(change.conversation),
                _ => {}
            }
        }
        Ok(())
    }

    fn rise(&mut self, conversation: ConversationId) {
        if let Some(version) = self.versions.get_mut(&conversation) {
            *version += 1;
        }
    }

    /// The statements that keep what admitted commands took and give back what refused ones did.
    pub(crate) fn settle(&self, brand: BrandId) -> Vec<Step> {
        let mut steps = Vec::new();
        if !self.taken.is_empty() {
            let given = of_windows(brand, self.taken.keys(), |window| {
                vec![Value::Number(self.taken.get(window).copied().unwrap_or(0))]
            });
            steps.push(Step::new(TAKE, given));
        }
        let untaken: BTreeSet<&String> =
            self.counters.iter().filter(|(_, taken)| **taken == 0).map(|((name, _, _), _)| name).collect();
        if !untaken.is_empty() {
            steps.push(Step::new(UNTAKE, bind![brand, list(untaken)]));
        }
        if !self.once.is_empty() {
            steps.push(Step::new(UNUSE, bind![brand, list(&self.once)]));
        }
        steps
    }
}

/// The customer to whom an effect brings something new.
const fn to_whom(effect: &Effect) -> Option<CustomerId> {
    match effect {
        Effect::AddConversation(row) => Some(row.customer),
        Effect::MoveHandle(_, customer) | Effect::MoveConversation(_, customer) => Some(*customer),
        _ => None,
    }
}

/// The counter's window that the moment lies in.
fn window_at(counter: &str, window: Duration, now: Time) -> Window {
    let length = i64::try_from(window.as_micros()).unwrap_or(i64::MAX).max(1);
    (counter.to_owned(), length, now.0.div_euclid(length).saturating_mul(length))
}

fn of_windows<'a>(
    brand: BrandId,
    windows: impl Iterator<Item = &'a Window>,
    more: impl Fn(&Window) -> Vec<Value>,
) -> Vec<Value> {
    let rows = windows.map(|window| {
        let (name, length, start) = window;
        let mut row = bind![brand, *name, *length, *start];
        row.extend(more(window));
        row
    });
    columns(rows)
}

/// Ids, each beside its brand.
fn in_brand<T: Cell>(brand: BrandId, ids: &BTreeSet<T>) -> Vec<Value> {
    let brands = ids.iter().map(|_| brand.write()).collect();
    vec![Value::List(brands), list(ids)]
}
