//! The simulated network as a whole.

use crate::{
    Customer, Delivery, Fault, SimConfig,
    calls::{Call, Calls},
    delivery::{ConnectError, Courier, Habits, Posted},
    event::{self, Event},
    graph,
    meta::{escaped, handshake, signature},
    network::{Network, NotThere, Reply},
};
use aside_model::Language;
use bytes::Bytes;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::{net::TcpListener, sync::Notify, task::AbortHandle};

/// A running simulated network. Clones are the same network; it ends with the last one.
#[derive(Clone)]
pub struct Sim {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) config: SimConfig,
    pub(crate) network: Mutex<Network>,
    /// Rung when something changed.
    pub(crate) changed: Arc<Notify>,
    pub(crate) calls: Calls,
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

impl Sim {
    /// Starts a network's API.
    pub async fn start(config: SimConfig) -> io::Result<Sim> {
        let listener = TcpListener::bind(config.listen).await?;
        let changed = Arc::<Notify>::default();
        let courier = Courier::new(habits(&config), config.delivery, Arc::clone(&changed));
        let network = Network::new(&config, courier.clone());
        let inner = Arc::new(Inner {
            address: listener.local_addr()?,
            network: Mutex::new(network),
            changed,
            calls: Calls::default(),
            courier,
            tasks: Mutex::new(Vec::new()),
            config,
        });
        let router = graph::router(Arc::downgrade(&inner));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the simulated network stopped");
            }
        });
        let sim = Sim { inner };
        sim.keep(task.abort_handle());
        Ok(sim)
    }

    pub(crate) fn keep(&self, task: AbortHandle) {
        self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    /// Where its API is, as a connection's `api_base`.
    pub fn api_base(&self) -> String {
        format!("http://{}", self.inner.address)
    }

    /// How it was set up.
    pub fn config(&self) -> &SimConfig {
        &self.inner.config
    }

    /// The id of the first page.
    pub fn page(&self) -> &str {
        self.inner.config.pages.first().map_or("", |page| &page.id)
    }

    /// Somebody joins the network.
    pub fn customer(&self, name: &str, language: Language) -> Customer {
        let human = {
            let mut network = self.network();
            network.people.push(crate::network::Human { name: name.to_owned(), language });
            network.people.len() - 1
        };
        Customer::new(self.clone(), human)
    }

    /// A page writes a post. The answer is the post's id.
    pub fn post(&self, page: &str) -> Result<String, NotThere> {
        self.network().add_post(page)
    }

    /// Somebody at the brand comments on the network's own pages. The answer is the comment's id.
    pub fn page_comments(&self, under: &str, text: &str) -> Result<String, NotThere> {
        self.change(|network| network.add_comment(under, None, text, None))
    }

    /// Somebody at the brand hides a comment on the network's own pages, or shows it again.
    pub fn page_hides(&self, comment: &str, hidden: bool) -> Result<(), NotThere> {
        self.change(|network| {
            network.comment(comment)?.hidden = hidden;
            network.tell_of_comment(comment, if hidden { "hide" } else { "unhide" });
            Ok(())
        })
    }

    /// Whether a comment is hidden from the public.
    pub fn is_hidden(&self, comment: &str) -> bool {
        self.network().comments.get(comment).is_some_and(|comment| comment.hidden)
    }

    /// The page's public answers under a comment or a post, oldest first.
    pub fn replies(&self, under: &str) -> Vec<Reply> {
        let network = self.network();
        let mut replies: Vec<_> = network
            .comments
            .values()
            .filter(|comment| comment.parent == under && comment.human.is_none())
            .map(|comment| Reply { id: comment.id.clone(), text: comment.text.clone(), at: comment.at })
            .collect();
        // Ids are given in rising order.
        replies.sort_by(|a, b| a.id.cmp(&b.id));
        replies
    }

    /// Waits until a comment or post has more than `seen` public answers, and returns the next.
    pub async fn next_reply(&self, under: &str, seen: usize) -> Reply {
        self.until(|sim| sim.replies(under).into_iter().nth(seen)).await
    }

    /// Waits until a comment is hidden.
    pub async fn until_hidden(&self, comment: &str) {
        self.until(|sim| sim.is_hidden(comment).then_some(())).await;
    }

    /// The page's standing greeting in Messenger for a locale (`default`, `de_DE`).
    pub fn greeting(&self, page: &str, locale: &str) -> Option<String> {
        let network = self.network();
        let greeting = network.pages.get(page)?.greeting.iter().find(|one| one["locale"] == locale)?;
        greeting["text"].as_str().map(str::to_owned)
    }

    /// What the page says about itself.
    pub fn about(&self, page: &str) -> Option<String> {
        self.network().pages.get(page)?.about.clone()
    }

    /// The next `count` calls of the API fail this way.
    pub fn fail_next(&self, count: usize, fault: &Fault) {
        self.inner.calls.fail_next(count, fault);
    }

    /// From now on the page's token is another one, as when somebody took the app off the page.
    pub fn replace_token(&self, page: &str, token: &str) -> Result<(), NotThere> {
        let mut network = self.network();
        let page = network.pages.get_mut(page).ok_or_else(|| NotThere::new("page", page))?;
        token.clone_into(&mut page.token);
        Ok(())
    }

    /// Every call that the API got, in order.
    pub fn calls(&self) -> Vec<Call> {
        self.inner.calls.all()
    }

    /// How it delivers from now on.
    pub fn set_delivery(&self, delivery: Delivery) {
        self.inner.courier.set_delivery(delivery);
    }

    /// Sets the webhook's address, after asking it for the challenge as the network does.
    pub async fn connect(&self, hook_url: &str) -> Result<(), ConnectError> {
        let challenge = self.network().number().to_string();
        let config = self.config();
        handshake::confirm(&config.client, hook_url, &config.verify_token, &challenge).await?;
        self.inner.courier.set_url(hook_url);
        Ok(())
    }

    /// Delivers everything that waits, as the delivery settings say, retrying what is not acknowledged.
    /// Without an address everything goes on waiting.
    pub async fn deliver(&self) -> Vec<Posted> {
        self.inner.courier.deliver().await
    }

    /// From now on delivers by itself whatever happens, as soon as it happens.
    pub fn keep_delivering(&self) {
        self.keep(self.inner.courier.keep_delivering());
    }

    /// How many events wait for their delivery or are on their way: neither acknowledged nor given up.
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

    pub(crate) fn network(&self) -> MutexGuard<'_, Network> {
        self.inner.network()
    }

    /// Changes something, and wakes everybody who waits for a change.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Network) -> T) -> T {
        let changed = change(&mut self.network());
        self.inner.changed.notify_waiters();
        changed
    }

    /// Waits until `look` finds something.
    pub(crate) async fn until<T>(&self, mut look: impl FnMut(&Sim) -> Option<T>) -> T {
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

impl Inner {
    /// What the network knows. A panic elsewhere leaves it readable: it is a simulation.
    pub(crate) fn network(&self) -> MutexGuard<'_, Network> {
        self.network.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How Facebook writes and signs what it posts.
fn habits(config: &SimConfig) -> Habits<Event> {
    let app_secret = config.app_secret.clone();
    Habits {
        client: config.client.clone(),
        retries: config.retries,
        header: signature::HEADER,
        pack: Box::new(|events| Bytes::from(escaped(&event::body(events)))),
        sign: Box::new(move |body| signature::signature(&app_secret, body)),
        whose: |event| (event.page.clone(), event.person.clone()),
    }
}
