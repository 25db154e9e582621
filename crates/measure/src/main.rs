//! Measures the detector: how accurate it is on labelled texts, how fast, and what others make of the same
//! texts. `cargo xtask accuracy` and `cargo xtask bench detect` build and run it.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod accuracy;
mod answers;
mod failure;
mod markdown;
mod peers;
mod place;
mod speed;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Measures the detector.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Precision, recall and F1 on the labelled corpus and on public sets; keeps them in docs/detection.md
    Accuracy(accuracy::Arguments),
    /// Messages and bytes a second, beside others and the floor
    Speed(speed::Arguments),
    /// One of our own subjects, measuring itself
    #[command(hide = true)]
    Alone(speed::AloneArguments),
    /// What is counted under valgrind
    #[command(hide = true)]
    Work(speed::WorkArguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Accuracy(arguments) => accuracy::run(&arguments),
        Command::Speed(arguments) => speed::run(&arguments),
        Command::Alone(arguments) => speed::run_alone(&arguments),
        Command::Work(arguments) => {
            speed::work(&arguments);
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
