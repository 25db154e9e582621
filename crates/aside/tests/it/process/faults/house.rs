//! An installation with two brands on networks of their own, all of it behind ways that can be bad.

use super::{
    fault::limit_files,
    proxy::{Manner, Proxy},
};
use crate::{
    database::{OwnDatabase, on_postgres},
    process::{
        hard_stop::OwnServer,
        place::{Place, Written},
        server::{PROGRAM, Server, arguments},
        wire::{APP_SECRET, PAGE},
    },
};
use aside::{Config, Installation, Options, SystemClock, http_client};
use aside_app::{NewAgent, NewChannel};
use aside_model::{BrandId, Clock, Language, Network, Raw, Role, Rung};
use aside_sim::{Customer, Sim, SimConfig};
use std::{
    collections::BTreeMap,
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::Command,
    sync::{Arc, Mutex, RwLock},
};
use tokio::runtime::Runtime;

/// The secret that the second brand's webhooks are signed with.
pub(super) const SECOND_SECRET: &str = "another-app-secret-for-tests";
const PASSWORD: &str = "correct horse battery staple";

/// A brand's end of everything.
pub(super) struct Brand {
    pub(super) id: BrandId,
    /// Where its webhooks go.
    pub(super) hook: String,
    /// What they are signed with.
    pub(super) secret: &'static str,
    pub(super) sim: Sim,
}

/// An installation, running.
pub(super) struct House {
    servers: Vec<Mutex<Option<Server>>>,
    addresses: Vec<RwLock<SocketAddr>>,
    /// Two brands, on whose networks people and messages have the same ids.
    pub(super) brands: [Brand; 2],
    people: Mutex<BTreeMap<String, [Customer; 2]>>,
    /// The first brand's privacy officer, as bearer token.
    pub(super) officer: String,
    pub(super) written: Written,
    networks: [Proxy; 2],
    /// The way to PostgreSQL.
    pub(super) way: Option<Proxy>,
    pub(super) place: Place,
    /// PostgreSQL, where it is this test's own.
    pub(super) server: Option<Mutex<OwnServer>>,
    pub(super) runtime: Runtime,
}

impl House {
    /// One process on SQLite, or two on PostgreSQL: a server of its own, or the one that `ASIDE_FAULT_DATABASE` names.
    pub(super) fn open(values: usize) -> Self {
        let runtime = Runtime::new().unwrap();
        let sims = [APP_SECRET, SECOND_SECRET].map(|secret| runtime.block_on(network(secret)));
        let networks = sims.each_ref().map(|sim| Proxy::before(address_in(&sim.api_base())));
        let bases = networks.each_ref().map(|proxy| format!("http://{}", proxy.address));
        let named = std::env::var("ASIDE_FAULT_DATABASE").ok();
        let server = (on_postgres() && named.is_none()).then(OwnServer::start);
        let (place, written) = if on_postgres() {
            let url = server.as_ref().map_or_else(|| named.expect("a server is named"), |own| own.0.url());
            Place::on_postgres(OwnDatabase::on(&url), values, &bases[0])
        } else {
            Place::on_network(values, &bases[0])
        };
        let (second, hook, officer) = runtime.block_on(furnish(&place, &bases[1]));
        let way = on_postgres().then(|| Proxy::before(address_in(&place.database_url())));
        let [first_sim, second_sim] = sims;
        let brands = [
            Brand { id: place.brand, hook: place.hook.clone(), secret: APP_SECRET, sim: first_sim },
            Brand { id: second, hook, secret: SECOND_SECRET, sim: second_sim },
        ];
        let processes = if on_postgres() { 2 } else { 1 };
        let nowhere = SocketAddr::from((Ipv4Addr::LOCALHOST, 9));
        let house = Self {
            servers: (0..processes).map(|_| Mutex::new(None)).collect(),
            addresses: (0..processes).map(|_| RwLock::new(nowhere)).collect(),
            brands,
            people: Mutex::default(),
            officer,
            written,
            networks,
            way,
            place,
            server: server.map(Mutex::new),
            runtime,
        };
        for which in 0..processes {
            house.clock(which, 0);
            house.start(which);
        }
        house
    }

    /// How many processes there are.
    pub(super) fn processes(&self) -> usize {
        self.servers.len()
    }

