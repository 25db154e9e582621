//! What a process uses, as Linux tells in `/proc`.

use crate::failure::{Failure, Outcome, While};
use std::{fs, process};

/// Ticks of `/proc/<pid>/stat` a second: `USER_HZ`, which is 100 on every Linux that programs see
/// (proc_pid_stat(5)).
const TICKS: f64 = 100.0;

/// A process's memory, in kibibytes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// Resident now.
    pub(crate) now: u64,
    /// The most that ever was.
    pub(crate) peak: u64,
}

/// The processor time that a process has used, in seconds: its own and the kernel's for it.
pub(crate) fn cpu_seconds(pid: u32) -> Outcome<f64> {
    let path = format!("/proc/{pid}/stat");
    let stat = fs::read_to_string(&path).while_doing(&path)?;
    cpu_in(&stat).ok_or_else(|| Failure::new(format!("{path} has no processor time")))
}

/// This process's own.
pub(crate) fn own_cpu_seconds() -> Outcome<f64> {
    cpu_seconds(process::id())
}

fn cpu_in(stat: &str) -> Option<f64> {
    // The name of the program stands in brackets and may hold anything, brackets included.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some((ticks(11)? + ticks(12)?) as f64 / TICKS)
}

/// The memory of a process.
pub(crate) fn memory(pid: u32) -> Outcome<Memory> {
    let path = format!("/proc/{pid}/status");
    let status = fs::read_to_string(&path).while_doing(&path)?;
    let line = |name: &str| {
        let rest = status.lines().find_map(|line| line.strip_prefix(name))?;
        rest.split_whitespace().next()?.parse().ok()
    };
    match (line("VmRSS:"), line("VmHWM:")) {
        (Some(now), Some(peak)) => Ok(Memory { now, peak }),
        _ => Err(Failure::new(format!("{path} has no memory"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn processor_time_is_read_behind_whatever_a_program_is_called() {
        let stat = "4711 (a) b (c)) S 1 1 1 0 -1 4194304 500 0 0 0 250 50 0 0 20 0 9 0 123 4567 890";
        assert_eq!(cpu_in(stat), Some(3.0));
        assert_eq!(cpu_in("4711 (aside) S 1"), None);
        assert!(own_cpu_seconds().unwrap() >= 0.0);
    }

    #[test]
    fn memory_is_there_and_never_above_its_peak() {
        let memory = memory(process::id()).unwrap();
        assert!(memory.now > 0 && memory.now <= memory.peak);
        assert!(super::memory(u32::MAX).is_err());
    }
}
