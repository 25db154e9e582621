//! Whatever is asked in Presidio's JSON gets an answer that is JSON.
#![no_main]

#[path = "../properties/presidio.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|data: &[u8]| property::holds(data));
