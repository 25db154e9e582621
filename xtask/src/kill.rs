//! `cargo xtask kill`: the long version of rule 3's test, which ends the program without warning.

use clap::Args;

use crate::cargo::cargo;
use crate::failure::Outcome;
use crate::step::Log;

/// How often to kill.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many times the program is killed and started again
    #[arg(long, default_value_t = 100)]
    rounds: u32,
}

/// Runs the test that is left out of ordinary runs for its length.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut command = cargo([
        "nextest",
        "run",
        "--package",
        "aside",
        "--run-ignored",
        "all",
        "-E",
        "test(rule_3_kill)",
        "--no-capture",
    ]);
    Log::open("kill")?.run(command.env("ASIDE_KILL_ROUNDS", arguments.rounds.to_string()))
}
