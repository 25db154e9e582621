//! The use cases of Aside. Each module is one: what comes in, how it moves up, what an agent sees and
//! sends, how a value is opened, how a customer is erased, what must still be sent.
//!
//! Use cases decide and order; they reach the world through parameters alone: a [`Store`], a [`Clock`], a
//! source of [`Random`] bytes, an HTTP client, a mailer. So tests run the whole of it in process.
//!
//! # Adding a use case
//!
//! Copy a small module such as `assign.rs`: an `impl App` block with one public method that takes who acts
//! (`Acting` or `Visiting`), asks `access`, reads what it needs, and applies one [`aside_model::Command`]
//! that carries its ledger entry.

mod agents;
mod assign;
mod codes;
mod connected;
mod contacts;
mod desk;
mod draft;
mod erase;
mod error;
mod holds;
mod hooks;
mod housekeeping;
mod inspect;
mod intake;
mod keys;
mod ladder;
mod links;
mod look;
mod mail;
mod messenger;
mod metrics;
mod misses;
mod networks;
mod notices;
mod outbox;
mod outgoing;
mod permit;
mod proofs;
mod record;
mod reply;
mod restore;
mod reveal;
mod screening;
mod sealing;
mod sequencer;
mod set_up;
mod template;
mod timeline;
pub mod views;
mod words;

pub use agents::{Acting, SignInError, SignedIn};
pub use erase::Erased;
pub use error::{AppError, HookError, Result};
pub use intake::TakenIn;
pub use keys::{BrandKeys, Keys, KeysError};
pub use ladder::MoveOutcome;
pub use links::RedeemError;
pub use look::Look;
pub use mail::{Mail, Mailer, SilentMailer};
pub use messenger::{Visiting, WriteError};
pub use metrics::Metric;
pub use misses::Marked;
pub use networks::Networks;
pub use reply::ReplyOutcome;
pub use restore::{CatchUpError, CaughtUp};
pub use reveal::RevealAnswer;
pub use sequencer::ENTRIES_A_CHECKPOINT;
pub use set_up::{NewAgent, NewChannel};
pub use template::Filled;

pub use aside_channels::HookState;
use aside_detect::Context;
use aside_model::{BrandId, Clock, Finding, Random};
use aside_rules::Rules;
use aside_store::{Store, Tiles};
use std::{ops::Range, sync::Arc, time::Duration};

/// Finds personal data in a text. The program gives [`aside_detect::Detector`]; a test may give one that
/// fails.
pub trait Detect: Send + Sync {
    /// The findings, sorted by start, not overlapping, in bytes.
    fn detect(&self, text: &str) -> Vec<Finding>;

    /// The findings in `whole` that reach into `this`, read with what was said around it.
    fn detect_between(&self, context: &Context<'_>, whole: &str, this: Range<usize>) -> Vec<Finding> {
        let _ = context;
        let mut findings = self.detect(whole);
        findings.retain(|f| f.end > this.start && f.start < this.end);
        findings
    }

    /// Whether a text of so many bytes is read so quickly that it can be done between two other things. Any other
    /// text is read on a thread of its own, and given up when it takes too long.
    fn is_quick(&self, bytes: usize) -> bool {
        let _ = bytes;
        false
    }
}

/// Up to how many bytes [`aside_detect::Detector`] reads in far less than a millisecond, whatever they say.
const QUICK: usize = 2_048;

impl Detect for aside_detect::Detector {
    fn detect(&self, text: &str) -> Vec<Finding> {
        aside_detect::Detector::detect(self, text)
    }

    fn detect_between(&self, context: &Context<'_>, whole: &str, this: Range<usize>) -> Vec<Finding> {
        aside_detect::Detector::detect_between(self, context, whole, this)
    }

    fn is_quick(&self, bytes: usize) -> bool {
        bytes <= QUICK
    }
}

/// What an installation sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where customers and agents reach this installation, without a slash at the end.
    pub public_url: String,
    /// The brand's telephone number, shown as the last resort.
    pub phone: Option<String>,
    /// How long the rules may take over one text before it is sealed unchecked.
    pub check_limit: Duration,
    /// How long a link into the secure channel works.
    pub link_life: Duration,
    /// How long a customer's session lasts.
    pub customer_session_life: Duration,
    /// How long an agent's session lasts, and how long without a click.
    pub agent_session_life: (Duration, Duration),
    /// How long a value is held for the customer.
    pub hold_life: Duration,
    /// How long to wait before the same conversation is invited again.
    pub invite_pause: Duration,
    /// How long after an invitation that was not followed the customer is reminded, once; zero for never.
    pub remind_after: Duration,
    /// How many values one agent may open in an hour.
    pub budgets: aside_access::Budgets,
}

