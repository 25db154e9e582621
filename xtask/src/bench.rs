//! `cargo xtask bench`: numbers, each beside its goal.

mod erase;
mod intake;
mod start;

use clap::{Args, Subcommand};

use crate::failure::Outcome;

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
}

/// Runs the bench, or lists them.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    match &arguments.bench {
        Some(Bench::Start(arguments)) => start::run(arguments),
        Some(Bench::Erase(arguments)) => erase::run(arguments),
        Some(Bench::Intake(arguments)) => intake::run(arguments),
        None => {
            println!(
                "cargo xtask bench start     start with an empty store, memory when idle, size of the program"
            );
            println!("cargo xtask bench erase     how long others wait while a customer is erased");
            println!("cargo xtask bench intake    what a message costs");
            Ok(())
        }
    }
}
