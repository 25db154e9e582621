//! How fast, how small: from the start of the program to its first `/readyz`, the memory it holds when
//! idle, and its size on disk.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use clap::Args;

use crate::cargo::{cargo, command, target};
use crate::failure::{Failure, Outcome, While};
use crate::step::{Log, now};

/// The goals, in milliseconds and in millions of bytes.
const START_MS: f64 = 300.0;
const MEMORY_MB: f64 = 60.0;
const PROGRAM_MB: f64 = 40.0;

/// How long the program is left alone before its memory is read.
const IDLE: Duration = Duration::from_secs(2);

/// No start takes this long.
const PATIENCE: Duration = Duration::from_secs(20);

/// How to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How often the program is started, each time with a new data folder
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,
}

/// Builds the released program, measures and prints.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    Log::open("bench-start")?.run(&mut cargo(["build", "--release", "--locked", "--package", "aside"]))?;
    let program = target().join("release/aside");
    let size = fs::metadata(&program).while_doing(&program.display().to_string())?.len();

    let mut starts = Vec::new();
    let mut memories = Vec::new();
    for run in 0..arguments.runs {
        let data = target().join("xtask").join(format!("bench-start-{run}"));
        remove(&data)?;
        let mut running = Running::start(&program, &data)?;
        starts.push(running.until_ready()?.as_secs_f64() * 1000.0);
        thread::sleep(IDLE);
        memories.push(resident_bytes(running.child.id())? / 1e6);
        drop(running);
        remove(&data)?;
    }

    println!("{} runs, empty store\n", arguments.runs);
    println!("{:<28} {:>10} {:>10} {:>10}", "", "p50", "max", "goal");
    print_row("start to /readyz", "ms", &mut starts, START_MS);
    print_row("resident, idle after 2 s", "MB", &mut memories, MEMORY_MB);
    print_row("program on disk", "MB", &mut [size as f64 / 1e6], PROGRAM_MB);
    Ok(())
}

/// Removes a data folder, which may also be left over from a run that was interrupted.
fn remove(data: &Path) -> Outcome {
    match fs::remove_dir_all(data) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(error).while_doing(&data.display().to_string())
        }
        _ => Ok(()),
    }
}

fn print_row(what: &str, unit: &str, values: &mut [f64], goal: f64) {
    values.sort_by(f64::total_cmp);
    let (p50, max) = (values[(values.len() - 1) / 2], values[values.len() - 1]);
    let word = if max <= goal { "met" } else { "missed" };
    println!("{what:<28} {p50:>7.1} {unit} {max:>7.1} {unit} {goal:>7.0} {unit}  {word}");
}

/// The program while it runs; ended when dropped.
struct Running {
    child: Child,
    started: std::time::Instant,
}

impl Running {
    fn start(program: &Path, data: &Path) -> Outcome<Self> {
        let mut command: Command = command(&program.to_string_lossy(), ["serve", "--listen", "127.0.0.1:0"]);
        command.arg("--data").arg(data).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let started = now();
        let child = command.spawn().while_doing("aside serve")?;
        Ok(Self { child, started })
    }

    /// The time from the start to the first `/readyz` that is answered with 200.
    fn until_ready(&mut self) -> Outcome<Duration> {
        let address = self.address()?;
        while self.started.elapsed() < PATIENCE {
            if is_ready(&address) {
                return Ok(self.started.elapsed());
            }
            thread::sleep(Duration::from_micros(500));
        }
        Err(Failure::new(format!("aside serve was not ready within {} s", PATIENCE.as_secs())))
    }

    /// The address from the line `listening on http://127.0.0.1:PORT` on standard error.
    fn address(&mut self) -> Outcome<String> {
        let errors = self.child.stderr.take().expect("standard error is piped and taken once");
        let mut lines = BufReader::new(errors).lines();
        let mut said = String::new();
        for line in lines.by_ref() {
            let line = line.while_doing("aside serve")?;
            if let Some((_, address)) = line.split_once("listening on http://") {
                let address = address.trim_end_matches('/').to_owned();
                // Whoever writes into a pipe that nobody reads stops; this ends with the program.
                thread::spawn(move || lines.for_each(drop));
                return Ok(address);
            }
            said = line;
        }
        Err(Failure::new(format!("aside serve ended before it listened: {said}")))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself, which the measurement before has then noticed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn is_ready(address: &str) -> bool {
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(address)?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut start = vec![0; 12];
        stream.read_exact(&mut start)?;
        Ok(start)
    };
    ask().is_ok_and(|start| start == b"HTTP/1.1 200")
}

/// The resident memory of a process, in bytes, as the kernel counts it.
fn resident_bytes(process: u32) -> Outcome<f64> {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(&path).while_doing(&path)?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB"));
    match kilobytes.and_then(|number| number.trim().parse::<f64>().ok()) {
        Some(kilobytes) => Ok(kilobytes * 1024.0),
        None => Err(Failure::new(format!("{path}: no VmRSS"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_a_running_process_is_read_from_the_kernel() {
        let bytes = resident_bytes(std::process::id()).unwrap();
        assert!(bytes > 500_000.0, "a process holds more than half a megabyte, not {bytes}");
    }
}
