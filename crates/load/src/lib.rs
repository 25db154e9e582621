//! The load driver behind `cargo xtask load`: it starts a real `aside serve`, posts signed webhooks to it as
//! networks do, listens as agents' consoles do, and says what that takes.
//!
//! * **Open loop.** Messages are due at random moments of a given rate, whatever became of those before them;
//!   every latency counts from the due time. A server that stalls for a second shows a second for everything that
//!   was due meanwhile, not one slow answer.
//! * **Real doors.** The installation is made with the program's own commands; agents sign in with password and
//!   one-time code; consoles follow `/console/events`; what goes out is answered by a small server that stands in
//!   for the networks' APIs. The driver links
//!   nothing of Aside's own.
//! * **Checked.** After a run each message must be stored exactly once, heard of on every console, and stand in its
//!   timeline once; the ledger must verify. A run that fails one of these has no figures.
//!
//! # Where things are
//!
//! `traffic.rs`, `texts/`, `network/`: who says what over which network. `arrivals.rs`, `drive.rs`, `wire.rs`: when,
//! and over which connection. `console.rs`: who hears it. `place.rs`, `server.rs`, `process.rs`, `api.rs`,
//! `database.rs`: what is driven, and around it. `measure.rs`, `search.rs`, `stored.rs`, `pages.rs`, `report.rs`,
//! `table.rs`: runs and their figures. `floor/`: what the store alone
//! does. `synapse/`: what people would otherwise run.

mod api;
mod arrivals;
mod clock;
mod console;
mod database;
mod drive;
mod failure;
mod floor;
mod latencies;
mod machine;
mod measure;
mod network;
mod numbers;
mod pages;
mod place;
mod process;
mod report;
mod search;
mod server;
mod settings;
mod stored;
mod synapse;
mod table;
mod texts;
mod traffic;
mod wire;

pub use failure::{Failure, Outcome};
pub use floor::Floor;
pub use latencies::Percentiles;
pub use machine::Machine;
pub use measure::Figures;
pub use pages::Pages;
pub use settings::{Report, Settings, run};
pub use synapse::Compared;
