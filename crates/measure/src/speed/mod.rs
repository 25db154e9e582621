//! `cargo xtask bench detect`: what a core does a second, beside others and beside the floor.

mod alone;
mod floor;
mod goals;
mod instructions;
mod messages;
mod numbers;
mod subject;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

pub(crate) use alone::Arguments as AloneArguments;
pub(crate) use alone::run as run_alone;
pub(crate) use instructions::Arguments as WorkArguments;
pub(crate) use instructions::work;

use crate::failure::{Outcome, While};
use crate::markdown::{self, Table};
use crate::peers::{self, Peer};
use crate::place;
use subject::{Subject, Timing};

/// What to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Also measure Presidio and the Rust peers; they are installed first, and it takes minutes
    #[arg(long)]
    peers: bool,
    /// Short messages to measure on, one a line, instead of our own 2,000
    #[arg(long, value_name = "FILE")]
    messages: Option<PathBuf>,
    /// Keep the tables in docs/detection.md
    #[arg(long)]
    write: bool,
    /// Count instructions under valgrind instead, and compare with what is kept
    #[arg(long)]
    instructions: bool,
    /// Keep the count of instructions as what later ones are compared with
    #[arg(long, requires = "instructions")]
    write_instructions: bool,
}

/// Measures, prints, and keeps what was asked to be kept.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    if arguments.instructions {
        return instructions::run(arguments.write_instructions);
    }
    let short = match &arguments.messages {
        Some(path) => lines_of(path)?,
        None => messages::messages(),
    };
    let mut subjects = vec![Subject::Ours, Subject::OursNames, Subject::OursDigits, Subject::Floor];
    if arguments.peers {
        for peer in Peer::ALL {
            match peer.prepare() {
                Ok(()) => subjects.push(Subject::Peer(*peer)),
                Err(failure) => println!("{} is left out: {failure}", peer.title()),
            }
        }
    }
    let messages = Texts::write("short", &short)?;
    let prose = Texts::write("prose", &texts::prose())?;
    let hostile: Vec<_> = texts::hostile()
        .into_iter()
        .map(|(name, text)| {
            Ok((name, Texts::write(&format!("hostile-{}", name.replace(' ', "-")), &[text])?))
        })
        .collect::<Outcome<_>>()?;
    let mut measured = Vec::new();
    for subject in subjects {
        let mut worst: Option<(f64, &str)> = None;
        let short = subject.time(&messages)?;
        let prose = subject.time(&prose)?;
        for (name, text) in &hostile {
            let rate = subject.time(text)?.map_or(0.0, |timing| text.megabytes_a_second(&timing));
            if worst.is_none_or(|(slowest, _)| rate < slowest) {
                worst = Some((rate, name));
            }
        }
        measured.push(Measured { subject, short, prose, worst });
    }
    let text = machine() + &table(&measured, &messages, &prose) + &goals::table(&measured, &messages, &prose);
    print!("{text}");
    if arguments.write { markdown::replace(&place::page(), "speed", &text) } else { Ok(()) }
}

/// What somebody did; nothing where the time was up.
struct Measured {
    subject: Subject,
    short: Option<Timing>,
    prose: Option<Timing>,
    /// Megabytes a second on the hostile text that is the slowest, and its name.
    worst: Option<(f64, &'static str)>,
}

/// Texts in a file, and how much that is.
struct Texts {
    file: PathBuf,
    count: usize,
    bytes: usize,
}

impl Texts {
    fn write(name: &str, texts: &[String]) -> Outcome<Self> {
        let file = peers::texts(name, texts.iter().map(String::as_str))?;
        Ok(Self { file, count: texts.len(), bytes: texts.iter().map(String::len).sum() })
    }

    fn texts_a_second(&self, timing: &Timing) -> f64 {
        self.count as f64 / timing.seconds
    }

    fn megabytes_a_second(&self, timing: &Timing) -> f64 {
        self.bytes as f64 / timing.seconds / 1e6
    }
}

fn table(measured: &[Measured], messages: &Texts, prose: &Texts) -> String {
    let mut table = Table::new(&[
        "one core",
        "short messages a second",
        "MB/s",
        "p50",
        "p99",
        "clean prose, MB/s",
        "worst hostile text, MB/s",
        "ready after",
        "memory",
    ]);
    for Measured { subject, short, prose: prose_timing, worst } in measured {
        let cell = |value: Option<String>| value.unwrap_or_else(|| "too slow".to_owned());
        let short = short.as_ref();
        table.row(&[
            subject.title().to_owned(),
            cell(short.map(|t| number(messages.texts_a_second(t)))),
            cell(short.map(|t| format!("{:.2}", messages.megabytes_a_second(t)))),
            cell(short.map(|t| format!("{:.2} µs", t.p50_us))),
            cell(short.map(|t| format!("{:.2} µs", t.p99_us))),
            cell(prose_timing.as_ref().map(|t| format!("{:.2}", prose.megabytes_a_second(t)))),
            cell(worst.filter(|(rate, _)| *rate > 0.0).map(|(rate, name)| format!("{rate:.3} ({name})"))),
            cell(short.map(|t| format!("{:.1} ms", t.ready_ms))),
            cell(short.map(|t| format!("{:.1} MB", t.memory_mb))),
        ]);
    }
    table.finish()
}

/// What it was measured on, as far as Linux says.
fn machine() -> String {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let named = |line: &str| Some(line.strip_prefix("model name")?.split_once(':')?.1.trim().to_owned());
    let names: Vec<String> = processors.lines().filter_map(named).collect();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown");
    let name = names.first().map_or("an unknown processor", String::as_str);
    format!("{} × {name}; others on the machine meanwhile: load {load}.\n\n", names.len().max(1))
}

fn lines_of(path: &Path) -> Outcome<Vec<String>> {
    let text = fs::read_to_string(path).while_doing(path.display().to_string())?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// A whole number with its thousands apart.
fn number(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_read_easily() {
        assert_eq!(number(1_234_567.4), "1,234,567");
        assert_eq!(number(999.0), "999");
    }
}