    /// Where one of them listens now.
    pub(super) fn address(&self, which: usize) -> SocketAddr {
        *self.addresses[which % self.processes()].read().unwrap()
    }

    /// The same person on both networks, who has written nothing yet, and their id there.
    pub(super) fn person(&self, name: &str) -> (String, [Customer; 2]) {
        // One at a time, so that both networks number people alike.
        let mut people = self.people.lock().unwrap();
        let both = self.brands.each_ref().map(|brand| brand.sim.customer(name, Language::English));
        let [one, other] = both.each_ref().map(|human| human.psid(PAGE).unwrap());
        assert_eq!(one, other, "the networks number people alike");
        people.insert(one.clone(), both.clone());
        (one, both)
    }

    /// What somebody got from a brand, oldest first.
    pub(super) fn inbox(&self, brand: usize, person: &str) -> Vec<String> {
        let human = self.people.lock().unwrap()[person][brand].clone();
        human.inbox(PAGE).into_iter().map(|received| received.text).collect()
    }

    /// What everybody who starts the program tells it.
    pub(super) fn tell(&self, command: &mut Command, which: usize) {
        if let Some(way) = &self.way {
            let url = self.place.database_url();
            let (rest, path) = url.rsplit_once('/').expect("a URL ends in /database");
            let (user, _) = rest.rsplit_once('@').expect("a URL of the tests names its user");
            command.env("ASIDE_DATABASE", format!("{user}@{}/{path}", way.address));
        }
        command.env("LD_PRELOAD", library()).env("FAKETIME_TIMESTAMP_FILE", self.clock_file(which));
        command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("FAKETIME_NO_CACHE", "1");
    }

    /// Starts a process that does not run.
    pub(super) fn start(&self, which: usize) {
        let config = self.place.configure("reveals_per_hour = 1000000\n");
        // Who hears that a file is too large goes on, as with a full disk.
        let mut command = Command::new("sh");
        command.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", PROGRAM]);
        command.args(arguments(&self.place)).arg("--config").arg(config);
        self.place.tell(&mut command);
        self.tell(&mut command, which);
        let server = Server::start(&self.place, command);
        *self.addresses[which].write().unwrap() = server.address;
        *self.servers[which].lock().unwrap() = Some(server);
    }

    /// Ends a process without warning.
    pub(super) fn kill(&self, which: usize) {
        if let Some(server) = self.servers[which].lock().unwrap().take() {
            server.kill();
        }
    }

    /// Tells every process to stop, and waits until it has.
    pub(super) fn stop(&self) {
        for server in &self.servers {
            let server = server.lock().unwrap().take().expect("it runs");
            assert!(server.stop().success());
        }
    }

    /// What the processes said since they started.
    pub(super) fn log(&self) -> String {
        let logs = self.servers.iter().filter_map(|server| server.lock().unwrap().as_ref().map(Server::log));
        logs.collect::<Vec<_>>().join("\n--\n")
    }

    fn pid(&self, which: usize) -> String {
        self.servers[which].lock().unwrap().as_ref().expect("it runs").pid.to_string()
    }

