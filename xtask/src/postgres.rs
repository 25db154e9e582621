//! The PostgreSQL server that tests run on: one for a whole run, started when it is first needed, and
//! `cargo xtask postgres`, which holds one for whoever works on a test.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;

use aside_scratch_postgres::{Programs, Scratch};
use clap::Args;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::failure::{Outcome, While};

/// Tells tests where their server is: the URL of its superuser.
pub(crate) const VARIABLE: &str = "ASIDE_TEST_POSTGRES";

/// How the folders of our servers are called, before the number of the process that holds one.
const FOLDER: &str = "aside-postgres-";

/// Where to keep it.
#[derive(Args)]
pub(crate) struct Arguments {
    /// A folder that does not exist yet [default: one among the system's temporary files]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

/// Starts a server, says where it is, and holds it until Ctrl-C.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut told = Signals::new([SIGINT, SIGTERM]).while_doing("listening for Ctrl-C")?;
    let folder = arguments.folder.clone().unwrap_or_else(own_folder);
    remove_leftovers(&env::temp_dir());
    let server = Scratch::start(&folder).while_doing("postgres")?;
    println!("{VARIABLE}={}", server.url());
    println!("(in {}; Ctrl-C stops it and removes the folder)", folder.display());
    told.forever().next();
    Ok(())
}

/// The server of a test run.
#[derive(Default)]
pub(crate) struct Postgres {
    server: Option<Scratch>,
}

impl Postgres {
    /// Where tests find it. It is started when this is first asked; one that somebody holds already is used.
    pub(crate) fn url(&mut self) -> Outcome<String> {
        if let Some(given) = env::var(VARIABLE).ok().filter(|given| !given.is_empty()) {
            return Ok(given);
        }
        if let Some(server) = &self.server {
            return Ok(server.url());
        }
        remove_leftovers(&env::temp_dir());
        let server = Scratch::start(&own_folder()).while_doing("postgres")?;
        let url = server.url();
        self.server = Some(server);
        Ok(url)
    }
}

/// Whether PostgreSQL's programs are there.
pub(crate) fn is_installed() -> bool {
    Programs::find().is_ok()
}

/// Among the temporary files and not below `target`: root's tests need a folder that others reach.
fn own_folder() -> PathBuf {
    env::temp_dir().join(format!("{FOLDER}{}", process::id()))
}

/// Removes the folders of runs that were interrupted, as far as we may.
fn remove_leftovers(among: &Path) {
    let Ok(entries) = fs::read_dir(among) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let holder = name.to_str().and_then(|name| name.strip_prefix(FOLDER)?.parse::<u32>().ok());
        if holder.is_some_and(|holder| !Path::new(&format!("/proc/{holder}")).exists()) {
            // What cannot be removed belongs to somebody else.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_of_runs_that_ended_are_removed_and_no_others() {
        let among = crate::step::folder().unwrap().join("leftovers");
        let [gone, ours, other] = [
            format!("{FOLDER}999999999"),
            format!("{FOLDER}{}", process::id()),
            "aside-postgres-notes".into(),
        ]
        .map(|name| among.join(name));
        for folder in [&gone, &ours, &other] {
            fs::create_dir_all(folder).unwrap();
        }
        remove_leftovers(&among);
        assert_eq!([&gone, &ours, &other].map(|folder| folder.exists()), [false, true, true]);
        fs::remove_dir_all(&among).unwrap();
    }
}
