//! Whatever is asked in Presidio's JSON gets an answer that is JSON.

use aside_detect::Detector;
use aside_presidio::Presidio;
use aside_vault::Random;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use std::sync::{Arc, LazyLock};
use tower::ServiceExt;

struct Zeros;

impl Random for Zeros {
    fn fill(&self, out: &mut [u8]) {
        out.fill(0);
    }
}

/// Without the model of names, and with it.
static ROUTES: LazyLock<[Router; 2]> = LazyLock::new(|| {
    [false, true]
        .map(|names| Presidio::new(Detector::builder().names(names).build(), Arc::new(Zeros)).routes())
});
const PATHS: [&str; 3] = ["/analyze", "/anonymize", "/deanonymize"];

pub(crate) fn holds(data: &[u8]) {
    let Some((which, body)) = data.split_first() else { return };
    let path = PATHS[usize::from(*which) % PATHS.len()];
    let routes = &ROUTES[usize::from(*which) / PATHS.len() % 2];
    let request = Request::post(path)
        .header("content-type", "application/json")
        .body(Body::from(body.to_vec()))
        .expect("a request of these parts can be made");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime without IO starts");
    let (status, answer) = runtime.block_on(async {
        let Ok(response) = routes.clone().oneshot(request).await;
        let status = response.status().as_u16();
        (status, to_bytes(response.into_body(), usize::MAX).await.expect("the answer is held in memory"))
    });
    // 500 is what Presidio says, and we with it, of a language that it does not know.
    assert!((200..=500).contains(&status), "{path} answers {status}");
    let answer: serde_json::Value = serde_json::from_slice(&answer).expect("every answer is JSON");
    assert!(status != 200 || path != "/analyze" || answer.is_array(), "findings come in a list");
}
