//! Store, keys, networks and use cases, put together over one data folder.
//!
//! ```text
//! <data>/aside.db          everything, in SQLite; not there where a PostgreSQL database has it
//! <data>/keys/             the root key and what it wraps: keep it out of the same backup
//! <data>/ledger/<brand>/   tiles, entry bundles, checkpoint: can be published as it is
//! ```
//!
//! With PostgreSQL several processes may serve one database; they share the rest of the folder.

use crate::{
    backend::{self, StoreChanges},
    config::{Config, ConfigError, read_secret},
    mail::Smtp,
    world::{SystemClock, SystemRandom, http_client},
};
use aside_app::{App, Detect, Keys, KeysError, Mailer, Networks, Parts, Settings, SilentMailer};
use aside_model::{BrandId, Clock, Random, Raw};
use aside_rules::{PackErrors, Rules};
use aside_store::{FolderTiles, Store, StoreError, Tiles};
use std::{
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::{net::TcpListener, task::JoinSet};

/// The note, in the data folder, that a brand is on its way to another store: nobody serves half of one.
pub(crate) const MIGRATING: &str = "migrating.json";

/// How long requests under way may take once the program is told to stop.
const GRACE: Duration = Duration::from_secs(3);

/// An installation cannot start. The text says what a person can do.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The store.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The rule packs.
    #[error("{0}")]
    Packs(#[from] PackErrors),
    /// The HTTP client.
    #[error("the HTTP client cannot be built: {0}")]
    Http(#[from] reqwest::Error),
    /// The address.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// A brand is on its way to another store.
    #[error("a brand is on its way to another store ({0})")]
    Moving(PathBuf),
    /// The root key is gone, and what it wraps is there.
    #[error("the root key {0} is gone; without it nothing that is stored opens")]
    RootKeyLost(PathBuf),
    /// A use case.
    #[error(transparent)]
    App(#[from] aside_app::AppError),
}

/// What an installation is started with beyond its configuration. Tests put their own parts in.
#[derive(Default)]
pub struct Options {
    /// The time; the machine's, unless given.
    pub clock: Option<Arc<dyn Clock>>,
    /// Random bytes; the operating system's, unless given.
    pub random: Option<Arc<dyn Random>>,
    /// The detector; ours, unless given.
    pub detector: Option<Arc<dyn Detect>>,
    /// The mailer; the configured one, unless given.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Changes to the settings.
    pub settings: Option<fn(&mut Settings)>,
    /// Changes to how the store is opened.
    pub store: StoreChanges,
}

/// Everything that serves, over one data folder.
pub struct Installation {
    /// The use cases.
    pub app: Arc<App>,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where people reach it.
    pub public_url: String,
    listener: TcpListener,
    config: Config,
    keys: Arc<Keys>,
    random: Arc<dyn Random>,
}

impl Installation {
    /// Opens the data folder and takes the address. Nothing is served yet.
    pub async fn open(config: Config, mut options: Options) -> Result<Self, StartError> {
        let random = options.random.take().unwrap_or_else(|| Arc::new(SystemRandom));
        let opened =
            Opened::open(&config, options.clock.take(), random, options.store, Work::Serving).await?;
        let listener = TcpListener::bind(config.listen)
            .await
            .map_err(|source| StartError::Listen { address: config.listen, source })?;
        let address =
            listener.local_addr().map_err(|source| StartError::Listen { address: config.listen, source })?;
        let public_url = config.public_url(address);
        let (keys, random) = (Arc::clone(&opened.keys), Arc::clone(&opened.random));
        let app = opened.app(&config, options, public_url.clone())?;
        Ok(Self { app, address, public_url, listener, config, keys, random })
    }

    /// Serves until `stop` is done: the doors, the outbox worker, the sequencer, the housekeeping.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let mut work = JoinSet::new();
        let app = Arc::clone(&self.app);
        work.spawn(async move { app.run_outbox().await });
        let app = Arc::clone(&self.app);
        work.spawn(async move { app.run_sequencer().await });
        let app = Arc::clone(&self.app);
        work.spawn(async move { app.run_housekeeping().await });
        let app = Arc::clone(&self.app);
        let served = self.serve_doors(stop).await;
        work.shutdown().await;
        app.step_down().await;
        served
    }

    /// Serves the doors alone until `stop` is done. What works behind them is up to whoever asked: tests do
    /// it by hand, step by step.
    pub async fn serve_doors(self, stop: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let mut process = [0; 16];
        self.random.fill(&mut process);
        let settings = aside_web::WebSettings {
            public_url: self.public_url.clone(),
            trusted_proxies: self.config.trusted_proxies.clone(),
            metrics: self.config.metrics,
            csrf_key: self.keys.secret_for("form tokens"),
            process,
        };
        let router = aside_web::router(Arc::clone(&self.app), settings);
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let (stopping, mut stopped) = tokio::sync::watch::channel(false);
        let graceful = axum::serve(self.listener, service).with_graceful_shutdown(async move {
            stop.await;
            stopping.send_replace(true);
        });
        // Live pages hold their connection for ever; requests under way get a moment, then everything ends.
        // What was acknowledged is durable, so nothing is lost by ending.
        let at_last = async move {
            drop(stopped.wait_for(|stopped| *stopped).await);
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            result = graceful => result,
            () = at_last => Ok(()),
        }
    }
}

/// What a process does with an installation, and so whom it must be alone with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    /// Anything that others may do at the same time, as far as the store lets them.
    Serving,
    /// Destroying keys.
    Rotating,
}

/// Store and keys, opened: where the store is SQLite's, the data folder is this process's own until this is
/// dropped.
struct Opened {
    store: Arc<dyn Store>,
    keys: Arc<Keys>,
    rules: Arc<Rules>,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Opened {
    async fn open(
        config: &Config,
        clock: Option<Arc<dyn Clock>>,
        random: Arc<dyn Random>,
        changes: StoreChanges,
        work: Work,
    ) -> Result<Self, StartError> {
        let note = config.data.join(MIGRATING);
        if note.exists() {
            return Err(StartError::Moving(note));
        }
        let clock: Arc<dyn Clock> = clock.unwrap_or_else(|| Arc::new(SystemClock));
        let store = backend::open(config, &clock, changes).await?;
        let root = config.data.join("keys").join("root.key");
        // Looked at in this order: another process may be making key and brand at this moment.
        if !store.brands().await?.is_empty() && !root.exists() {
            return Err(StartError::RootKeyLost(root));
        }
        let mut keys = open_keys(config, &*random)?;
        match work {
            Work::Serving => keys.share()?,
            Work::Rotating => keys.take_alone()?,
        }
        let keys = Arc::new(keys);
        let packs: Vec<&str> = config.packs.iter().map(String::as_str).collect();
        let rules = Arc::new(Rules::with_packs(&packs)?);
        Ok(Self { store, keys, rules, clock, random })
    }

    fn app(self, config: &Config, options: Options, public_url: String) -> Result<Arc<App>, StartError> {
        let mut settings = Settings {
            public_url,
            phone: config.phone.clone(),
            budgets: config.budgets(),
            ..Settings::default()
        };
        if let Some(change) = options.settings {
            change(&mut settings);
        }
        let mailer: Arc<dyn Mailer> = match (options.mailer, &config.mail) {
            (Some(mailer), _) => mailer,
            (None, Some(mail)) => Arc::new(Smtp::new(mail)?),
            (None, None) => Arc::new(SilentMailer),
        };
        let data = config.data.clone();
        Ok(Arc::new(App::new(Parts {
            store: self.store,
            clock: self.clock,
            random: self.random,
            detector: match options.detector {
                Some(detector) => detector,
                None => Arc::new(config.detector()?),
            },
            rules: self.rules,
            keys: self.keys,
            networks: Networks::new(http_client()?),
            mailer,
            tiles: Box::new(move |brand| tiles_of(&data, brand)),
            settings,
        })))
    }
}

/// The use cases over an installation, for a command that serves nothing. With SQLite it takes the folder as a
/// server does, so it fails while one runs.
pub(crate) async fn open_app(config: &Config) -> Result<Arc<App>, StartError> {
    open_app_for(config, Work::Serving).await
}

/// The same for a command that destroys keys, which no server may be using.
pub(crate) async fn open_app_alone(config: &Config) -> Result<Arc<App>, StartError> {
    open_app_for(config, Work::Rotating).await
}

async fn open_app_for(config: &Config, work: Work) -> Result<Arc<App>, StartError> {
    let opened = Opened::open(config, None, Arc::new(SystemRandom), StoreChanges::default(), work).await?;
    opened.app(config, Options::default(), config.public_url(config.listen))
}

/// The same over a database in another folder, for one that is worked on before it is served.
pub(crate) fn open_app_over(config: &Config, database: &Path) -> Result<Arc<App>, StartError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let store = backend::open_folder(database, &clock)?;
    let random: Arc<dyn Random> = Arc::new(SystemRandom);
    let keys = Arc::new(open_keys(config, &*random)?);
    let rules = Arc::new(Rules::with_packs(&[])?);
    let opened = Opened { store, keys, rules, clock, random };
    opened.app(config, Options::default(), config.public_url(config.listen))
}

/// The key folder, with the passphrase that the configuration knows.
pub(crate) fn open_keys(config: &Config, random: &dyn Random) -> Result<Keys, StartError> {
    Ok(Keys::open(&config.data.join("keys"), passphrase(config)?.as_ref(), random)?)
}

/// Where a brand's log lies.
pub(crate) fn tiles_of(data: &Path, brand: BrandId) -> Arc<dyn Tiles> {
    Arc::new(FolderTiles::new(data.join("ledger").join(brand.to_string())))
}

/// The root key's passphrase: from the file that the configuration names, or from `ASIDE_PASSPHRASE`.
pub(crate) fn passphrase(config: &Config) -> Result<Option<Raw>, StartError> {
    if let Some(path) = &config.passphrase_file {
        return Ok(Some(read_secret("passphrase_file", path)?));
    }
    Ok(std::env::var("ASIDE_PASSPHRASE").ok().filter(|p| !p.is_empty()).map(Raw::new))
}
