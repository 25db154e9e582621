//! What other processes on the same database did, and telling them what this one did.
//!
//! Notifications go out after the commit, on a connection of their own, gathered for a moment, so that no
//! commit ever waits for the server's one queue of notifications. They are hints: whoever missed one finds out
//! by looking at the brands' numbers each second.

use crate::{
    announce::{Announcements, Changed},
    cells::read_all,
    connect::{self, Address},
};
use aside_model::BrandId;
use aside_store::Result;
use std::{
    collections::{BTreeMap, HashMap},
    future::poll_fn,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{Notify, mpsc},
    task::JoinHandle,
};
use tokio_postgres::{AsyncMessage, Client, Notification};

/// How long signals gather before they are sent.
const GATHER: Duration = Duration::from_millis(20);
/// How often the brands' numbers are looked at, and a lost connection is made again.
const LOOK: Duration = Duration::from_secs(1);
/// How long a loss is kept to oneself.
const MOMENT: Duration = Duration::from_millis(100);
/// How long a look may take before the connection counts as lost.
const PATIENCE: Duration = Duration::from_secs(10);
/// Brands in one notification: each takes up to 53 bytes of 8,000.
const BRANDS: usize = 128;

/// The channel of live events; the payload is `brand:number` for each brand, in a row.
const EVENTS: &str = "aside_events";
/// The channel of jobs, without payload.
const JOBS: &str = "aside_jobs";
/// The channel of ledger entries, without payload.
const ENTRIES: &str = "aside_entries";

statements! {
    LISTEN("LISTEN aside_events; LISTEN aside_jobs; LISTEN aside_entries");
    /// This connection writes nothing; without this each notification would wait for a sync.
    WITHOUT_WAITING("SET synchronous_commit = off");
    WHO_AM_I("SELECT pg_backend_pid()");
    NOTIFY("SELECT pg_notify($1, $2)");
    /// Every brand's newest numbers.
    NUMBERS("SELECT brand, last_event, last_entry FROM brands");
}

