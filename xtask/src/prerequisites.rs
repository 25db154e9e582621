//! What the test run needs beyond Rust: installed where that can be done, else named in one line.

use std::fs;
use std::path::Path;

use crate::browser;
use crate::cargo::{cargo, command, is_installed};
use crate::failure::{Failure, Outcome, While};
use crate::postgres;
use crate::step::Log;

/// Program and the Debian package that has it: a browser, the witness of every system call for rule 3, what makes
/// a program's clock jump, what counts the detector's instructions, and what Presidio is written in.
const DEBIAN: &[(&str, &str)] = &[
    ("chromium", "chromium"),
    ("strace", "strace"),
    ("faketime", "faketime"),
    ("valgrind", "valgrind"),
    ("python3", "python3-venv"),
];

/// Cargo's own additions, at versions that are known to build on our Rust.
const CARGO: &[(&str, &str)] =
    &[("cargo-nextest", "cargo-nextest@0.9.143"), ("cargo-deny", "cargo-deny@0.20.2")];

/// The oldest node that the browser driver runs on.
const NODE: u32 = 20;

/// Installs what is missing.
pub(crate) fn install(log: &mut Log) -> Outcome {
    debian_packages(log)?;
    node()?;
    for (_, package) in CARGO.iter().filter(|(program, _)| !is_installed(program)) {
        // Without optimisation: they are built once and run for seconds, and building is what takes minutes.
        log.run(&mut cargo(["install", "--locked", "--debug", package]))?;
    }
    log.run(&mut browser::npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
}

fn debian_packages(log: &mut Log) -> Outcome {
    let mut missing: Vec<_> =
        DEBIAN.iter().filter(|(program, _)| !is_installed(program)).map(|(_, package)| *package).collect();
    // Its programs lie in a folder of their version and not on the path.
    if !postgres::is_installed() {
        missing.push("postgresql");
    }
    if missing.is_empty() {
        return Ok(());
    }
    let packages = missing.join(" ");
    if !is_root()? {
        return Err(Failure::new(format!("missing: run `sudo apt-get install --yes {packages}`")));
    }
    let no_cluster = NoCluster::declare()?;
    log.run(command("apt-get", ["update", "--quiet"]).env("DEBIAN_FRONTEND", "noninteractive"))?;
    let mut apt = command("apt-get", ["install", "--yes", "--quiet", "--no-install-recommends"]);
    let installed = log.run(apt.args(missing).env("DEBIAN_FRONTEND", "noninteractive"));
    drop(no_cluster);
    installed
}

/// Debian's package makes a server and starts it, unless this file says otherwise while it is installed. Tests
/// need its programs alone.
struct NoCluster(Option<&'static Path>);

impl NoCluster {
    fn declare() -> Outcome<Self> {
        let path = Path::new("/etc/postgresql-common/createcluster.d/aside-tests.conf");
        if postgres::is_installed() {
            return Ok(Self(None));
        }
        let folder = path.parent().expect("the path has a folder");
        fs::create_dir_all(folder).while_doing(&folder.display().to_string())?;
        fs::write(path, "create_main_cluster = false\n").while_doing(&path.display().to_string())?;
        Ok(Self(Some(path)))
    }
}

impl Drop for NoCluster {
    fn drop(&mut self) {
        if let Some(path) = self.0 {
            // It speaks of this installation alone; left behind, it would only speak of later ones, too.
            let _ = fs::remove_file(path);
        }
    }
}

fn is_root() -> Outcome<bool> {
    let output = command("id", ["-u"]).output().while_doing("id -u")?;
    Ok(output.stdout.trim_ascii() == b"0")
}

fn node() -> Outcome {
    let hint = format!("node {NODE} or newer is missing: install it from https://nodejs.org or nodesource");
    let output = command("node", ["--version"]).output().map_err(|_| Failure::new(hint.clone()))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match major(&version) {
        Some(major) if major >= NODE && is_installed("npm") => Ok(()),
        _ => Err(Failure::new(format!("{hint} (found: node {version})"))),
    }
}

/// `v20.20.2` is 20.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read_from_what_it_says() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.0.0"), Some(9));
        assert_eq!(major("not node"), None);
    }
}
