//! Numbers for operators. No label holds anything about a person.

use crate::{App, Result, TakenIn, screening::Screened};
use std::sync::atomic::{AtomicU64, Ordering};

/// One figure for `/metrics`.
#[derive(Clone, PartialEq, Debug)]
pub struct Metric {
    /// Its name, in Prometheus' form.
    pub name: &'static str,
    /// What it counts.
    pub help: &'static str,
    /// `counter` or `gauge`.
    pub kind: &'static str,
    /// Labels.
    pub labels: Vec<(&'static str, String)>,
    /// The figure.
    pub value: f64,
}

/// A number that only rises.
#[derive(Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    pub(crate) fn add(&self, n: u32) {
        self.0.fetch_add(n.into(), Ordering::Relaxed);
    }
}

/// What this process has seen since it started.
#[derive(Default)]
pub(crate) struct Counts {
    messages: Count,
    repeated: Count,
    changed: Count,
    reports: Count,
    not_understood: Count,
    unknown_account: Count,
    destroyed: Count,
    held: Count,
    masked: Count,
    warned: Count,
    pub(crate) unchecked: Count,
    pub(crate) hook_refused: Count,
    pub(crate) sent: Count,
    pub(crate) send_failed: Count,
    pub(crate) reveals: Count,
}

impl Counts {
    pub(crate) fn took_in(&self, taken: &TakenIn) {
        self.repeated.add(taken.repeated);
        self.changed.add(taken.changed);
        self.reports.add(taken.reports);
        self.not_understood.add(taken.not_understood);
        self.unknown_account.add(taken.unknown_account);
    }

    pub(crate) fn screened(&self, screened: &Screened) {
        self.messages.add(1);
        self.destroyed.add(screened.tally.destroyed);
        self.held.add(screened.tally.held);
        self.masked.add(screened.tally.masked);
        self.warned.add(screened.tally.warned);
    }
}

impl App {
    /// The figures for `/metrics`.
    pub async fn metrics(&self) -> Result<Vec<Metric>> {
        let c = &self.counts;
        let counter = |name, help, labels, count: &Count| Metric {
            name,
            help,
            kind: "counter",
            labels,
            value: count.0.load(Ordering::Relaxed) as f64,
        };
        let fate = |fate: &str| vec![("fate", fate.to_owned())];
        let mut all = vec![
            counter("aside_messages_total", "Customer messages stored.", vec![], &c.messages),
            counter(
                "aside_events_repeated_total",
                "Network events that were here already.",
                vec![],
                &c.repeated,
            ),
            counter("aside_events_changed_total", "Edits and removals followed.", vec![], &c.changed),
            counter("aside_events_reports_total", "Delivery and read reports.", vec![], &c.reports),
            counter(
                "aside_events_not_understood_total",
                "Events of unknown kinds.",
                vec![],
                &c.not_understood,
            ),
            counter(
                "aside_events_unknown_account_total",
                "Events for unknown accounts.",
                vec![],
                &c.unknown_account,
            ),
            counter("aside_hook_refused_total", "Hook requests refused.", vec![], &c.hook_refused),
            counter("aside_findings_total", "Findings by what was done.", fate("destroyed"), &c.destroyed),
            counter("aside_findings_total", "Findings by what was done.", fate("held"), &c.held),
            counter("aside_findings_total", "Findings by what was done.", fate("masked"), &c.masked),
            counter("aside_findings_total", "Findings by what was done.", fate("warned"), &c.warned),
            counter(
                "aside_unchecked_total",
                "Texts sealed because they could not be checked.",
                vec![],
                &c.unchecked,
            ),
            counter("aside_sent_total", "Messages that networks took.", vec![], &c.sent),
            counter("aside_send_failed_total", "Messages that networks refused.", vec![], &c.send_failed),
            counter("aside_reveals_total", "Values opened.", vec![], &c.reveals),
        ];
        for brand in self.store.brands().await? {
            let gauge = |name, help, mut labels: Vec<(&'static str, String)>, value: i64| {
                labels.insert(0, ("brand", brand.brand.to_string()));
                Metric { name, help, kind: "gauge", labels, value: value as f64 }
            };
            for (state, count) in self.store.job_counts(brand.brand).await? {
                let labels = vec![("state", state.name().to_owned())];
                all.push(gauge("aside_jobs", "Jobs by state.", labels, count));
            }
            let (sequenced, waiting) = self.store.entry_counts(brand.brand).await?;
            all.push(gauge(
                "aside_ledger_entries",
                "Ledger entries with a place in the log.",
                vec![],
                sequenced,
            ));
            all.push(gauge("aside_ledger_waiting", "Ledger entries without one yet.", vec![], waiting));
        }
        Ok(all)
    }
}
