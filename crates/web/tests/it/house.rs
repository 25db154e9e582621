//! A house on a free port, and the people who come to it.

use aside_app::{App, Keys, Networks, NewAgent, NewChannel, Parts, Settings, SilentMailer, TilesOf};
use aside_model::{BrandId, Clock, ConnectionId, Language, Network, Random, Raw, Role, Rung, Time};
use aside_rules::Rules;
use aside_sim::{Customer, Sim, SimConfig};
use aside_store::{
    FolderTiles, Store,
    transfer::{Cell, TABLES},
};
use aside_store_postgres::PostgresStore;
use aside_store_sqlite::SqliteStore;
use aside_web::{MetricsDoor, WebSettings};
use reqwest::{Method, StatusCode, header::HeaderMap};
use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};
use tempfile::TempDir;

const PASSWORD: &str = "correct horse battery";

/// A clock whose hands the test moves.
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Time {
        // A microsecond with each look, so that things happen one after the other.
        Time(self.0.fetch_add(1, Ordering::Relaxed))
    }
}

/// The same bytes in every run (SplitMix64).
struct Dice(AtomicU64);

impl Random for Dice {
    fn fill(&self, out: &mut [u8]) {
        for byte in out {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            *byte = (z ^ (z >> 31)) as u8;
        }
    }
}

pub(crate) struct House {
    pub(crate) app: Arc<App>,
    pub(crate) sim: Sim,
    pub(crate) url: String,
    pub(crate) brand: BrandId,
    pub(crate) connection: ConnectionId,
    clock: Arc<Hands>,
    client: reqwest::Client,
    factors: Mutex<Vec<(String, Vec<u8>)>>,
    folder: TempDir,
}

