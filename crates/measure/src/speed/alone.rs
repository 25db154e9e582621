//! One of our own subjects, measuring itself in a process of its own.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use aside_detect::Detector;
use aside_taxonomy::DataType;
use clap::Args;
use rustix::time::{ClockId, clock_gettime};
use serde::Deserialize;

use super::floor::Floor;
use super::subject::Timing;
use crate::failure::{Failure, Outcome, While};

/// What `cargo xtask bench detect` asks of itself.
#[derive(Args)]
pub(crate) struct Arguments {
    /// `ours`, `ours-names`, `ours-digits` or `floor`
    subject: String,
    /// Texts, one JSON object a line
    file: PathBuf,
    /// How often they are read
    passes: usize,
}

/// The types that are not found without a digit or an `@`.
const NEED_A_DIGIT_OR_AN_AT: [DataType; 5] = [
    DataType::FinPan,
    DataType::ContactEmail,
    DataType::ContactPhone,
    DataType::GovUkNinoUtr,
    DataType::GovUsSsnItin,
];

#[derive(Deserialize)]
struct Row {
    text: String,
}

/// Reads, measures, and prints a [`Timing`].
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let analyze: Box<dyn Fn(&str) -> usize> = match arguments.subject.as_str() {
        "floor" => {
            let floor = Floor::new();
            Box::new(move |text| floor.candidates(text))
        }
        "ours-names" => counting(Detector::builder().names(true).build()),
        "ours-digits" => {
            counting(Detector::builder().types(NEED_A_DIGIT_OR_AN_AT).spelled_out(false).build())
        }
        _ => counting(Detector::new()),
    };
    black_box(analyze("my card is 4111 1111 1111 1111"));
    let ready_ms = processor_seconds() * 1e3;

    let doing = || arguments.file.display().to_string();
    let rows = fs::read_to_string(&arguments.file).while_doing(doing())?;
    let texts: Vec<Row> = rows
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .map_err(|because| Failure::Answer { program: doing(), what: because.to_string() })?;
    let seconds = (0..arguments.passes)
        .map(|_| {
            let begun = processor_seconds();
            for row in &texts {
                black_box(analyze(black_box(&row.text)));
            }
            processor_seconds() - begun
        })
        .fold(f64::MAX, f64::min);
    let (p50_us, p99_us) = percentiles(&texts, arguments.passes, &analyze);
    let timing = Timing { ready_ms, seconds, p50_us, p99_us, memory_mb: peak_memory()? };
    println!("{}", serde_json::to_string(&timing).expect("numbers are JSON"));
    Ok(())
}

fn counting(detector: Detector) -> Box<dyn Fn(&str) -> usize> {
    Box::new(move |text| detector.detect(text).len())
}

/// Microseconds that half of the texts and 99 of 100 take, each in its best pass: others on the machine are not
/// measured.
#[expect(
    clippy::disallowed_methods,
    reason = "a clock that costs little is needed for what takes a microsecond"
)]
fn percentiles(texts: &[Row], passes: usize, analyze: &dyn Fn(&str) -> usize) -> (f64, f64) {
    let mut best = vec![f64::MAX; texts.len()];
    for _ in 0..passes {
        for (row, best) in texts.iter().zip(&mut best) {
            let begun = Instant::now();
            black_box(analyze(black_box(&row.text)));
            *best = best.min(begun.elapsed().as_secs_f64() * 1e6);
        }
    }
    best.sort_by(f64::total_cmp);
    (best[best.len() / 2], best[best.len() * 99 / 100])
}

/// Seconds that this thread has spent on a processor: a busy machine does not matter.
fn processor_seconds() -> f64 {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
}

/// The most memory that this process ever had resident, in millions of bytes.
fn peak_memory() -> Outcome<f64> {
    let path = "/proc/self/status";
    let status = fs::read_to_string(path).while_doing(path)?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    let kilobytes: Option<f64> = peak.and_then(|number| number.trim().parse().ok());
    let no_peak = || Failure::Answer { program: path.to_owned(), what: "no VmHWM".to_owned() };
    Ok(kilobytes.ok_or_else(no_peak)? * 1024.0 / 1e6)
}
