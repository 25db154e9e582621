//! `cargo xtask load`: builds the program and its load driver as they are released, and lets the driver measure.

use clap::Args;
use std::ffi::OsString;

use crate::cargo::{cargo, command, target};
use crate::failure::{Failure, Outcome, While};

/// What the driver is told.
#[derive(Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// The driver's own options; `--help` lists them
    #[arg(value_name = "OPTIONS", trailing_var_arg = true, allow_hyphen_values = true)]
    options: Vec<OsString>,
}

/// Builds both and runs the driver to its end.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut build =
        cargo(["build", "--release", "--locked", "--package", "aside", "--package", "aside-load"]);
    if !build.status().while_doing("cargo build")?.success() {
        return Err(Failure::new("the program and its load driver cannot be built"));
    }
    let released = target().join("release");
    let driver = released.join(format!("aside-load{}", std::env::consts::EXE_SUFFIX));
    let program = released.join(format!("aside{}", std::env::consts::EXE_SUFFIX));
    let mut run = command(&driver.to_string_lossy(), ["--program"]);
    let status = run.arg(program).args(&arguments.options).status().while_doing("aside-load")?;
    if status.success() { Ok(()) } else { Err(Failure::new("nothing was measured")) }
}
