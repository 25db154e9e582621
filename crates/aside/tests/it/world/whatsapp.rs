//! The first brand's numbers on a simulated WhatsApp.

use super::{Agent, Conversation, World};
use aside_app::NewChannel;
use aside_model::{ConnectionId, Language, Network, Raw, Rung};
use aside_sim::{
    Posted, Retries,
    whatsapp::{Whatsapp, WhatsappConfig, WhatsappCustomer},
};
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};

/// A brand's connection to WhatsApp.
pub(crate) struct Line {
    pub(crate) sim: Whatsapp,
    pub(crate) connection: ConnectionId,
    /// The id of its first number.
    pub(crate) number: String,
}

impl World {
    /// Connects the first brand to WhatsApp, with the network's templates: the last one invites.
    pub(crate) async fn whatsapp(&self) -> Line {
        self.whatsapp_with(|_| {}, true).await
    }

    /// The same with a network of the test's own, and with the template that invites or without.
    pub(crate) async fn whatsapp_with(
        &self,
        change: impl FnOnce(&mut WhatsappConfig),
        invites: bool,
    ) -> Line {
        let clock = Arc::clone(&self.clock);
        let mut config = WhatsappConfig::new(aside::http_client().unwrap(), clock);
        config.app_secret = "whatsapp-app-secret".into();
        // A test says itself when something is sent again.
        config.retries = Retries { first: Duration::from_millis(1), attempts: 1 };
        change(&mut config);
        let sim = Whatsapp::start(config).await.unwrap();
        let config = sim.config();
        let numbers: serde_json::Map<String, Value> =
            config.numbers.iter().map(|number| (number.id.clone(), json!(number.token))).collect();
        let templates = config.templates.iter().map(|template| {
            let invitation = template.name == "go_on_safely";
            let (name, language, body) = (&template.name, &template.language, &template.body);
            json!({ "name": name, "language": language, "body": body, "invitation": invitation })
        });
        let templates: Vec<Value> =
            templates.filter(|template| invites || template["invitation"] == false).collect();
        let secrets = json!({
            "app_secret": config.app_secret,
            "verify_token": config.verify_token,
            "numbers": numbers,
            "templates": templates,
        });
        let channels: Vec<NewChannel> = config
            .numbers
            .iter()
            .map(|number| NewChannel {
                account: number.id.clone(),
                rung: Rung::Direct,
                name: format!("WhatsApp {}", &number.id[number.id.len() - 1..]),
            })
            .collect();
        let secrets = Raw::new(secrets.to_string());
        let added = self
            .app
            .add_connection(
                self.brand.id,
                Network::Whatsapp,
                "WhatsApp",
                &secrets,
                &sim.api_base(),
                &channels,
            )
            .await;
        let connection = added.unwrap();
        sim.connect(&format!("{}/hooks/whatsapp/{connection}", self.url)).await.unwrap();
        let number = sim.number().to_owned();
        Line { sim, connection, number }
    }

    /// Does everything that waits, on WhatsApp, too.
    pub(crate) async fn drain_with(&self, line: &Line) -> Vec<Posted> {
        let mut all = Vec::new();
        loop {
            self.drain().await;
            let posted = line.sim.deliver().await;
            for one in &posted {
                assert!(one.is_acknowledged(), "a webhook was answered with {:?}", one.status);
            }
            if posted.is_empty() && line.sim.waiting() == 0 {
                return all;
            }
            all.extend(posted);
        }
    }
}

impl Line {
    /// Somebody on WhatsApp.
    pub(crate) fn customer(&self, name: &str) -> WhatsappCustomer {
        self.sim.customer(name, Language::English)
    }

    /// What somebody got from the first number, oldest first.
    pub(crate) fn inbox(&self, customer: &WhatsappCustomer) -> Vec<String> {
        customer.inbox(&self.number).into_iter().map(|received| received.text).collect()
    }

    /// The newest link into the messenger that somebody got.
    pub(crate) fn link(&self, customer: &WhatsappCustomer) -> String {
        let texts = self.inbox(customer);
        let links = texts.iter().flat_map(|text| text.split_whitespace().filter(|w| w.contains("/c/")));
        links.last().unwrap_or_else(|| panic!("no invitation in {texts:?}")).to_owned()
    }

    /// The conversation with whoever has this address, as an agent sees it.
    pub(crate) async fn conversation(&self, world: &World, agent: &Agent, address: &str) -> Conversation {
        let address = Raw::new(address.to_owned());
        let found = world.app.conversation_at(world.brand.id, Network::Whatsapp, &address).await.unwrap();
        agent.conversation(&found.expect("a conversation at this address").to_string()).await
    }
}
