//! The detector as WebAssembly: built by `cargo xtask wasm`, kept in `bindings/npm`, tested with node.
//!
//! The module is committed, also compressed as the pages serve it, so that the program builds without another compiler. `sources.sha256` says what it
//! was made of, and `cargo xtask test` refuses a module that is older than its sources.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use clap::Args;

use crate::cargo::{self, cargo, command, is_installed};
use crate::failure::{Failure, Outcome, While};
use crate::step::Log;

/// Takes no arguments.
#[derive(Args)]
pub(crate) struct Arguments {}

/// The most bytes that the module may have, and the most that travel to a browser.
const MOST: usize = 1_500_000;
const MOST_COMPRESSED: usize = 500_000;

/// Debian's compiler can build its own standard library for another target, as the toolchain of the workspace cannot
/// without a download.
const COMPILER: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const STANDARD_LIBRARY: &str = "library/std/Cargo.toml";
const MISSING: &str = "building WebAssembly needs Debian's compiler: run `apt-get install cargo-web rustc-web rust-web-src lld`";

const MODULE: &str = "bindings/npm/aside_detect.wasm";
/// The same, as the program's pages serve it.
const SERVED: &str = "crates/web/static/aside_detect.wasm.gz";
const SOURCES: &str = "bindings/npm/sources.sha256";
const CASES: &str = "bindings/npm/test/cases.jsonl";
const NATIVE: &str = "bindings/npm/test/native.jsonl";

/// What the module is made of: folders and files.
const MADE_OF: &[&str] = &[
    "bindings/wasm/Cargo.lock",
    "bindings/wasm/Cargo.toml",
    "bindings/wasm/src",
    "crates/detect/Cargo.toml",
    "crates/detect/src",
    "crates/taxonomy/Cargo.toml",
    "crates/taxonomy/src",
];

/// Builds the module, measures it, and writes what the native detector finds in the tests' texts.
pub(crate) fn run(_: &Arguments) -> Outcome {
    let mut log = Log::open("wasm-build")?;
    let built = build(&mut log)?;
    fs::copy(&built, cargo::root().join(MODULE)).while_doing(MODULE)?;
    compress()?;
    measure(&mut log)?;
    native(&mut log)?;
    fs::write(cargo::root().join(SOURCES), hashes()?).while_doing(SOURCES)
}

/// The step of `cargo xtask test`: the committed module is made of these sources, and does what it should.
pub(crate) fn test(log: &mut Log) -> Outcome {
    let committed = fs::read_to_string(cargo::root().join(SOURCES)).while_doing(SOURCES)?;
    let now = hashes()?;
    if let Some(path) = first_difference(&committed, &now) {
        return Err(Failure::new(format!("{path} is not what {MODULE} was made of: run `cargo xtask wasm`")));
    }
    measure(log)?;
    let mut node = command("node", ["--test", "--test-reporter=spec", "test/"]);
    log.run(node.current_dir(cargo::root().join("bindings/npm")))
}

fn build(log: &mut Log) -> Outcome<PathBuf> {
    let sysroot = command(COMPILER, ["--print", "sysroot"]).output().map_err(|_| Failure::new(MISSING))?;
    let sysroot = PathBuf::from(String::from_utf8_lossy(&sysroot.stdout).trim());
    let source = sysroot.join("lib/rustlib/src/rust").join(STANDARD_LIBRARY);
    if !Path::new(CARGO).is_file() || !source.is_file() || !is_installed("wasm-ld") {
        return Err(Failure::new(MISSING));
    }
    let target = cargo::target().join("wasm");
    let mut build = command(
        CARGO,
        [
            "build",
            "--release",
            "--locked",
            "--target",
            "wasm32-unknown-unknown",
            "-Z",
            "build-std=std,panic_abort",
        ],
    );
    build
        .current_dir(cargo::root().join("bindings/wasm"))
        .env("RUSTC", COMPILER)
        .env("RUSTC_BOOTSTRAP", "1")
        // Nothing of the building machine's folders in what everybody gets.
        .env("CARGO_ENCODED_RUSTFLAGS", "-Zlocation-detail=none")
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld")
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTDOC")
        .env_remove("RUSTUP_TOOLCHAIN");
    log.run(&mut build)?;
    Ok(target.join("wasm32-unknown-unknown/release/aside_detect_wasm.wasm"))
}

