//! Where PostgreSQL's programs lie, and as whom they run.

use crate::ScratchError;
use std::{
    cmp::Reverse,
    env,
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
    process::Command,
};

/// Where Debian keeps the programs, one folder a version; most of them are not on the path.
const DEBIAN: &str = "/usr/lib/postgresql";

/// The folder of PostgreSQL's programs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Programs(PathBuf);

impl Programs {
    /// Those on the path, else the newest that Debian has installed.
    pub fn find() -> Result<Self, ScratchError> {
        Self::find_in(&env::var_os("PATH").unwrap_or_default(), Path::new(DEBIAN))
    }

    fn find_in(path: &OsStr, debian: &Path) -> Result<Self, ScratchError> {
        let on_the_path = env::split_paths(path).find(|folder| is_complete(folder));
        on_the_path.or_else(|| newest_in(debian)).map(Self).ok_or(ScratchError::Missing)
    }

    /// One of them, blind to what the environment says of other servers.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.0.join(program));
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PG")) {
            command.env_remove(name);
        }
        command.env("LC_ALL", "C");
        command
    }
}

fn is_complete(folder: &Path) -> bool {
    ["initdb", "postgres", "pg_ctl", "psql"].iter().all(|program| folder.join(program).is_file())
}

/// The newest version below a folder whose folders are named by versions.
fn newest_in(folder: &Path) -> Option<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = fs::read_dir(folder)
        .ok()?
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    versions.sort_by_key(|(version, _)| Reverse(*version));
    versions.into_iter().map(|(_, programs)| programs).find(|programs| is_complete(programs))
}

/// Who runs the server where we are root.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Account {
    user: u32,
    group: u32,
}

impl Account {
    /// `None` where we can run it ourselves.
    pub(crate) fn to_run_as() -> Result<Option<Self>, ScratchError> {
        if id(&["-u"])? != Some(0) {
            return Ok(None);
        }
        for name in ["postgres", "nobody"] {
            if let (Some(user), Some(group)) = (id(&["-u", name])?, id(&["-g", name])?) {
                return Ok(Some(Self { user, group }));
            }
        }
        Err(ScratchError::NoAccount)
    }

    /// Makes a command run as this account.
    pub(crate) fn run(self, command: &mut Command) {
        use std::os::unix::process::CommandExt;
        command.uid(self.user).gid(self.group);
    }

    /// Gives it a folder.
    pub(crate) fn own(self, folder: &Path) -> io::Result<()> {
        std::os::unix::fs::chown(folder, Some(self.user), Some(self.group))
    }
}

/// What `id` answers; `None` where there is no such account.
fn id(arguments: &[&str]) -> Result<Option<u32>, ScratchError> {
    let output = Command::new("id").args(arguments).output().map_err(|e| ScratchError::run("id", e))?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_complete_version_is_taken() {
        let folder = env::temp_dir().join(format!("scratch-programs-{}", std::process::id()));
        for (version, programs) in [("9", 4), ("15", 4), ("17", 2), ("notes", 4)] {
            let bin = folder.join(version).join("bin");
            fs::create_dir_all(&bin).unwrap();
            for program in ["initdb", "postgres", "pg_ctl", "psql"].iter().take(programs) {
                fs::write(bin.join(program), "").unwrap();
            }
        }
        let found = newest_in(&folder);
        fs::remove_dir_all(&folder).unwrap();
        assert_eq!(found, Some(folder.join("15/bin")));
        let nowhere = Programs::find_in(OsStr::new(""), &folder).unwrap_err();
        assert_eq!(nowhere.to_string(), "PostgreSQL is missing: apt-get install postgresql");
    }

    #[test]
    fn what_the_environment_says_of_other_servers_is_not_passed_on() {
        let command = Programs("/nowhere".into()).command("psql");
        let removed = |name: &str| command.get_envs().any(|(key, value)| key == name && value.is_none());
        assert!(!removed("PATH"));
        assert!(env::vars().filter(|(name, _)| name.starts_with("PG")).all(|(name, _)| removed(&name)));
    }
}
