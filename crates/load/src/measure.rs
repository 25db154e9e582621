//! A measurement: an installation, a server on it, consoles, and runs one after the other.

use crate::{
    api::Apis,
    arrivals::Pace,
    clock,
    console::{Console, Session},
    database::{self, Postgres},
    drive::{Driven, Driver},
    failure::{Failure, Outcome},
    latencies::{Latencies, Percentiles},
    network::Account,
    pages::{self, Pages},
    place::{Agent, Place},
    process,
    server::{Record, Server},
    stored,
    traffic::{QUIET, Traffic},
};
use serde::Serialize;
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

/// At most about so many conversations are looked into after a run, all of a short one's.
const LOOKED_INTO: u64 = 3_000;
/// How often it is looked whether something has come to rest.
const LOOK: Duration = Duration::from_millis(200);
/// How long something may take to come to rest after a run.
const REST: Duration = Duration::from_mins(2);
/// Events of a message that nobody heard within this time count as lost.
const HEARD_WITHIN: Duration = Duration::from_secs(20);

/// The figures of a run.
#[derive(Clone, Debug, Serialize)]
pub struct Figures {
    /// Messages a second that were due; 0 when as fast as answers came.
    pub rate: f64,
    /// How many were posted.
    pub offered: u64,
    /// How many were acknowledged the first time.
    pub acknowledged: u64,
    /// How many were not, by status; 0 where no answer came.
    pub refused: BTreeMap<u16, u64>,
    /// Acknowledged messages a second, from the first due time to the last answer.
    pub per_second: f64,
    /// From the first due time to the last answer, in seconds.
    pub seconds: f64,
    /// From due time to acknowledgement, in milliseconds.
    pub acknowledgement: Percentiles,
    /// From due time to a console's event, in milliseconds.
    pub console: Percentiles,
    /// Consoles attached.
    pub consoles: usize,
    /// Live events that all consoles heard.
    pub events: u64,
    /// The server's processor time a message, in microseconds.
    pub server_cpu: f64,
    /// The server's again, by the names of its threads.
    pub threads: BTreeMap<String, f64>,
    /// PostgreSQL's, all of its processes; 0 on SQLite, which runs within the server.
    pub database_cpu: f64,
    /// The driver's.
    pub driver_cpu: f64,
    /// The server's resident memory before and after, and the most ever, in kibibytes.
    pub memory: [u64; 3],
    /// Calls of the networks' APIs that sent or changed something.
    pub sent: u64,
    /// From the last acknowledgement until nothing more went out, in seconds.
    pub drained_in: f64,
    /// The store on disk after the run, in bytes.
    pub store_bytes: u64,
}

impl Figures {
    /// Whether the server kept up: everything acknowledged the first time, 99 of 100 within `p99` milliseconds,
    /// and nothing left to catch up with at the end.
    pub(crate) fn kept_up(&self, p99: f64) -> bool {
        let planned = self.offered as f64 / self.rate;
        self.refused.is_empty() && self.acknowledgement.p99 <= p99 && self.seconds <= planned * 1.03 + 0.25
    }
}

/// An installation and what drives it.
pub(crate) struct Measurement {
    pub(crate) place: Place,
    /// The database, unless it is SQLite.
    pub(crate) postgres: Option<Postgres>,
    pub(crate) traffic: Arc<Traffic>,
    pub(crate) apis: Apis,
    connections: usize,
    agents: Vec<Agent>,
    sessions: Vec<Session>,
    /// The number of the next message.
    next: u64,
    /// How many messages were acknowledged.
    pub(crate) acknowledged: u64,
    /// Conversations in which nobody writes any more.
    quiet: BTreeSet<String>,
}

/// A server that runs within a measurement, and consoles attached to it.
pub(crate) struct Stage {
    pub(crate) server: Server,
    consoles: Vec<Console>,
}

impl Measurement {
    /// Makes an installation in a folder, with agents for so many consoles.
    pub(crate) async fn prepare(
        mut place: Place,
        consoles: usize,
        connections: usize,
        seed: u64,
    ) -> Outcome<Self> {
        let postgres = match &place.database {
            Some(address) => Some(Postgres::start(address).await?),
            None => None,
        };
        place.database = postgres.as_ref().map(|postgres| postgres.url.to_string());
        let apis = Apis::start().await?;
        let accounts: Vec<Account> = place.connect(&apis)?;
        let agents = place.agents(consoles.clamp(1, 50))?;
        let traffic = Arc::new(Traffic::new(seed, accounts));
        Ok(Self {
            place,
            postgres,
            traffic,
            apis,
            connections,
            agents,
            sessions: vec![],
            next: 0,
            acknowledged: 0,
            quiet: BTreeSet::new(),
        })
    }

