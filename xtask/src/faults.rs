//! `cargo xtask faults`: the long version of the tests in which processes, clocks, disks, databases and networks
//! fail.

use std::process::Command;

use clap::Args;

use crate::cargo::cargo;
use crate::failure::Outcome;
use crate::postgres::Postgres;
use crate::step::Log;
use crate::stores::Store;

/// How often, and on what.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many rounds there are on each store
    #[arg(long, default_value_t = 100)]
    rounds: u32,
    /// A PostgreSQL server to run on, as its superuser, instead of both stores. It is not stopped and its disk is not
    /// filled: these faults are for a server of the run's own
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// The number that everything random follows from, to see a run again
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u64>,
}

/// Runs that one test; it prints what it found for each fault.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut postgres = Postgres::default();
    let mut log = Log::open("faults")?;
    let stores = if arguments.database.is_some() { &[Store::Postgres][..] } else { &Store::ALL };
    for store in stores {
        let mut command = tests();
        command.env("ASIDE_FAULT_ROUNDS", arguments.rounds.to_string());
        if let Some(url) = &arguments.database {
            command.env("ASIDE_FAULT_DATABASE", url);
        }
        if let Some(seed) = arguments.seed {
            command.env("ASIDE_FAULT_SEED", seed.to_string());
        }
        store.under(&mut command, &mut postgres)?;
        log.run(&mut command)?;
    }
    Ok(())
}

fn tests() -> Command {
    cargo(["nextest", "run", "--package", "aside", "-E", "test(faults_of_every_kind)", "--no-capture"])
}
