//! Presidio's own code against ours: a virtual environment with its package, and the tests in `crates/presidio`.

use std::path::{Path, PathBuf};

use crate::cargo::{self, cargo, command};
use crate::failure::{Failure, Outcome, While};
use crate::step::Log;

fn tests() -> PathBuf {
    cargo::root().join("crates/presidio/tests/client")
}

/// Builds the program as the other tests have it, and lets Presidio's classes and engine speak with it.
pub(crate) fn test(log: &mut Log) -> Outcome {
    if !cargo::is_installed("python3") {
        return Err(Failure::new("python3 is missing: run `sudo apt-get install --yes python3-venv`"));
    }
    let python = environment(log)?;
    log.run(&mut cargo(["test", "--no-run", "--workspace", "--locked", "--quiet"]))?;
    let program = cargo::target().join("debug/aside");
    let test = tests().join("test_client.py");
    log.run(command(&python.to_string_lossy(), [&*test.to_string_lossy()]).env("ASIDE_PROGRAM", program))
}

/// The environment's Python; the environment is made anew when the list of packages has changed.
fn environment(log: &mut Log) -> Outcome<PathBuf> {
    let folder = cargo::target().join("xtask/presidio-client");
    let (python, wanted) = (folder.join("bin/python"), tests().join("requirements.txt"));
    let (list, installed) = (read(&wanted)?, folder.join("installed.txt"));
    if python.is_file() && std::fs::read_to_string(&installed).is_ok_and(|done| done == list) {
        return Ok(python);
    }
    log.run(&mut command("python3", ["-m", "venv", "--clear", &folder.to_string_lossy()]))?;
    let mut pip = command(
        &python.to_string_lossy(),
        [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
            &wanted.to_string_lossy(),
        ],
    );
    log.run(&mut pip)?;
    std::fs::write(&installed, list).while_doing(&format!("writing {}", installed.display()))?;
    Ok(python)
}

fn read(path: &Path) -> Outcome<String> {
    std::fs::read_to_string(path).while_doing(&format!("reading {}", path.display()))
}
