//! Webhooks on their way to Aside, the same way for every network.

use crate::{
    Delivery, Order, Retries,
    turns::{Turn, Turns},
};
use bytes::Bytes;
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    sync::Notify,
    task::{AbortHandle, JoinSet},
};

/// How long a network waits for an answer.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A webhook that was posted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Posted {
    /// The bytes that were signed and sent.
    pub body: Bytes,
    /// The signature's header.
    pub signature: String,
    /// How many events it held.
    pub events: usize,
    /// How often it was tried.
    pub attempts: u32,
    /// The last answer's status; none if there was no answer.
    pub status: Option<u16>,
}

impl Posted {
    /// Whether it was acknowledged.
    pub fn is_acknowledged(&self) -> bool {
        self.status == Some(200)
    }
}

/// The webhook's address was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// There was no answer.
    #[error("the webhook's address did not answer")]
    NoAnswer(#[source] reqwest::Error),
    /// The answer was not the challenge.
    #[error("the webhook's address answered {status} and not the challenge")]
    NotConfirmed {
        /// The answer's status.
        status: u16,
    },
}

/// Writes a body of some events, one at least.
pub(crate) type Pack<E> = dyn Fn(&[E]) -> Bytes + Send + Sync;

/// Says the value of the header that tells who posts a body.
pub(crate) type Sign = dyn Fn(&[u8]) -> String + Send + Sync;

/// How a network writes and signs what it posts.
pub(crate) struct Habits<E> {
    /// What posts.
    pub(crate) client: reqwest::Client,
    /// How it goes on when it is not answered with 200.
    pub(crate) retries: Retries,
    /// The header that says who posts.
    pub(crate) header: &'static str,
    /// How it writes.
    pub(crate) pack: Box<Pack<E>>,
    /// How it signs.
    pub(crate) sign: Box<Sign>,
    /// The account and the person of an event: what one person did arrives in its order.
    pub(crate) whose: fn(&E) -> (String, String),
}

/// Brings a network's events to its webhook's address. Clones are the same courier.
pub(crate) struct Courier<E>(Arc<Desk<E>>);

impl<E> Clone for Courier<E> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

struct Desk<E> {
    habits: Habits<E>,
    hook: Mutex<Hook>,
    bag: Mutex<Bag<E>>,
    delivering: tokio::sync::Mutex<()>,
    changed: Arc<Notify>,
}

/// Where webhooks go.
struct Hook {
    url: Option<String>,
    delivery: Delivery,
    /// What was given up.
    failed: Vec<Posted>,
}

struct Bag<E> {
    queue: VecDeque<E>,
    /// How many events were taken from the queue and are neither acknowledged nor given up.
    under_way: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<E: Send + Sync + 'static> Courier<E> {
    /// A courier without an address, who rings `changed` when something arrived.
    pub(crate) fn new(habits: Habits<E>, delivery: Delivery, changed: Arc<Notify>) -> Self {
        Self(Arc::new(Desk {
            habits,
            hook: Mutex::new(Hook { url: None, delivery, failed: Vec::new() }),
            bag: Mutex::new(Bag { queue: VecDeque::new(), under_way: 0 }),
            delivering: tokio::sync::Mutex::new(()),
            changed,
        }))
    }

    /// One more event that waits.
    pub(crate) fn push(&self, event: E) {
        lock(&self.0.bag).queue.push_back(event);
    }

    /// From now on there is an address.
    pub(crate) fn set_url(&self, url: &str) {
        lock(&self.0.hook).url = Some(url.to_owned());
        self.0.changed.notify_waiters();
    }

    /// How it delivers from now on.
    pub(crate) fn set_delivery(&self, delivery: Delivery) {
        lock(&self.0.hook).delivery = delivery;
    }

