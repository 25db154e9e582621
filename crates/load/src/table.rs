//! The figures beside their goals, as a table for `docs/performance.md`.

use crate::settings::Report;
use std::fmt;

/// The goals on two cores, the driver included.
const SUSTAINED: &str = "≥ 3,000 on SQLite";
const RATIO: &str = "≥ 0.3";
const CONSOLE: &str = "< 250 ms";
const SYNAPSE: &str = "≥ 50";
const PAGES: &str = "within 20 %";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})\n\n| figure | reached | goal |\n|---|---|---|", self.store, self.machine)?;
        if let Some(rate) = self.sustained {
            writeln!(f, "| messages a second, sustained | {rate:.0} | {SUSTAINED} |")?;
        }
        for (run, floor) in &self.floors {
            let (per_second, ratio) = (floor.per_second(), run / floor.per_second());
            writeln!(f, "| the floor of a run of {run:.0} messages a second | {per_second:.0} | |")?;
            writeln!(f, "| ratio of that run to its floor | {ratio:.2} | {RATIO} |")?;
        }
        if let Some(run) = self.runs.iter().rfind(|run| run.rate > 0.0) {
            let (rate, consoles, console) = (run.rate, run.consoles, run.console);
            writeln!(
                f,
                "| to {consoles} consoles at {rate:.0} messages a second, p50 / p99 / p99.9 | {:.1} / {:.1} / {:.1} ms | \
                 {CONSOLE} at half of what is sustained |",
                console.p50, console.p99, console.p999
            )?;
            writeln!(
                f,
                "| the server's processor time a message in that run | {:.0} µs | |",
                run.server_cpu
            )?;
            writeln!(f, "| PostgreSQL's, likewise | {:.0} µs | |", run.database_cpu)?;
            writeln!(f, "| the driver's, likewise | {:.0} µs | |", run.driver_cpu)?;
        }
        if let (Some(first), Some(last)) = (self.runs.first(), self.runs.last()) {
            let peak = self.runs.iter().map(|run| run.memory[2]).max().unwrap_or_default();
            let [first, last, peak] = [first.memory[1], last.memory[1], peak].map(|kib| kib / 1024);
            writeln!(
                f,
                "| memory after the first run, after the last, and the most ever | {first} / {last} / {peak} MiB | flat |"
            )?;
        }
        if let [small, .., large] = self.pages.as_slice() {
            let sizes = format!("at {} and at {} messages", small.messages, large.messages);
            writeln!(f, "| the inbox {sizes} | {:.2} / {:.2} ms | {PAGES} |", small.inbox, large.inbox)?;
            writeln!(
                f,
                "| a conversation {sizes} | {:.2} / {:.2} ms | {PAGES} |",
                small.timeline, large.timeline
            )?;
        }
        if let Some(synapse) = &self.synapse {
            let per_second = synapse.per_second();
            writeln!(f, "| Synapse {}, messages a second | {per_second:.1} | |", synapse.version)?;
            writeln!(f, "| times Synapse | {:.1} | {SYNAPSE} |", self.best() / per_second)?;
        }
        writeln!(f, "| messages acknowledged, each stored exactly once | {} | all |", self.stored)?;
        write!(f, "| entries of the ledger, which verified | {} | |", self.ledger)
    }
}
