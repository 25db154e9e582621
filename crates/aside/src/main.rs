//! `aside`: one binary that runs at once.

use aside::command::Cli;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(code) => code,
        Err(failure) => {
            eprintln!("aside: {failure}");
            if let Some(hint) = failure.hint() {
                eprintln!("       {hint}");
            }
            ExitCode::FAILURE
        }
    }
}
