//! `aside serve` as a process of its own.

use crate::{
    failure::{Failure, Outcome, While},
    floor::postgres::Recorder,
    place::Place,
    process::{self, Memory},
};
use std::{
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
};
use url::Url;

/// How it is written down what a server writes.
pub(crate) enum Record {
    /// By itself, into a file; only a build with the feature `record` can.
    File(PathBuf),
    /// On its way to the database, whose address is this URL then.
    Way(Recorder, Url),
}

/// A server that runs. It is killed when this goes.
pub(crate) struct Server {
    child: Child,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// Starts it on a place's folder and any free port, recording what it writes if it is told where.
    pub(crate) fn start(place: &Place, record: Option<&Record>) -> Outcome<Self> {
        let place = &match record {
            Some(Record::Way(_, url)) => Place { database: Some(url.to_string()), ..place.clone() },
            _ => place.clone(),
        };
        let mut command = place.command(&["serve", "--listen", "127.0.0.1:0"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        if let Some(Record::File(record)) = record {
            command.env("ASIDE_RECORD", record);
        }
        let mut child = command.spawn().while_doing("aside serve")?;
        let stderr = child.stderr.take().ok_or_else(|| Failure::new("aside serve has no log"))?;
        let mut lines = BufReader::new(stderr).lines();
        let mut before = String::new();
        let port = loop {
            let Some(Ok(line)) = lines.next() else {
                drop(child.wait());
                return Err(Failure::new(format!("aside serve ended before it listened: {}", before.trim())));
            };
            if let Some(port) = line.strip_prefix("listening on http://localhost:") {
                break port.parse().while_doing(&line)?;
            }
            before.push_str(&line);
            before.push('\n');
        };
        let log = Arc::new(Mutex::new(before));
        let writing = Arc::clone(&log);
        // Whoever writes into a pipe that nobody reads stops.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = writing.lock().unwrap_or_else(PoisonError::into_inner);
                if log.len() < 64 * 1024 {
                    log.push_str(&line);
                    log.push('\n');
                }
            }
        });
        Ok(Self { child, address: SocketAddr::from(([127, 0, 0, 1], port)), log })
    }

    /// Its process.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The processor time that it has used, in seconds.
    pub(crate) fn cpu_seconds(&self) -> Outcome<f64> {
        process::cpu_seconds(self.pid())
    }

    /// Its memory.
    pub(crate) fn memory(&self) -> Outcome<Memory> {
        process::memory(self.pid())
    }

    /// The start of what it has logged.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Tells it to stop as a service manager does, and waits until it has.
    pub(crate) fn stop(mut self) -> Outcome {
        let told = Command::new("kill").args(["-TERM", &self.pid().to_string()]).status();
        told.while_doing("kill")?;
        let status = self.child.wait().while_doing("aside serve")?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("aside serve ended with {status}: {}", self.log().trim())))
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already, as it should.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