/// Sends signals, and hears those of others until it is dropped.
pub(crate) struct Signals {
    waiting: Arc<Waiting>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Waiting {
    changed: Mutex<Changed>,
    some: Notify,
}

impl Signals {
    /// Starts listening. What `seen` has is taken as told, everything after it is not.
    pub(crate) fn start(address: Address, announcements: Arc<Announcements>, mut seen: Seen) -> Self {
        let waiting = Arc::new(Waiting::default());
        let sending = Arc::clone(&waiting);
        let task = tokio::spawn(async move {
            loop {
                if let Err(error) = attend(&address, &announcements, &sending, &mut seen).await {
                    // A program that ends takes the connection away before this task: who is still there after a
                    // moment has lost it.
                    tokio::time::sleep(MOMENT).await;
                    tracing::warn!(%error, "what other processes do is not heard; trying again");
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        Self { waiting, task }
    }

    /// Tells other processes, in a moment.
    pub(crate) fn send(&self, changed: &Changed) {
        self.waiting.changed.lock().unwrap_or_else(PoisonError::into_inner).and(changed);
        self.waiting.some.notify_one();
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The newest event and entry of each brand, as they were last seen.
pub(crate) type Seen = HashMap<BrandId, (i64, i64)>;

/// The newest event and entry of each brand now.
pub(crate) async fn newest(client: &Client) -> Result<Seen> {
    let rows = client.query(NUMBERS, &[]).await.map_err(crate::error::told)?;
    let newest = read_all::<(BrandId, i64, i64)>(&rows)?.into_iter();
    Ok(newest.map(|(brand, event, entry)| (brand, (event, entry))).collect())
}

/// Listens, sends and looks on one connection, until that is lost.
async fn attend(
    address: &Address,
    announcements: &Announcements,
    waiting: &Waiting,
    seen: &mut Seen,
) -> Result<()> {
    let (client, mut spoken) = address.connect().await?;
    let (said, mut heard) = mpsc::unbounded_channel();
    let talking = tokio::spawn(async move {
        while let Some(message) = poll_fn(|context| spoken.poll_message(context)).await {
            match message {
                Ok(AsyncMessage::Notification(notification)) => drop(said.send(notification)),
                Ok(_) => {}
                Err(_) => return,
            }
        }
    });
    let talking = Ended(talking);
    connect::set_up(&client).await?;
    let lost = crate::error::told;
    client.batch_execute(WITHOUT_WAITING).await.map_err(lost)?;
    client.batch_execute(LISTEN).await.map_err(lost)?;
    let me: i32 = client.query_one(WHO_AM_I, &[]).await.map_err(lost)?.get(0);
    let mut look = tokio::time::interval(LOOK);
    look.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            notification = heard.recv() => match notification {
                Some(notification) if notification.process_id() == me => {}
                Some(notification) => announcements.announce(&read(&notification)),
                None => return Err(aside_store::StoreError::Unreachable("the listening connection is lost".into())),
            },
            () = waiting.some.notified() => {
                tokio::time::sleep(GATHER).await;
                let changed = std::mem::take(&mut *waiting.changed.lock().unwrap_or_else(PoisonError::into_inner));
                in_time(notify(&client, &changed)).await?;
            }
            _ = look.tick() => {
                let changed = in_time(numbers(&client, seen)).await?;
                announcements.announce(&changed);
            }
        }
        if talking.0.is_finished() && heard.is_empty() {
            return Err(aside_store::StoreError::Unreachable("the listening connection is lost".into()));
        }
    }
}

/// A task that ends with whoever started it.
struct Ended(JoinHandle<()>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn in_time<T>(asked: impl Future<Output = Result<T>>) -> Result<T> {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(answered) => answered,
        Err(_) => Err(aside_store::StoreError::Unreachable("it does not answer".into())),
    }
}

/// One notification per channel, or a few where there are very many brands.
async fn notify(client: &Client, changed: &Changed) -> Result<()> {
    let mut sent = Vec::new();
    let events: Vec<String> =
        changed.events.iter().map(|(brand, number)| format!("{brand}:{number}")).collect();
    for some in events.chunks(BRANDS) {
        sent.push((EVENTS, some.join(" ")));
    }
    if changed.job {
        sent.push((JOBS, String::new()));
    }
    if changed.entry {
        sent.push((ENTRIES, String::new()));
    }
    for (channel, payload) in sent {
        client.query(NOTIFY, &[&channel, &payload]).await.map_err(crate::error::told)?;
    }
    Ok(())
}

/// What a notification says. Anybody with access to the database can send one, so what does not parse says
/// nothing.
fn read(notification: &Notification) -> Changed {
    let mut changed = Changed::default();
    match notification.channel() {
        JOBS => changed.job = true,
        ENTRIES => changed.entry = true,
        EVENTS => {
            let events = notification.payload().split(' ').filter_map(|event| {
                let (brand, number) = event.split_once(':')?;
                Some((brand.parse().ok()?, number.parse().ok()?))
            });
            changed.events = events.collect::<BTreeMap<BrandId, i64>>();
        }
        _ => {}
    }
    changed
}

/// What has happened since the last look, whoever did it.
async fn numbers(client: &Client, seen: &mut Seen) -> Result<Changed> {
    let mut changed = Changed::default();
    for (brand, (event, entry)) in newest(client).await? {
        // Of a brand that was not there before, everything is new.
        let (last_event, last_entry) = seen.insert(brand, (event, entry)).unwrap_or_default();
        if event > last_event {
            changed.events.insert(brand, event);
        }
        changed.entry |= entry > last_entry;
        // A job has no number; whoever adds one says so in an entry or an event.
        changed.job |= event > last_event || entry > last_entry;
    }
    Ok(changed)
}
