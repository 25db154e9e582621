//! The doors of Aside: what networks post to, what agents and customers look at, what programs call.
//!
//! | door | where | who comes in |
//! |---|---|---|
//! | hooks | `/hooks/{network}/{connection}` | networks, by signature |
//! | console | `/console` | agents, by session cookie |
//! | messenger | `/c` | customers, by one-time link and session cookie |
//! | API | `/api/v1` | programs, by an agent's session as bearer token |
//! | Presidio | `/presidio` | programs made for Presidio, by the same token |
//! | open log | `/.well-known/aside/{brand}` | anyone who wants to check the ledger |
//! | operations | `/healthz`, `/readyz`, `/metrics` | the operator |
//!
//! A handler reads a request, asks one use case of [`aside_app::App`], and shows the answer. Nothing is
//! decided here, and no page is handed anything that is not masked already.
//!
//! Architecture invariant: a handler that changes something takes `session::Signed` or
//! `session::SignedJson`, which have checked session and form token; whether the request comes from one
//! of our own pages is checked before, for the whole of console and messenger. Every error, whoever raised
//! it, becomes a page or a problem document in `refusal`, the only place that words one.

mod api;
mod assets;
mod console;
mod cookie;
mod door;
mod headers;
mod health;
mod hooks;
mod live;
mod messenger;
mod misses;
mod open_log;
mod presidio;
mod refusal;
#[cfg(test)]
mod samples;
mod session;
mod settings;
mod shown;
mod where_from;

pub use api::document as openapi;
pub use door::router;
pub use settings::{MetricsDoor, WebSettings};
