//! A folder to run the program in, and installations made without it.

use aside::{Config, Installation, Options};
use aside_app::NewAgent;
use aside_model::{BrandId, Raw, Role};
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};
use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "a long enough password";

/// An empty folder; the program runs in it, so its data is in `./aside-data`.
pub(crate) struct Home {
    folder: TempDir,
}

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// What it printed, if all went well.
    #[track_caller]
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    /// What it complained about, if it ended with this code: one line, with a hint below it.
    #[track_caller]
    pub(crate) fn fails(self, code: i32) -> String {
        assert_eq!(self.code, code, "{self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
        if code == 1 {
            assert!(self.err.lines().any(|line| line.starts_with("aside: ")), "{self:?}");
        }
        self.err
    }
}

impl Home {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.path("aside-data")
    }

    /// The program, about to run here.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_aside"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("ASIDE_PASSPHRASE");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub(crate) fn aside(&self, arguments: &[&str]) -> Ran {
        ran(self.command(arguments), b"")
    }

    /// Runs it with this on standard input.
    pub(crate) fn aside_reading(&self, arguments: &[&str], input: &[u8]) -> Ran {
        ran(self.command(arguments), input)
    }

    /// Writes a file that nobody else can read.
    pub(crate) fn write(&self, name: &str, content: &str) -> String {
        let path = self.path(name);
        fs::write(&path, content).unwrap();
        set_mode(&path, 0o600);
        path.to_str().unwrap().to_owned()
    }

    /// The installation over the data folder.
    pub(crate) async fn installation(&self) -> Installation {
        let config =
            Config { data: self.data(), listen: "127.0.0.1:0".parse().unwrap(), ..Config::default() };
        Installation::open(config, Options::default()).await.unwrap()
    }

    /// A brand with one agent, called `mara`.
    pub(crate) async fn with_brand(&self) -> BrandId {
        let installation = self.installation().await;
        let brand = installation.app.add_brand("Larkspur Home").await.unwrap();
        let agent = NewAgent {
            login: "mara".into(),
            name: "Mara Example".into(),
            role: Role::PrivacyOfficer,
            password: Raw::new(PASSWORD.into()),
        };
        installation.app.add_agent(brand, agent).await.unwrap();
        installation.app.sequence_all().await.unwrap();
        brand
    }

    /// Adds entries to a brand's log, in this many steps of a checkpoint each.
    pub(crate) async fn log_on(&self, brand: BrandId, steps: &[usize]) {
        let installation = self.installation().await;
        for step in steps {
            for number in 0..*step {
                installation.app.enable_agent(brand, "mara", number % 2 == 0).await.unwrap();
            }
            installation.app.sequence_all().await.unwrap();
        }
    }

    /// Changes the database behind everybody's back.
    pub(crate) fn sql(&self, statements: &str) {
        let conn = rusqlite::Connection::open(self.data().join("aside.db")).unwrap();
        conn.execute_batch(statements).unwrap();
    }
}

pub(crate) fn ran(mut command: Command, input: &[u8]) -> Ran {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // A program that ends before it has read all closes the pipe: that is its right.
        scope.spawn(move || drop(stdin.write_all(input)));
        child.wait_with_output().unwrap()
    });
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Every file below a folder, sorted.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = vec![];
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    for file in files_below(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, &target).unwrap();
    }
}
