//! A PostgreSQL database for one test, on the server of the test run.

use super::Dump;
use aside::SystemClock;
use aside_store_postgres::{Options, PostgresStore};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

/// The server of the test run.
fn server() -> String {
    std::env::var("ASIDE_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!(
            "ASIDE_TEST_POSTGRES is not set: run `cargo xtask test`, or `cargo xtask postgres` for a server of \
             your own"
        )
    })
}

/// A database that goes with this.
pub(crate) struct OwnDatabase {
    server: String,
    name: String,
}

impl OwnDatabase {
    /// An empty one with the program's tables, on the server of the test run.
    pub(crate) fn make() -> Self {
        Self::on(&server())
    }

    /// The same on another server.
    pub(crate) fn on(server: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("world_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let own = Self { server: server.to_owned(), name };
        wait_for(async || {
            let (mut client, server) = connect(&own.server).await;
            let template = template(&mut client, &own.server).await;
            // A process with this number may have ended badly before.
            run(&client, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", own.name)).await;
            run(&client, &format!("CREATE DATABASE {} TEMPLATE {template}", own.name)).await;
            drop(client);
            server.await.unwrap();
        });
        own
    }

    /// Its URL.
    pub(crate) fn url(&self) -> String {
        url_of(&self.server, &self.name)
    }

    pub(super) fn dump(&self) -> Dump {
        self.ask(async |client| {
            let columns = "SELECT table_name::text, column_name::text, udt_name::text \
                           FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'schema_version' \
                           ORDER BY table_name, ordinal_position";
            let mut tables: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
            for row in client.query(columns, &[]).await.unwrap() {
                tables.entry(row.get(0)).or_default().push((row.get(1), row.get(2)));
            }
            let mut dump = Dump::new();
            for (table, columns) in tables {
                let sql = format!("SELECT to_jsonb(t)::text FROM {table} t");
                let rows = client.query(&sql, &[]).await.unwrap();
                let mut rows: Vec<_> = rows.iter().map(|row| cells(&columns, row.get(0))).collect();
                // Rows lie in no order here; their keys are the first columns, and ids grow with time.
                let key = |row: &BTreeMap<String, String>| -> Vec<String> {
                    columns.iter().map(|(name, _)| row[name].clone()).collect()
                };
                rows.sort_by_cached_key(key);
                dump.insert(table, rows);
            }
            dump
        })
    }

    pub(crate) fn count(&self, sql: &str) -> i64 {
        self.ask(async |client| client.query_one(sql, &[]).await.unwrap().get(0))
    }

    pub(super) fn tamper(&self, sql: &str) -> u64 {
        self.ask(async |client| {
            run(client, "SET session_replication_role = replica").await;
            run(client, sql).await
        })
    }

    pub(super) fn refuse_entries(&self, kind: &str) {
        self.ask(async |client| {
            run(
                client,
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ \
                 BEGIN RAISE EXCEPTION 'no space left on device'; END $$",
            )
            .await;
            let trigger = format!(
                "CREATE TRIGGER full_disk BEFORE INSERT ON entries FOR EACH ROW \
                 WHEN (NEW.kind = '{kind}') EXECUTE FUNCTION full_disk()"
            );
            run(client, &trigger).await
        });
    }

    pub(super) fn hold_up(&self) -> Session {
        let url = self.url();
        std::thread::spawn(move || {
            let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            let client = runtime.block_on(async {
                let (client, _) = connect(&url).await;
                let tables = "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables \
                              WHERE schemaname = 'public'";
                let tables: String = client.query_one(tables, &[]).await.unwrap().get(0);
                // Conflicts with every lock of a writer and with none of a reader.
                let lock = format!("BEGIN; LOCK TABLE {tables} IN EXCLUSIVE MODE");
                client.batch_execute(&lock).await.unwrap();
                client
            });
            Session { client: Some(client), runtime: Some(runtime) }
        })
        .join()
        .unwrap()
    }

    fn ask<T: Send>(&self, question: impl AsyncFnOnce(&Client) -> T + Send) -> T {
        let url = self.url();
        wait_for(async move || {
            let (client, server) = connect(&url).await;
            let answer = question(&client).await;
            drop(client);
            server.await.unwrap();
            answer
        })
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), self.name.clone());
        // The server may be gone on purpose, with everything that was on it.
        let _ = std::thread::spawn(move || {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let Ok((client, connection)) = tokio_postgres::connect(&server, NoTls).await else { return };
                tokio::spawn(connection);
                drop(client.execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"), &[]).await);
            });
        })
        .join();
    }
}

