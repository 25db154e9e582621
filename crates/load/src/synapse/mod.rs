//! What people would otherwise run: Synapse, the Matrix home server, on PostgreSQL, given the same texts by as many
//! clients at once.
//!
//! It is set up in its favour: password hashes as cheap as they come, no limits of rates, no presence, no
//! federation, no reading clients. It neither looks for personal data nor keeps a log that proves anything.

mod server;

use crate::{
    clock,
    failure::{Failure, Outcome, While},
    traffic::Traffic,
    wire::Wire,
};
use serde::Serialize;
use serde_json::{Value, json};
use server::Synapse;
use std::{
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinSet;

/// What Synapse took.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// Its version.
    pub version: String,
    /// Clients that sent at once.
    pub clients: usize,
    /// Messages that it accepted, in so many seconds.
    pub messages: u64,
    /// See above.
    pub seconds: f64,
    /// Its processor time a message, in microseconds, without the database's.
    pub cpu: f64,
}

impl Compared {
    /// Messages a second.
    pub fn per_second(&self) -> f64 {
        self.messages as f64 / self.seconds
    }
}

/// Installs Synapse into `folder` if it is not there, starts it on a database of its own and sends it the texts of
/// `traffic` from as many clients at once, for so long.
pub(crate) async fn compare(
    folder: &Path,
    traffic: &Arc<Traffic>,
    clients: usize,
    length: Duration,
    said: &mut dyn FnMut(&str),
) -> Outcome<Compared> {
    said("   Synapse: installing and starting it, and letting its clients join");
    let synapse = Synapse::start(folder).await?;
    let next = Arc::new(AtomicU64::new(0));
    let mut joining = Vec::new();
    for number in 0..clients {
        joining.push(Client::join(synapse.address, number).await?);
    }
    // The first requests of a process are not its usual ones.
    let mut ready = JoinSet::new();
    let warm_up = clock::now();
    for client in joining {
        ready.spawn(client.send_for(Arc::clone(traffic), Arc::clone(&next), warm_up, length / 5));
    }
    let mut sending = Vec::new();
    while let Some(client) = ready.join_next().await {
        sending.push(client.while_doing("a client of Synapse")??);
    }
    let before = next.load(Ordering::Relaxed);
    let (began, cpu) = (clock::now(), synapse.cpu_seconds()?);
    let mut work = JoinSet::new();
    for client in sending {
        work.spawn(client.send_for(Arc::clone(traffic), Arc::clone(&next), began, length));
    }
    while let Some(client) = work.join_next().await {
        client.while_doing("a client of Synapse")??;
    }
    let messages = next.load(Ordering::Relaxed) - before;
    let cpu = (synapse.cpu_seconds()? - cpu) * 1e6 / messages.max(1) as f64;
    let seconds = began.elapsed().as_secs_f64();
    Ok(Compared { version: synapse.version.clone(), clients, messages, seconds, cpu })
}

/// A client with a room of its own.
struct Client {
    wire: Wire,
    bearer: String,
    room: String,
}

impl Client {
    async fn join(address: SocketAddr, number: usize) -> Outcome<Self> {
        let mut wire = Wire::open(address).await?;
        let register = json!({
            "auth": { "type": "m.login.dummy" },
            "username": format!("customer{number}"),
            "password": "correct horse battery staple",
        });
        let registered = ask(&mut wire, "POST", "/_matrix/client/v3/register", "", &register).await?;
        let token = registered["access_token"].as_str().unwrap_or_default();
        let bearer = format!("authorization: Bearer {token}\r\n");
        let create = json!({ "preset": "private_chat" });
        let made = ask(&mut wire, "POST", "/_matrix/client/v3/createRoom", &bearer, &create).await?;
        let room = made["room_id"].as_str().unwrap_or_default().replace('!', "%21").replace(':', "%3A");
        Ok(Self { wire, bearer, room })
    }

    /// Sends texts one after the other until the time is over.
    async fn send_for(
        mut self,
        traffic: Arc<Traffic>,
        next: Arc<AtomicU64>,
        began: std::time::Instant,
        length: Duration,
    ) -> Outcome<Self> {
        while began.elapsed() < length {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let path = format!("/_matrix/client/v3/rooms/{}/send/m.room.message/{number}", self.room);
            let body = json!({ "msgtype": "m.text", "body": traffic.text(number) });
            ask(&mut self.wire, "PUT", &path, &self.bearer, &body).await?;
        }
        Ok(self)
    }
}

async fn ask(wire: &mut Wire, method: &str, path: &str, headers: &str, body: &Value) -> Outcome<Value> {
    let answer = wire.send(method, path, headers, body.to_string().as_bytes()).await.while_doing(path)?;
    if answer.status == 200 {
        return serde_json::from_slice(&answer.body).while_doing(path);
    }
    Err(Failure::new(format!(
        "Synapse answered {} to {path}: {}",
        answer.status,
        String::from_utf8_lossy(&answer.body)
    )))
}
