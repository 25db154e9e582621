//! `cargo xtask deny`: what may be linked, from where, and under which licences, as `deny.toml` says.

use clap::Args;

use crate::bindings;
use crate::cargo::cargo;
use crate::failure::Outcome;
use crate::step::Log;

/// What to check.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Also look for known vulnerabilities, in a database fetched from the net
    #[arg(long)]
    advisories: bool,
}

/// Checks bans, licences and sources; advisories only on demand, since what the net says changes without us.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut log = Log::open("deny")?;
    check(&mut log)?;
    if arguments.advisories {
        log.run(&mut cargo(["deny", "--locked", "check", "advisories"]))
    } else {
        Ok(())
    }
}

/// The part that needs no net, for the test run.
pub(crate) fn check(log: &mut Log) -> Outcome {
    log.run(&mut cargo(["deny", "--locked", "check", "bans", "licenses", "sources"]))?;
    bindings::deny(log)
}
