//! The workspaces beside the programs' own: formatted, linted and licensed alike.

use crate::cargo::{self, cargo};
use crate::failure::Outcome;
use crate::step::Log;

/// What others link, each a workspace with its own lock file.
const BINDINGS: [&str; 2] = ["bindings/python/Cargo.toml", "bindings/wasm/Cargo.toml"];
/// Needs a nightly compiler to build, but none to be formatted.
const FUZZING: &str = "fuzz/Cargo.toml";

/// `cargo fmt`, as for the programs.
pub(crate) fn format(log: &mut Log) -> Outcome {
    let mut manifests = BINDINGS.into_iter().chain([FUZZING]);
    manifests.try_for_each(|manifest| log.run(&mut cargo(["fmt", "--manifest-path", manifest, "--check"])))
}

/// Lints, warnings denied. In the programs' target folder: what was built there is not built again.
pub(crate) fn clippy(log: &mut Log) -> Outcome {
    let target = cargo::target();
    let lint = |manifest| {
        let mut clippy =
            cargo(["clippy", "--manifest-path", manifest, "--all-targets", "--locked", "--quiet"]);
        clippy.arg("--target-dir").arg(&target).args(["--", "-D", "warnings"]);
        log.run(&mut clippy)
    };
    BINDINGS.into_iter().try_for_each(lint)
}

/// Bans, licences and sources as `deny.toml` says; that it allows more than one of them needs is no matter.
pub(crate) fn deny(log: &mut Log) -> Outcome {
    let config = cargo::root().join("deny.toml");
    let check = |manifest| {
        let mut deny = cargo(["deny", "--locked", "--manifest-path", manifest, "--config"]);
        deny.arg(&config).args(["check", "--allow", "license-not-encountered"]);
        deny.args(["--allow", "license-exception-not-encountered", "bans", "licenses", "sources"]);
        log.run(&mut deny)
    };
    BINDINGS.into_iter().try_for_each(check)
}