    /// Delivers everything that waits, as the delivery settings say, retrying what is not acknowledged.
    /// Without an address everything goes on waiting.
    pub(crate) async fn deliver(&self) -> Vec<Posted> {
        let _one_at_a_time = self.0.delivering.lock().await;
        let (url, delivery) = {
            let hook = lock(&self.0.hook);
            (hook.url.clone(), hook.delivery)
        };
        let Some(url) = url else { return Vec::new() };
        let (mut events, mut rest) = self.take_queue();
        sort(&mut events, delivery.order);
        let mut posted = Vec::new();
        let mut under_way = JoinSet::new();
        let mut turns = Turns::default();
        for batch in events.chunks(delivery.batch.max(1)) {
            let people: Vec<_> = batch.iter().map(self.0.habits.whose).collect();
            let before = turns.before(&people);
            let under_way_still = Arc::new(rest.split_off(batch.len()));
            for _ in 0..delivery.copies.max(1) {
                if under_way.len() >= delivery.parallel.max(1) {
                    posted.extend(under_way.join_next().await.and_then(Result::ok));
                }
                let turn = match delivery.order {
                    Order::AsHappened => turns.take(&people, before.clone()),
                    Order::Reversed | Order::Shuffled(_) => Turn::default(),
                };
                let posting = self.clone().post_until_acknowledged(url.clone(), self.signed(batch));
                let (courier, under_way_still) = (self.clone(), Arc::clone(&under_way_still));
                under_way.spawn(async move {
                    let _taken = turn.comes().await;
                    let posted = posting.await;
                    // Given up before it is no longer under way: whoever waits for that finds it.
                    if !posted.is_acknowledged() {
                        lock(&courier.0.hook).failed.push(posted.clone());
                    }
                    drop(under_way_still);
                    posted
                });
            }
        }
        while let Some(done) = under_way.join_next().await {
            posted.extend(done.ok());
        }
        posted
    }

    /// How many events wait for their delivery or are on their way: neither acknowledged nor given up.
    pub(crate) fn waiting(&self) -> usize {
        let bag = lock(&self.0.bag);
        bag.queue.len() + bag.under_way
    }

    /// How many events wait for their delivery and are not yet on their way.
    #[cfg(test)]
    pub(crate) fn queued(&self) -> usize {
        lock(&self.0.bag).queue.len()
    }

    /// Everything that waits, and the count of it as being under way.
    fn take_queue(&self) -> (Vec<E>, UnderWay<E>) {
        let mut bag = lock(&self.0.bag);
        let events = Vec::from(std::mem::take(&mut bag.queue));
        bag.under_way += events.len();
        let under_way = UnderWay { courier: Courier(Arc::clone(&self.0)), events: events.len() };
        (events, under_way)
    }

    /// From now on delivers by itself whatever happens, as soon as it happens, until it is dropped.
    pub(crate) fn keep_delivering(&self) -> AbortHandle {
        // A strong reference would keep the network alive for ever.
        let desk = Arc::downgrade(&self.0);
        let task = tokio::spawn(async move {
            while let Some(desk) = desk.upgrade() {
                let courier = Courier(desk);
                if courier.deliver().await.is_empty() {
                    let mut changed = std::pin::pin!(courier.0.changed.notified());
                    changed.as_mut().enable();
                    let nothing_new = lock(&courier.0.bag).queue.is_empty();
                    let connected = lock(&courier.0.hook).url.is_some();
                    if nothing_new || !connected {
                        // Wakes up now and then to see whether the network is still there.
                        let _ = tokio::time::timeout(Duration::from_secs(1), changed).await;
                    }
                }
            }
        });
        task.abort_handle()
    }

    /// The webhooks that were given up.
    pub(crate) fn given_up(&self) -> Vec<Posted> {
        lock(&self.0.hook).failed.clone()
    }

    /// Posts the very same bytes once more.
    pub(crate) async fn deliver_again(&self, posted: &Posted) -> Option<u16> {
        self.post_to_hook(posted.body.clone(), Some(&posted.signature)).await
    }

