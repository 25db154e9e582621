//! Telegram: groups that a bot is in, and private chats with it.
//!
//! Written from the vendor's pages; which, is in `crates/channels/fixtures/telegram/SOURCES.md`. One update is one
//! post. A bot cannot begin a private chat, and sees nothing of what is deleted.

mod api;
mod event;
mod person;
mod state;

pub use person::Person;
pub use state::{Group, Said};

use crate::{
    Call, Delivery, Fault, NotThere, Posted, Retries,
    calls::Calls,
    delivery::{Courier, Habits},
};
use aside_model::{Clock, Language};
use bytes::Bytes;
use event::Update;
use state::State;
use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{net::TcpListener, sync::Notify, task::AbortHandle};

/// A simulated Telegram.
#[derive(Clone)]
pub struct TelegramConfig {
    /// Where its API listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The bot's token.
    pub token: String,
    /// The bot's name in links.
    pub username: String,
    /// How it goes on when a webhook is not answered.
    pub retries: Retries,
    /// How it delivers. There is one update in each body, whatever the batch.
    pub delivery: Delivery,
    /// What posts the webhooks.
    pub client: reqwest::Client,
    /// What time it is there.
    pub clock: Arc<dyn Clock>,
}

impl TelegramConfig {
    /// A network with one bot on a free port of this machine.
    pub fn new(client: reqwest::Client, clock: Arc<dyn Clock>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            token: "110201543:AAHsimulated-telegram-bot-token_1".to_owned(),
            username: "larkspur_bot".to_owned(),
            retries: Retries { first: Duration::from_millis(500), attempts: 8 },
            delivery: Delivery::default(),
            client,
            clock,
        }
    }
}

/// A running simulated Telegram. Clones are the same network; it ends with the last one.
#[derive(Clone)]
pub struct Telegram {
    inner: Arc<Inner>,
}

pub(crate) struct Inner {
    config: TelegramConfig,
    state: Mutex<State>,
    changed: Arc<Notify>,
    calls: Calls,
    courier: Courier<Update>,
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
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Telegram {
    /// Starts the network's API.
    pub async fn start(config: TelegramConfig) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let changed = Arc::<Notify>::default();
        // What `setWebhook` said last; each post bears it.
        let secret = Arc::<Mutex<String>>::default();
        let bears = Arc::clone(&secret);
        let habits = Habits {
            client: config.client.clone(),
            retries: config.retries,
            header: "x-telegram-bot-api-secret-token",
            pack: Box::new(|updates: &[Update]| Bytes::from(updates[0].body.clone())),
            sign: Box::new(move |_| bears.lock().unwrap_or_else(PoisonError::into_inner).clone()),
            whose: |update| (String::new(), update.chat.to_string()),
        };
        let delivery = Delivery { batch: 1, ..config.delivery };
        let courier = Courier::new(habits, delivery, Arc::clone(&changed));
        let state = State::new(&config, courier.clone(), secret);
        let inner = Arc::new(Inner {
            address: listener.local_addr()?,
            state: Mutex::new(state),
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
        inner.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task.abort_handle());
        Ok(Self { inner })
    }

    /// Where its API is, as a connection's `api_base`.
    pub fn api_base(&self) -> String {
        format!("http://{}", self.inner.address)
    }

    /// How it was set up.
    pub fn config(&self) -> &TelegramConfig {
        &self.inner.config
    }

    /// The bot's id.
    pub fn bot(&self) -> &str {
        self.inner.config.token.split(':').next().unwrap_or_default()
    }

    /// A new supergroup. The bot is in it, as an administrator who may delete messages unless said otherwise.
    pub fn group(&self, title: &str, is_administrator: bool) -> Group {
        self.state().add_group(title, is_administrator)
    }

    /// A group becomes a supergroup, which is another chat. The answer is its new self.
    pub fn upgrade(&self, group: &Group) -> Result<Group, NotThere> {
        let upgraded = self.state().upgrade(group);
        self.inner.changed.notify_waiters();
        upgraded
    }

    /// Somebody joins the network.
    pub fn person(&self, name: &str, language: Language) -> Person {
        let id = self.state().add_person(name, language);
        Person::new(self.clone(), id)
    }

    /// What stands in a group now, oldest first.
    pub fn seen_in(&self, group: &Group) -> Vec<Said> {
        self.state().seen_in(group.id)
    }

    /// Whether a message (`<chat>:<message>`) was deleted.
    pub fn is_deleted(&self, message: &str) -> bool {
        self.state().said.get(message).is_some_and(|said| said.deleted)
    }

    /// What the bot says about itself in its empty chat, in a language (`en`; empty for everybody).
    pub fn description(&self, language: &str) -> Option<String> {
        self.state().descriptions.get(language).cloned()
    }

    /// Where updates go; empty before `setWebhook`.
    pub fn webhook(&self) -> String {
        self.state().webhook.clone()
    }

    /// From now on the bot's token is another one, as when somebody revoked the old one with @BotFather.
    pub fn replace_token(&self, token: &str) {
        token.clone_into(&mut self.state().token);
    }

    /// The next `count` calls of the API fail this way. The number below an error 429 says how many seconds to
    /// wait.
    pub fn fail_next(&self, count: usize, fault: &Fault) {
        self.inner.calls.fail_next(count, fault);
    }

    /// Every call that the API got, in order, with the method's name in the place of the path.
    pub fn calls(&self) -> Vec<Call> {
        self.inner.calls.all()
    }

    /// How it delivers from now on.
    pub fn set_delivery(&self, delivery: Delivery) {
        self.inner.courier.set_delivery(Delivery { batch: 1, ..delivery });
    }

    /// Delivers everything that waits.
    pub async fn deliver(&self) -> Vec<Posted> {
        self.inner.courier.deliver().await
    }

    /// Posts the very same bytes once more. The answer is the status.
    pub async fn deliver_again(&self, posted: &Posted) -> Option<u16> {
        self.inner.courier.deliver_again(posted).await
    }

    /// Posts any bytes under any secret, once. The answer is the status.
    pub async fn post_to_hook(&self, body: Bytes, secret: Option<&str>) -> Option<u16> {
        self.inner.courier.post_to_hook(body, secret).await
    }

    /// How many updates wait for their delivery or are on their way.
    pub fn waiting(&self) -> usize {
        self.inner.courier.waiting()
    }

    /// From now on delivers by itself whatever happens, as soon as it happens.
    pub fn keep_delivering(&self) {
        let task = self.inner.courier.keep_delivering();
        self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state()
    }
}
