//! What a message costs: messages a second, and microseconds of processor time a message, by thread.

use clap::Args;

use crate::cargo::cargo;
use crate::failure::{Failure, Outcome, While};

/// What to take in; everything after `--` goes to the example `intake`.
#[derive(Args)]
pub(crate) struct Arguments {
    /// For instance `--messages 100000 --at-once 256`
    #[arg(last = true)]
    arguments: Vec<String>,
}

/// Builds the example, optimised, and runs it. What it prints is the measurement.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut command =
        cargo(["run", "--profile", "measure", "--locked", "--package", "aside", "--example", "intake", "--"]);
    let status = command.args(&arguments.arguments).status().while_doing("the example intake")?;
    if status.success() { Ok(()) } else { Err(Failure::new("the example intake failed")) }
}
