//! A door through which another program moves the demo's customers: browser tests, or anybody with curl.
//! It moves the simulated network alone and listens on this machine alone.

use aside_model::Language;
use aside_sim::{Customer, Sim};
use axum::{
    Json, Router,
    extract::{Path, State},
    http::StatusCode,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

#[derive(Clone)]
struct Customers {
    sim: Sim,
    post: Arc<str>,
    list: Arc<Mutex<Vec<Customer>>>,
}

impl Customers {
    fn get(&self, id: usize) -> Result<Customer, StatusCode> {
        let list = self.list.lock().unwrap_or_else(PoisonError::into_inner);
        list.get(id).cloned().ok_or(StatusCode::NOT_FOUND)
    }
}

#[derive(Deserialize)]
struct NewCustomer {
    name: String,
    #[serde(default)]
    language: String,
}

#[derive(Deserialize)]
struct Text {
    text: String,
}

/// Opens the door on a free port.
pub(super) async fn start(sim: Sim, post_id: &str) -> io::Result<SocketAddr> {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let customers = Customers { sim, post: post_id.into(), list: Arc::default() };
    let router = Router::new()
        .route("/customers", post(add))
        .route("/customers/{id}/dm", post(dm))
        .route("/customers/{id}/comment", post(comment))
        .route("/customers/{id}/inbox", get(inbox))
        .with_state(customers);
    tokio::spawn(async move { drop(axum::serve(listener, router).await) });
    Ok(address)
}

async fn add(State(customers): State<Customers>, Json(new): Json<NewCustomer>) -> Json<Value> {
    let customer = customers.sim.customer(&new.name, Language::from_tag(&new.language));
    let mut list = customers.list.lock().unwrap_or_else(PoisonError::into_inner);
    list.push(customer);
    Json(json!({ "id": list.len() - 1 }))
}

async fn dm(
    State(customers): State<Customers>,
    Path(id): Path<usize>,
    Json(text): Json<Text>,
) -> Result<Json<Value>, StatusCode> {
    let ids =
        customers.get(id)?.writes_dm(customers.sim.page(), &text.text).map_err(|_| StatusCode::NOT_FOUND)?;
    Ok(Json(json!({ "ids": ids })))
}

async fn comment(
    State(customers): State<Customers>,
    Path(id): Path<usize>,
    Json(text): Json<Text>,
) -> Result<Json<Value>, StatusCode> {
    let id = customers.get(id)?.comments(&customers.post, &text.text).map_err(|_| StatusCode::NOT_FOUND)?;
    Ok(Json(json!({ "id": id })))
}

async fn inbox(State(customers): State<Customers>, Path(id): Path<usize>) -> Result<Json<Value>, StatusCode> {
    let received = customers.get(id)?.inbox(customers.sim.page());
    Ok(Json(received.into_iter().map(|r| json!({ "text": r.text })).collect()))
}
