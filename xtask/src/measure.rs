//! What `aside-measure` measures of the detector: built as programs are released, and run.

use std::ffi::OsString;
use std::process::Command;

use clap::Args;

use crate::cargo::cargo;
use crate::failure::{Failure, Outcome, While};
use crate::step::Log;

/// What the measurement is told.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// The measurement's own options; `--help` lists them
    #[arg(value_name = "OPTIONS", trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<OsString>,
}

/// Builds the measurement of that name and runs it to its end.
pub(crate) fn run(name: &str, arguments: &Arguments) -> Outcome {
    let status = measurement(name).args(&arguments.options).status().while_doing("the measurement")?;
    if status.success() { Ok(()) } else { Err(Failure::new("nothing was measured, or a figure is too bad")) }
}

/// The part of the test run that counts the detector's instructions and compares them with what is kept.
pub(crate) fn instructions(log: &mut Log) -> Outcome {
    log.run(measurement("speed").arg("--instructions"))
}

fn measurement(name: &str) -> Command {
    cargo(["run", "--release", "--locked", "--quiet", "--package", "aside-measure", "--", name])
}
