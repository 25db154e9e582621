//! The corpus of fuzzing holds, on the stable compiler, too.

#[path = "../../../fuzz/properties/anonymise.rs"]
mod anonymise;
#[path = "../../../fuzz/properties/replay.rs"]
mod replay;

#[test]
fn what_fuzzing_anonymise_reached_holds_again() {
    replay::replay("anonymise", anonymise::holds);
}
