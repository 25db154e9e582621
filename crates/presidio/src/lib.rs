#![doc = include_str!("../README.md")]

mod ad_hoc;
mod aes;
mod allow;
mod analyze;
mod anonymize;
mod conflicts;
mod deanonymize;
mod entities;
mod error;
mod operator;
mod rewritten;
mod values;

pub use entities::{LANGUAGES, entity};

use aside_detect::{Certainty, Detector};
use aside_vault::Random;
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Query, Request, State},
    http::{StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use error::Refused;
use serde::Deserialize;
use std::sync::Arc;

/// The largest body taken.
pub const BODY_BYTES: usize = 4 * 1024 * 1024;

/// What Presidio's service says of an address that it does not have.
const NOT_FOUND: &str = "The requested URL was not found on the server. If you entered the URL manually please check \
                         your spelling and try again.";

/// The endpoints, over one detector. Holds nothing between requests; cheap to clone.
#[derive(Clone)]
pub struct Presidio(Arc<Inner>);

struct Inner {
    detector: Detector,
    min_certainty: Certainty,
    random: Arc<dyn Random>,
}

impl Presidio {
    /// With the detector that finds, and the randomness that salts hashes and starts encryption.
    pub fn new(detector: Detector, random: Arc<dyn Random>) -> Self {
        Self(Arc::new(Inner { detector, min_certainty: Certainty::Guessed, random }))
    }

    /// Reports nothing that is less certain.
    pub fn min_certainty(self, certainty: Certainty) -> Self {
        Self(Arc::new(Inner {
            detector: self.0.detector.clone(),
            min_certainty: certainty,
            random: Arc::clone(&self.0.random),
        }))
    }

    /// The routes, `/analyze` and so on; whoever mounts them says who may ask.
    pub fn routes(self) -> Router {
        Router::new()
            .route("/analyze", post(analyze::handle))
            .route("/anonymize", post(anonymize::handle))
            .route("/deanonymize", post(deanonymize::handle))
            .route("/supportedentities", get(supported_entities))
            .route("/recognizers", get(recognizers))
            .route("/anonymizers", get(|| async { Json(operator::ANONYMIZERS) }))
            .route("/deanonymizers", get(|| async { Json(operator::DEANONYMIZERS) }))
            .route("/health", get(|| async { "Presidio Analyzer service is up" }))
            .fallback(|| async { Refused::new(StatusCode::NOT_FOUND, NOT_FOUND) })
            .method_not_allowed_fallback(|| async {
                Refused::new(
                    StatusCode::METHOD_NOT_ALLOWED,
                    "The method is not allowed for the requested URL.",
                )
            })
            .layer(DefaultBodyLimit::max(BODY_BYTES))
            .with_state(self)
    }

    /// The routes for programs on the same machine, under `/` and under `/presidio`, for whoever asks.
    ///
    /// Browsers are kept out: a page from elsewhere can send to this machine, so a request must be addressed to this
    /// machine by name (which a page under another name cannot do) and carry JSON (which it may not send here).
    pub fn for_this_machine(self) -> Router {
        let routes = self.routes();
        Router::new()
            .nest("/presidio", routes.clone())
            .merge(routes)
            .layer(middleware::from_fn(to_this_machine))
    }
}

async fn to_this_machine(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    if !matches!(name, "localhost" | "127.0.0.1" | "[::1]") {
        let why = "This server answers requests to 127.0.0.1, [::1] and localhost alone.";
        return Refused::new(StatusCode::FORBIDDEN, why).into_response();
    }
    next.run(request).await
}

#[derive(Deserialize)]
struct Asked {
    language: Option<String>,
}

async fn supported_entities(Query(asked): Query<Asked>) -> Result<Json<Vec<&'static str>>, Refused> {
    entities::must_know(asked.language.as_deref())?;
    Ok(Json(entities::supported()))
}

async fn recognizers(
    State(_): State<Presidio>,
    Query(asked): Query<Asked>,
) -> Result<Json<Vec<String>>, Refused> {
    entities::must_know(asked.language.as_deref())?;
    Ok(Json(entities::supported().into_iter().map(entities::recognizer).collect()))
}