/// A session that holds locks until it is dropped.
pub(crate) struct Session {
    client: Option<Client>,
    runtime: Option<Runtime>,
}

impl Drop for Session {
    fn drop(&mut self) {
        let (client, runtime) = (self.client.take(), self.runtime.take());
        // A runtime must not be waited for on another one's thread.
        let ended = std::thread::spawn(move || {
            if let (Some(client), Some(runtime)) = (client, runtime) {
                runtime.block_on(client.batch_execute("ROLLBACK")).unwrap();
            }
        });
        ended.join().unwrap();
    }
}

/// The name of a database with the program's tables, for others to be copied from. One for each build of the
/// tests, made by whichever needs it first.
async fn template(client: &mut Client, server: &str) -> String {
    let built = std::env::current_exe().and_then(std::fs::metadata).and_then(|about| about.modified());
    let built = built.unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let name = format!("template_{built}");
    let there = "SELECT count(*) FROM pg_database WHERE datname = $1";
    run(client, "SELECT pg_advisory_lock(4711)").await;
    let is_there: i64 = client.query_one(there, &[&name]).await.unwrap().get(0);
    if is_there == 0 {
        run(client, "DROP DATABASE IF EXISTS template_in_the_making WITH (FORCE)").await;
        run(client, "CREATE DATABASE template_in_the_making").await;
        let options = Options::new(Arc::new(SystemClock));
        drop(PostgresStore::connect(&url_of(server, "template_in_the_making"), options).await.unwrap());
        // The store's connections end a moment after it.
        let ending = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
                      WHERE datname = 'template_in_the_making'";
        run(client, ending).await;
        run(client, &format!("ALTER DATABASE template_in_the_making RENAME TO {name}")).await;
    }
    run(client, "SELECT pg_advisory_unlock(4711)").await;
    name
}

/// A server's URL with another database.
fn url_of(server: &str, database: &str) -> String {
    let (server, _) = server.rsplit_once('/').expect("a URL ends in /database");
    format!("{server}/{database}")
}

async fn connect(url: &str) -> (Client, tokio::task::JoinHandle<()>) {
    let (client, connection) =
        tokio_postgres::connect(url, NoTls).await.unwrap_or_else(|e| panic!("{url}: {e}"));
    let connection = tokio::spawn(async move {
        // Its end is the client's, who says why.
        drop(connection.await);
    });
    (client, connection)
}

async fn run(client: &Client, sql: &str) -> u64 {
    client.execute(sql, &[]).await.unwrap_or_else(|e| panic!("{sql}: {e}"))
}

/// Waits for something asynchronous, wherever the test is.
fn wait_for<T: Send>(work: impl AsyncFnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            let runtime = Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(work())
        });
        waiting.join().unwrap()
    })
}

/// A row as SQLite's would be shown.
fn cells(columns: &[(String, String)], row: &str) -> BTreeMap<String, String> {
    let row: BTreeMap<String, serde_json::Value> = serde_json::from_str(row).unwrap();
    let cell = |name: &str, kind: &str| match (&row[name], kind) {
        (serde_json::Value::Null, _) => "NULL".to_owned(),
        (serde_json::Value::Bool(yes), _) => u8::from(*yes).to_string(),
        (serde_json::Value::String(text), "uuid") => text.replace('-', ""),
        (serde_json::Value::String(text), "bytea") => {
            text.strip_prefix("\\x").expect("bytes come in hexadecimal").to_owned()
        }
        (serde_json::Value::String(text), _) => text.clone(),
        (other, _) => other.to_string(),
    };
    columns.iter().map(|(name, kind)| (name.clone(), cell(name, kind))).collect()
}
