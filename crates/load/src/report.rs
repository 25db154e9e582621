//! What a measurement prints.

use crate::{floor::Floor, measure::Figures, pages::Pages, synapse::Compared};

/// The head of the table of runs.
pub(crate) const HEAD: &str = "\
    rate   acked/s  refused |  to acknowledgement, ms        |  to the console, ms            | CPU µs a message      |  memory, MiB       | store\n    \
   due/s                    |    p50    p99  p99.9     max   |    p50    p99  p99.9     max   | server  store  driver |  start  end   peak | MiB";

/// A run's line.
pub(crate) fn line(figures: &Figures) -> String {
    let latencies = |p: &crate::latencies::Percentiles| {
        format!("{:>6.1} {:>6.1} {:>6.1} {:>7.1}", p.p50, p.p99, p.p999, p.max)
    };
    let rate = if figures.rate > 0.0 { format!("{:.0}", figures.rate) } else { "flat out".to_owned() };
    let refused: u64 = figures.refused.values().sum();
    let mib = |kib: u64| kib / 1024;
    format!(
        "{rate:>8} {:>9.0} {refused:>8} | {}   | {}   | {:>6.0} {:>6.0} {:>7.0} | {:>6} {:>5} {:>6} | {:>5}",
        figures.per_second,
        latencies(&figures.acknowledgement),
        latencies(&figures.console),
        figures.server_cpu,
        figures.database_cpu,
        figures.driver_cpu,
        mib(figures.memory[0]),
        mib(figures.memory[1]),
        mib(figures.memory[2]),
        figures.store_bytes / (1024 * 1024),
    )
}

/// Where the server's processor time went in a run, thread by thread.
pub(crate) fn threads(figures: &Figures) -> String {
    let used = figures.threads.iter().filter(|(_, micros)| **micros >= 1.0);
    let used: Vec<_> = used.map(|(name, micros)| format!("{name} {micros:.0}")).collect();
    format!("   by thread, µs a message: {}", used.join(", "))
}

/// The floor of a run.
pub(crate) fn floor(figures: &Figures, floor: &Floor) -> String {
    format!(
        "   floor {:>9.0} messages a second: {:.0} statements a second, {:.1} a message, {:.1} messages a commit, \
         {:.0} µs of processor time a message\n   ratio {:>9.2} of the floor is what the server took in that run",
        floor.per_second(),
        floor.statements as f64 / floor.seconds,
        floor.statements as f64 / floor.messages.max(1) as f64,
        floor.messages as f64 / floor.transactions.max(1) as f64,
        floor.cpu_a_message(),
        figures.per_second / floor.per_second(),
    )
}

/// What Synapse took, beside the `best` of ours.
pub(crate) fn synapse(compared: &Compared, best: f64) -> String {
    format!(
        "   Synapse {} {:>6.1} messages a second from {} clients, {:.0} µs of processor time a message without its \
         database's\n   ratio {:>9.1} times as many is what Aside sustained in the same run",
        compared.version,
        compared.per_second(),
        compared.clients,
        compared.cpu,
        best / compared.per_second(),
    )
}

/// Pages while the store grew.
pub(crate) fn pages(pages: &[Pages]) -> String {
    let head = "pages, ms, the middle of many   messages   inbox   a conversation".to_owned();
    let line = |at: &Pages| format!("{:>40} {:>7.2} {:>16.2}", at.messages, at.inbox, at.timeline);
    std::iter::once(head).chain(pages.iter().map(line)).collect::<Vec<_>>().join("\n")
}
