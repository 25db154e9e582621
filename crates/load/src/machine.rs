//! The machine that figures are taken on: they mean nothing without it.

use serde::Serialize;
use std::{fmt, fs, thread};

/// A machine, as Linux tells.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Machine {
    /// Its processor's name.
    pub processor: String,
    /// How many cores may be used.
    pub cores: usize,
    /// Its memory, in mebibytes.
    pub memory: u64,
    /// Its kernel.
    pub kernel: String,
    /// How many processes wanted to run over the last minute before the measurement; above zero, something else
    /// was at work.
    pub load: String,
}

impl Machine {
    /// This machine, now. What it does not tell is left empty.
    pub(crate) fn here() -> Self {
        let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let value = |text: &str, name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.trim_start_matches([' ', '\t', ':']).to_owned()
        };
        let kib = value(&read("/proc/meminfo"), "MemTotal");
        Self {
            processor: value(&read("/proc/cpuinfo"), "model name"),
            cores: thread::available_parallelism().map_or(0, usize::from),
            memory: kib.split(' ').next().and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default() / 1024,
            kernel: read("/proc/sys/kernel/osrelease").trim().to_owned(),
            load: read("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned(),
        }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} cores of {}, {} MiB, Linux {}, load {} before",
            self.cores, self.processor, self.memory, self.kernel, self.load
        )
    }
}
