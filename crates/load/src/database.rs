//! Where a measurement's rows lie: SQLite in the data folder, or a database of its own on a PostgreSQL server.

use crate::{
    failure::{Failure, Outcome, While},
    process,
};
use aside_scratch_postgres::Scratch;
use std::{
    net::{SocketAddr, ToSocketAddrs},
    path::Path,
};
use tokio_postgres::{Client, NoTls};
use url::Url;

/// What a person writes for a PostgreSQL server that the driver starts itself.
const SCRATCH: &str = "scratch";

/// A PostgreSQL server with a database for one measurement. The database goes with this.
pub(crate) struct Postgres {
    admin: Client,
    /// The measurement's own database.
    pub(crate) url: Url,
    /// The process that all of the server's processes come from, if it runs on this machine.
    postmaster: Option<u32>,
    _scratch: Option<Scratch>,
}

impl Postgres {
    /// Makes an empty database on the server at `address`, which is a URL or `scratch`.
    pub(crate) async fn start(address: &str) -> Outcome<Self> {
        let scratch = if address == SCRATCH {
            let folder = std::env::temp_dir().join(format!("aside-load-{}", std::process::id()));
            Some(Scratch::start(&folder).while_doing("PostgreSQL")?)
        } else {
            None
        };
        let address = scratch.as_ref().map_or_else(|| address.to_owned(), Scratch::url);
        let mut url = Url::parse(&address).while_doing("--database")?;
        let admin = connect(&url).await?;
        let pid: i32 = one(&admin, "SELECT pg_backend_pid()").await?;
        let postmaster = process::parent(pid.unsigned_abs());
        let name = format!("aside_load_{}", std::process::id());
        admin.batch_execute(&format!("CREATE DATABASE {name}")).await.while_doing("--database")?;
        url.set_path(&name);
        Ok(Self { admin, url, postmaster, _scratch: scratch })
    }

    /// Where the server listens.
    pub(crate) fn address(&self) -> Outcome<SocketAddr> {
        let host = self.url.host_str().unwrap_or("127.0.0.1");
        let mut found =
            (host, self.url.port().unwrap_or(5_432)).to_socket_addrs().while_doing("--database")?;
        found.next().ok_or_else(|| Failure::new("--database: the server has no address"))
    }

    /// The database's name.
    pub(crate) fn name(&self) -> &str {
        self.url.path().trim_start_matches('/')
    }

    /// Copies the database, to which nobody may be connected, under another name.
    pub(crate) async fn copy(&self, name: &str) -> Outcome {
        let sql = format!("CREATE DATABASE {name} TEMPLATE {}", self.name());
        self.admin.batch_execute(&sql).await.while_doing("copying the database")
    }

    /// Removes a database, whoever is connected to it.
    pub(crate) async fn remove(&self, name: &str) -> Outcome {
        let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        self.admin.batch_execute(&sql).await.while_doing("removing the database")
    }

    /// How many messages of customers lie in a database, and under how many different ids of their networks.
    pub(crate) async fn counts(&self, name: &str) -> Outcome<(u64, u64)> {
        let mut url = self.url.clone();
        url.set_path(name);
        let client = connect(&url).await?;
        let sql = |what: &str| format!("SELECT count({what}) FROM messages WHERE author = 'customer'");
        let all: i64 = one(&client, &sql("*")).await?;
        let different: i64 = one(&client, &sql("DISTINCT provider_index")).await?;
        Ok((all.unsigned_abs(), different.unsigned_abs()))
    }

    /// The database's size, in bytes.
    pub(crate) async fn bytes(&self) -> Outcome<u64> {
        let sql = format!("SELECT pg_database_size('{}')", self.name());
        one::<i64>(&self.admin, &sql).await.map(i64::unsigned_abs)
    }

    /// The processor time of all of the server's processes so far, in seconds; zero if it runs elsewhere.
    pub(crate) fn cpu_seconds(&self) -> Outcome<f64> {
        self.postmaster.map_or(Ok(0.0), process::family_cpu_seconds)
    }
}

async fn one<T: for<'a> tokio_postgres::types::FromSql<'a>>(client: &Client, sql: &str) -> Outcome<T> {
    let row = client.query_one(sql, &[]).await.while_doing(sql)?;
    row.try_get(0).while_doing(sql)
}

async fn connect(url: &Url) -> Outcome<Client> {
    let connected = tokio_postgres::connect(url.as_str(), NoTls).await;
    let (client, connection) = connected.while_doing("--database")?;
    tokio::spawn(connection);
    Ok(client)
}

/// The bytes of SQLite's files in a data folder, its log included.
pub(crate) fn sqlite_bytes(data: &Path) -> u64 {
    let size = |name: &str| std::fs::metadata(data.join(name)).map_or(0, |file| file.len());
    size("aside.db") + size("aside.db-wal")
}
