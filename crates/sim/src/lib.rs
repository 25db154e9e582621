#![doc = include_str!("../README.md")]

mod calls;
mod config;
mod customer;
mod delivery;
mod event;
mod fault;
mod graph;
pub mod instagram;
mod meta;
mod network;
mod sim;
pub mod talk;
pub mod telegram;
mod turns;
pub mod whatsapp;

pub use calls::Call;
pub use config::{Delivery, Order, Page, Quota, Retries, SimConfig};
pub use customer::{Customer, LONGEST_DM};
pub use delivery::{ConnectError, Posted};
pub use fault::Fault;
pub use meta::escaped;
pub use network::{NotThere, Received, Reply};
pub use sim::Sim;
