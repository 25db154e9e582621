//! The networks' APIs, as far as an outbox calls them: every call succeeds at once.

use crate::{
    failure::{Outcome, While},
    network::ALL,
};
use axum::{
    Json, Router,
    extract::{Path, State},
    http::{Method, StatusCode},
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::json;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use tokio::net::TcpListener;

/// The APIs, until this is dropped with its runtime.
pub(crate) struct Apis {
    address: SocketAddr,
    sent: Arc<AtomicU64>,
}

impl Apis {
    /// Starts them on a free port.
    pub(crate) async fn start() -> Outcome<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.while_doing("the networks' side")?;
        let address = listener.local_addr()?;
        let sent = Arc::new(AtomicU64::new(0));
        let router = Router::new().route("/{network}/{*path}", any(answer)).with_state(Arc::clone(&sent));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, sent })
    }

    /// Where a network's API is.
    pub(crate) fn base(&self, network: &str) -> String {
        format!("http://{}/{network}", self.address)
    }

    /// How many calls changed something so far.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }
}

async fn answer(
    State(sent): State<Arc<AtomicU64>>,
    Path((network, path)): Path<(String, String)>,
    method: Method,
) -> Response {
    let Some(network) = ALL.iter().find(|known| known.name() == network) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if method == Method::GET {
        return Json(json!({ "data": [] })).into_response();
    }
    let number = sent.fetch_add(1, Ordering::Relaxed);
    Json(network.answer(&path, number)).into_response()
}
