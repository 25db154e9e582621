//! `cargo xtask kill`: the long version of rule 3's test, which ends the program without warning.

use std::process::Command;

use clap::Args;

use crate::cargo::cargo;
use crate::failure::Outcome;
use crate::postgres::Postgres;
use crate::step::Log;
use crate::stores::Store;

/// How often to kill.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many times the program is killed and started again
    #[arg(long, default_value_t = 100)]
    rounds: u32,
}

/// Runs that one test on both stores, as often as was asked.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut postgres = Postgres::default();
    let mut log = Log::open("kill")?;
    for store in Store::ALL {
        let mut command = tests();
        store.under(command.env("ASIDE_KILL_ROUNDS", arguments.rounds.to_string()), &mut postgres)?;
        log.run(&mut command)?;
    }
    Ok(())
}

fn tests() -> Command {
    cargo([
        "nextest",
        "run",
        "--package",
        "aside",
        "--run-ignored",
        "all",
        "-E",
        "test(rule_3_kill)",
        "--no-capture",
    ])
}
