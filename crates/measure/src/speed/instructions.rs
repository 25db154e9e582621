//! Instructions under valgrind: the same on a busy machine as on a quiet one, and so a guard against changes that cost.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::process::Command;

use aside_detect::Detector;
use clap::{Args, ValueEnum};

use super::{messages, texts};
use crate::failure::{Failure, Outcome, While};
use crate::place;

/// More than this share above what is kept is a regression.
const TOLERANCE: f64 = 0.05;

/// What `--instructions` asks of itself under valgrind.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The texts
    texts: Work,
    /// How often they are read
    rounds: usize,
}

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Work {
    /// Our short messages
    Short,
    /// Clean prose
    Prose,
    /// What is made to be slow
    Hostile,
}

impl Work {
    fn name(self) -> &'static str {
        match self {
            Work::Short => "short",
            Work::Prose => "prose",
            Work::Hostile => "hostile",
        }
    }

    fn texts(self) -> Vec<String> {
        match self {
            Work::Short => messages::messages(),
            Work::Prose => texts::prose(),
            Work::Hostile => texts::hostile().into_iter().map(|(_, text)| text).collect(),
        }
    }
}

/// Lets the detector read the texts, and does nothing else.
pub(crate) fn work(arguments: &Arguments) {
    let detector = Detector::new();
    let texts = arguments.texts.texts();
    for _ in 0..arguments.rounds {
        for text in &texts {
            black_box(detector.detect(black_box(text)));
        }
    }
}

/// Counts, and compares with what is kept or keeps it.
pub(super) fn run(keep: bool) -> Outcome {
    let path = place::kept("instructions");
    let kept = if keep { BTreeMap::new() } else { read(&fs::read_to_string(&path).unwrap_or_default()) };
    let (mut text, mut worse) = (String::from("# instructions a byte, in thousandths\n"), Vec::new());
    for work in [Work::Short, Work::Prose, Work::Hostile] {
        let bytes: usize = work.texts().iter().map(String::len).sum();
        // What is done once, such as making the texts, is in both and goes out.
        let instructions = count(work, 2)? - count(work, 1)?;
        let now = instructions as f64 * 1e3 / bytes as f64;
        writeln!(text, "{} {now:.0}", work.name()).expect("writing to a string cannot fail");
        let change = kept.get(work.name()).map(|before| now / before - 1.0);
        let said = change.map_or_else(String::new, |change| format!(", {:+.1} %", change * 100.0));
        println!("{:<8} {:>8.2} instructions a byte{said}", work.name(), now / 1e3);
        if change.is_some_and(|change| change > TOLERANCE) {
            worse.push(work.name());
        }
        if change.is_some_and(|change| change < -TOLERANCE) {
            println!("         much less than is kept: `--write-instructions` holds on to it");
        }
    }
    if keep {
        return fs::write(&path, text).while_doing(path.display().to_string());
    }
    if worse.is_empty() { Ok(()) } else { Err(Failure::Costs { what: worse.join(", ") }) }
}

fn read(text: &str) -> BTreeMap<String, f64> {
    text.lines()
        .filter_map(|line| {
            let (name, number) = line.split_once(' ')?;
            Some((name.to_owned(), number.parse().ok()?))
        })
        .collect()
}

fn count(work: Work, rounds: usize) -> Outcome<u64> {
    let this = std::env::current_exe().while_doing("this program's own path")?;
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]);
    valgrind.arg(this).args(["work", work.name(), &rounds.to_string()]);
    let output = valgrind.output().while_doing("valgrind")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(Failure::Ended { program: "valgrind".to_owned(), status: output.status });
    }
    references(&said)
        .ok_or_else(|| Failure::Answer { program: "valgrind".to_owned(), what: said.into_owned() })
}

/// The number behind `I refs:`.
fn references(said: &str) -> Option<u64> {
    let line = said.lines().find(|line| line.contains("refs:"))?;
    line.rsplit_once(':')?.1.trim().replace(',', "").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_read_from_what_valgrind_says() {
        assert_eq!(references("==1== \n==1== I refs:        1,234,567\n"), Some(1_234_567));
        assert_eq!(references("==1== I   refs:      12\n"), Some(12));
        assert_eq!(references("nothing"), None);
    }

    #[test]
    fn what_is_kept_is_read_without_its_comment() {
        assert_eq!(read("# instructions a byte\nshort 1200\n"), [("short".to_owned(), 1200.0)].into());
    }
}
