//! An installation made for one measurement: a brand, a connection to every network, agents. Made with the
//! program's own commands, as a person would.

use crate::{
    api::Apis,
    failure::{Failure, Outcome, While},
    network::{ALL, Account},
};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

const BRAND: &str = "Larkspur Home";
const PASSWORD: &str = "correct horse battery staple";

/// An agent, and what they sign in with.
pub(crate) struct Agent {
    pub(crate) login: String,
    pub(crate) password: &'static str,
    /// The second factor's secret.
    pub(crate) totp: Vec<u8>,
}

/// An installation's places: the program, its data folder, its database.
#[derive(Clone)]
pub(crate) struct Place {
    pub(crate) program: PathBuf,
    pub(crate) data: PathBuf,
    /// The database's address; without one it lies in the data folder.
    pub(crate) database: Option<String>,
}

impl Place {
    /// The program with a command's words, on this installation.
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.args(words).arg("--data").arg(&self.data);
        if let Some(database) = &self.database {
            command.env("ASIDE_DATABASE", database);
        }
        command
    }

    /// Runs a command to its end and gives what it printed.
    pub(crate) fn run(&self, words: &[&str], input: &[u8]) -> Outcome<String> {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let what = format!("aside {}", words.join(" "));
        let mut child = command.spawn().while_doing(&what)?;
        if let Some(mut stdin) = child.stdin.take() {
            // A command that reads nothing may be gone already; its own words say what was wrong.
            drop(stdin.write_all(input));
        }
        let Output { status, stdout, stderr } = child.wait_with_output().while_doing(&what)?;
        if status.success() {
            return Ok(String::from_utf8_lossy(&stdout).into_owned());
        }
        Err(Failure::new(format!("{what}: {}", String::from_utf8_lossy(&stderr).trim())))
    }

    /// Adds the brand with a connection to every network that the program connects to, whose API is at `apis`.
    pub(crate) fn connect(&self, apis: &Apis) -> Outcome<Vec<Account>> {
        fs::create_dir_all(&self.data).while_doing(self.data.display())?;
        // The program names the networks that it connects to when it is asked for one that there is not.
        let known = self.run(&["channel", "add", "nowhere", "--name", BRAND], b"");
        let known = known.err().map_or_else(String::new, |refused| refused.to_string());
        let is_known = |network: &&&'static dyn crate::network::Network| {
            known.split(|c: char| !c.is_alphanumeric()).any(|word| word == network.name())
        };
        let connect = |network: &&'static dyn crate::network::Network| {
            let said = self.run(
                &[
                    "channel",
                    "add",
                    network.name(),
                    "--brand",
                    BRAND,
                    "--account",
                    network.account(),
                    "--name",
                    BRAND,
                    "--api-base",
                    &apis.base(network.name()),
                    "--secrets-file",
                    "-",
                ],
                network.secrets().to_string().as_bytes(),
            )?;
            let is_path = |c: char| c.is_ascii_alphanumeric() || c == '/' || c == '-';
            let hook = said.split_once("/hooks/").and_then(|(_, rest)| rest.split(|c| !is_path(c)).next());
            let hook = hook.ok_or_else(|| Failure::new(format!("no address for webhooks: {said}")))?;
            Ok(Account { network: *network, hook: format!("/hooks/{hook}") })
        };
        let accounts: Outcome<Vec<_>> = ALL.iter().filter(is_known).map(connect).collect();
        if accounts.as_ref().is_ok_and(Vec::is_empty) {
            return Err(Failure::new(format!(
                "the program connects to no network that is known here: {known}"
            )));
        }
        accounts
    }

    /// Adds so many agents.
    pub(crate) fn agents(&self, count: usize) -> Outcome<Vec<Agent>> {
        (0..count).map(|number| self.agent(number)).collect()
    }

    fn agent(&self, number: usize) -> Outcome<Agent> {
        let login = format!("agent{number}");
        let name = format!("Agent {number}");
        let words =
            ["agent", "add", "--brand", BRAND, "--login", &login, "--name", &name, "--password-stdin"];
        let said = self.run(&words, PASSWORD.as_bytes())?;
        let secret = said.lines().last().unwrap_or_default().trim().to_owned();
        let secret = totp_rs::Secret::try_from_base32(&secret).while_doing("the second factor")?;
        Ok(Agent { login, password: PASSWORD, totp: secret.as_bytes().to_vec() })
    }

    /// Checks the ledger as an auditor does. The answer is its size.
    pub(crate) fn verify_ledger(&self) -> Outcome<u64> {
        let mut words = vec!["ledger", "verify"];
        if let Some(database) = &self.database {
            words.extend(["--database", database]);
        }
        let said = self.run(&words, b"")?;
        // A checkpoint is a signed note: origin, size, root (C2SP tlog-checkpoint).
        said.lines()
            .nth(1)
            .and_then(|size| size.trim().parse().ok())
            .ok_or_else(|| Failure::new(format!("no checkpoint in what `aside ledger verify` said: {said}")))
    }

    /// A copy of the installation's folder beside it. Nobody may have it open.
    pub(crate) fn copy_to(&self, data: &Path) -> Outcome<Place> {
        copy(&self.data, data).while_doing(data.display())?;
        Ok(Place { data: data.to_owned(), ..self.clone() })
    }
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
