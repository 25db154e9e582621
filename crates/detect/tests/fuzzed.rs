//! The corpora of fuzzing hold, on the stable compiler, too.
#![cfg(feature = "names")]

#[path = "../../../fuzz/properties/detect.rs"]
mod detect;
#[path = "../../../fuzz/properties/normalise.rs"]
mod normalise;
#[path = "../../../fuzz/properties/replay.rs"]
mod replay;
#[path = "../../../fuzz/properties/stream.rs"]
mod stream;

#[test]
fn what_fuzzing_detect_reached_holds_again() {
    replay::replay("detect", detect::holds);
}

#[test]
fn what_fuzzing_normalise_reached_holds_again() {
    replay::replay("normalise", normalise::holds);
}

#[test]
fn what_fuzzing_stream_reached_holds_again() {
    replay::replay("stream", stream::holds);
}
