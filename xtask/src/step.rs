//! A part of `cargo xtask test`: announced, timed, its output shown and kept.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::cargo;
use crate::failure::{Failure, Outcome, While};
use crate::postgres::Postgres;

/// One part of the test run.
pub(crate) struct Step {
    /// What `--only` takes.
    pub(crate) name: &'static str,
    /// What it checks, in a few words.
    pub(crate) what: &'static str,
    /// Does it.
    pub(crate) run: fn(&mut Log, &mut Postgres) -> Outcome,
}

/// How a step ended.
pub(crate) struct Report {
    pub(crate) name: &'static str,
    pub(crate) took: Duration,
    pub(crate) failure: Option<Failure>,
    /// Lines of the test runner itself that say how many tests passed.
    pub(crate) runner_lines: Vec<String>,
}

impl Step {
    /// Announces the step, runs it and says how long it took.
    pub(crate) fn carry_out(&self, postgres: &mut Postgres) -> Report {
        println!("\n=== {}: {}", self.name, self.what);
        let started = now();
        let mut runner_lines = Vec::new();
        let failure = Log::open(self.name)
            .and_then(|mut log| {
                let outcome = (self.run)(&mut log, postgres);
                runner_lines = log.runner_lines;
                outcome
            })
            .err();
        let took = started.elapsed();
        match &failure {
            None => println!("=== {}: ok in {:.1} s", self.name, took.as_secs_f64()),
            Some(failure) => println!("=== {}: FAILED in {:.1} s: {failure}", self.name, took.as_secs_f64()),
        }
        Report { name: self.name, took, failure, runner_lines }
    }
}

/// What a step printed: on the screen as it comes, and whole in `target/xtask/<name>.log`.
pub(crate) struct Log {
    file: File,
    runner_lines: Vec<String>,
}

impl Log {
    /// Starts the log of that name anew.
    pub(crate) fn open(name: &str) -> Outcome<Self> {
        let path = folder()?.join(format!("{name}.log"));
        let file = File::create(&path).while_doing(&path.display().to_string())?;
        Ok(Self { file, runner_lines: Vec::new() })
    }

    /// Says a line.
    pub(crate) fn say(&mut self, line: &str) {
        println!("{line}");
        // The screen has it; a full disk shows itself in every step that writes.
        let _ = writeln!(self.file, "{line}");
    }

    /// Runs a command to its end; anything but exit status 0 is a failure.
    pub(crate) fn run(&mut self, command: &mut Command) -> Outcome {
        let line = line_of(command);
        self.say(&format!("$ {line}"));
        let status = self.show(command)?;
        if status.success() { Ok(()) } else { Err(Failure::new(format!("`{line}` ended with {status}"))) }
    }

    fn show(&mut self, command: &mut Command) -> Outcome<ExitStatus> {
        let (reader, writer) = io::pipe().while_doing("pipe")?;
        let second = writer.try_clone().while_doing("pipe")?;
        let name = command.get_program().to_string_lossy().into_owned();
        let mut child =
            command.stdin(Stdio::null()).stdout(writer).stderr(second).spawn().while_doing(&name)?;
        // The command still holds this end of the pipe, which would keep the reader waiting for ever.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).while_doing("reading output")? > 0 {
            io::stdout().write_all(&line).while_doing("writing output")?;
            self.file.write_all(&line).while_doing("writing output")?;
            let text = String::from_utf8_lossy(&line);
            if is_runner_line(&text) {
                self.runner_lines.push(text.trim_end().to_owned());
            }
            line.clear();
        }
        child.wait().while_doing(&name)
    }
}

/// The folder of logs.
pub(crate) fn folder() -> Outcome<PathBuf> {
    let folder = cargo::target().join("xtask");
    fs::create_dir_all(&folder).while_doing(&folder.display().to_string())?;
    Ok(folder)
}

/// A command as one would type it.
pub(crate) fn line_of(command: &Command) -> String {
    let program = command.get_program().to_string_lossy();
    let program = program.rsplit('/').next().unwrap_or_default();
    command.get_args().fold(program.to_owned(), |line, word| format!("{line} {}", word.to_string_lossy()))
}

/// The time on a clock that only moves forward.
#[expect(clippy::disallowed_methods, reason = "how long a real command took is measured, not simulated")]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// Whether a test runner sums itself up on this line: nextest, libtest, or node's.
fn is_runner_line(line: &str) -> bool {
    let line = line.trim_start();
    let nextest = line.starts_with("Summary [") && line.contains(" run: ");
    let libtest = line.starts_with("test result: ") && !line.contains(" 0 passed; 0 failed;");
    let node = ["tests", "pass", "fail", "cancelled", "skipped"]
        .iter()
        .any(|word| line.strip_prefix("ℹ ").is_some_and(|rest| rest.starts_with(word)));
    nextest || libtest || node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_in_which_test_runners_sum_up_are_recognised() {
        assert!(is_runner_line("     Summary [   0.024s] 3 tests run: 3 passed, 0 skipped\n"));
        assert!(is_runner_line("test result: FAILED. 1 passed; 2 failed; 0 ignored\n"));
        assert!(is_runner_line("ℹ pass 12\n"));
        assert!(!is_runner_line("        PASS [   0.024s] (1/1) toy::it rule_x\n"));
        assert!(
            !is_runner_line("test result: ok. 0 passed; 0 failed; 0 ignored\n"),
            "an empty crate says nothing"
        );
    }

    #[test]
    fn a_command_that_ends_badly_is_a_failure_and_its_output_is_kept() {
        let mut log = Log::open("step-test").unwrap();
        let failure = log.run(&mut cargo::command("sh", ["-c", "echo seen; exit 3"])).unwrap_err();
        assert!(failure.to_string().contains("exit status: 3"), "{failure}");
        let kept = fs::read_to_string(folder().unwrap().join("step-test.log")).unwrap();
        assert!(kept.ends_with("seen\n"), "{kept}");
    }
}
