//! The console: what agents look at. Each file is one page with its handlers; `desk.rs` is the frame
//! around all of them.

mod agents;
mod channels;
mod contacts;
mod conversation;
mod desk;
mod erase;
mod events;
mod inbox;
mod jobs;
mod ledger;
mod misses;
mod moves;
mod redacted;
mod reply;
mod reveal;
mod sign_in;
mod templates;
#[cfg(test)]
mod tests;

pub(crate) use reply::{Checked, Said};
pub(crate) use sign_in::refused;

use crate::door::Web;
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/console", get(inbox::show))
        .route("/console/sign-in", get(sign_in::show).post(sign_in::sign_in))
        .route("/console/sign-out", post(sign_in::sign_out))
        .route("/console/events", get(events::listen))
        .route("/console/c/{conversation}", get(conversation::show))
        .route("/console/c/{conversation}/reply", post(reply::send))
        .route("/console/c/{conversation}/check", post(reply::check))
        .route("/console/c/{conversation}/template", post(templates::send))
        .route("/console/c/{conversation}/move-up", post(moves::move_up))
        .route("/console/c/{conversation}/assign", post(moves::assign))
        .route("/console/c/{conversation}/close", post(moves::close))
        .route("/console/c/{conversation}/reopen", post(moves::reopen))
        .route("/console/c/{conversation}/reveal", post(reveal::open))
        .route("/console/c/{conversation}/misses", post(misses::mark))
        .route("/console/erase/{conversation}", get(erase::ask).post(erase::erase))
        .route("/console/ledger", get(ledger::show))
        .route("/console/ledger/checkpoint", get(ledger::checkpoint))
        .route("/console/ledger/{entry}", get(ledger::entry))
        .route("/console/ledger/{entry}/proof", get(ledger::proof))
        .route("/console/jobs", get(jobs::show))
        .route("/console/jobs/{job}/retry", post(jobs::retry))
        .route("/console/channels", get(channels::show))
        .route("/console/contacts", get(contacts::show).post(contacts::import))
        .route("/console/agents", get(agents::show))
}
