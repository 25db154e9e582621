#![doc = include_str!("../README.md")]

mod config;
mod customer;
mod delivery;
mod escaped;
mod event;
mod fault;
mod graph;
mod network;
mod sim;
pub mod talk;

pub use config::{Delivery, Order, Page, Quota, Retries, SimConfig};
pub use customer::{Customer, LONGEST_DM};
pub use delivery::{ConnectError, Posted};
pub use escaped::escaped;
pub use fault::Fault;
pub use network::{Call, NotThere, Received, Reply};
pub use sim::Sim;
