//! Stands between a server and its database, forwards every byte, and writes down what the server said.

use super::session::Session;
use crate::failure::{Outcome, While};
use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A way to the database that remembers. It is closed when this goes.
pub(crate) struct Recorder {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    sessions: Arc<Mutex<Vec<Arc<Mutex<Session>>>>>,
    task: JoinHandle<()>,
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Recorder {
    /// Listens on a free port, and forwards to the database.
    pub(crate) async fn start(database: SocketAddr) -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.while_doing("the way to the database")?;
        let address = listener.local_addr()?;
        let sessions = Arc::new(Mutex::new(Vec::new()));
        let (all, moments) = (Arc::clone(&sessions), Arc::new(AtomicU64::new(0)));
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let session = Arc::new(Mutex::new(Session::default()));
                all.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&session));
                tokio::spawn(forward(client, database, session, Arc::clone(&moments)));
            }
        });
        Ok(Self { address, sessions, task })
    }

    /// What every connection said, once the server has gone.
    pub(super) fn sessions(&self) -> Vec<Session> {
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = |one: &Arc<Mutex<Session>>| {
            std::mem::take(&mut *one.lock().unwrap_or_else(PoisonError::into_inner))
        };
        sessions.iter().map(taken).collect()
    }
}

async fn forward(
    client: TcpStream,
    database: SocketAddr,
    session: Arc<Mutex<Session>>,
    moments: Arc<AtomicU64>,
) -> std::io::Result<()> {
    let server = TcpStream::connect(database).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    // A moment is taken before anybody hears of what happened in it: what began after an answer was heard has a
    // later one.
    let says = |said: fn(&mut Session, &[u8], u64)| {
        let (session, moments) = (Arc::clone(&session), Arc::clone(&moments));
        move |bytes: &[u8]| {
            let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
            said(&mut session, bytes, moments.fetch_add(1, Ordering::SeqCst));
        }
    };
    tokio::select! {
        ended = copy(from_client, to_server, says(Session::client_says)) => ended,
        ended = copy(from_server, to_client, says(Session::server_says)) => ended,
    }
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    note: impl Fn(&[u8]),
) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = from.read(&mut buffer).await?;
        if length == 0 {
            return to.shutdown().await;
        }
        note(&buffer[..length]);
        to.write_all(&buffer[..length]).await?;
    }
}
