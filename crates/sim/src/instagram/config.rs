//! How a simulated Instagram is set up.

use crate::{Delivery, Quota, Retries};
use aside_model::Clock;
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

/// How the accounts were connected to the app.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Login {
    /// Business login for Instagram: an entry is a comment itself.
    Instagram,
    /// Facebook login for business: an entry has a list of changes.
    Facebook,
}

/// Which of the app's secrets signs a webhook.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignedBy {
    /// The secret of the app's Instagram product.
    InstagramSecret,
    /// The secret of the app itself.
    AppSecret,
}

/// A professional account of the brand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// The access token that speaks in its name.
    pub token: String,
    /// Its name.
    pub username: String,
}

/// A simulated Instagram.
#[derive(Clone)]
pub struct InstagramConfig {
    /// Where its API listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// How the accounts were connected.
    pub login: Login,
    /// Which secret signs, to begin with.
    pub signed_by: SignedBy,
    /// The secret of the app's Instagram product.
    pub instagram_secret: String,
    /// The secret of the app itself.
    pub app_secret: String,
    /// Asked for when the webhook is set up.
    pub verify_token: String,
    /// The accounts that the app speaks for.
    pub accounts: Vec<Account>,
    /// The quota of each account; none is unlimited.
    pub quota: Option<Quota>,
    /// How it goes on when a webhook is not answered.
    pub retries: Retries,
    /// How it delivers.
    pub delivery: Delivery,
    /// Whether people's apps tell that a message was read.
    pub receipts: bool,
    /// Whether it reports what the account itself writes.
    pub echoes: bool,
    /// What posts the webhooks.
    pub client: reqwest::Client,
    /// What time it is there.
    pub clock: Arc<dyn Clock>,
}

impl InstagramConfig {
    /// A network with one account on a free port of this machine, without quotas, that reports everything.
    pub fn new(client: reqwest::Client, clock: Arc<dyn Clock>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            login: Login::Instagram,
            signed_by: SignedBy::InstagramSecret,
            instagram_secret: "simulated-instagram-secret".to_owned(),
            app_secret: "simulated-app-secret".to_owned(),
            verify_token: "simulated-verify-token".to_owned(),
            accounts: vec![Account {
                id: "17841400000000101".to_owned(),
                token: "simulated-account-token-1".to_owned(),
                username: "larkspur.home".to_owned(),
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
