//! Any text gives well-formed findings, alone and in the middle of other text.
#![no_main]

#[path = "../properties/detect.rs"]
mod property;

libfuzzer_sys::fuzz_target!(|data: &[u8]| property::holds(data));
