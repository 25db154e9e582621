//! A brand with its page on a network of its own.

use super::clock::Hands;
use aside_app::{App, NewChannel};
use aside_model::{BrandId, ConnectionId, Network, Raw, Rung};
use aside_sim::{Retries, Sim, SimConfig};
use std::{sync::Arc, time::Duration};

/// A brand, connected.
pub(crate) struct Brand {
    pub(crate) id: BrandId,
    pub(crate) sim: Sim,
    pub(crate) connection: ConnectionId,
    /// A post of its page's.
    pub(crate) post: String,
    client: reqwest::Client,
}

impl Brand {
    pub(crate) async fn add(
        app: &App,
        url: &str,
        client: &reqwest::Client,
        clock: &Arc<Hands>,
        name: &str,
        secret: &str,
    ) -> Self {
        let mut config = SimConfig::new(client.clone(), Arc::<Hands>::clone(clock));
        config.app_secret = format!("{secret}-brand-app-secret");
        // A test says itself when something is sent again.
        config.retries = Retries { first: Duration::from_millis(1), attempts: 1 };
        let sim = Sim::start(config).await.unwrap();
        let id = app.add_brand(name).await.unwrap();
        let page = &sim.config().pages[0];
        let secrets = serde_json::json!({
            "app_secret": sim.config().app_secret,
            "verify_token": sim.config().verify_token,
            "pages": { &page.id: page.token },
        });
        let channel = |rung, name: &str| NewChannel { account: page.id.clone(), rung, name: name.into() };
        let channels = [channel(Rung::Public, "Facebook page"), channel(Rung::Direct, "Messenger")];
        let secrets = Raw::new(secrets.to_string());
        let connection = app
            .add_connection(id, Network::Facebook, "Facebook", &secrets, &sim.api_base(), &channels)
            .await
            .unwrap();
        let post = sim.post(sim.page()).unwrap();
        let brand = Self { id, sim, connection, post, client: client.clone() };
        brand.connect(url).await;
        brand
    }

    /// Tells the network where webhooks go.
    pub(crate) async fn connect(&self, url: &str) {
        self.sim.connect(&format!("{url}{}", self.hook())).await.unwrap();
    }

    /// Somebody at the brand writes something else about the page, on the network's own pages.
    pub(crate) async fn rewrites_about(&self, text: &str) {
        let page = &self.sim.config().pages[0];
        let url = format!("{}/v25.0/{}", self.sim.api_base(), page.id);
        let request = self.client.post(url).bearer_auth(&page.token);
        let answer = request.json(&serde_json::json!({ "about": text })).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }

    /// Where webhooks go.
    pub(crate) fn hook(&self) -> String {
        format!("/hooks/facebook/{}", self.connection)
    }
}
