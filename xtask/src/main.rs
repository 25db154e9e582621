//! The project's own commands: everything a developer runs that is not the program itself.
//!
//! `cargo xtask test` is the whole truth about a change: what it checks is what is checked anywhere. Each
//! command has its file here; [`step`] runs a part of `test` and keeps what it printed.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod bench;
mod bindings;
mod browser;
mod cargo;
mod deny;
mod failure;
mod faults;
mod kill;
mod load;
mod measure;
mod postgres;
mod prerequisites;
mod presidio;
mod python;
mod sabotage;
mod step;
mod stores;
mod switches;
mod test;
mod train_names;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Check everything: format, lints, docs, supply chain, tests, instructions, sabotage, pages, browser
    Test(test::Arguments),
    /// Break each rule by one switch and see its test go red
    Sabotage(sabotage::Arguments),
    /// Kill the program again and again, and count what it had acknowledged
    Kill(kill::Arguments),
    /// Let processes, clocks, disks, databases and networks fail, and look the ten rules up
    Faults(faults::Arguments),
    /// Hold a PostgreSQL server for tests until Ctrl-C
    Postgres(postgres::Arguments),
    /// Drive the program as networks and agents do, and print what it sustains
    Load(load::Arguments),
    /// Precision, recall and F1 of the detector, kept in docs/detection.md
    Accuracy(measure::Arguments),
    /// Measure, and compare with the goals
    Bench(bench::Arguments),
    /// Train the model that finds names, from labelled texts and our own lists
    TrainNames(train_names::Arguments),
    /// Build the detector as WebAssembly for browsers and Node, and measure its size
    Wasm(wasm::Arguments),
    /// Check bans, licences and sources of everything that is linked
    Deny(deny::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Test(arguments) => test::run(&arguments),
        Command::Sabotage(arguments) => sabotage::run(&arguments),
        Command::Kill(arguments) => kill::run(&arguments),
        Command::Faults(arguments) => faults::run(&arguments),
        Command::Postgres(arguments) => postgres::run(&arguments),
        Command::Load(arguments) => load::run(&arguments),
        Command::Accuracy(arguments) => measure::run("accuracy", &arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::TrainNames(arguments) => train_names::run(&arguments),
        Command::Wasm(arguments) => wasm::run(&arguments),
        Command::Deny(arguments) => deny::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
