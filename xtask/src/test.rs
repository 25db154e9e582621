//! `cargo xtask test`: everything that is checked, in order. A part that cannot run is a failure.

use clap::Args;

use crate::cargo::{cargo, target};
use crate::failure::{Failure, Outcome};
use crate::step::{Log, Report, Step};
use crate::{browser, deny, prerequisites, sabotage};

/// What to check.
#[derive(Args)]
pub(crate) struct Arguments {
    /// One part alone, for instance `clippy`
    #[arg(long, value_name = "STEP", value_parser = clap::builder::PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    only: Option<String>,
}

/// The parts in order: what is cheap and often wrong first.
const STEPS: &[Step] = &[
    Step { name: "prerequisites", what: "tools that the rest needs", run: prerequisites::install },
    Step { name: "format", what: "cargo fmt", run: format },
    Step { name: "supply-chain", what: "bans, licences and sources of what is linked", run: deny::check },
    Step { name: "clippy", what: "lints, warnings denied", run: clippy },
    Step { name: "docs", what: "our crates' pages, warnings denied", run: docs },
    Step { name: "tests", what: "unit and integration tests", run: tests },
    Step { name: "doc-tests", what: "the examples in the docs", run: doc_tests },
    Step { name: "sabotage", what: "each rule broken once, its test red", run: sabotage::step },
    Step { name: "pages", what: "types of the pages' scripts", run: browser::check_types },
    Step { name: "browser", what: "the program in a real browser", run: browser::test },
];

/// Runs the steps, all of them even if one fails, so that one run tells everything.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let chosen = STEPS.iter().filter(|step| arguments.only.as_deref().is_none_or(|only| only == step.name));
    let mut reports: Vec<Report> = Vec::new();
    for step in chosen {
        let report = step.carry_out();
        let cannot_go_on = report.name == "prerequisites" && report.failure.is_some();
        reports.push(report);
        if cannot_go_on {
            break;
        }
    }
    sum_up(&reports)
}

/// The seconds of each step, what failed, and last what the test runners said of themselves.
fn sum_up(reports: &[Report]) -> Outcome {
    println!("\nstep                 seconds");
    for report in reports {
        let word = if report.failure.is_some() { "FAILED" } else { "ok" };
        println!("{:<20} {:>7.1}  {word}", report.name, report.took.as_secs_f64());
    }
    println!("whole output: {}\n", target().join("xtask").display());
    // The Rust tests are the most by far: their line comes last.
    let (rust, others): (Vec<_>, Vec<_>) = reports.iter().partition(|report| report.name == "tests");
    for line in others.iter().chain(&rust).flat_map(|report| &report.runner_lines) {
        println!("{line}");
    }
    let failed: Vec<_> =
        reports.iter().filter(|report| report.failure.is_some()).map(|report| report.name).collect();
    if failed.is_empty() { Ok(()) } else { Err(Failure::new(format!("failed: {}", failed.join(", ")))) }
}

fn format(log: &mut Log) -> Outcome {
    log.run(&mut cargo(["fmt", "--all", "--check"]))
}

/// Without `--all-features`: the feature `sabotage` must not leak into what is tested and shipped.
fn clippy(log: &mut Log) -> Outcome {
    log.run(&mut cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))
}

fn docs(log: &mut Log) -> Outcome {
    let mut command =
        cargo(["doc", "--workspace", "--no-deps", "--document-private-items", "--locked", "--quiet"]);
    log.run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

fn tests(log: &mut Log) -> Outcome {
    log.run(&mut cargo(["nextest", "run", "--workspace", "--locked"]))
}

/// nextest runs no doc tests.
fn doc_tests(log: &mut Log) -> Outcome {
    log.run(&mut cargo(["test", "--doc", "--workspace", "--locked", "--quiet"]))
}