    /// Starts a server and attaches consoles, which note what they hear of about as many conversations as can be
    /// looked into after a run of `messages`.
    pub(crate) async fn stage(
        &mut self,
        consoles: usize,
        messages: u64,
        record: Option<&Record>,
    ) -> Outcome<Stage> {
        let server = Server::start(&self.place, record)?;
        while self.sessions.len() < consoles.clamp(1, self.agents.len()) {
            let number = self.sessions.len();
            self.sessions.push(Session::sign_in(server.address, &self.agents[number], number).await?);
        }
        let one_in = (messages / 5 / LOOKED_INTO).next_power_of_two().max(1);
        let mut attached = Vec::new();
        for number in 0..consoles {
            let session = &self.sessions[number % self.sessions.len()];
            attached.push(Console::open(server.address, session, one_in).await?);
        }
        Ok(Stage { server, consoles: attached })
    }

    /// How many messages of customers are stored, and under how many different ids of their networks.
    pub(crate) async fn counts(&self) -> Outcome<(u64, u64)> {
        match &self.postgres {
            Some(postgres) => postgres.counts(postgres.name()).await,
            None => stored::counts(&self.place.data),
        }
    }

    /// The store's size, in bytes.
    async fn bytes(&self) -> Outcome<u64> {
        match &self.postgres {
            Some(postgres) => postgres.bytes().await,
            None => Ok(database::sqlite_bytes(&self.place.data)),
        }
    }

    /// The processor time that PostgreSQL has used, in seconds.
    fn database_cpu(&self) -> Outcome<f64> {
        self.postgres.as_ref().map_or(Ok(0.0), Postgres::cpu_seconds)
    }

    /// Somebody's session.
    pub(crate) fn session(&self) -> Outcome<&Session> {
        self.sessions.first().ok_or_else(|| Failure::new("nobody is signed in"))
    }

    /// Runs once at a pace; `rate` is what is said of it.
    pub(crate) async fn run(&mut self, stage: &Stage, rate: f64, pace: Pace) -> Outcome<Figures> {
        for console in &stage.consoles {
            drop(console.take_heard());
        }
        let due: Vec<u64> = match &pace {
            Pace::Due(due) => due.clone(),
            Pace::Flat(_) => vec![],
        };
        let driver = self.driver(stage);
        let before = (stage.server.cpu_seconds()?, process::own_cpu_seconds()?, stage.server.memory()?);
        let database_cpu = self.database_cpu()?;
        let threads_before = process::threads(stage.server.pid())?;
        let (sent, events) = (self.apis.sent(), events(stage));
        let driven = driver.drive(self.next, pace).await;
        let driver_cpu = process::own_cpu_seconds()? - before.1;
        self.next += driven.offered;
        self.acknowledge(stage, &driver, &driven).await?;
        let drained_in = self.come_to_rest(stage).await;
        let server_cpu = stage.server.cpu_seconds()? - before.0;
        let database_cpu = self.database_cpu()? - database_cpu;
        let threads = process::threads(stage.server.pid())?.into_iter().map(|(name, used)| {
            let used = used - threads_before.get(&name).copied().unwrap_or_default();
            (name, used.max(0.0) * 1e6 / driven.offered.max(1) as f64)
        });
        let threads = threads.collect();
        let memory = stage.server.memory()?;
        let console = self.heard(stage, &driven, &due).await?;
        let offered = driven.offered.max(1) as f64;
        Ok(Figures {
            rate,
            offered: driven.offered,
            acknowledged: driven.acknowledged,
            refused: driven.refused,
            per_second: driven.acknowledged as f64 / driven.took.as_secs_f64(),
            seconds: driven.took.as_secs_f64(),
            acknowledgement: driven.latencies.percentiles(),
            console: console.percentiles(),
            consoles: stage.consoles.len(),
            events: self::events(stage) - events,
            server_cpu: server_cpu * 1e6 / offered,
            threads,
            database_cpu: database_cpu * 1e6 / offered,
            driver_cpu: driver_cpu * 1e6 / offered,
            memory: [before.2.now, memory.now, memory.peak],
            sent: self.apis.sent() - sent,
            drained_in,
            store_bytes: self.bytes().await?,
        })
    }

