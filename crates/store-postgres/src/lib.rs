//! The shared store: one PostgreSQL database, for several processes at once.
//!
//! It has the same tables and columns as the embedded store, and passes the same suite. A command is one short
//! transaction: what its guards ask about is locked and read in one round trip, judged, and then everything that
//! becomes true is sent together with the commit. Plain commands, those that messages bring, are gathered per
//! brand into batches of up to 256 that share a transaction and a commit, and are refused one by one. Nobody
//! hears "done" before the commit is durable; a server that would lose commits is refused when connecting.
//!
//! # Where things are
//!
//! * `migrations/`: the schema. `schema.rs`: bringing it up to date. `connect.rs`: the URL, TLS, and what every
//!   connection is told. `conn.rs`: the pool, and statements that are sent together.
//! * `rows.rs`: how each row lies in its table. `cells.rs`: between fields and PostgreSQL's types.
//! * `writes.rs`, `lanes.rs`: the road of a write. `guards.rs`, `apply/`: what a command does.
//! * `announce.rs`, `signals.rs`: waking whoever waits, in this process and in others.
//! * `reads/`: one file per area of the store's traits.
//!
//! Every SQL statement is a constant, and a test reads them all: each names the brand, but for those in a short
//! list with a reason.

#[macro_use]
mod sql;
mod cells;
mod error;
#[macro_use]
mod rows;
mod announce;
mod apply;
mod conn;
mod connect;
mod guards;
mod lanes;
mod reads;
mod schema;
mod signals;
mod transfer;
mod writes;

#[cfg(test)]
mod statements_test;

// The tests' own databases, which the tests beside this crate use as well.
#[cfg(test)]
extern crate self as aside_store_postgres;
#[cfg(test)]
#[path = "../tests/it/database.rs"]
#[expect(dead_code, reason = "what a test of the statements does not need, other tests do")]
mod database;

use announce::Announcements;
use aside_model::Clock;
use aside_store::Result;
use conn::Connections;
use connect::Address;
use lanes::Lanes;
use signals::Signals;
use std::{sync::Arc, time::Duration};
use writes::Writer;

/// How a store is opened.
#[derive(Clone)]
pub struct Options {
    /// Stamps what carries no time of its own: used keys, live events, touched jobs. Purging compares with it.
    pub clock: Arc<dyn Clock>,
    /// How many connections there are at most, besides one that listens.
    pub connections: usize,
    /// How many plain commands of one brand may wait to be written.
    pub queue_per_brand: usize,
    /// How many plain commands of all brands may wait to be written.
    pub queue: usize,
    /// How long a caller waits for a connection, and for an answer on it.
    pub patience: Duration,
}

impl Options {
    /// What suits one process of a few: 16 connections, 8,192 waiting commands of a brand, 16,384 of all, and
    /// half a minute of patience.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            connections: 16,
            queue_per_brand: 8_192,
            queue: 16_384,
            patience: Duration::from_secs(30),
        }
    }
}

/// A store in one PostgreSQL database, which other processes may use at the same time.
pub struct PostgresStore {
    connections: Connections,
    announcements: Arc<Announcements>,
    writer: Arc<Writer>,
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PostgresStore").finish_non_exhaustive()
    }
}

impl PostgresStore {
    /// Connects to the database that `url` names (`postgres://user:password@host:port/database`), and brings its
    /// schema up to date; of several processes that start at once one does that.
    ///
    /// `sslmode=disable` and `prefer`, the default, speak in clear, and only to this machine; every other server
    /// is spoken to by TLS, and its certificate must be valid for its name, signed by a public authority or by
    /// the one in the file that `sslrootcert` names.
    ///
    /// Fails with [`aside_store::StoreError::TooNew`] when a newer program has written to the database, with
    /// `CannotWrite` when there is something to migrate and the database cannot be written, and with `Failed`
    /// when the URL is none, with `Unreachable` when nobody answers there, and with `Unsuitable` when the server is
    /// older than version 14 or would lose commits: `synchronous_commit`, `fsync` and `full_page_writes` must not
    /// be off.
    pub async fn connect(url: &str, options: Options) -> Result<Self> {
        let address = Address::parse(url)?;
        let Options { clock, connections, queue_per_brand, queue, patience } = options;
        let seen = prepare(&address).await?;
        let connections = Connections::new(&address, connections, patience)?;
        let announcements = Arc::new(Announcements::new());
        let signals = Signals::start(address, Arc::clone(&announcements), seen);
        let writer = Writer {
            connections: connections.clone(),
            clock,
            lanes: Lanes::new(queue_per_brand, queue),
            announcements: Arc::clone(&announcements),
            signals,
        };
        Ok(Self { connections, announcements, writer: Arc::new(writer) })
    }
}

/// Looks at the server and brings the schema up to date, on a connection of its own. Returns how far the brands are:
/// whoever subscribes to the store hears of everything after that.
async fn prepare(address: &Address) -> Result<signals::Seen> {
    let (mut client, mut spoken) = address.connect().await?;
    let talking = async move {
        while let Some(Ok(_)) = std::future::poll_fn(|context| spoken.poll_message(context)).await {}
    };
    let talking = tokio::spawn(talking);
    let prepared = async {
        connect::set_up(&client).await?;
        schema::migrate(&mut client).await?;
        signals::newest(&client).await
    };
    let prepared = prepared.await;
    drop(client);
    // The connection says goodbye and ends by itself; until then a dropped database would still be in use.
    drop(talking.await);
    prepared
}
