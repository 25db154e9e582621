//! A database for each test, on the server that the environment names.

use aside_model::{Clock, Time};
use aside_store_postgres::{Options, PostgresStore};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio_postgres::{Client, NoTls};

/// The URL of a superuser of the server that tests may use.
const VARIABLE: &str = "ASIDE_TEST_POSTGRES";

/// The number that stands for "making the template" among the server's advisory locks.
const TEMPLATE_LOCK: i64 = 7_120_661;

pub(crate) struct Standing;
impl Clock for Standing {
    fn now(&self) -> Time {
        Time(0)
    }
}

pub(crate) fn options() -> Options {
    Options::new(Arc::new(Standing))
}

fn server() -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| {
        panic!(
            "{VARIABLE} is not set: run `cargo xtask test`, or `cargo xtask postgres` for a server of your own"
        )
    })
}

/// The same server's URL for another database, with parameters.
fn url_of(database: &str) -> String {
    let server = server();
    let (base, query) = server
        .split_once('?')
        .map_or((server.as_str(), String::new()), |(base, query)| (base, format!("?{query}")));
    let (base, _) = base.rsplit_once('/').expect("a URL with a database");
    format!("{base}/{database}{query}")
}

/// A connection for the test itself.
pub(crate) async fn client(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// A database that is dropped when the test is over.
pub(crate) struct Database {
    name: String,
}

impl Database {
    /// An empty one.
    pub(crate) async fn empty() -> Self {
        let server = client(&server()).await;
        let database = Self::named();
        server.batch_execute(&format!("CREATE DATABASE {}", database.name)).await.unwrap();
        database
    }

    /// One with the schema as it is, copied from a template that the first who needs it makes.
    pub(crate) async fn migrated() -> Self {
        let server = client(&server()).await;
        let template = template(&server).await;
        let database = Self::named();
        let create = format!("CREATE DATABASE {} TEMPLATE {template}", database.name);
        server.batch_execute(&create).await.unwrap();
        database
    }

    fn named() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self { name: format!("aside_test_{}_{count}", std::process::id()) }
    }

    pub(crate) fn url(&self) -> String {
        url_of(&self.name)
    }

    /// A store on it.
    pub(crate) async fn store(&self) -> PostgresStore {
        PostgresStore::connect(&self.url(), options()).await.unwrap()
    }

    /// A connection for the test itself.
    pub(crate) async fn client(&self) -> Client {
        client(&self.url()).await
    }

    /// Changes a setting of the database for new connections.
    pub(crate) async fn set(&self, setting: &str) {
        let server = client(&server()).await;
        server.batch_execute(&format!("ALTER DATABASE {} SET {setting}", self.name)).await.unwrap();
    }

    /// Ends every connection to it.
    pub(crate) async fn cut(&self) {
        let server = client(&server()).await;
        server
            .query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", &[&self.name])
            .await
            .unwrap();
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop_it = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // A runtime of its own: this one may be the one that is ending.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { client(&server()).await.batch_execute(&drop_it).await.unwrap() });
        });
        let dropped = dropping.join().is_ok();
        assert!(dropped || std::thread::panicking(), "the test's database could not be dropped");
    }
}

/// The name of the migrated template, which is there when this returns.
async fn template(server: &Client) -> String {
    let name = format!("aside_template_{:016x}", hash_of_migrations());
    let there =
        async || server.query("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await.unwrap();
    if there().await.is_empty() {
        server.query("SELECT pg_advisory_lock($1)", &[&TEMPLATE_LOCK]).await.unwrap();
        if there().await.is_empty() {
            let building = format!("{name}_building");
            server.batch_execute(&format!("DROP DATABASE IF EXISTS {building} WITH (FORCE)")).await.unwrap();
            server.batch_execute(&format!("CREATE DATABASE {building}")).await.unwrap();
            drop(PostgresStore::connect(&url_of(&building), options()).await.unwrap());
            // Nobody may be connected to what is renamed, and the store's connections take a moment to go.
            let cut = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = $1";
            server.query(cut, &[&building]).await.unwrap();
            server.batch_execute(&format!("ALTER DATABASE {building} RENAME TO {name}")).await.unwrap();
        }
        server.query("SELECT pg_advisory_unlock($1)", &[&TEMPLATE_LOCK]).await.unwrap();
    }
    name
}

fn hash_of_migrations() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read_to_string(file).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}
