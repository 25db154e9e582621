//! An installation with its networks and people, in the hands of a test.
//!
//! Everything is real but the world around it: the data folder is a temporary one, the network is the
//! simulated one, time stands still until the test moves it, and nothing is sent, delivered or put into the
//! log before the test says [`World::drain`]. Every answer that anybody gets is kept, for whoever looks for
//! what must not be in one.

mod agent;
mod answer;
mod brand;
mod browser;
mod clock;
mod conversation;
mod customer;
mod mails;
mod opener;
mod telegram;
mod whatsapp;

pub(crate) use crate::database::Dump;
pub(crate) use agent::{Agent, Credentials};
pub(crate) use answer::{Answer, Seen, plain};
pub(crate) use brand::Brand;
pub(crate) use browser::Browser;
pub(crate) use conversation::Conversation;
pub(crate) use customer::{Customer, Visitor};
pub(crate) use opener::{Cell, open as open_with_all_keys};
pub(crate) use telegram::{Bot, secrets as bot_secrets};
pub(crate) use whatsapp::Line;

use crate::database::Database;
use aside::{
    Config, Installation, Options, StoreChanges,
    leaks::{Leak, Search},
};
use aside_app::{App, Detect, Settings};
use aside_sim::Posted;
use clock::Hands;
use mails::Mails;
use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

/// What a world is set up with.
#[derive(Default)]
pub(crate) struct Plan {
    /// The detector, where it is not ours.
    pub(crate) detector: Option<Arc<dyn Detect>>,
    /// Changes to the settings.
    pub(crate) settings: Option<fn(&mut Settings)>,
    /// Changes to how the store is opened.
    pub(crate) store: StoreChanges,
}

/// An installation that serves, with one brand and its network.
pub(crate) struct World {
    pub(crate) app: Arc<App>,
    /// Where people reach it.
    pub(crate) url: String,
    /// The first brand.
    pub(crate) brand: Brand,
    pub(crate) clock: Arc<Hands>,
    /// What was mailed.
    pub(crate) mails: Arc<Mails>,
    /// Every answer that anybody got.
    pub(crate) seen: Seen,
    /// Everything that is stored, looked at beside the program.
    pub(crate) database: Arc<Database>,
    client: reqwest::Client,
    folder: TempDir,
    serving: Serving,
}

/// The doors, open.
struct Serving {
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

impl World {
    /// A world as most tests want it.
    pub(crate) async fn open() -> Self {
        Self::with(Plan::default()).await
    }

    /// A world with parts of the test's own.
    pub(crate) async fn with(plan: Plan) -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(Hands::new());
        let mails = Arc::new(Mails::default());
        let client = aside::http_client().unwrap();
        let seen = Seen::default();
        let data = folder.path().join("data");
        let database = Arc::new(Database::new(&data));
        let (app, url, serving) = serve(data, &database, &clock, &mails, plan).await;
        let brand = Brand::add(&app, &url, &client, &clock, "Larkspur Home", "first").await;
        Self { app, url, brand, clock, mails, seen, database, client, folder, serving }
    }

    /// Another brand in the same installation, with a network of its own on which people, pages, messages
    /// and comments have the very ids that they have on the first brand's.
    pub(crate) async fn second_brand(&self) -> Brand {
        Brand::add(&self.app, &self.url, &self.client, &self.clock, "Fernwood Bank", "second").await
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Stops serving and starts again on the same folder.
    pub(crate) async fn restart(self) -> Self {
        self.restart_after(|_, _| {}).await
    }

    /// Stops serving, lets somebody at data folder and database, and starts again on them.
    pub(crate) async fn restart_after(self, change: impl FnOnce(&std::path::Path, &Database)) -> Self {
        let Self { app, brand, clock, mails, seen, database, client, folder, serving, .. } = self;
        serving.stop.send(()).unwrap();
        serving.ended.await.unwrap().unwrap();
        give_back(app).await;
        let data = folder.path().join("data");
        change(&data, &database);
        if matches!(*database, Database::Postgres(_)) {
            // SQLite's folder is nobody else's, so whoever has it leads the log; here the old lease must end.
            clock.pass(Duration::from_secs(11));
        }
        let (app, url, serving) = serve(data, &database, &clock, &mails, Plan::default()).await;
        brand.connect(&url).await;
        Self { app, url, brand, clock, mails, seen, database, client, folder, serving }
    }

    /// Everything that is stored.
    pub(crate) fn dump(&self) -> Dump {
        self.database.dump()
    }

    /// How many rows a question finds.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.database.count(sql)
    }

    /// Where a search finds something in what is stored: in the files, and in the rows of a database elsewhere.
    pub(crate) fn leaks(&self, search: &Search) -> Vec<Leak> {
        let mut leaks = search.in_folder(&self.data()).unwrap();
        if matches!(*self.database, Database::Postgres(_)) {
            for (table, rows) in self.dump() {
                for (column, cell) in rows.iter().flatten() {
                    let place = format!("{table}.{column}");
                    leaks.extend(search.in_bytes(cell.as_bytes(), &place));
                    leaks.extend(search.in_bytes(&hex::decode(cell).unwrap_or_default(), &place));
                }
            }
        }
        leaks
    }

