//! What a user would pick instead: their answers to the same texts.
//!
//! Their programs lie in `crates/measure/peers`. They are built and installed beside the build, outside the
//! workspace, so that nothing of them is linked into or shipped with Aside.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::answers;
use crate::failure::{Failure, Outcome, While};
use crate::place;

/// The version of Presidio that is installed.
const PRESIDIO: &str = "presidio-analyzer==2.2.366";

/// Somebody else's detector.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Peer {
    /// Microsoft Presidio's pattern recognizers, in Python, with a blank tokenizer and no model.
    Presidio,
    /// `presidio-analyzer`, a port of it to Rust.
    PresidioRs,
    /// `redact-core`, in Rust.
    RedactCore,
}

impl Peer {
    pub(crate) const ALL: &'static [Peer] = &[Peer::Presidio, Peer::PresidioRs, Peer::RedactCore];

    /// Its name in files and command lines.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Peer::Presidio => "presidio",
            Peer::PresidioRs => "presidio-rs",
            Peer::RedactCore => "redact-core",
        }
    }

    /// Its name and version for people.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Peer::Presidio => "Presidio 2.2.366",
            Peer::PresidioRs => "presidio-analyzer (Rust) 0.1.11",
            Peer::RedactCore => "redact-core 0.12.7",
        }
    }

    /// Installs or builds it, if that has not been done.
    pub(crate) fn prepare(self) -> Outcome {
        match self {
            Peer::Presidio => {
                if python().is_file() {
                    return Ok(());
                }
                let folder = place::scratch().join("presidio");
                run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
                run(Command::new(python()).args(["-m", "pip", "install", "--quiet", PRESIDIO]))
            }
            Peer::PresidioRs | Peer::RedactCore => {
                let manifest = place::peers().join("rust/Cargo.toml");
                let mut cargo = Command::new(std::env::var("CARGO").as_deref().unwrap_or("cargo"));
                cargo.args(["build", "--release", "--locked", "--quiet", "--manifest-path"]).arg(manifest);
                run(cargo.arg("--target-dir").arg(place::scratch().join("rust")))
            }
        }
    }

    /// Its program, reading texts and writing findings.
    pub(crate) fn answering(self) -> Command {
        self.command("answer")
    }

    /// Its program, measuring itself on a file of texts.
    pub(crate) fn timing(self) -> Command {
        self.command("time")
    }

    fn command(self, what: &str) -> Command {
        let mut command = match self {
            Peer::Presidio => {
                let mut command = Command::new(python());
                command.arg(place::peers().join("presidio.py"));
                command
            }
            Peer::PresidioRs | Peer::RedactCore => {
                let mut command = Command::new(place::scratch().join("rust/release/aside-peers"));
                command.arg(self.name());
                command
            }
        };
        command.arg(what);
        command
    }
}

/// Texts in a file, for programs to read.
pub(crate) fn texts<'t>(name: &str, texts: impl Iterator<Item = &'t str>) -> Outcome<PathBuf> {
    let folder = place::scratch();
    fs::create_dir_all(&folder).while_doing(folder.display().to_string())?;
    let path = folder.join(format!("{name}.jsonl"));
    answers::write_texts(&path, texts)?;
    Ok(path)
}

fn python() -> PathBuf {
    place::scratch().join("presidio/bin/python")
}

fn run(command: &mut Command) -> Outcome {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().while_doing(&program)?;
    if status.success() { Ok(()) } else { Err(Failure::Ended { program, status }) }
}
