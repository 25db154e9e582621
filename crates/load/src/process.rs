//! What a process uses, as Linux tells in `/proc`.

use crate::failure::{Failure, Outcome, While};
use std::{collections::BTreeMap, fs, ops::Range, process};

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

/// The processor time of a process's living threads, by their names, in seconds.
pub(crate) fn threads(pid: u32) -> Outcome<BTreeMap<String, f64>> {
    let folder = format!("/proc/{pid}/task");
    let mut seconds = BTreeMap::new();
    for entry in fs::read_dir(&folder).while_doing(&folder)?.flatten() {
        // A thread may end while it is looked at.
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        let name = stat.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')'));
        if let (Some((name, _)), Some(used)) = (name, cpu_in(&stat)) {
            *seconds.entry(name.to_owned()).or_default() += used;
        }
    }
    Ok(seconds)
}

/// The processor time of a process and of those that it started, gone ones included, in seconds.
pub(crate) fn family_cpu_seconds(pid: u32) -> Outcome<f64> {
    let stat = |pid: u32| fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let own = ticks(&stat(pid), 11..15).ok_or_else(|| Failure::new(format!("process {pid} is gone")))?;
    let all = fs::read_dir("/proc").while_doing("/proc")?;
    let others = all.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let children = others.map(stat).filter(|stat| parent_in(stat) == Some(pid));
    let of_children: u64 = children.filter_map(|stat| ticks(&stat, 11..13)).sum();
    Ok((own + of_children) as f64 / TICKS)
}

/// Which process started a process, if it runs on this machine.
pub(crate) fn parent(pid: u32) -> Option<u32> {
    parent_in(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)
}

/// This process's own.
pub(crate) fn own_cpu_seconds() -> Outcome<f64> {
    cpu_seconds(process::id())
}

fn cpu_in(stat: &str) -> Option<f64> {
    Some(ticks(stat, 11..13)? as f64 / TICKS)
}

fn parent_in(stat: &str) -> Option<u32> {
    fields(stat)?.nth(1)?.parse().ok()
}

/// The sum of some fields.
fn ticks(stat: &str, which: Range<usize>) -> Option<u64> {
    let count = which.len();
    let found: Vec<u64> =
        fields(stat)?.skip(which.start).take(count).filter_map(|field| field.parse().ok()).collect();
    (found.len() == count).then(|| found.iter().sum())
}

/// What stands behind the program's name, which stands in brackets and may hold anything, brackets included.
fn fields(stat: &str) -> Option<std::str::SplitWhitespace<'_>> {
    Some(stat.rsplit_once(')')?.1.split_whitespace())
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
        assert_eq!(parent_in(stat), Some(1));
    }

    #[test]
    fn a_family_is_a_process_and_those_that_it_started() {
        let before = family_cpu_seconds(process::id()).unwrap();
        let busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
        assert!(process::Command::new("sh").args(["-c", busy]).status().unwrap().success());
        assert!(family_cpu_seconds(process::id()).unwrap() > before);
        let child = process::Command::new("sleep").arg("60").spawn().unwrap();
        assert_eq!(parent(child.id()), Some(process::id()));
        let mut child = child;
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn threads_are_told_apart_by_their_names() {
        let named = std::thread::Builder::new().name("load-test".into());
        let (tell, wait) = std::sync::mpsc::channel::<()>();
        let (begun, begins) = std::sync::mpsc::channel();
        let thread = named
            .spawn(move || {
                // A thread has its name only once it runs.
                begun.send(()).unwrap();
                wait.recv()
            })
            .unwrap();
        begins.recv().unwrap();
        assert!(threads(process::id()).unwrap().contains_key("load-test"));
        drop(tell);
        assert!(thread.join().unwrap().is_err());
    }

    #[test]
    fn memory_is_there_and_never_above_its_peak() {
        let memory = memory(process::id()).unwrap();
        assert!(memory.now > 0 && memory.now <= memory.peak);
        assert!(super::memory(u32::MAX).is_err());
    }
}
