//! The messenger: what customers see, in their language. Each file is one thing they can do; `words` has
//! every sentence.

mod check;
mod codes;
mod conversation;
mod door;
mod events;
mod holds;
mod identify;
mod link;
mod misses;
mod privacy;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use crate::door::Web;
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/c", get(conversation::show))
        .route("/c/{link}", get(link::show).post(link::redeem))
        .route("/c/code", post(codes::redeem))
        .route("/c/write", post(conversation::write))
        .route("/c/check", post(check::check))
        .route("/c/release/{hold}", post(holds::release))
        .route("/c/discard/{hold}", post(holds::discard))
        .route("/c/misses", post(misses::mark))
        .route("/c/identify", post(identify::ask))
        .route("/c/verify", post(identify::verify))
        .route("/c/leave", post(conversation::leave))
        .route("/c/events", get(events::listen))
        .route("/privacy", get(privacy::show))
}