    /// Posts any bytes under any signature, once. The answer is the status.
    pub(crate) async fn post_to_hook(&self, body: Bytes, signature: Option<&str>) -> Option<u16> {
        let url = lock(&self.0.hook).url.clone()?;
        self.post_once(&url, body, signature).await
    }

    /// The header's value for a body.
    pub(crate) fn signature(&self, body: &[u8]) -> String {
        (self.0.habits.sign)(body)
    }

    fn signed(&self, events: &[E]) -> Posted {
        let body = (self.0.habits.pack)(events);
        let signature = self.signature(&body);
        Posted { body, signature, events: events.len(), attempts: 0, status: None }
    }

    async fn post_until_acknowledged(self, url: String, mut posted: Posted) -> Posted {
        let retries = self.0.habits.retries;
        let mut pause = retries.first;
        loop {
            posted.attempts += 1;
            posted.status = self.post_once(&url, posted.body.clone(), Some(&posted.signature)).await;
            if posted.is_acknowledged() || posted.attempts >= retries.attempts {
                return posted;
            }
            tokio::time::sleep(pause).await;
            pause = pause.saturating_mul(2);
        }
    }

    async fn post_once(&self, url: &str, body: Bytes, signature: Option<&str>) -> Option<u16> {
        let habits = &self.0.habits;
        let mut request = habits.client.post(url).header("content-type", "application/json").body(body);
        if let Some(signature) = signature {
            request = request.header(habits.header, signature);
        }
        Some(request.timeout(PATIENCE).send().await.ok()?.status().as_u16())
    }
}

/// Events on their way. They no longer are when this is dropped.
struct UnderWay<E> {
    courier: Courier<E>,
    events: usize,
}

impl<E> UnderWay<E> {
    /// The first so many of them, for themselves.
    fn split_off(&mut self, events: usize) -> UnderWay<E> {
        let events = events.min(self.events);
        self.events -= events;
        UnderWay { courier: self.courier.clone(), events }
    }
}

impl<E> Drop for UnderWay<E> {
    fn drop(&mut self) {
        lock(&self.courier.0.bag).under_way -= self.events;
        self.courier.0.changed.notify_waiters();
    }
}

fn sort<E>(events: &mut [E], order: Order) {
    match order {
        Order::AsHappened => {}
        Order::Reversed => events.reverse(),
        Order::Shuffled(seed) => crate::talk::shuffle(events, seed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Sim, SimConfig};
    use aside_model::{Clock, Language, Time};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    struct Noon;

    impl Clock for Noon {
        fn now(&self) -> Time {
            Time(1_795_340_000_000_000)
        }
    }

    #[tokio::test]
    async fn what_is_on_its_way_is_waited_for_until_it_is_acknowledged() {
        drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
        #[expect(clippy::disallowed_methods, reason = "the test is the program here")]
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let sim = Sim::start(SimConfig::new(client, Arc::new(Noon))).await.unwrap();
        let brand = TcpListener::bind("127.0.0.1:0").await.unwrap();
        sim.network().courier.set_url(&format!("http://{}/", brand.local_addr().unwrap()));
        let customer = sim.customer("Mara Example", Language::English);
        customer.writes_dm(sim.page(), "Is my lamp on its way?").unwrap();
        customer.writes_dm(sim.page(), "Hello?").unwrap();
        assert_eq!(sim.waiting(), 2, "queued");

        let delivering = tokio::spawn({
            let sim = sim.clone();
            async move { sim.deliver().await }
        });
        // Kept open: closed with bytes unread it would break off.
        let mut connections = Vec::new();
        for left in [2, 1] {
            let (mut connection, _) = brand.accept().await.unwrap();
            connection.read_exact(&mut [0; 4]).await.unwrap();
            assert_eq!(sim.network().courier.queued(), 0);
            assert_eq!(sim.waiting(), left, "posted, not acknowledged");
            connection
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
                .await
                .unwrap();
            connections.push(connection);
        }
        assert_eq!(delivering.await.unwrap().len(), 2);
        assert_eq!(sim.waiting(), 0);
    }
}
