//! The simulated Instagram as a whole.

use super::{
    InstagramConfig, Person, SignedBy, api,
    event::{self, Told},
    state::{Human, State},
};
use crate::{
    Call, ConnectError, Delivery, Fault, NotThere, Posted, Reply,
    calls::Calls,
    delivery::{Courier, Habits},
    meta::{escaped, handshake, signature},
};
use aside_model::Language;
use bytes::Bytes;
use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};
use tokio::{net::TcpListener, sync::Notify, task::AbortHandle};

/// A running simulated Instagram. Clones are the same network; it ends with the last one.
#[derive(Clone)]
pub struct Instagram {
    inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) config: InstagramConfig,
    state: Mutex<State>,
    /// Rung when something changed.
    pub(super) changed: Arc<Notify>,
    pub(super) calls: Calls,
    courier: Courier<Told>,
    by_app_secret: Arc<AtomicBool>,
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
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How Instagram writes and signs what it posts.
fn habits(config: &InstagramConfig, by_app_secret: &Arc<AtomicBool>) -> Habits<Told> {
    let login = config.login;
    let (instagram, app) = (config.instagram_secret.clone(), config.app_secret.clone());
    let by_app_secret = Arc::clone(by_app_secret);
    Habits {
        client: config.client.clone(),
        retries: config.retries,
        header: signature::HEADER,
        pack: Box::new(move |events| Bytes::from(escaped(&event::body(login, events)))),
        sign: Box::new(move |body| {
            let secret = if by_app_secret.load(Ordering::SeqCst) { &app } else { &instagram };
            signature::signature(secret, body)
        }),
        whose: |told| (told.account.clone(), told.person.clone()),
    }
}

impl Instagram {
    /// Starts a network's API.
    pub async fn start(config: InstagramConfig) -> io::Result<Self> {
        let listener = TcpListener::bind(config.listen).await?;
        let changed = Arc::<Notify>::default();
        let by_app_secret = Arc::new(AtomicBool::new(config.signed_by == SignedBy::AppSecret));
        let courier = Courier::new(habits(&config, &by_app_secret), config.delivery, Arc::clone(&changed));
        let inner = Arc::new(Inner {
            address: listener.local_addr()?,
            state: Mutex::new(State::new(&config, courier.clone())),
            changed,
            calls: Calls::default(),
            courier,
            by_app_secret,
            tasks: Mutex::new(Vec::new()),
            config,
        });
        let router = api::router(Arc::downgrade(&inner));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the simulated Instagram stopped");
            }
        });
        let instagram = Self { inner };
        instagram.keep(task.abort_handle());
        Ok(instagram)
    }

    fn keep(&self, task: AbortHandle) {
        self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(task);
    }

    /// Where its API is, as a connection's `api_base`.
    pub fn api_base(&self) -> String {
        format!("http://{}", self.inner.address)
    }

    /// How it was set up.
    pub fn config(&self) -> &InstagramConfig {
        &self.inner.config
    }

    /// The id of the first account.
    pub fn account(&self) -> &str {
        self.inner.config.accounts.first().map_or("", |account| &account.id)
    }

    /// Somebody joins the network.
    pub fn person(&self, name: &str, language: Language) -> Person {
        let human = {
            let mut state = self.state();
            let number = state.people.len();
            let plain: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
            let username = format!("{plain}.{number}");
            state.people.push(Human { name: name.to_owned(), username, language });
            number
        };
        Person::new(self.clone(), human)
    }

    /// An account puts up a picture. The answer is the media's id.
    pub fn media(&self, account: &str) -> Result<String, NotThere> {
        self.state().add_media(account, false)
    }

    /// An account begins a broadcast. The answer is the media's id.
    pub fn goes_live(&self, account: &str) -> Result<String, NotThere> {
        self.state().add_media(account, true)
    }

    /// A broadcast is over.
    pub fn ends_broadcast(&self, media: &str) -> Result<(), NotThere> {
        let mut state = self.state();
        let found = state.media.get_mut(media).filter(|media| media.live.is_some());
        found.ok_or_else(|| NotThere::new("broadcast", media))?.live = Some(false);
        Ok(())
    }

    /// Media becomes an advertisement: of each comment from now on the network tells twice.
    pub fn boosts(&self, media: &str) -> Result<(), NotThere> {
        let mut state = self.state();
        let found = state.media.get_mut(media).ok_or_else(|| NotThere::new("media", media))?;
        found.boosted = true;
        Ok(())
    }

    /// Somebody at the brand comments in the network's own app. The answer is the comment's id.
    pub fn account_comments(&self, under: &str, text: &str) -> Result<String, NotThere> {
        self.change(|state| state.add_comment(under, None, text))
    }

    /// Whether a comment is hidden from the public.
    pub fn is_hidden(&self, comment: &str) -> bool {
        self.state().comments.get(comment).is_some_and(|comment| comment.hidden)
    }

    /// The account's public answers under a comment, oldest first.
    pub fn replies(&self, under: &str) -> Vec<Reply> {
        let state = self.state();
        let answers = state
            .comments
            .values()
            .filter(|comment| comment.human.is_none() && comment.parent.as_deref() == Some(under));
        // Ids are given in rising order.
        answers.map(|one| Reply { id: one.id.clone(), text: one.text.clone(), at: one.at }).collect()
    }

    /// Waits until a comment has more than `seen` public answers, and returns the next.
    pub async fn next_reply(&self, under: &str, seen: usize) -> Reply {
        self.until(|instagram| instagram.replies(under).into_iter().nth(seen)).await
    }

    /// Waits until a comment is hidden.
    pub async fn until_hidden(&self, comment: &str) {
        self.until(|instagram| instagram.is_hidden(comment).then_some(())).await;
    }

    /// The next `count` calls of the API fail this way.
    pub fn fail_next(&self, count: usize, fault: &Fault) {
        self.inner.calls.fail_next(count, fault);
    }

    /// From now on the account's token is another one, as when somebody took the app off the account.
    pub fn replace_token(&self, account: &str, token: &str) -> Result<(), NotThere> {
        let mut state = self.state();
        let found = state.accounts.get_mut(account).ok_or_else(|| NotThere::new("account", account))?;
        token.clone_into(&mut found.token);
        Ok(())
    }

    /// Every call that the API got, in order.
    pub fn calls(&self) -> Vec<Call> {
        self.inner.calls.all()
    }

    /// Which secret signs from now on.
    pub fn sign_by(&self, signed_by: SignedBy) {
        self.inner.by_app_secret.store(signed_by == SignedBy::AppSecret, Ordering::SeqCst);
    }

    /// How it delivers from now on.
    pub fn set_delivery(&self, delivery: Delivery) {
        self.inner.courier.set_delivery(delivery);
    }

    /// Sets the webhook's address, after asking it for the challenge as the network does.
    pub async fn connect(&self, hook_url: &str) -> Result<(), ConnectError> {
        let challenge = self.state().number().to_string();
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

    /// The signature's header for a body, under the secret that signs now.
    pub fn signature(&self, body: &[u8]) -> String {
        self.inner.courier.signature(body)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state()
    }

    /// Changes something, and wakes everybody who waits for a change.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let changed = change(&mut self.state());
        self.inner.changed.notify_waiters();
        changed
    }

    /// Waits until `look` finds something.
    pub(super) async fn until<T>(&self, mut look: impl FnMut(&Self) -> Option<T>) -> T {
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
