//! WhatsApp, simulated: the Cloud API with several numbers, its windows, templates and limits, people whose
//! telephone number may be hidden, and statuses in any order. Sources: `crates/channels/fixtures/whatsapp/`.

mod api;
mod config;
mod customer;
mod event;
mod network;

pub use config::{Approved, Limits, Number, Shows, WhatsappConfig};
pub use customer::WhatsappCustomer;
pub use network::WhatsappReceived;

use crate::{
    ConnectError, Delivery, Fault, Posted,
    calls::{Call, Calls},
    delivery::{Courier, Habits},
    meta::{escaped, handshake, signature},
};
use aside_model::Language;
use bytes::Bytes;
use event::Event;
use network::Network;
use serde_json::json;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{net::TcpListener, sync::Notify, task::AbortHandle};

/// A running simulated WhatsApp. Clones are the same network; it ends with the last one.
#[derive(Clone)]
pub struct Whatsapp {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    config: WhatsappConfig,
    network: Mutex<Network>,
    /// Rung when something changed.
    changed: Arc<Notify>,
    calls: Calls,
    courier: Courier<Event>,
    address: SocketAddr,
    tasks: Mutex<Vec<AbortHandle>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        for task in self.tasks.get_mut().unwrap_or_else(PoisonError::into_inner) {
            task.abort();
        }
    }
}

impl Inner {
    /// What the network knows. A panic elsewhere leaves it readable: it is a simulation.
    fn network(&self) -> MutexGuard<'_, Network> {
        self.network.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, task: AbortHandle) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }
}

impl Whatsapp {
    /// Starts the network's API.
    pub async fn start(config: WhatsappConfig) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let changed = Arc::<Notify>::default();
        let courier = Courier::new(habits(&config), config.delivery, Arc::clone(&changed));
        let inner = Arc::new(Inner {
            address: listener.local_addr()?,
            network: Mutex::new(Network::new(&config, courier.clone())),
            changed,
            calls: Calls::default(),
            courier,
            tasks: Mutex::new(Vec::new()),
            config,
        });
        let router = api::router(Arc::downgrade(&inner));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the simulated network stopped");
            }
        });
        inner.keep(task.abort_handle());
        Ok(Self { inner })
    }

    /// Where its API is, as a connection's `api_base`.
    pub fn api_base(&self) -> String {
        format!("http://{}", self.inner.address)
    }

    /// How it was set up.
    pub fn config(&self) -> &WhatsappConfig {
        &self.inner.config
    }

    /// The id of the first number.
    pub fn number(&self) -> &str {
        self.inner.config.numbers.first().map_or("", |number| &number.id)
    }

    /// Somebody joins the network.
    pub fn customer(&self, name: &str, language: Language) -> WhatsappCustomer {
        WhatsappCustomer::join(self.clone(), name, language)
    }

    /// People complained about a number, and the network says so.
    pub fn flags_number(&self, number: &str) -> Result<(), crate::NotThere> {
        let number = self.network().number(number)?;
        let value = json!({
            "display_phone_number": number.display, "event": "FLAGGED", "current_limit": "TIER_1K",
        });
        self.change(|network| network.courier.push(event::news("phone_number_quality_update", &value)));
        Ok(())
    }

    /// The network takes an approved text away, and says so.
    pub fn pauses_template(&self, name: &str) {
        self.change(|network| {
            network.config.templates.retain(|template| template.name != name);
            let value = json!({
                "event": "PAUSED", "message_template_id": 594_425_479_261_596_i64,
                "message_template_name": name, "message_template_language": "en", "reason": "NONE",
            });
            network.courier.push(event::news("message_template_status_update", &value));
        });
    }

    /// From now on a number's token is another one, as when somebody took the app off the account.
    pub fn replace_token(&self, number: &str, token: &str) {
        for one in self.network().config.numbers.iter_mut().filter(|one| one.id == number) {
            token.clone_into(&mut one.token);
        }
    }

    /// From now on it limits what is sent like this.
    pub fn set_limits(&self, limits: Limits) {
        self.network().config.limits = limits;
    }

    /// The next `count` calls of the API fail this way.
    pub fn fail_next(&self, count: usize, fault: &Fault) {
        self.inner.calls.fail_next(count, fault);
    }

    /// Every call that the API got, in order.
    pub fn calls(&self) -> Vec<Call> {
        self.inner.calls.all()
    }

    /// Sets the webhook's address, after asking it for the challenge as the network does.
    pub async fn connect(&self, hook_url: &str) -> Result<(), ConnectError> {
        let challenge = self.network().count().to_string();
        let config = self.config();
        handshake::confirm(&config.client, hook_url, &config.verify_token, &challenge).await?;
        self.inner.courier.set_url(hook_url);
        Ok(())
    }

    /// How it delivers from now on.
    pub fn set_delivery(&self, delivery: Delivery) {
        self.inner.courier.set_delivery(delivery);
    }

    /// Delivers everything that waits, retrying what is not acknowledged.
    pub async fn deliver(&self) -> Vec<Posted> {
        self.inner.courier.deliver().await
    }

    /// From now on delivers by itself whatever happens, as soon as it happens.
    pub fn keep_delivering(&self) {
        self.inner.keep(self.inner.courier.keep_delivering());
    }

    /// How many events wait for their delivery or are on their way.
    pub fn waiting(&self) -> usize {
        self.inner.courier.waiting()
    }

    /// The webhooks that were given up.
    pub fn given_up(&self) -> Vec<Posted> {
        self.inner.courier.given_up()
    }

    /// Posts the very same bytes once more.
    pub async fn deliver_again(&self, posted: &Posted) -> Option<u16> {
        self.inner.courier.deliver_again(posted).await
    }

    /// Posts any bytes under any signature, once: what an attacker can do. The answer is the status.
    pub async fn post_to_hook(&self, body: Bytes, signature: Option<&str>) -> Option<u16> {
        self.inner.courier.post_to_hook(body, signature).await
    }

    /// The signature's header for a body, under the app's secret.
    pub fn signature(&self, body: &[u8]) -> String {
        self.inner.courier.signature(body)
    }

    fn network(&self) -> MutexGuard<'_, Network> {
        self.inner.network()
    }

    /// Changes something, and wakes everybody who waits for a change.
    fn change<T>(&self, change: impl FnOnce(&mut Network) -> T) -> T {
        let changed = change(&mut self.network());
        self.inner.changed.notify_waiters();
        changed
    }

    /// Waits until `look` finds something.
    async fn until<T>(&self, mut look: impl FnMut(&Self) -> Option<T>) -> T {
        loop {
            let mut changed = std::pin::pin!(self.inner.changed.notified());
            // From here on a change is not missed.
            changed.as_mut().enable();
            if let Some(found) = look(self) {
                return found;
            }
            changed.await;
        }
    }
}

fn habits(config: &WhatsappConfig) -> Habits<Event> {
    let (app_secret, business) = (config.app_secret.clone(), config.business.clone());
    Habits {
        client: config.client.clone(),
        retries: config.retries,
        header: signature::HEADER,
        pack: Box::new(move |events| Bytes::from(escaped(&event::body(&business, events)))),
        sign: Box::new(move |body| signature::signature(&app_secret, body)),
        whose: |event| (event.number.clone(), event.person.clone()),
    }
}
