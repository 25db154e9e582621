//! How much processor time the threads of this process took, as Linux counts it.

use std::{collections::BTreeMap, fs};

/// Microseconds of processor time by thread name, with `all` for the whole process.
pub(crate) struct Times(BTreeMap<String, f64>);

/// Linux counts in hundredths of a second (`USER_HZ`, the same on every architecture that we build for).
const MICROSECONDS_A_TICK: f64 = 10_000.0;

impl Times {
    /// Until now. Threads that have ended count in the whole alone.
    pub(crate) fn now() -> Self {
        let mut times = BTreeMap::new();
        let mut add = |name: String, stat: &str| {
            let Some((_, fields)) = stat.rsplit_once(") ") else { return };
            // User and system time are fields 14 and 15; the third is the first after the name.
            let ticks: f64 =
                fields.split(' ').skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
            *times.entry(name).or_default() += ticks * MICROSECONDS_A_TICK;
        };
        add("all".into(), &fs::read_to_string("/proc/self/stat").unwrap());
        for task in fs::read_dir("/proc/self/task").unwrap().flatten() {
            let read = |file| fs::read_to_string(task.path().join(file));
            // A thread may end between the two reads.
            if let (Ok(name), Ok(stat)) = (read("comm"), read("stat")) {
                add(name.trim().to_owned(), &stat);
            }
        }
        Self(times)
    }

    /// What was added since, the most first.
    pub(crate) fn since(&self, before: &Self) -> Vec<(String, f64)> {
        let mut added: Vec<(String, f64)> = self
            .0
            .iter()
            .map(|(name, time)| (name.clone(), time - before.0.get(name).unwrap_or(&0.0)))
            .filter(|(_, time)| *time > 0.0)
            .collect();
        added.sort_by(|a, b| b.1.total_cmp(&a.1));
        added
    }
}

/// The memory that this process holds, in millions of bytes.
pub(crate) fn resident_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<f64>().unwrap() * 1024.0 / 1e6
}
