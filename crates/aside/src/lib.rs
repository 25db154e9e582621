//! The program: configuration, wiring, commands. Everything else is a library below it.
//!
//! `main` parses and prints errors; [`command`] has one module per command; [`Installation`] puts store,
//! keys, networks and use cases together, and is what the tests start, too.

mod backend;
pub mod command;
mod config;
mod database;
mod installation;
pub mod leaks;
mod mail;
mod world;

pub use backend::StoreChanges;
pub use config::{Config, ConfigError, PatternConfig};
pub use database::DatabaseUrl;
pub use installation::{Installation, Options, StartError};
pub use world::{SystemClock, SystemRandom, http_client};