    /// Sends a process a signal.
    pub(super) fn signal(&self, which: usize, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.pid(which)]).status().unwrap().success());
    }

    /// From now on a process's clock is off by so many seconds.
    pub(super) fn clock(&self, which: usize, seconds: i64) {
        // Never half a number.
        let new = self.place.beside("clock-new");
        fs::write(&new, format!("{seconds:+}")).unwrap();
        fs::rename(new, self.clock_file(which)).unwrap();
    }

    fn clock_file(&self, which: usize) -> PathBuf {
        self.place.beside(&format!("clock-{which}"))
    }

    /// Limits the files that the processes write, or no longer.
    pub(super) fn limit_files(&self, bytes: Option<u64>) {
        for which in 0..self.processes() {
            assert!(limit_files(&self.pid(which), bytes), "prlimit is missing");
        }
    }

    /// The ways to the networks are like this for a while.
    pub(super) fn networks_become(&self, manner: Manner, wait: impl Fn()) {
        self.networks.iter().for_each(|proxy| proxy.becomes(manner));
        wait();
        wait();
        self.networks.iter().for_each(|proxy| proxy.becomes(Manner::Open));
    }

    /// The way to the database is like this for a while.
    pub(super) fn way_becomes(&self, manner: Manner, wait: impl Fn()) {
        let way = self.way.as_ref().expect("there is a way");
        way.becomes(manner);
        wait();
        way.becomes(Manner::Open);
    }

    /// PostgreSQL ends as by a power cut, and comes back.
    pub(super) fn stop_database(&self, wait: impl Fn()) {
        let mut server = self.server.as_ref().expect("it is ours").lock().unwrap();
        server.0.stop_immediately().unwrap();
        wait();
        server.0.start_again().unwrap();
    }

    /// PostgreSQL can write no file beyond a size for a while. Where its log cannot grow it ends, and is started again.
    pub(super) fn fill_database(&self, bytes: u64, wait: impl Fn()) {
        let mut server = self.server.as_ref().expect("it is ours").lock().unwrap();
        let main = server.0.ask("SELECT split_part(pg_read_file('postmaster.pid'), chr(10), 1)").unwrap();
        let all = server.0.ask("SELECT string_agg(pid::text, ' ') FROM pg_stat_activity").unwrap();
        for process in all.split(' ').chain([main.as_str()]) {
            // A session may have ended meanwhile.
            limit_files(process, Some(bytes));
        }
        wait();
        drop(server.0.stop_immediately());
        server.0.start_again().unwrap();
    }
}

async fn network(secret: &str) -> Sim {
    let mut config = SimConfig::new(http_client().unwrap(), Arc::new(SystemClock));
    config.app_secret = secret.into();
    config.verify_token = "a-verify-token".into();
    config.pages[0].token = "a-page-token".into();
    // What reaches the program is posted by hand here.
    (config.receipts, config.echoes) = (false, false);
    assert_eq!(config.pages[0].id, PAGE);
    Sim::start(config).await.unwrap()
}

/// Adds the second brand, and the first one's privacy officer.
async fn furnish(place: &Place, network: &str) -> (BrandId, String, String) {
    let config = Config {
        data: place.data(),
        database: place.database().url(),
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        ..Config::default()
    };
    let app = Installation::open(config, Options::default()).await.unwrap().app;
    let second = app.add_brand("Fernwood Bank").await.unwrap();
    let secrets = serde_json::json!({
        "app_secret": SECOND_SECRET, "verify_token": "a-verify-token", "pages": { PAGE: "a-page-token" },
    });
    let channels = [(Rung::Public, "Facebook page"), (Rung::Direct, "Messenger")]
        .map(|(rung, name)| NewChannel { account: PAGE.into(), rung, name: name.into() });
    let secrets = Raw::new(secrets.to_string());
    let connection = app
        .add_connection(second, Network::Facebook, "Facebook", &secrets, network, &channels)
        .await
        .unwrap();
    let officer = NewAgent {
        login: "priya".into(),
        name: "Priya Officer".into(),
        role: Role::PrivacyOfficer,
        password: Raw::new(PASSWORD.into()),
    };
    let totp = app.add_agent(place.brand, officer).await.unwrap();
    let totp = totp_rs::Builder::new().with_secret(totp.as_slice()).build().unwrap();
    let code = totp.generate(u64::try_from(SystemClock.now().0 / 1_000_000).unwrap()).to_string();
    let here = Ipv4Addr::LOCALHOST.into();
    let signed_in = app.sign_in("priya", &Raw::new(PASSWORD.into()), &code, here).await.unwrap();
    (second, format!("/hooks/facebook/{connection}"), signed_in.secret.encode())
}

/// The address in a URL of the tests.
fn address_in(url: &str) -> SocketAddr {
    let rest = url.split_once("://").expect("a URL").1;
    let host = rest.split('/').next().expect("a host");
    host.rsplit('@').next().expect("a host").parse().unwrap_or_else(|e| panic!("{url}: {e}"))
}

/// What makes a program's clock jump.
fn library() -> PathBuf {
    let folders = fs::read_dir("/usr/lib").unwrap().flatten().map(|entry| entry.path());
    let mut found =
        folders.map(|folder| folder.join("faketime/libfaketimeMT.so.1")).filter(|path| path.is_file());
    found.next().expect("libfaketime is missing: apt-get install faketime")
}
