//! Where a stream is cut changes nothing, and a short one finds what the whole text has.
#![no_main]

#[path = "../properties/stream.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|data: &[u8]| property::holds(data));
