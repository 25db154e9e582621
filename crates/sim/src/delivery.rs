//! Webhooks on their way to Aside.

use crate::{
    Delivery, Order, Sim,
    escaped::escaped,
    event::{self, Event},
};
use aws_lc_rs::hmac;
use bytes::Bytes;
use std::{
    collections::HashMap,
    sync::{Arc, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::watch, task::JoinSet};

/// How long the network waits for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where webhooks go.
pub(crate) struct Hook {
    pub(crate) url: Option<String>,
    pub(crate) delivery: Delivery,
    /// What was given up.
    pub(crate) failed: Vec<Posted>,
}

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

impl Sim {
    /// Sets the webhook's address, after asking it for the challenge as the network does.
    pub async fn connect(&self, hook_url: &str) -> Result<(), ConnectError> {
        let challenge = self.network().number().to_string();
        let query = [
            ("hub.mode", "subscribe"),
            ("hub.verify_token", &self.config().verify_token),
            ("hub.challenge", &challenge),
        ];
        let request = self.config().client.get(hook_url).query(&query).timeout(PATIENCE);
        let answer = request.send().await.map_err(ConnectError::NoAnswer)?;
        let status = answer.status().as_u16();
        let text = answer.text().await.map_err(ConnectError::NoAnswer)?;
        if status != 200 || text != challenge {
            return Err(ConnectError::NotConfirmed { status });
        }
        self.hook().url = Some(hook_url.to_owned());
        self.inner.changed.notify_waiters();
        Ok(())
    }

    /// Delivers everything that waits, as the delivery settings say, retrying what is not acknowledged.
    /// Without an address everything goes on waiting.
    pub async fn deliver(&self) -> Vec<Posted> {
        let _one_at_a_time = self.inner.delivering.lock().await;
        let (url, delivery) = {
            let hook = self.hook();
            (hook.url.clone(), hook.delivery)
        };
        let Some(url) = url else { return Vec::new() };
        let (mut events, mut rest) = self.take_queue();
        sort(&mut events, delivery.order);
        let mut posted = Vec::new();
        let mut under_way = JoinSet::new();
        let mut turns = Turns::default();
        for batch in events.chunks(delivery.batch.max(1)) {
            let before = turns.before(batch);
            let under_way_still = Arc::new(rest.split_off(batch.len()));
            for _ in 0..delivery.copies.max(1) {
                if under_way.len() >= delivery.parallel.max(1) {
                    posted.extend(under_way.join_next().await.and_then(Result::ok));
                }
                let turn = match delivery.order {
                    Order::AsHappened => turns.take(batch, before.clone()),
                    Order::Reversed | Order::Shuffled(_) => Turn::default(),
                };
                let posting = self.clone().post_until_acknowledged(url.clone(), self.signed(batch));
                let (sim, under_way_still) = (self.clone(), Arc::clone(&under_way_still));
                under_way.spawn(async move {
                    let _taken = turn.comes().await;
                    let posted = posting.await;
                    // Given up before it is no longer under way: whoever waits for that finds it.
                    if !posted.is_acknowledged() {
                        sim.hook().failed.push(posted.clone());
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
    pub fn waiting(&self) -> usize {
        let network = self.network();
        network.queue.len() + network.under_way
    }

    /// Everything that waits, and the count of it as being under way.
    fn take_queue(&self) -> (Vec<Event>, UnderWay) {
        let mut network = self.network();
        let events = Vec::from(std::mem::take(&mut network.queue));
        network.under_way += events.len();
        let under_way = UnderWay { sim: self.clone(), events: events.len() };
        (events, under_way)
    }

    /// From now on delivers by itself whatever happens, as soon as it happens.
    pub fn keep_delivering(&self) {
        // A strong reference would keep the network alive for ever.
        let inner = std::sync::Arc::downgrade(&self.inner);
        let task = tokio::spawn(async move {
            while let Some(inner) = inner.upgrade() {
                let sim = Sim { inner };
                if sim.deliver().await.is_empty() {
                    let mut changed = std::pin::pin!(sim.inner.changed.notified());
                    changed.as_mut().enable();
                    let nothing_new = sim.network().queue.is_empty();
                    if nothing_new || !sim.is_connected() {
                        // Wakes up now and then to see whether the network is still there.
                        let _ = tokio::time::timeout(Duration::from_secs(1), changed).await;
                    }
                }
            }
        });
        self.keep(task.abort_handle());
    }

    fn is_connected(&self) -> bool {
        self.hook().url.is_some()
    }

    fn hook(&self) -> MutexGuard<'_, Hook> {
        self.inner.hook.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The webhooks that were given up.
    pub fn given_up(&self) -> Vec<Posted> {
        self.hook().failed.clone()
    }

    /// Posts the very same bytes once more.
    pub async fn deliver_again(&self, posted: &Posted) -> Option<u16> {
        self.post_to_hook(posted.body.clone(), Some(&posted.signature)).await
    }

    /// Posts any bytes under any signature, once: what an attacker can do. The answer is the status.
    pub async fn post_to_hook(&self, body: Bytes, signature: Option<&str>) -> Option<u16> {
        let url = self.hook().url.clone()?;
        self.post_once(&url, body, signature).await
    }

    /// The signature's header for a body, under the app's secret.
    pub fn signature(&self, body: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.config().app_secret.as_bytes());
        format!("sha256={}", hex::encode(hmac::sign(&key, body)))
    }

    fn signed(&self, events: &[Event]) -> Posted {
        let body = Bytes::from(escaped(&event::body(events)));
        let signature = self.signature(&body);
        Posted { body, signature, events: events.len(), attempts: 0, status: None }
    }

    async fn post_until_acknowledged(self, url: String, mut posted: Posted) -> Posted {
        let retries = self.config().retries;
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
        let mut request =
            self.config().client.post(url).header("content-type", "application/json").body(body);
        if let Some(signature) = signature {
            request = request.header("x-hub-signature-256", signature);
        }
        Some(request.timeout(PATIENCE).send().await.ok()?.status().as_u16())
    }
}

/// Events on their way. They no longer are when this is dropped.
struct UnderWay {
    sim: Sim,
    events: usize,
}

impl UnderWay {
    /// The first so many of them, for themselves.
    fn split_off(&mut self, events: usize) -> UnderWay {
        let events = events.min(self.events);
        self.events -= events;
        UnderWay { sim: self.sim.clone(), events }
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.sim.network().under_way -= self.events;
        self.sim.inner.changed.notify_waiters();
    }
}

/// Who is waited for, so that what a person did arrives in its order though other people's does not wait.
#[derive(Default)]
struct Turns {
    /// By page and person: their newest bodies, which are gone once they are acknowledged or given up.
    last: HashMap<(String, String), Vec<watch::Receiver<()>>>,
}

/// A body's turn.
#[derive(Default)]
struct Turn {
    before: Vec<watch::Receiver<()>>,
    taken: Option<watch::Sender<()>>,
}

impl Turns {
    /// What must be gone before a batch, and is waited for by nobody after it.
    fn before(&mut self, batch: &[Event]) -> Vec<watch::Receiver<()>> {
        batch.iter().filter_map(|event| self.last.remove(&key(event))).flatten().collect()
    }

    fn take(&mut self, batch: &[Event], before: Vec<watch::Receiver<()>>) -> Turn {
        let (taken, gone) = watch::channel(());
        for event in batch {
            self.last.entry(key(event)).or_default().push(gone.clone());
        }
        Turn { before, taken: Some(taken) }
    }
}

impl Turn {
    /// Waits for it. It is over when what this gives is dropped.
    async fn comes(self) -> Option<watch::Sender<()>> {
        for mut one in self.before {
            // Nothing is ever sent: it changes by ending.
            drop(one.changed().await);
        }
        self.taken
    }
}

fn key(event: &Event) -> (String, String) {
    (event.page.clone(), event.person.clone())
}

fn sort(events: &mut [Event], order: Order) {
    match order {
        Order::AsHappened => {}
        Order::Reversed => events.reverse(),
        Order::Shuffled(seed) => crate::talk::shuffle(events, seed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SimConfig;
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
        sim.hook().url = Some(format!("http://{}/", brand.local_addr().unwrap()));
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
            assert!(sim.network().queue.is_empty());
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