impl Default for Settings {
    fn default() -> Self {
        const HOUR: u64 = 3_600;
        Self {
            public_url: "http://localhost:8080".into(),
            phone: None,
            check_limit: Duration::from_secs(2),
            link_life: Duration::from_secs(24 * HOUR),
            customer_session_life: Duration::from_secs(30 * 24 * HOUR),
            agent_session_life: (Duration::from_secs(12 * HOUR), Duration::from_secs(HOUR)),
            hold_life: Duration::from_secs(24 * HOUR),
            invite_pause: Duration::from_secs(HOUR / 2),
            remind_after: Duration::from_secs(4 * HOUR),
            budgets: aside_access::Budgets::default(),
        }
    }
}

/// Where a brand's tiles lie.
pub type TilesOf = Box<dyn Fn(BrandId) -> Arc<dyn Tiles> + Send + Sync>;

/// What the use cases reach the world through.
pub struct Parts {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Random bytes.
    pub random: Arc<dyn Random>,
    /// The detector.
    pub detector: Arc<dyn Detect>,
    /// The rules.
    pub rules: Arc<Rules>,
    /// The key folder.
    pub keys: Arc<Keys>,
    /// The networks.
    pub networks: Networks,
    /// Where one-time codes go out.
    pub mailer: Arc<dyn Mailer>,
    /// Where the ledger's files lie.
    pub tiles: TilesOf,
    /// What the installation sets.
    pub settings: Settings,
}

/// The use cases.
pub struct App {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    detector: Arc<dyn Detect>,
    rules: Arc<Rules>,
    keys: Arc<Keys>,
    networks: Networks,
    mailer: Arc<dyn Mailer>,
    tiles: TilesOf,
    settings: Settings,
    counts: metrics::Counts,
    logs: sequencer::Logs,
    pauses: outbox::Pauses,
    hashing: tokio::sync::Semaphore,
}

impl App {
    /// The use cases over these parts.
    pub fn new(parts: Parts) -> Self {
        Self {
            store: parts.store,
            clock: parts.clock,
            random: parts.random,
            detector: parts.detector,
            rules: parts.rules,
            keys: parts.keys,
            networks: parts.networks,
            mailer: parts.mailer,
            tiles: parts.tiles,
            settings: parts.settings,
            counts: metrics::Counts::default(),
            logs: sequencer::Logs::default(),
            pauses: outbox::Pauses::default(),
            hashing: tokio::sync::Semaphore::new(2),
        }
    }

    /// The store, for the program's own commands.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    /// The key folder, for the program's own commands.
    pub fn keys(&self) -> &Arc<Keys> {
        &self.keys
    }

    /// What the installation sets.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The brand's name.
    pub(crate) async fn brand_name(&self, brand: BrandId) -> Result<String> {
        let brands = self.store.brands().await?;
        Ok(brands.into_iter().find(|b| b.brand == brand).ok_or(AppError::NotFound)?.name)
    }

    /// Whether requests can be served.
    pub async fn ready(&self) -> Result<()> {
        Ok(self.store.ping().await?)
    }

    /// The live events after a number.
    pub async fn events_after(
        &self,
        brand: BrandId,
        number: i64,
    ) -> Result<Vec<aside_model::rows::EventRow>> {
        Ok(self.store.events_after(brand, number, 500).await?)
    }

    /// The newest live event's number.
    pub async fn last_event(&self, brand: BrandId) -> Result<i64> {
        Ok(self.store.last_event(brand).await?)
    }

    /// Wakes up when something was announced.
    pub fn subscribe(&self) -> tokio::sync::broadcast::Receiver<(BrandId, i64)> {
        self.store.subscribe()
    }

    /// A counter's name for attempts from one address or at one login: a keyed hash, since neither is to be
    /// found in a table.
    fn attempts_at(&self, brand: BrandId, what: &str, who: &str) -> Result<String> {
        let index = self.index(brand, "attempts", &format!("{what}|{who}"))?;
        Ok(format!("{what}/{}", hex::encode(&index[..16])))
    }
}
