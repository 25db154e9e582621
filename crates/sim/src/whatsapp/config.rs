//! How a simulated WhatsApp is set up.

use crate::{Delivery, Retries};
use aside_model::Clock;
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

/// A telephone number of the business.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    /// Its id; not the number itself.
    pub id: String,
    /// The number as people read it, digits alone.
    pub display: String,
    /// The access token that speaks for it.
    pub token: String,
}

/// A text that the network has approved.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Approved {
    /// Its name.
    pub name: String,
    /// Its language, for instance `en` or `en_US`.
    pub language: String,
    /// What it says, with `{{1}}`, `{{2}}` … where something is filled in.
    pub body: String,
}

/// What the network tells businesses of a person.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shows {
    /// Their telephone number and the id for this business.
    #[default]
    Both,
    /// The telephone number alone, as before the ids existed.
    Phone,
    /// The id alone: they have a username, and their number is hidden.
    Id,
}

/// How the network limits what is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Limits {
    /// So many messages in each second from one number.
    pub throughput: Option<u32>,
    /// One message to the same person in this time.
    pub pair: Option<Duration>,
}

/// A simulated WhatsApp.
#[derive(Clone)]
pub struct WhatsappConfig {
    /// Where its API listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The business account's id.
    pub business: String,
    /// Signs every webhook.
    pub app_secret: String,
    /// Asked for when the webhook is set up.
    pub verify_token: String,
    /// The business's numbers.
    pub numbers: Vec<Number>,
    /// The approved texts.
    pub templates: Vec<Approved>,
    /// How it limits what is sent.
    pub limits: Limits,
    /// Whether a message outside of the window is accepted first and reported as failed then.
    pub refuses_late: bool,
    /// Whether it reports what was sent, delivered and read.
    pub receipts: bool,
    /// How it goes on when a webhook is not answered.
    pub retries: Retries,
    /// How it delivers.
    pub delivery: Delivery,
    /// What posts the webhooks.
    pub client: reqwest::Client,
    /// What time it is there.
    pub clock: Arc<dyn Clock>,
}

impl WhatsappConfig {
    /// A network with one number on a free port of this machine, without limits, that reports everything.
    pub fn new(client: reqwest::Client, clock: Arc<dyn Clock>) -> Self {
        let approved = |name: &str, body: &str| Approved {
            name: name.to_owned(),
            language: "en".to_owned(),
            body: body.to_owned(),
        };
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            business: "102200000000001".to_owned(),
            app_secret: "simulated-app-secret".to_owned(),
            verify_token: "simulated-verify-token".to_owned(),
            numbers: vec![Number {
                id: "106500000000001".to_owned(),
                display: "12025550100".to_owned(),
                token: "simulated-number-token-1".to_owned(),
            }],
            templates: vec![
                approved("answer_ready", "Hello {{1}}, we have an answer about {{2}}. Write to us to go on."),
                approved(
                    "go_on_safely",
                    "Please go on in our secure chat. Your link, yours alone: {{1}} Thank you.",
                ),
            ],
            limits: Limits::default(),
            refuses_late: false,
            receipts: true,
            retries: Retries { first: Duration::from_millis(500), attempts: 8 },
            delivery: Delivery::default(),
            client,
            clock,
        }
    }
}