    /// Somebody on the first brand's network.
    pub(crate) fn customer(&self, name: &str) -> Customer {
        self.customer_of(&self.brand, name)
    }

    /// Somebody on a brand's network.
    pub(crate) fn customer_of(&self, brand: &Brand, name: &str) -> Customer {
        Customer::new(brand, self.browser(), name)
    }

    /// Somebody on a device that was never here.
    pub(crate) fn browser(&self) -> Browser {
        Browser::new(self.client.clone(), &self.url, self.seen.clone())
    }

    /// Ada, an agent of the first brand, signed in.
    pub(crate) async fn agent(&self) -> Agent {
        Agent::signed_in(self, &self.brand, "ada", aside_model::Role::Agent).await
    }

    /// Priya, the first brand's privacy officer, signed in.
    pub(crate) async fn privacy_officer(&self) -> Agent {
        Agent::signed_in(self, &self.brand, "priya", aside_model::Role::PrivacyOfficer).await
    }

    /// Amir, the first brand's administrator, signed in.
    pub(crate) async fn administrator(&self) -> Agent {
        Agent::signed_in(self, &self.brand, "amir", aside_model::Role::Administrator).await
    }

    /// Time passes.
    pub(crate) fn pass(&self, duration: Duration) {
        self.clock.pass(duration);
    }

    /// Does everything that waits: webhooks are delivered, the outbox is worked off, the log is brought up
    /// to date. Every webhook must be acknowledged; they are the answer.
    pub(crate) async fn drain(&self) -> Vec<Posted> {
        self.drain_also(&[]).await
    }

    /// The same with further brands' networks.
    pub(crate) async fn drain_also(&self, others: &[&Brand]) -> Vec<Posted> {
        let mut all = Vec::new();
        for round in 0.. {
            assert!(round < 1_000, "the outbox never gets empty");
            let mut busy = self.app.work_outbox(64).await.unwrap() > 0;
            for brand in std::iter::once(&self.brand).chain(others.iter().copied()) {
                for posted in brand.sim.deliver().await {
                    assert!(posted.is_acknowledged(), "a webhook was answered with {:?}", posted.status);
                    busy = true;
                    all.push(posted);
                }
            }
            if !busy {
                break;
            }
        }
        self.bring_the_log_up_to_date().await;
        all
    }

    /// Puts every entry into its log.
    pub(crate) async fn bring_the_log_up_to_date(&self) {
        let done = tokio::time::timeout(Duration::from_secs(15), self.app.sequence_all()).await;
        done.expect("every entry gets into the log at some time").unwrap();
    }

    /// A customer in the messenger: they wrote something that does not belong into a direct message, got a
    /// link and followed it.
    pub(crate) async fn visitor(&self, name: &str) -> Visitor {
        self.visitor_of(&self.brand, name).await
    }

    /// The same at another brand.
    pub(crate) async fn visitor_of(&self, brand: &Brand, name: &str) -> Visitor {
        let customer = self.customer_of(brand, name);
        customer.writes_dm("Can you write to someone@example.org instead?");
        self.drain_also(&[brand]).await;
        let link = customer.link();
        customer.opens(&link).await
    }

    /// The conversation with a customer who wrote in direct messages, as an agent sees it.
    pub(crate) async fn conversation(&self, agent: &Agent, customer: &Customer) -> Conversation {
        let id = customer.conversation(&self.app).await;
        agent.conversation(&id).await
    }
}

/// Lets go of the data folder once everybody else has: a connection that ends does so a moment after the
/// doors are closed.
async fn give_back(app: Arc<App>) {
    let mut left = app;
    for _ in 0..2_000 {
        match Arc::try_unwrap(left) {
            Ok(_) => return,
            Err(held) => left = held,
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("somebody still holds the data folder");
}

async fn serve(
    data: PathBuf,
    database: &Database,
    clock: &Arc<Hands>,
    mails: &Arc<Mails>,
    plan: Plan,
) -> (Arc<App>, String, Serving) {
    let config = Config {
        data,
        database: database.url(),
        listen: SocketAddr::from(([127, 0, 0, 1], 0)),
        phone: Some("+1 202 555 0142".into()),
        ..Config::default()
    };
    let options = Options {
        clock: Some(Arc::<Hands>::clone(clock)),
        mailer: Some(Arc::<Mails>::clone(mails)),
        detector: plan.detector,
        settings: plan.settings,
        store: plan.store,
        random: None,
    };
    let installation = Installation::open(config, options).await.unwrap();
    let (app, url) = (Arc::clone(&installation.app), installation.public_url.clone());
    let (stop, stopped) = oneshot::channel::<()>();
    let ended = tokio::spawn(installation.serve_doors(async move { drop(stopped.await) }));
    (app, url, Serving { stop, ended })
}
