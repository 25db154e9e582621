//! What was wanted, beside what was reached.

use super::subject::Subject;
use super::{Measured, Texts, number};
use crate::markdown::Table;
use crate::peers::Peer;

/// One line for each goal that this run can speak of.
pub(super) fn table(measured: &[Measured], messages: &Texts, prose: &Texts) -> String {
    let of = |wanted: Subject| measured.iter().find(|measured| measured.subject == wanted);
    let short = |wanted: Subject| Some(messages.texts_a_second(of(wanted)?.short.as_ref()?));
    let prose = |wanted: Subject| Some(prose.megabytes_a_second(of(wanted)?.prose.as_ref()?));
    let ours = short(Subject::Ours);
    let times = |other: Option<f64>| Some(ours? / other?);
    let best_rust = [Peer::PresidioRs, Peer::RedactCore]
        .into_iter()
        .filter_map(|peer| short(Subject::Peer(peer)))
        .fold(None, |best: Option<f64>, rate| Some(best.map_or(rate, |best| best.max(rate))));
    let timing = of(Subject::Ours).and_then(|ours| ours.short.as_ref());

    let mut table = Table::new(&["goal", "wanted", "reached", ""]);
    let mut at_least = |what: &str, wanted: f64, reached: Option<f64>, unit: &str| {
        if let Some(reached) = reached {
            let word = if reached >= wanted { "met" } else { "missed" };
            let text = |value: f64| {
                let value = if value < 10.0 { format!("{value:.2}") } else { number(value) };
                format!("{value}{unit}")
            };
            let wanted = format!("at least {}", text(wanted));
            table.row(&[what.to_owned(), wanted, text(reached), word.to_owned()]);
        }
    };
    at_least("short messages a second", 1_000_000.0, ours, "");
    at_least("of the floor", 0.2, times(short(Subject::Floor)), "");
    at_least("of Presidio", 800.0, times(short(Subject::Peer(Peer::Presidio))), " ×");
    at_least("of the best Rust peer", 10.0, times(best_rust), " ×");
    at_least("short messages a second with names", 30_000.0, short(Subject::OursNames), "");
    at_least("clean prose with names", 5.0, prose(Subject::OursNames), " MB/s");
    at_least("clean prose with all cues", 250.0, prose(Subject::Ours), " MB/s");
    at_least("clean prose, digits and `@` alone", 1_000.0, prose(Subject::OursDigits), " MB/s");
    let mut at_most = |what: &str, wanted: f64, reached: Option<f64>, unit: &str| {
        if let Some(reached) = reached {
            let word = if reached <= wanted { "met" } else { "missed" };
            let wanted = format!("under {wanted:.0} {unit}");
            table.row(&[what.to_owned(), wanted, format!("{reached:.1} {unit}"), word.to_owned()]);
        }
    };
    at_most("ready after", 10.0, timing.map(|timing| timing.ready_ms), "ms");
    at_most("memory without names", 20.0, timing.map(|timing| timing.memory_mb), "MB");
    table.finish()
}
