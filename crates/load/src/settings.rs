//! What to measure, and measuring it.

use crate::{
    arrivals::Pace,
    failure::{Outcome, While},
    floor::{Before, Floor},
    machine::Machine,
    measure::{Figures, Measurement},
    pages::Pages,
    place::Place,
    report, search, stored,
    synapse::{self, Compared},
};
use serde::Serialize;
use std::{
    path::{Path, PathBuf},
    time::Duration,
};

/// What to measure.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program, `aside`.
    pub program: PathBuf,
    /// Messages a second; without it the highest rate that is sustained is looked for.
    pub rate: Option<f64>,
    /// How long each run is.
    pub seconds: u64,
    /// How many messages in all, instead of how long: memory and pages are looked at on the way.
    pub messages: Option<u64>,
    /// How many consoles listen.
    pub agents: usize,
    /// How many webhooks are under way at most.
    pub connections: usize,
    /// A PostgreSQL server's address, or `scratch` for one that is started and removed; without one it is SQLite.
    pub database: Option<String>,
    /// Whether to replay what a run wrote, to know what the store alone does.
    pub floor: bool,
    /// Where Synapse is installed, or shall be, if it is to be compared with.
    pub synapse: Option<PathBuf>,
    /// Decides who says what when.
    pub seed: u64,
}

/// What was measured.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Where it was measured.
    pub machine: Machine,
    /// On which store.
    pub store: &'static str,
    /// Every run, in order.
    pub runs: Vec<Figures>,
    /// Messages a second of a run, and what the store alone did with its statements.
    pub floors: Vec<(f64, Floor)>,
    /// The highest rate that was sustained, in messages a second, if it was looked for.
    pub sustained: Option<f64>,
    /// Pages while the store grew, if it was asked.
    pub pages: Vec<Pages>,
    /// What Synapse took, if it was asked.
    pub synapse: Option<Compared>,
    /// Messages acknowledged in all, each found stored exactly once.
    pub stored: u64,
    /// Entries of the ledger, which verified.
    pub ledger: u64,
}

impl Report {
    /// The most messages a second that the server acknowledged in a run that it kept up with.
    pub(crate) fn best(&self) -> f64 {
        let kept_up = self.runs.iter().filter(|run| run.rate > 0.0 && run.kept_up(search::P99));
        kept_up.map(|run| run.per_second).fold(0.0, f64::max)
    }
}

/// How many messages a small store has.
const SMALL: u64 = 1_000;
/// In how many pieces a long run is driven, its memory looked at after each.
const PIECES: u64 = 20;
/// Consoles that listen while a rate is looked for.
const WATCHING: usize = 2;

/// Measures, and says each run as soon as it is over.
pub async fn run(settings: &Settings, said: &mut dyn FnMut(&str)) -> Outcome<Report> {
    let scratch = tempfile::tempdir().while_doing("a folder for the measurement")?;
    let place = Place {
        program: settings.program.clone(),
        data: scratch.path().join("data"),
        database: settings.database.clone(),
    };
    let mut measurement =
        Measurement::prepare(place, settings.agents, settings.connections, settings.seed).await?;
    let store = if settings.database.is_some() { "PostgreSQL" } else { "SQLite" };
    let mut report = Report { machine: Machine::here(), store, ..Report::default() };
    said(report::HEAD);
    if let (Some(rate), Some(messages)) = (settings.rate, settings.messages) {
        long(&mut measurement, settings, rate, messages, &mut report, said).await?;
    } else if let Some(rate) = settings.rate {
        let floor = settings.floor.then(|| scratch.path());
        one(&mut measurement, settings, rate, settings.agents, floor, &mut report, said).await?;
    } else {
        let watching = WATCHING.min(settings.agents);
        let stage = measurement.stage(watching, 10_000, None).await?;
        let mut keep = |figures: &Figures| {
            said(&report::line(figures));
            report.runs.push(figures.clone());
        };
        let rate = search::sustained(&mut measurement, &stage, settings.seconds, &mut keep).await?;
        stage.server.stop()?;
        report.sustained = Some(rate);
        let floor = settings.floor.then(|| scratch.path());
        one(&mut measurement, settings, rate, watching, floor, &mut report, said).await?;
        one(&mut measurement, settings, rate / 2.0, settings.agents, None, &mut report, said).await?;
    }
    if let Some(folder) = &settings.synapse {
        let length = Duration::from_secs(settings.seconds);
        let compared =
            synapse::compare(folder, &measurement.traffic, settings.connections, length, said).await?;
        said(&report::synapse(&compared, report.best()));
        report.synapse = Some(compared);
    }
    report.stored = measurement.acknowledged;
    stored::exactly_once(measurement.counts().await?, measurement.acknowledged)?;
    report.ledger = measurement.place.verify_ledger()?;
    if let Some(postgres) = &measurement.postgres {
        postgres.remove(postgres.name()).await?;
    }
    Ok(report)
}

/// A long run on one server, in pieces: what a small store's pages take, then whether memory and pages stay as they
/// are while the store grows.
async fn long(
    measurement: &mut Measurement,
    settings: &Settings,
    rate: f64,
    messages: u64,
    report: &mut Report,
    said: &mut dyn FnMut(&str),
) -> Outcome {
    let stage = measurement.stage(settings.agents, SMALL, None).await?;
    let first = measurement.run(&stage, rate, Pace::poisson(rate, SMALL, settings.seed)).await?;
    said(&report::line(&first));
    report.runs.push(first);
    report.pages.push(measurement.pages(&stage).await?);
    stage.server.stop()?;
    let piece = messages.saturating_sub(SMALL).div_ceil(PIECES).max(1);
    let stage = measurement.stage(settings.agents, piece, None).await?;
    for number in 0..PIECES {
        let figures =
            measurement.run(&stage, rate, Pace::poisson(rate, piece, settings.seed + number)).await?;
        said(&report::line(&figures));
        report.runs.push(figures);
    }
    report.pages.push(measurement.pages(&stage).await?);
    said(&report::pages(&report.pages));
    stage.server.stop()
}

/// One run on a server of its own, and its floor if there is a folder for it.
async fn one(
    measurement: &mut Measurement,
    settings: &Settings,
    rate: f64,
    consoles: usize,
    floor: Option<&Path>,
    report: &mut Report,
    said: &mut dyn FnMut(&str),
) -> Outcome {
    let count = ((rate * settings.seconds as f64) as u64).max(1);
    let before = match floor {
        Some(folder) => Some(Before::keep(measurement, folder).await?),
        None => None,
    };
    let stage = measurement.stage(consoles, count, before.as_ref().map(|before| &before.record)).await?;
    let figures = measurement.run(&stage, rate, Pace::poisson(rate, count, settings.seed)).await?;
    said(&report::line(&figures));
    said(&report::threads(&figures));
    stage.server.stop()?;
    if let Some(before) = before {
        let floor = before.replay(measurement, figures.offered).await?;
        said(&report::floor(&figures, &floor));
        report.floors.push((figures.per_second, floor));
    }
    report.runs.push(figures);
    Ok(())
}
