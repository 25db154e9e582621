//! What was replaced is found no more, and comes back where that was asked for.
#![no_main]

#[path = "../properties/anonymise.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|data: &[u8]| property::holds(data));
