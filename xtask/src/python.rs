//! The Python package: built by maturin, installed into a virtual environment, and tested there.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cargo::{self, command};
use crate::failure::{Failure, Outcome, While};
use crate::step::Log;

fn package() -> PathBuf {
    cargo::root().join("bindings/python")
}

/// Builds a wheel as quickly as it goes, and runs the package's tests against what was installed from it.
pub(crate) fn test(log: &mut Log) -> Outcome {
    if !cargo::is_installed("python3") {
        return Err(Failure::new("python3 is missing: run `sudo apt-get install --yes python3-venv`"));
    }
    let folder = cargo::target().join("xtask/python");
    let python = environment(log, &folder)?;
    // Left over, an older version's wheel would be installed, too.
    let wheels = folder.join("wheels");
    if wheels.is_dir() {
        fs::remove_dir_all(&wheels).while_doing("removing old wheels")?;
    }
    // The same target folder and profile as the workspace's: what was built there is not built again.
    let mut build =
        command(&python.with_file_name("maturin").to_string_lossy(), ["build", "--profile", "dev"]);
    build.args(["--locked", "--target-dir", &cargo::target().to_string_lossy(), "--out"]).arg(&wheels);
    log.run(build.env("VIRTUAL_ENV", &folder).current_dir(package()))?;
    let mut install = pip(
        &python,
        ["--force-reinstall", "--no-deps", "--no-index", "--find-links", &wheels.to_string_lossy()],
    );
    log.run(install.arg("aside-detect"))?;
    let mut tests = command(&python.to_string_lossy(), ["-m", "pytest", "-q", "-p", "no:cacheprovider"]);
    // The page's examples are run, too.
    tests.args(["--doctest-glob=README.md", "README.md", "tests"]);
    log.run(tests.env("PYTHONDONTWRITEBYTECODE", "1").current_dir(package()))?;
    // What is said of types is what is there. Not from the package's folder, whose stubs are not the installed ones.
    log.run(
        command(&python.to_string_lossy(), ["-m", "mypy.stubtest", "--ignore-missing-stub", "aside_detect"])
            .current_dir(&folder),
    )
}

/// The environment's Python; the environment is made anew when the list of packages has changed.
fn environment(log: &mut Log, folder: &Path) -> Outcome<PathBuf> {
    let (python, wanted) = (folder.join("bin/python"), package().join("requirements.txt"));
    let list = fs::read_to_string(&wanted).while_doing(&wanted.display().to_string())?;
    let installed = folder.join("installed.txt");
    if python.is_file() && fs::read_to_string(&installed).is_ok_and(|done| done == list) {
        return Ok(python);
    }
    log.run(&mut command("python3", ["-m", "venv", "--clear", &folder.to_string_lossy()]))?;
    log.run(&mut pip(&python, ["--requirement", &wanted.to_string_lossy()]))?;
    fs::write(&installed, list).while_doing(&installed.display().to_string())?;
    Ok(python)
}

fn pip<const N: usize>(python: &Path, arguments: [&str; N]) -> std::process::Command {
    let words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    let mut pip = command(&python.to_string_lossy(), words);
    pip.args(arguments);
    pip
}
