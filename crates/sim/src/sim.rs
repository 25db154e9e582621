//! The simulated network as a whole.

use crate::{
    Customer, Delivery, Fault, SimConfig,
    delivery::Hook,
    graph,
    network::{Call, Network, NotThere, Reply},
};
use aside_model::Language;
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
    pub(crate) changed: Notify,
    pub(crate) hook: Mutex<Hook>,
    pub(crate) delivering: tokio::sync::Mutex<()>,
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
        let network = Network::new(&config);
        let hook = Hook { url: None, delivery: config.delivery, failed: Vec::new() };
        let inner = Arc::new(Inner {
            address: listener.local_addr()?,
            network: Mutex::new(network),
            changed: Notify::new(),
            hook: Mutex::new(hook),
            delivering: tokio::sync::Mutex::new(()),
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
        self.network().faults.extend(std::iter::repeat_n(fault.clone(), count));
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
        self.network().calls.clone()
    }

    /// How it delivers from now on.
    pub fn set_delivery(&self, delivery: Delivery) {
        self.inner.hook.lock().unwrap_or_else(PoisonError::into_inner).delivery = delivery;
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
