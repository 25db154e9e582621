//! The corpus of fuzzing holds, on the stable compiler, too.

#[path = "../../../fuzz/properties/presidio.rs"]
mod presidio;
#[path = "../../../fuzz/properties/replay.rs"]
mod replay;

#[test]
fn what_fuzzing_presidio_reached_holds_again() {
    replay::replay("presidio", presidio::holds);
}
