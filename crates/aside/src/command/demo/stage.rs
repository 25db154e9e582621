//! The demo's stage: an installation that serves, a simulated network connected to it, people.

use crate::{Config, DatabaseUrl, Installation, Options, SystemClock, command::Failure, world::http_client};
use aside_app::{App, NewAgent, NewChannel};
use aside_model::{BrandId, Clock, Language, Network, Raw, Role, Rung};
use aside_sim::{Customer, Sim, SimConfig};
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use tokio::{sync::oneshot, task::JoinHandle};

/// An agent of the demo brand.
#[derive(Clone)]
pub(crate) struct DemoAgent {
    pub(crate) login: String,
    pub(crate) name: &'static str,
    pub(crate) password: String,
    totp: Vec<u8>,
}

impl DemoAgent {
    /// The second factor's secret as authenticator apps take it (RFC 4648, base 32, without padding).
    pub(crate) fn totp_base32(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let bits: Vec<u8> = self.totp.iter().flat_map(|b| (0..8).rev().map(move |i| b >> i & 1)).collect();
        bits.chunks(5)
            .map(|chunk| {
                let value =
                    chunk.iter().fold(0_usize, |sum, bit| sum * 2 + usize::from(*bit)) << (5 - chunk.len());
                char::from(LETTERS[value])
            })
            .collect()
    }

    /// The code of this moment.
    pub(crate) fn code(&self) -> Option<String> {
        let totp = totp_rs::Builder::new().with_secret(self.totp.as_slice()).build().ok()?;
        let seconds = u64::try_from(SystemClock.now().0 / 1_000_000).ok()?;
        Some(totp.generate(seconds).to_string())
    }
}

/// Everything that the demo needs, running.
pub(crate) struct Stage {
    pub(crate) app: Arc<App>,
    pub(crate) sim: Sim,
    pub(crate) brand: BrandId,
    pub(crate) brand_name: &'static str,
    pub(crate) post: String,
    pub(crate) url: String,
    pub(crate) data: PathBuf,
    pub(crate) database: Option<DatabaseUrl>,
    pub(crate) agents: Arc<[DemoAgent]>,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<std::io::Result<()>>,
}

const BRAND: &str = "Larkspur Home";

impl Stage {
    /// Opens the data folder, adds the demo brand with its people, starts the network and serves.
    pub(crate) async fn set(
        data: PathBuf,
        database: Option<DatabaseUrl>,
        listen: SocketAddr,
    ) -> Result<Self, Failure> {
        let config = Config {
            data: data.clone(),
            database: database.clone(),
            listen,
            phone: Some("+1 202 555 0142".into()),
            ..Config::default()
        };
        let installation = Installation::open(config, Options::default()).await?;
        let app = Arc::clone(&installation.app);
        if !app.store().brands().await?.is_empty() {
            let place = match &database {
                Some(url) => format!("the database {url}"),
                None => format!("the data folder {}", data.display()),
            };
            return Err(Failure::new(format!("{place} is in use by a brand already"))
                .with_hint(
                    "the demo begins with nothing: name a folder that does not exist or an empty database, or leave them out",
                ));
        }
        let client = http_client().map_err(Failure::new)?;
        let sim = Sim::start(SimConfig::new(client, Arc::new(SystemClock)))
            .await
            .map_err(|e| Failure::new(format!("the simulated network cannot listen: {e}")))?;
        let brand = app.add_brand(BRAND).await?;
        let hook = add_facebook(&app, brand, &sim).await?;
        let agents = add_people(&app, brand).await?;
        let url = installation.public_url.clone();
        let address = installation.address;
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(installation.serve(async move { drop(stopped.await) }));
        sim.connect(&format!("http://{address}{hook}"))
            .await
            .map_err(|e| Failure::new(format!("the simulated network could not connect: {e}")))?;
        sim.keep_delivering();
        let post = sim.post(sim.page()).map_err(Failure::new)?;
        Ok(Self { app, brand, brand_name: BRAND, post, url, data, database, agents, stop, serving, sim })
    }

    /// The link that a first customer is invited with: they wrote something that belongs elsewhere.
    pub(crate) async fn first_link(&self) -> Result<String, Failure> {
        let customer = self.sim.customer("Mara Example", Language::English);
        customer
            .writes_dm(self.sim.page(), "Hi, my parcel never came. Please answer to mara@example.com")
            .map_err(Failure::new)?;
        invited(&customer, self.sim.page(), Duration::from_secs(20))
            .await
            .ok_or_else(|| Failure::new("the demo customer was not invited within 20 seconds"))
    }

    /// Stops serving and waits for it.
    pub(crate) async fn end(self) -> Result<(), Failure> {
        // Whoever serves may have ended already, which is what this asks for.
        let _ = self.stop.send(());
        self.serving.await.map_err(Failure::new)?.map_err(Failure::new)
    }
}

/// Waits until a customer gets a link into the secure channel.
pub(crate) async fn invited(customer: &Customer, page: &str, limit: Duration) -> Option<String> {
    let look = async {
        let mut seen = 0;
        loop {
            let received = customer.next_in_inbox(page, seen).await;
            seen += 1;
            if let Some(link) = link_in(&received.text) {
                return link;
            }
        }
    };
    tokio::time::timeout(limit, look).await.ok()
}

/// The first link into the secure channel in a text.
pub(crate) fn link_in(text: &str) -> Option<String> {
    text.split_whitespace().find(|word| word.starts_with("http") && word.contains("/c/")).map(str::to_owned)
}

async fn add_facebook(app: &App, brand: BrandId, sim: &Sim) -> Result<String, Failure> {
    let config = sim.config();
    let page = config.pages.first().ok_or_else(|| Failure::new("the simulated network has no page"))?;
    let secrets = serde_json::json!({
        "app_secret": config.app_secret,
        "verify_token": config.verify_token,
        "pages": { page.id.clone(): page.token },
    });
    let channel = |rung, name: &str| NewChannel { account: page.id.clone(), rung, name: name.to_owned() };
    let channels = [channel(Rung::Public, "Facebook page"), channel(Rung::Direct, "Messenger")];
    let secrets = Raw::new(secrets.to_string());
    let connection = app
        .add_connection(
            brand,
            Network::Facebook,
            "Facebook (simulated)",
            &secrets,
            &sim.api_base(),
            &channels,
        )
        .await?;
    Ok(format!("/hooks/facebook/{connection}"))
}

async fn add_people(app: &App, brand: BrandId) -> Result<Arc<[DemoAgent]>, Failure> {
    let people = [
        ("agent", "Ada Agent", Role::Agent),
        ("privacy", "Priya Officer", Role::PrivacyOfficer),
        ("admin", "Amir Admin", Role::Administrator),
    ];
    let mut agents = Vec::new();
    for (login, name, role) in people {
        // A fresh password each time: nothing that works stands in the program.
        let password = passphrase();
        let new =
            NewAgent { login: login.into(), name: name.into(), role, password: Raw::new(password.clone()) };
        let totp = app.add_agent(brand, new).await?;
        agents.push(DemoAgent { login: login.into(), name, password, totp });
    }
    Ok(agents.into())
}

/// A password of four groups of four letters and digits, 80 random bits.
fn passphrase() -> String {
    use aside_model::Random;
    const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
    let mut bytes = [0; 16];
    crate::SystemRandom.fill(&mut bytes);
    let groups: Vec<String> = bytes
        .chunks(4)
        .map(|c| c.iter().map(|b| char::from(LETTERS[usize::from(b % 32)])).collect())
        .collect();
    groups.join("-")
}
