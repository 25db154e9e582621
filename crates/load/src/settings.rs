//! What to measure, and measuring it.

use crate::{
    arrivals::Pace,
    failure::{Outcome, While},
    measure::{Figures, Measurement},
    place::Place,
    report, search, stored,
};
use serde::Serialize;
use std::{path::PathBuf, time::Duration};

/// What to measure.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The program, `aside`.
    pub program: PathBuf,
    /// Messages a second; without it the highest rate that is sustained is looked for.
    pub rate: Option<f64>,
    /// How long each run is.
    pub seconds: u64,
    /// How many messages, instead of how long.
    pub messages: Option<u64>,
    /// How many consoles listen.
    pub agents: usize,
    /// How many webhooks are under way at most.
    pub connections: usize,
    /// The database's address; without one it is SQLite in a folder of its own.
    pub database: Option<String>,
    /// Decides who says what when.
    pub seed: u64,
}

/// What was measured.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Every run, in order.
    pub runs: Vec<Figures>,
    /// The highest rate that was sustained, in messages a second, if it was looked for.
    pub sustained: Option<f64>,
    /// Messages acknowledged in all, each found stored exactly once.
    pub stored: u64,
    /// Entries of the ledger, which verified.
    pub ledger: u64,
}

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
    let mut report = Report::default();
    said(report::HEAD);
    let rate = if let Some(rate) = settings.rate {
        rate
    } else {
        let stage = measurement.stage(WATCHING.min(settings.agents), 10_000, None).await?;
        let mut keep = |figures: &Figures| {
            said(&report::line(figures));
            report.runs.push(figures.clone());
        };
        let rate = search::sustained(&mut measurement, &stage, settings.seconds, &mut keep).await?;
        report.sustained = Some(rate);
        stage.server.stop()?;
        rate / 2.0
    };
    let count =
        settings.messages.unwrap_or((rate * Duration::from_secs(settings.seconds).as_secs_f64()) as u64);
    let stage = measurement.stage(settings.agents, count, None).await?;
    let pace = Pace::poisson(rate, count, settings.seed);
    let figures = measurement.run(&stage, rate, pace).await?;
    said(&report::line(&figures));
    report.runs.push(figures);
    stage.server.stop()?;
    report.stored = measurement.next;
    stored::exactly_once(&measurement.place, measurement.next)?;
    report.ledger = measurement.place.verify_ledger()?;
    Ok(report)
}
