//! How long others wait while a customer with very many messages is erased.

use clap::Args;

use crate::cargo::cargo;
use crate::failure::{Failure, Outcome, While};

/// What to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many messages the customer has
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..))]
    messages: u64,
    /// An empty PostgreSQL database to measure in; SQLite in a folder of its own otherwise
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

/// Builds the measurement as programs are released, and runs it; it prints what it found.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut measure = cargo([
        "run",
        "--release",
        "--locked",
        "--package",
        "aside-store-postgres",
        "--example",
        "erase",
        "--",
    ]);
    measure.arg(arguments.messages.to_string()).args(&arguments.database);
    let status = measure.status().while_doing("the measurement")?;
    if status.success() { Ok(()) } else { Err(Failure::new("the measurement failed")) }
}
