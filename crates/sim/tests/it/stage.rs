//! A simulated network, a clock that the test moves, and a receiver of webhooks.

use aside_model::{Clock, Time};
use aside_sim::{Sim, SimConfig};
use axum::{
    Router,
    body::Bytes,
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use serde_json::Value;
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex, Once,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};
use tokio::net::TcpListener;

pub(crate) struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}

impl HandClock {
    pub(crate) fn pass(&self, duration: Duration) {
        self.0.fetch_add(i64::try_from(duration.as_micros()).unwrap(), Ordering::SeqCst);
    }
}

/// What arrived: signature and body.
pub(crate) type Arrived = Arc<Mutex<Vec<(String, Bytes)>>>;

pub(crate) struct Stage {
    pub(crate) sim: Sim,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) arrived: Arrived,
    /// What the receiver answers next; 200 when there is nothing.
    pub(crate) answers: Arc<Mutex<VecDeque<u16>>>,
    pub(crate) client: reqwest::Client,
    pub(crate) hook: String,
}

#[expect(clippy::disallowed_methods, reason = "the test is the program here")]
pub(crate) fn client() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| rustls::crypto::aws_lc_rs::default_provider().install_default().unwrap());
    reqwest::Client::builder().no_proxy().build().unwrap()
}

pub(crate) async fn stage() -> Stage {
    stage_with(|_| {}).await
}

pub(crate) async fn stage_with(change: impl FnOnce(&mut SimConfig)) -> Stage {
    let clock = Arc::new(HandClock(AtomicI64::new(1_795_340_000_000_000)));
    let client = client();
    let mut config = SimConfig::new(client.clone(), Arc::<HandClock>::clone(&clock));
    config.retries.first = Duration::from_millis(1);
    change(&mut config);
    let (arrived, answers) = (Arrived::default(), Arc::<Mutex<VecDeque<u16>>>::default());
    let hook = receiver(Arc::clone(&arrived), Arc::clone(&answers)).await;
    let sim = Sim::start(config).await.unwrap();
    sim.connect(&hook).await.unwrap();
    Stage { sim, clock, arrived, answers, client, hook }
}

/// A clock, and a receiver of another network's webhooks: client, clock, the receiver's address, what arrived.
pub(crate) async fn receive() -> (reqwest::Client, Arc<HandClock>, String, Arrived) {
    let clock = Arc::new(HandClock(AtomicI64::new(1_795_340_000_000_000)));
    let arrived = Arrived::default();
    let hook = receiver(Arc::clone(&arrived), Arc::default()).await;
    (client(), clock, hook, arrived)
}

type Shared = (Arrived, Arc<Mutex<VecDeque<u16>>>);

async fn receiver(arrived: Arrived, answers: Arc<Mutex<VecDeque<u16>>>) -> String {
    let confirm = |Query(query): Query<BTreeMap<String, String>>| async move {
        if query["hub.verify_token"] == "simulated-verify-token" && query["hub.mode"] == "subscribe" {
            (StatusCode::OK, query["hub.challenge"].clone())
        } else {
            (StatusCode::FORBIDDEN, String::new())
        }
    };
    let take = |State((arrived, answers)): State<Shared>, headers: HeaderMap, body: Bytes| async move {
        let signature = headers["x-hub-signature-256"].to_str().unwrap().to_owned();
        arrived.lock().unwrap().push((signature, body));
        StatusCode::from_u16(answers.lock().unwrap().pop_front().unwrap_or(200)).unwrap()
    };
    let router =
        Router::new().route("/hooks/facebook/1", get(confirm).post(take)).with_state((arrived, answers));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hooks/facebook/1", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

impl Stage {
    pub(crate) fn page(&self) -> String {
        self.sim.page().to_owned()
    }

    /// The bodies that arrived, as JSON.
    pub(crate) fn bodies(&self) -> Vec<Value> {
        self.arrived.lock().unwrap().iter().map(|(_, body)| serde_json::from_slice(body).unwrap()).collect()
    }

    /// Calls the API as the page: status and body.
    pub(crate) async fn call(&self, path: &str, body: Value) -> (u16, Value) {
        self.call_as("simulated-page-token-1", path, body).await
    }

    pub(crate) async fn call_as(&self, token: &str, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/v25.0/{path}", self.sim.api_base());
        let response = self.client.post(url).bearer_auth(token).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }

    /// Sends a direct message: the error's numbers, or none.
    pub(crate) async fn send(&self, psid: &str, text: &str) -> Option<(i64, Option<i64>)> {
        let body = serde_json::json!({
            "recipient": { "id": psid }, "messaging_type": "RESPONSE", "message": { "text": text },
        });
        numbers(&self.call(&format!("{}/messages", self.page()), body).await.1)
    }

    /// Answers a comment in private: the error's numbers, or none.
    pub(crate) async fn reply_privately(&self, comment: &str) -> Option<(i64, Option<i64>)> {
        let body =
            serde_json::json!({ "recipient": { "comment_id": comment }, "message": { "text": "Hello" } });
        numbers(&self.call(&format!("{}/messages", self.page()), body).await.1)
    }
}

pub(crate) fn numbers(body: &Value) -> Option<(i64, Option<i64>)> {
    let error = body.get("error")?;
    Some((error["code"].as_i64().unwrap(), error.get("error_subcode").and_then(Value::as_i64)))
}