/// Once here, so that no server does it for every browser. Without name and time, so that it stays the same.
fn compress() -> Outcome {
    let module = cargo::root().join(MODULE);
    let mut gzip = command("gzip", ["-9", "--no-name", "--stdout", &module.to_string_lossy()]);
    let output = gzip.stderr(Stdio::inherit()).output().while_doing("gzip")?;
    if !output.status.success() {
        return Err(Failure::new(format!("gzip ended with {}", output.status)));
    }
    fs::write(cargo::root().join(SERVED), output.stdout).while_doing(SERVED)
}

/// Says the module's sizes; too large is a failure.
fn measure(log: &mut Log) -> Outcome {
    let module = cargo::root().join(MODULE);
    let size = fs::read(&module).while_doing(MODULE)?.len();
    let compressed = fs::read(cargo::root().join(SERVED)).while_doing(SERVED)?.len();
    log.say(&format!(
        "{MODULE}: {size} bytes (at most {MOST}), gzip -9: {compressed} (at most {MOST_COMPRESSED})"
    ));
    if size > MOST || compressed > MOST_COMPRESSED {
        return Err(Failure::new(format!("{MODULE} is too large")));
    }
    Ok(())
}

/// What the native detector finds in the cases, in UTF-16 units as JavaScript counts.
fn native(log: &mut Log) -> Outcome {
    let mut example = cargo([
        "run",
        "--quiet",
        "--locked",
        "--package",
        "aside-detect",
        "--example",
        "jsonl",
        "--",
        "--offsets",
        "utf16",
    ]);
    log.say(&format!("native findings of {CASES}"));
    let cases = File::open(cargo::root().join(CASES)).while_doing(CASES)?;
    let output = example
        .stdin(Stdio::from(cases))
        .stderr(Stdio::inherit())
        .output()
        .while_doing("the example `jsonl`")?;
    if !output.status.success() {
        return Err(Failure::new(format!("the example `jsonl` ended with {}", output.status)));
    }
    fs::write(cargo::root().join(NATIVE), output.stdout).while_doing(NATIVE)
}

/// One line for each source and for both forms of the module, as `sha256sum` writes and checks them.
fn hashes() -> Outcome<String> {
    let mut files = vec![MODULE.to_owned(), SERVED.to_owned()];
    for path in MADE_OF {
        collect(path, &mut files)?;
    }
    files.sort();
    let mut sum = command("sha256sum", ["--"]);
    let output = sum.args(&files).output().while_doing("sha256sum")?;
    if !output.status.success() {
        return Err(Failure::new(format!("sha256sum: {}", String::from_utf8_lossy(&output.stderr).trim())));
    }
    String::from_utf8(output.stdout).while_doing("sha256sum")
}

/// The files under `path`, named from the repository's root.
fn collect(path: &str, files: &mut Vec<String>) -> Outcome {
    let full = cargo::root().join(path);
    if full.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(&full).while_doing(path)? {
        let entry = entry.while_doing(path)?;
        collect(&format!("{path}/{}", entry.file_name().to_string_lossy()), files)?;
    }
    Ok(())
}

/// The path on the first line that only one of the two has.
fn first_difference<'a>(committed: &'a str, now: &'a str) -> Option<&'a str> {
    let only_in = |one: &'a str, other: &str| one.lines().find(|line| !other.lines().any(|l| l == *line));
    let line = only_in(now, committed).or_else(|| only_in(committed, now))?;
    Some(line.split_once("  ").map_or(line, |(_, path)| path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_changed_came_or_went_is_named() {
        assert_eq!(first_difference("1  a\n2  b\n", "1  a\n2  b\n"), None);
        assert_eq!(first_difference("1  a\n2  b\n", "1  a\n3  b\n"), Some("b"));
        assert_eq!(first_difference("1  a\n", "1  a\n3  c\n"), Some("c"));
        assert_eq!(first_difference("1  a\n3  c\n", "1  a\n"), Some("c"));
    }

    #[test]
    fn every_source_of_the_module_is_among_the_hashed_files() {
        let mut files = Vec::new();
        for path in MADE_OF {
            collect(path, &mut files).unwrap();
        }
        for wanted in
            ["crates/detect/src/family/card.rs", "crates/taxonomy/src/lib.rs", "bindings/wasm/src/lib.rs"]
        {
            assert!(files.iter().any(|file| file == wanted), "{wanted}");
        }
    }
}