#[expect(clippy::disallowed_methods, reason = "the test is the program here")]
fn client() -> reqwest::Client {
    // Another test may have installed it already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// SQLite in the folder, or with `ASIDE_TEST_STORE=postgres` a database of its own on the test run's server, with
/// which it goes.
async fn open_store(folder: &Path, clock: Arc<dyn Clock>) -> Arc<dyn Store> {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    if std::env::var("ASIDE_TEST_STORE").as_deref() != Ok("postgres") {
        let options = aside_store_sqlite::Options::new(clock);
        return Arc::new(SqliteStore::open(folder, options).unwrap());
    }
    let name = format!("house_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let server = std::env::var("ASIDE_TEST_POSTGRES")
        .expect("ASIDE_TEST_POSTGRES is not set: run `cargo xtask test`, or `cargo xtask postgres`");
    let (client, connection) = tokio_postgres::connect(&server, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client.execute(&format!("CREATE DATABASE {name}"), &[]).await.unwrap();
    let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
    Arc::new(PostgresStore::connect(&url, aside_store_postgres::Options::new(clock)).await.unwrap())
}

impl House {
    pub(crate) async fn open() -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Arc::new(Hands(AtomicI64::new(1_795_339_800_000_000)));
        let random: Arc<dyn Random> = Arc::new(Dice(AtomicU64::new(7)));
        let client = client();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let store = open_store(folder.path(), clock.clone()).await;
        let tiles = folder.path().to_owned();
        let app = Arc::new(App::new(Parts {
            store,
            clock: clock.clone(),
            random: random.clone(),
            detector: Arc::new(aside_detect::Detector::new()),
            rules: Arc::new(Rules::base()),
            keys: Arc::new(Keys::open(&folder.path().join("keys"), None, &*random).unwrap()),
            networks: Networks::new(client.clone()),
            mailer: Arc::new(SilentMailer),
            tiles: Box::new(move |brand| Arc::new(FolderTiles::new(tiles.join(brand.to_string())))),
            settings: Settings { public_url: url.clone(), ..Settings::default() },
        }));
        let settings = WebSettings {
            public_url: url.clone(),
            trusted_proxies: vec![],
            metrics: MetricsDoor::Loopback,
            csrf_key: [9; 32],
            process: [1; 16],
        };
        let router = aside_web::router(app.clone(), settings);
        tokio::spawn(async move {
            axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).await.unwrap();
        });

        let sim = Sim::start(SimConfig::new(client.clone(), clock.clone())).await.unwrap();
        let brand = app.add_brand("Larkspur").await.unwrap();
        let page = &sim.config().pages[0];
        let secrets = serde_json::json!({
            "app_secret": sim.config().app_secret,
            "verify_token": sim.config().verify_token,
            "pages": { &page.id: page.token },
        });
        let channel = |rung, name: &str| NewChannel { account: page.id.clone(), rung, name: name.into() };
        let channels = [channel(Rung::Public, "Larkspur page"), channel(Rung::Direct, "Larkspur messages")];
        let secrets = Raw::new(secrets.to_string());
        let connection = app
            .add_connection(brand, Network::Facebook, "Facebook", &secrets, &sim.api_base(), &channels)
            .await
            .unwrap();
        sim.connect(&format!("{url}/hooks/facebook/{connection}")).await.unwrap();
        let factors = Mutex::default();
        Self { app, sim, url, brand, connection, clock, client, factors, folder }
    }

    /// The use cases of another process over the same database, with these files of the log.
    pub(crate) fn another(&self, tiles: TilesOf) -> Arc<App> {
        let random: Arc<dyn Random> = Arc::new(Dice(AtomicU64::new(8)));
        Arc::new(App::new(Parts {
            store: Arc::clone(self.app.store()),
            clock: self.clock.clone(),
            random: random.clone(),
            detector: Arc::new(aside_detect::Detector::new()),
            rules: Arc::new(Rules::base()),
            keys: Arc::new(Keys::open(&self.folder.path().join("keys"), None, &*random).unwrap()),
            networks: Networks::new(self.client.clone()),
            mailer: Arc::new(SilentMailer),
            tiles,
            settings: Settings { public_url: self.url.clone(), ..Settings::default() },
        }))
    }

    /// Somebody without any session.
    pub(crate) fn anonymous(&self) -> Browser {
        Browser { client: self.client.clone(), url: self.url.clone(), cookie: String::new() }
    }

    /// Where the brand's log is published.
    pub(crate) fn log(&self) -> std::path::PathBuf {
        self.folder.path().join(self.brand.to_string())
    }

    /// Whether a checkpoint of this size is in the database, from which none is ever removed.
    pub(crate) async fn has_checkpoint(&self, size: i64) -> bool {
        let table = TABLES.iter().find(|table| table.name == "checkpoints").unwrap();
        let before = Some(vec![Cell::Number(size - 1)]);
        let rows = self.app.store().rows_after(self.brand, table, before, 1).await.unwrap();
        rows.first().is_some_and(|row| row[1] == Cell::Number(size))
    }

    /// Time passes.
    pub(crate) fn wait(&self, time: std::time::Duration) {
        self.clock.0.fetch_add(time.as_micros() as i64, Ordering::Relaxed);
    }

    /// The moment it is.
    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }

    /// A code that works once.
    fn code(&self, login: &str) -> String {
        self.clock.0.fetch_add(60_000_000, Ordering::Relaxed);
        let factors = self.factors.lock().unwrap();
        let (_, secret) = factors.iter().find(|(of, _)| of == login).unwrap();
        let step = (self.clock.now().0 / 30_000_000) as u64;
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
        let tag = aws_lc_rs::hmac::sign(&key, &step.to_be_bytes());
        let tag = tag.as_ref();
        let at = usize::from(tag[19] & 15);
        let number = u32::from_be_bytes(tag[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
        format!("{:06}", number % 1_000_000)
    }

    /// What somebody types to sign in, after being added if they are new.
    pub(crate) async fn credentials(&self, login: &str, role: Role) -> [(&'static str, String); 3] {
        let known = self.factors.lock().unwrap().iter().any(|(of, _)| of == login);
        if !known {
            let password = Raw::new(PASSWORD.into());
            let new = NewAgent { login: login.into(), name: format!("{login} Name"), role, password };
            let factor = self.app.add_agent(self.brand, new).await.unwrap();
            self.factors.lock().unwrap().push((login.into(), factor));
        }
        [("login", login.into()), ("password", PASSWORD.into()), ("code", self.code(login))]
    }

    /// A signed-in agent.
    pub(crate) async fn agent(&self, login: &str, role: Role) -> Browser {
        let credentials = self.credentials(login, role).await;
        let mut browser = self.anonymous();
        let page = browser.get("/console/sign-in").await;
        let mut form: Vec<(&str, &str)> = credentials.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let token = page.token();
        form.push(("csrf", &token));
        let answer = browser.post("/console/sign-in", &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser.keep(&answer);
        browser
    }

    /// Somebody on the network writes a direct message; what that causes is done.
    pub(crate) async fn writes(&self, customer: &Customer, text: &str) {
        customer.writes_dm(self.sim.page(), text).unwrap();
        for posted in self.sim.deliver().await {
            assert!(posted.is_acknowledged());
        }
        self.app.work_outbox(50).await.unwrap();
    }

    /// A customer on the network who has got a link, and the link's path.
    pub(crate) async fn invited(&self) -> (Customer, String) {
        let customer = self.sim.customer("Evelyn Moss", Language::English);
        self.writes(&customer, "My card number is 4111 1111 1111 1111, please refund me").await;
        let inbox = customer.inbox(self.sim.page());
        let start = format!("{}/c/", self.url);
        let text = inbox.iter().find(|message| message.text.contains(&start)).expect("an invitation");
        let from = text.text.find(&start).unwrap() + self.url.len();
        let link = text.text[from..].split_whitespace().next().unwrap().to_owned();
        (customer, link)
    }

    /// A customer in the messenger.
    pub(crate) async fn customer(&self) -> Browser {
        let (_, link) = self.invited().await;
        let mut browser = self.anonymous();
        let token = browser.get(&link).await.token();
        let answer = browser.post(&link, &[("csrf", &token)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        browser.keep(&answer);
        browser
    }

    /// The path of the only conversation in an agent's inbox.
    pub(crate) async fn conversation(&self, agent: &Browser) -> String {
        let inbox = agent.get("/console").await.text;
        let from = inbox.find("/console/c/").expect("a conversation") + "/console/c/".len();
        format!("/console/c/{}", &inbox[from..from + 32])
    }
}

/// A browser that sends what browsers send.
#[derive(Clone)]
pub(crate) struct Browser {
    client: reqwest::Client,
    url: String,
    pub(crate) cookie: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// A header's text; empty if it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// What stands in the first hidden field with this name.
    pub(crate) fn field(&self, name: &str) -> String {
        let sign = format!("name=\"{name}\" value=\"");
        let from =
            self.text.find(&sign).unwrap_or_else(|| panic!("no field {name}:\n{}", self.text)) + sign.len();
        self.text[from..].split('"').next().unwrap().to_owned()
    }

    /// The form token.
    pub(crate) fn token(&self) -> String {
        self.field("csrf")
    }
}

impl Browser {
    /// Keeps the cookie that an answer set.
    pub(crate) fn keep(&mut self, answer: &Answer) {
        let cookie = answer.header("set-cookie");
        cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
        assert!(cookie.contains("Secure; HttpOnly") && cookie.starts_with("__Host-aside-"), "{cookie}");
    }

    /// A request with these headers besides the browser's own.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let mut request = self.client.request(method, format!("{}{path}", self.url)).body(body);
        if !self.cookie.is_empty() {
            request = request.header("cookie", &self.cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        Answer { status, headers, text: answer.text().await.unwrap() }
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], vec![]).await
    }

    /// Posts a form from a page of our own.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.post_from("same-origin", path, form).await
    }

    /// Posts a form from a page that stands where the browser says.
    pub(crate) async fn post_from(&self, site: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let headers = [
            ("sec-fetch-site", site),
            ("origin", "null"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let body = serde_urlencoded::to_string(form).unwrap().into_bytes();
        self.send(Method::POST, path, &headers, body).await
    }

    /// Opens a stream and reads until `enough` says so.
    pub(crate) async fn stream(
        &self,
        path: &str,
        last: Option<&str>,
        enough: impl Fn(&str) -> bool,
    ) -> String {
        let mut request = self.client.get(format!("{}{path}", self.url)).header("cookie", &self.cookie);
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let mut answer = request.send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let mut text = String::new();
        while let Some(chunk) = answer.chunk().await.unwrap() {
            text.push_str(std::str::from_utf8(&chunk).unwrap());
            if enough(&text) {
                break;
            }
        }
        text
    }
}
