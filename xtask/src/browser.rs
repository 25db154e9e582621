//! What needs node: the types of the pages' scripts, and the tests in a real browser.

use std::path::PathBuf;
use std::process::Command;

use crate::cargo::{self, cargo, command};
use crate::failure::{Failure, Outcome};
use crate::step::Log;

fn folder() -> PathBuf {
    cargo::root().join("e2e")
}

/// npm in the folder of the browser tests.
pub(crate) fn npm<const N: usize>(arguments: [&str; N]) -> Command {
    let mut npm = command("npm", arguments);
    npm.current_dir(folder());
    npm
}

/// Checks the pages' scripts by the types in their comments, the tests' own, and the npm package's declarations.
pub(crate) fn check_types(log: &mut Log) -> Outcome {
    let compiler = folder().join("node_modules/.bin/tsc");
    if !compiler.is_file() {
        return Err(Failure::new("tsc is missing: run `npm ci` in e2e"));
    }
    for project in ["tsconfig.pages.json", "tsconfig.json", "../bindings/npm/test/tsconfig.json"] {
        let mut tsc = command(&compiler.to_string_lossy(), ["--project", project]);
        log.run(tsc.current_dir(folder()))?;
    }
    Ok(())
}

/// Builds the program as the other tests have it and drives it in Chromium.
pub(crate) fn test(log: &mut Log) -> Outcome {
    // The same command line as the Rust tests', so that not one crate is built a second time for features
    // that differ; it leaves the program in `target/debug/aside`.
    log.run(&mut cargo(["test", "--no-run", "--workspace", "--locked", "--quiet"]))?;
    let program = cargo::target().join("debug/aside");
    let mut node = command("npm", ["test", "--silent"]);
    log.run(node.current_dir(folder()).env("ASIDE_PROGRAM", program))
}
