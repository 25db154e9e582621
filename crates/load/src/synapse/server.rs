//! Synapse as a process of its own, on a PostgreSQL server of its own.

use crate::{
    failure::{Failure, Outcome, While},
    process,
    wire::Wire,
};
use aside_scratch_postgres::Scratch;
use serde_json::json;
use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// How long it may take to start: it makes its whole schema first.
const PATIENCE: Duration = Duration::from_mins(3);
/// How often it is looked whether it has.
const LOOK: Duration = Duration::from_millis(500);

/// A Synapse that runs. It goes with its database when this goes.
pub(super) struct Synapse {
    child: Child,
    /// Where it listens.
    pub(super) address: SocketAddr,
    /// Its version.
    pub(super) version: String,
    _database: Scratch,
    data: tempfile::TempDir,
}

impl Synapse {
    /// Installs it into `folder` if it is not there, and starts it with nothing in it.
    pub(super) async fn start(folder: &Path) -> Outcome<Self> {
        let python = install(folder)?;
        let data = tempfile::tempdir().while_doing("a folder for Synapse")?;
        let database =
            Scratch::start(&std::env::temp_dir().join(format!("aside-synapse-{}", std::process::id())));
        let database = database.while_doing("PostgreSQL for Synapse")?;
        database
            .ask("CREATE DATABASE synapse TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
            .while_doing("Synapse")?;
        let port = free_port()?;
        let config = data.path().join("homeserver.yaml");
        let generate = ["--server-name", "localhost", "--report-stats=no", "--generate-config"];
        run(Command::new(&python)
            .args(["-m", "synapse.app.homeserver", "--config-path"])
            .arg(&config)
            .args(generate)
            .current_dir(data.path()))?;
        let ours = data.path().join("ours.yaml");
        fs::write(&ours, configuration(port, database.port(), data.path())?).while_doing("Synapse")?;
        let log = fs::File::create(data.path().join("log.txt")).while_doing("Synapse")?;
        let mut command = Command::new(&python);
        command.args(["-m", "synapse.app.homeserver", "--config-path"]).arg(&config);
        command.arg("--config-path").arg(&ours).current_dir(data.path());
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let child = command.spawn().while_doing("Synapse")?;
        let version = run(Command::new(&python).args(["-c", "import synapse; print(synapse.__version__)"]))?;
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let version = version.trim().to_owned();
        let mut synapse = Self { child, address, version, _database: database, data };
        synapse.wait_until_it_answers().await?;
        Ok(synapse)
    }

    /// The processor time that it has used, in seconds; its database's is not in it.
    pub(super) fn cpu_seconds(&self) -> Outcome<f64> {
        process::cpu_seconds(self.child.id())
    }

    async fn wait_until_it_answers(&mut self) -> Outcome {
        for _ in 0..PATIENCE.as_millis() / LOOK.as_millis() {
            if let Ok(mut wire) = Wire::open(self.address).await
                && wire.get("/_matrix/client/versions", "").await.is_ok_and(|answer| answer.status == 200)
            {
                return Ok(());
            }
            if let Ok(Some(status)) = self.child.try_wait() {
                let log = fs::read_to_string(self.data.path().join("log.txt")).unwrap_or_default();
                let end = log.lines().last().unwrap_or_default();
                return Err(Failure::new(format!("Synapse ended with {status}: {end}")));
            }
            tokio::time::sleep(LOOK).await;
        }
        Err(Failure::new("Synapse does not answer"))
    }
}

impl Drop for Synapse {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The Python of a virtual environment with Synapse in it.
fn install(folder: &Path) -> Outcome<PathBuf> {
    let python = folder.join("bin").join("python");
    let is_there = |python: &Path| {
        let ran =
            Command::new(python).args(["-c", "import synapse, psycopg2"]).stderr(Stdio::null()).status();
        ran.is_ok_and(|status| status.success())
    };
    if is_there(&python) {
        return Ok(python);
    }
    let missing =
        "--compare-synapse needs python3 with its venv module (Debian: apt-get install python3-venv)";
    run(Command::new("python3").args(["-m", "venv"]).arg(folder)).while_doing(missing)?;
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    run(Command::new(&python).args(install).args(["matrix-synapse", "psycopg2-binary"]))
        .while_doing("--compare-synapse: Synapse cannot be installed")?;
    Ok(python)
}

/// What differs from the configuration that Synapse makes for itself, in JSON, which is YAML.
fn configuration(port: u16, database: u16, data: &Path) -> Outcome<String> {
    let log = data.join("log.yaml");
    // Without a file of its own it would log every request.
    let quiet = json!({
        "version": 1,
        "handlers": { "console": { "class": "logging.StreamHandler" } },
        "root": { "level": "WARNING", "handlers": ["console"] },
    });
    fs::write(&log, quiet.to_string()).while_doing("Synapse")?;
    let free = json!({ "per_second": 100_000, "burst_count": 100_000 });
    let configuration = json!({
        "database": { "name": "psycopg2", "args": {
            "user": "postgres", "database": "synapse", "host": "127.0.0.1", "port": database,
            "cp_min": 5, "cp_max": 10,
        }},
        "listeners": [{
            "port": port, "bind_addresses": ["127.0.0.1"], "type": "http", "tls": false,
            "resources": [{ "names": ["client"] }],
        }],
        "log_config": log,
        "media_store_path": data.join("media"),
        "enable_registration": true,
        "enable_registration_without_verification": true,
        "bcrypt_rounds": 4,
        "presence": { "enabled": false },
        "suppress_key_server_warning": true,
        "trusted_key_servers": [],
        "rc_message": free,
        "rc_registration": free,
        "rc_joins_per_room": free,
        "rc_room_creation": free,
        "rc_login": { "address": free, "account": free },
        "rc_joins": { "local": free, "remote": free },
    });
    Ok(configuration.to_string())
}

/// Runs a command to its end and gives what it printed.
fn run(command: &mut Command) -> Outcome<String> {
    let output =
        command.stdin(Stdio::null()).output().while_doing(command.get_program().to_string_lossy())?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::new(said.trim().lines().last().unwrap_or("it failed without a word").to_owned()))
}

fn free_port() -> Outcome<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
