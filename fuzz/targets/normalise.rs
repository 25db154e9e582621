//! A card is found in whatever digits, spaces and invisible signs it is written, and spans agree in all units.
#![no_main]

#[path = "../properties/normalise.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|data: &[u8]| property::holds(data));
