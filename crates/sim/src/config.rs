//! How a simulated network is set up.

use aside_model::Clock;
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

/// A page of the brand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// Its id.
    pub id: String,
    /// The access token that speaks in its name.
    pub token: String,
    /// Its name.
    pub name: String,
}

/// How many calls a page may make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quota {
    /// So many calls …
    pub calls: u32,
    /// … in each period of this length.
    pub per: Duration,
}

/// How the network goes on when a webhook is not answered with 200.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retries {
    /// How long it waits before the second attempt; twice as long before each further one.
    pub first: Duration,
    /// How many attempts there are in all.
    pub attempts: u32,
}

/// The order in which waiting events are delivered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// As they happened. Bodies that are under way at once are of different people then.
    #[default]
    AsHappened,
    /// The newest first.
    Reversed,
    /// Mixed, the same way for the same seed.
    Shuffled(u64),
}

/// How waiting events are delivered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// The most events in one body.
    pub batch: usize,
    /// How often each body is posted.
    pub copies: u32,
    /// In which order.
    pub order: Order,
    /// How many bodies are under way at once.
    pub parallel: usize,
}

impl Default for Delivery {
    fn default() -> Self {
        Self { batch: 1, copies: 1, order: Order::AsHappened, parallel: 1 }
    }
}

/// A simulated network.
#[derive(Clone)]
pub struct SimConfig {
    /// Where its API listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The app's id, as echoes name it.
    pub app_id: u64,
    /// Signs every webhook.
    pub app_secret: String,
    /// Asked for when the webhook is set up.
    pub verify_token: String,
    /// The pages that the app speaks for.
    pub pages: Vec<Page>,
    /// The quota of each page; none is unlimited.
    pub quota: Option<Quota>,
    /// How it goes on when a webhook is not answered.
    pub retries: Retries,
    /// How it delivers.
    pub delivery: Delivery,
    /// Whether it reports what was delivered and read.
    pub receipts: bool,
    /// Whether it reports what the page itself writes.
    pub echoes: bool,
    /// What posts the webhooks.
    pub client: reqwest::Client,
    /// What time it is there.
    pub clock: Arc<dyn Clock>,
}

impl SimConfig {
    /// A network with one page on a free port of this machine, without quotas, that reports everything.
    pub fn new(client: reqwest::Client, clock: Arc<dyn Clock>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            app_id: 1_517_000_000_000_001,
            app_secret: "simulated-app-secret".to_owned(),
            verify_token: "simulated-verify-token".to_owned(),
            pages: vec![Page {
                id: "104500000000101".to_owned(),
                token: "simulated-page-token-1".to_owned(),
                name: "Larkspur Home".to_owned(),
            }],
            quota: None,
            retries: Retries { first: Duration::from_millis(500), attempts: 8 },
            delivery: Delivery::default(),
            receipts: true,
            echoes: true,
            client,
            clock,
        }
    }
}
