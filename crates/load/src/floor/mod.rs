//! The floor: the statements that a run wrote with, replayed straight into the same store, in the same
//! transactions, with nothing else. What a server loses against it is what it does beside writing.

pub(crate) mod postgres;
mod spool;
pub(crate) mod sqlite;

use crate::{
    failure::{Failure, Outcome},
    measure::Measurement,
    place::Place,
    server::Record,
    stored,
};
use serde::Serialize;
use std::path::Path;

/// A store as it was before a run, and how it is written down what is written into it.
pub(crate) struct Before {
    pub(crate) record: Record,
    copy: Copy,
}

/// Where the copy is.
enum Copy {
    Folder(Place),
    Database(String),
}

impl Before {
    /// Copies the store of a measurement whose server has stopped.
    pub(crate) async fn keep(measurement: &Measurement, folder: &Path) -> Outcome<Self> {
        let Some(postgres) = &measurement.postgres else {
            let copy = Copy::Folder(measurement.place.copy_to(&folder.join("before"))?);
            return Ok(Self { record: Record::File(folder.join("record")), copy });
        };
        let name = format!("{}_before", postgres.name());
        postgres.copy(&name).await?;
        let recorder = postgres::Recorder::start(postgres.address()?).await?;
        let mut url = postgres.url.clone();
        let address = recorder.address;
        let moved = url.set_host(Some(&address.ip().to_string())).is_ok()
            && url.set_port(Some(address.port())).is_ok();
        if !moved {
            return Err(Failure::new("--database: a URL without a host"));
        }
        Ok(Self { record: Record::Way(recorder, url), copy: Copy::Database(name) })
    }

    /// Replays what was written down into the copy, in which every message of the measurement must be afterwards.
    pub(crate) async fn replay(self, measurement: &Measurement, messages: u64) -> Outcome<Floor> {
        let (floor, counts) = match (&self.copy, &self.record, &measurement.postgres) {
            (Copy::Folder(place), Record::File(record), _) => {
                let floor = sqlite::replay(record, &place.data.join("aside.db"), messages)?;
                (floor, stored::counts(&place.data)?)
            }
            (Copy::Database(name), Record::Way(recorder, _), Some(database)) => {
                let cpu = database.cpu_seconds()?;
                let mut floor = postgres::replay(recorder, database.address()?, name, messages).await?;
                floor.cpu_seconds += database.cpu_seconds()? - cpu;
                let counts = database.counts(name).await?;
                database.remove(name).await?;
                (floor, counts)
            }
            _ => return Err(Failure::new("the floor's copy is not of the measurement's store")),
        };
        stored::exactly_once(counts, measurement.acknowledged)?;
        Ok(floor)
    }
}

/// What the floor took.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Floor {
    /// Statements replayed, begin and commit included.
    pub statements: u64,
    /// Transactions among them.
    pub transactions: u64,
    /// How long it took.
    pub seconds: f64,
    /// Processor time of the replaying process, and of PostgreSQL, in seconds.
    pub cpu_seconds: f64,
    /// Messages that these statements store.
    pub messages: u64,
}

impl Floor {
    /// Messages a second.
    pub fn per_second(&self) -> f64 {
        self.messages as f64 / self.seconds
    }

    /// Processor time a message, in microseconds.
    pub fn cpu_a_message(&self) -> f64 {
        self.cpu_seconds * 1e6 / self.messages.max(1) as f64
    }
}
