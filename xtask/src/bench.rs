//! `cargo xtask bench`: numbers, each beside its goal.

mod erase;
mod intake;
mod start;

use clap::{Args, Subcommand};

use crate::failure::Outcome;
use crate::measure;

/// What to measure; without a name, what there is.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    bench: Option<Bench>,
}

#[derive(Subcommand)]
enum Bench {
    /// Start with an empty store, memory when idle, size of the program
    Start(start::Arguments),
    /// How long others wait while a customer with 100,000 messages is erased
    Erase(erase::Arguments),
    /// What a message costs, in messages a second and processor time
    Intake(intake::Arguments),
    /// What the detector reads a second, beside others; `--instructions` guards it
    Detect(measure::Arguments),
}

/// Runs the bench, or lists them.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.bench {
        Some(Bench::Start(arguments)) => start::run(arguments),
        Some(Bench::Erase(arguments)) => erase::run(arguments),
        Some(Bench::Intake(arguments)) => intake::run(arguments),
        Some(Bench::Detect(arguments)) => measure::run("speed", arguments),
        None => {
            println!(
                "cargo xtask bench start     start with an empty store, memory when idle, size of the program"
            );
            println!("cargo xtask bench erase     how long others wait while a customer is erased");
            println!("cargo xtask bench intake    what a message costs");
            println!("cargo xtask bench detect    what the detector reads a second, beside others");
            Ok(())
        }
    }
}