    /// Repeats what was not acknowledged, as networks do, until everything is.
    async fn acknowledge(&mut self, stage: &Stage, driver: &Driver, driven: &Driven) -> Outcome {
        // Saying it again helps against being busy, and not against being wrong.
        if let Some((status, count)) = driven.refused.iter().find(|(status, _)| (400..500).contains(*status))
        {
            return Err(Failure::new(format!(
                "{count} webhooks were answered {status}: {}",
                stage.server.log()
            )));
        }
        let left = driver.repeat(driven.open.clone()).await;
        if !left.is_empty() {
            let log = stage.server.log();
            return Err(Failure::new(format!("{} messages were never acknowledged: {log}", left.len())));
        }
        self.acknowledged += driven.offered;
        Ok(())
    }

    /// The times of pages now. The first time, a few conversations are made for them, in which nobody writes
    /// later.
    pub(crate) async fn pages(&mut self, stage: &Stage) -> Outcome<Pages> {
        if self.quiet.is_empty() {
            let driver = self.driver(stage);
            let driven = driver.drive(QUIET, Pace::poisson(50.0, 100, 1)).await;
            self.acknowledge(stage, &driver, &driven).await?;
            self.come_to_rest(stage).await;
            let heard = stage.consoles.first().map(Console::take_heard).unwrap_or_default();
            self.quiet = heard.into_iter().map(|heard| heard.conversation).collect();
        }
        pages::fetch(stage.server.address, self.session()?, &self.quiet, self.acknowledged).await
    }

    fn driver(&self, stage: &Stage) -> Driver {
        Driver {
            traffic: Arc::clone(&self.traffic),
            address: stage.server.address,
            connections: self.connections,
        }
    }

    /// Waits until nothing goes out and no console hears anything any more. The answer is when that began, in
    /// seconds from now.
    async fn come_to_rest(&self, stage: &Stage) -> f64 {
        let began = clock::now();
        let (mut last, mut since) = ((u64::MAX, u64::MAX), began);
        while began.elapsed() < REST && since.elapsed() < LOOK * 8 {
            let now = (self.apis.sent(), events(stage));
            if now != last {
                (last, since) = (now, clock::now());
            }
            tokio::time::sleep(LOOK).await;
        }
        since.duration_since(began).as_secs_f64()
    }

    /// The latencies from due times to events, of the conversations that notes were kept of; each message of
    /// theirs must be there once, and must have been heard of on every console.
    async fn heard(&self, stage: &Stage, driven: &Driven, due: &[u64]) -> Outcome<Latencies> {
        let mut latencies = Latencies::default();
        let notes: Vec<_> = stage.consoles.iter().map(Console::take_heard).collect();
        let conversations: BTreeSet<String> =
            notes.iter().flatten().map(|heard| heard.conversation.clone()).collect();
        let (Some(started), false) = (driven.started, conversations.is_empty()) else { return Ok(latencies) };
        let numbers = stored::numbers_by_id(stage.server.address, self.session()?, &conversations).await?;
        let ours = driven.first..driven.first + driven.offered;
        let expected = numbers.values().filter(|number| ours.contains(number)).count();
        for notes in notes {
            let mut first = HashMap::new();
            for heard in notes {
                if let Some(number) = numbers.get(&heard.message).filter(|number| ours.contains(number)) {
                    first.entry(*number).or_insert(heard.at);
                }
            }
            if first.len() < expected {
                let lost = expected - first.len();
                return Err(Failure::new(format!(
                    "a console did not hear of {lost} of {expected} messages within {} s",
                    HEARD_WITHIN.as_secs()
                )));
            }
            for (number, at) in first {
                if let Some(micros) = due.get((number - driven.first) as usize) {
                    let due = started + Duration::from_micros(*micros);
                    latencies.add(at.saturating_duration_since(due).as_micros());
                }
            }
        }
        Ok(latencies)
    }
}

fn events(stage: &Stage) -> u64 {
    stage.consoles.iter().map(Console::events).sum()
}
