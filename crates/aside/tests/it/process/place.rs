//! An installation with a brand, a connection to a page, and an agent: made in process, then left alone.

use super::wire::{APP_SECRET, Dm, PAGE, signature};
use crate::database::{Database, OwnDatabase};
use aside::{Config, Installation, Options, SystemClock};
use aside_app::{Acting, NewAgent, NewChannel, views::Piece, views::TimelineItem};
use aside_model::{AgentId, BrandId, Clock, ConversationId, Network, Raw, Role, Rung, SessionId, ValueId};
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::Command,
};

/// Nobody listens on port 9 of this machine: what goes out waits in the outbox.
pub(super) const NOWHERE: &str = "http://127.0.0.1:9";

/// A prepared data folder with its database. Both go with this.
pub(super) struct Place {
    folder: tempfile::TempDir,
    database: Database,
    /// The brand in it.
    pub(super) brand: BrandId,
    /// Where its webhooks go.
    pub(super) hook: String,
    /// The agent in it.
    pub(super) agent: AgentId,
    /// The agent's session, as bearer token: it outlives the process.
    pub(super) token: String,
}

/// Values that a customer wrote, masked, and the conversation they are in.
pub(super) struct Written {
    pub(super) conversation: ConversationId,
    pub(super) values: Vec<ValueId>,
}

impl Place {
    /// Makes a folder.
    pub(super) fn prepare() -> Self {
        Self::with_values(0).0
    }

    /// Makes a folder in which a customer wrote so many e-mail addresses already.
    pub(super) fn with_values(count: usize) -> (Self, Written) {
        Self::on_network(count, NOWHERE)
    }

    /// The same with a PostgreSQL database, whatever this run of the tests is about, and with a network whose
    /// API is there.
    pub(super) fn on_postgres(database: OwnDatabase, count: usize, network: &str) -> (Self, Written) {
        Self::over(tempfile::tempdir().unwrap(), Database::Postgres(database), count, network)
    }

    /// Makes a folder with a network whose API is there.
    pub(super) fn on_network(count: usize, network: &str) -> (Self, Written) {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(&folder.path().join("data"));
        Self::over(folder, database, count, network)
    }

    fn over(folder: tempfile::TempDir, database: Database, count: usize, network: &str) -> (Self, Written) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let filled = runtime.block_on(fill(folder.path(), &database, count, network));
        let (brand, hook, acting, token, written) = filled;
        (Self { folder, database, brand, hook, agent: acting.agent, token }, written)
    }

    /// What is stored, looked at beside the program.
    pub(super) fn database(&self) -> &Database {
        &self.database
    }

    /// The URL of its PostgreSQL database.
    pub(super) fn database_url(&self) -> String {
        match &self.database {
            Database::Sqlite(path) => panic!("the data lies in {}", path.display()),
            Database::Postgres(own) => own.url(),
        }
    }

    /// Tells a program where the database is, as a service manager would.
    pub(super) fn tell(&self, command: &mut Command) {
        self.database.tell(command);
    }

    /// The data folder.
    pub(super) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// A configuration file beside the data folder.
    pub(super) fn configure(&self, toml: &str) -> PathBuf {
        let path = self.folder.path().join("aside.toml");
        fs::write(&path, toml).unwrap();
        path
    }

    /// Somewhere beside the data folder.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The agent, as the use cases know them at a brand: the place's own, or another that was added to it.
    pub(super) fn acting(&self, brand: BrandId) -> Acting {
        acting(brand, self.agent)
    }
}

fn acting(brand: BrandId, agent: AgentId) -> Acting {
    let session = SessionId::new(&SystemClock, &aside::SystemRandom);
    Acting { brand, agent, name: "Ada Agent".into(), role: Role::Agent, session }
}

async fn fill(
    folder: &Path,
    database: &Database,
    count: usize,
    network: &str,
) -> (BrandId, String, Acting, String, Written) {
    let config = Config {
        data: folder.join("data"),
        database: database.url(),
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
        ..Config::default()
    };
    let installation = Installation::open(config, Options::default()).await.unwrap();
    let app = &installation.app;
    let brand = app.add_brand("Larkspur Home").await.unwrap();
    let secrets = serde_json::json!({
        "app_secret": APP_SECRET, "verify_token": "a-verify-token", "pages": { PAGE: "a-page-token" },
    });
    let channels = [(Rung::Public, "Facebook page"), (Rung::Direct, "Messenger")]
        .map(|(rung, name)| NewChannel { account: PAGE.into(), rung, name: name.into() });
    let secrets = Raw::new(secrets.to_string());
    let connection =
        app.add_connection(brand, Network::Facebook, "Facebook", &secrets, network, &channels).await.unwrap();

    let password = "correct horse battery staple";
    let new = NewAgent {
        login: "ada".into(),
        name: "Ada Agent".into(),
        role: Role::Agent,
        password: Raw::new(password.into()),
    };
    let totp = app.add_agent(brand, new).await.unwrap();
    let totp = totp_rs::Builder::new().with_secret(totp.as_slice()).build().unwrap();
    let code = totp.generate(u64::try_from(SystemClock.now().0 / 1_000_000).unwrap()).to_string();
    let here = Ipv4Addr::LOCALHOST.into();
    let signed_in = app.sign_in("ada", &Raw::new(password.into()), &code, here).await.unwrap();

    let addresses: Vec<_> =
        (0..count.max(1)).map(|n| format!("Write to customer{n}@example.com please.")).collect();
    let dm = Dm { person: "24100000000000001".into(), mid: "m_prepared".into(), text: addresses.join(" ") };
    let body = dm.body();
    let taken = app.take_in("facebook", &connection.to_string(), Some(&signature(&body)), body.into()).await;
    assert_eq!(taken.unwrap().messages, 1);
    let person = Raw::new(dm.person);
    let conversation = app.conversation_at(brand, Network::Facebook, &person).await.unwrap().unwrap();
    let view = app.conversation(&signed_in.acting, conversation).await.unwrap().unwrap();
    let pieces = view.timeline.into_iter().flat_map(|item| match item {
        TimelineItem::Message(message) => message.pieces,
        TimelineItem::Entry(_) => vec![],
    });
    let values = pieces.filter_map(|piece| match piece {
        Piece::Masked { value, .. } => Some(value),
        _ => None,
    });
    let written = Written { conversation, values: values.collect() };
    (brand, format!("/hooks/facebook/{connection}"), signed_in.acting, signed_in.secret.encode(), written)
}
