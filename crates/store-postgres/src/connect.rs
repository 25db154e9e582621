//! From a URL to connections: who is trusted, what travels in clear, and what every connection is told.

use crate::error;
use aside_model::sabotage::{self, Switch};
use aside_store::{Result, StoreError};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{sync::Arc, time::Duration};
use tokio_postgres::{
    Client, Config, NoTls,
    config::{Host, SslMode},
};
use tokio_postgres_rustls::MakeRustlsConnect;
use url::form_urlencoded;

/// The oldest server with everything that the statements use.
const OLDEST_SERVER: i64 = 140_000;

/// How long making a connection may take.
pub(crate) const CONNECTING: Duration = Duration::from_secs(10);

statements! {
    SETTINGS(
        "SELECT current_setting('server_version_num')::bigint, current_setting('synchronous_commit'), ",
        "current_setting('fsync'), current_setting('full_page_writes')"
    );
    /// Every statement finds its rows by key, in tables that may grow from nothing to millions of rows between
    /// two looks of the statistics collector: plans that read whole tables are never the better ones here, and
    /// compiling plans never pays. Nobody keeps a transaction, or others waiting, for longer than a caller has
    /// patience for.
    SET_UP(
        "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; ",
        "SET enable_material = off; SET jit = off; SET statement_timeout = '60s'; ",
        "SET idle_in_transaction_session_timeout = '30s'; SET client_min_messages = warning"
    );
    /// Breaks rule 3 when a test wants to see it broken.
    WITHOUT_SYNC("SET synchronous_commit = off");
}

/// How the server is spoken to.
#[derive(Clone)]
pub(crate) enum Wire {
    /// In clear: this machine alone hears it.
    Plain,
    /// TLS, the server's certificate and name verified.
    Tls(MakeRustlsConnect),
}

/// Where the database is and how it is spoken to.
#[derive(Clone)]
pub(crate) struct Address {
    pub(crate) config: Config,
    pub(crate) wire: Wire,
}

impl Address {
    /// Reads a URL (`postgres://user:password@host:port/database?sslmode=…&sslrootcert=…`).
    ///
    /// What leaves this machine is encrypted, to a server whose certificate one of the public authorities, or
    /// the one in `sslrootcert`, has signed for its name. `sslmode=disable` and `prefer`, which is the default,
    /// speak in clear, and only to this machine.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        let wrong = |what: String| StoreError::Failed(format!("the database's URL: {what}"));
        if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
            return Err(wrong("it must start with postgres://".into()));
        }
        let (url, root) = take_root(url);
        let mut config: Config = url.parse().map_err(|e| wrong(error::plain(&e)))?;
        let local = !config.get_hosts().is_empty() && config.get_hosts().iter().all(is_local);
        let wire = match (config.get_ssl_mode(), local, root) {
            (SslMode::Disable | SslMode::Prefer, true, None) => {
                config.ssl_mode(SslMode::Disable);
                Wire::Plain
            }
            (SslMode::Disable, _, _) => {
                let what = "sslmode=disable is for a server on this machine; leave it out, or use require";
                return Err(wrong(what.into()));
            }
            (_, _, root) => {
                config.ssl_mode(SslMode::Require);
                Wire::Tls(tls(root.as_deref()).map_err(wrong)?)
            }
        };
        config.application_name("aside").connect_timeout(CONNECTING);
        config.keepalives_idle(Duration::from_secs(30)).tcp_user_timeout(Duration::from_secs(30));
        Ok(Self { config, wire })
    }

    /// A connection of its own, outside any pool, with what it says besides answers.
    pub(crate) async fn connect(&self) -> Result<(Client, Spoken)> {
        let connecting = async {
            match &self.wire {
                Wire::Plain => {
                    let (client, connection) = self.config.connect(NoTls).await?;
                    Ok((client, Spoken::Plain(Box::new(connection))))
                }
                Wire::Tls(tls) => {
                    let (client, connection) = self.config.connect(tls.clone()).await?;
                    Ok((client, Spoken::Tls(Box::new(connection))))
                }
            }
        };
        match tokio::time::timeout(CONNECTING, connecting).await {
            Ok(connected) => connected.map_err(error::told),
            Err(_) => Err(StoreError::Unreachable("it does not answer".into())),
        }
    }
}

type Stream = tokio_postgres::Socket;

/// The half of a connection that moves bytes and hears notifications.
pub(crate) enum Spoken {
    Plain(Box<tokio_postgres::Connection<Stream, tokio_postgres::tls::NoTlsStream>>),
    Tls(
        Box<
            tokio_postgres::Connection<
                Stream,
                <MakeRustlsConnect as tokio_postgres::tls::MakeTlsConnect<Stream>>::Stream,
            >,
        >,
    ),
}

impl Spoken {
    /// The next thing that the server says unasked; nothing once the connection is over.
    pub(crate) fn poll_message(
        &mut self,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<std::result::Result<tokio_postgres::AsyncMessage, tokio_postgres::Error>>>
    {
        match self {
            Self::Plain(connection) => connection.poll_message(context),
            Self::Tls(connection) => connection.poll_message(context),
        }
    }
}

/// Sees that a connection's server is one that keeps what it commits, and tells it how we work.
pub(crate) async fn set_up(client: &Client) -> Result<()> {
    let row = client.query_one(SETTINGS, &[]).await.map_err(error::told)?;
    let setting = |at: usize| row.try_get::<_, &str>(at).unwrap_or_default();
    let version: i64 = row.try_get(0).unwrap_or_default();
    if version < OLDEST_SERVER {
        return Err(StoreError::Unsuitable(format!(
            "the server is PostgreSQL {}; 14 or newer is needed",
            version / 10_000
        )));
    }
    for (at, name) in [(1, "synchronous_commit"), (2, "fsync"), (3, "full_page_writes")] {
        if setting(at) == "off" {
            return Err(StoreError::Unsuitable(format!(
                "the server runs with {name} = off and would lose what it says it has written; turn it on"
            )));
        }
    }
    client.batch_execute(SET_UP).await.map_err(error::told)?;
    if sabotage::on(Switch::NoSync) {
        client.batch_execute(WITHOUT_SYNC).await.map_err(error::told)?;
    }
    Ok(())
}

/// The URL without what the driver does not know, and the path of the certificate that `sslrootcert` names.
/// `verify-ca` and `verify-full` ask for what `require` does here.
fn take_root(url: &str) -> (String, Option<String>) {
    let Some((base, query)) = url.split_once('?') else { return (url.to_owned(), None) };
    let mut root = None;
    let mut kept = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        match (&*name, &*value) {
            ("sslrootcert", _) => root = Some(value.into_owned()),
            ("sslmode", "verify-ca" | "verify-full") => drop(kept.append_pair("sslmode", "require")),
            (name, value) => drop(kept.append_pair(name, value)),
        }
    }
    // The driver decodes `%20`, not `+`.
    (format!("{base}?{}", kept.finish().replace('+', "%20")), root)
}

fn is_local(host: &Host) -> bool {
    match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost"
                || name.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
    }
}

fn tls(root: Option<&str>) -> std::result::Result<MakeRustlsConnect, String> {
    let mut roots = RootCertStore::empty();
    match root {
        Some(path) => {
            let cannot = |e: &dyn std::fmt::Display| format!("sslrootcert {path}: {e}");
            for certificate in CertificateDer::pem_file_iter(path).map_err(|e| cannot(&e))? {
                roots.add(certificate.map_err(|e| cannot(&e))?).map_err(|e| cannot(&e))?;
            }
            if roots.is_empty() {
                return Err(cannot(&"no certificate in it"));
            }
        }
        None => roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}
