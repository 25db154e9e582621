//! The simulated network behaves as the vendor says the real one does.

#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod api;
mod deliveries;
mod instagram;
mod shapes;
mod stage;
mod whatsapp;
