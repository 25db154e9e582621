//! `cargo xtask test`: everything that is checked, in order. A part that cannot run is a failure.

use clap::Args;

use crate::cargo::{cargo, target};
use crate::failure::{Failure, Outcome};
use crate::postgres::Postgres;
use crate::step::{Log, Report, Step};
use crate::stores::{self, Store};
use crate::{bindings, browser, deny, measure, prerequisites, presidio, python, sabotage, wasm};

/// What to check.
#[derive(Args)]
pub(crate) struct Arguments {
    /// One part alone, for instance `clippy`
    #[arg(long, value_name = "STEP", value_parser = clap::builder::PossibleValuesParser::new(STEPS.iter().map(|step| step.name)))]
    only: Option<String>,
}

/// The parts in order: what is cheap and often wrong first.
const STEPS: &[Step] = &[
    Step {
        name: "prerequisites",
        what: "tools that the rest needs",
        run: |log, _| prerequisites::install(log),
    },
    Step { name: "format", what: "cargo fmt", run: |log, _| format(log) },
    Step {
        name: "supply-chain",
        what: "bans, licences and sources of what is linked",
        run: |log, _| deny::check(log),
    },
    Step { name: "clippy", what: "lints, warnings denied", run: |log, _| clippy(log) },
    Step { name: "docs", what: "our crates' pages, warnings denied", run: |log, _| docs(log) },
    Step { name: "tests", what: "unit and integration tests, the program on SQLite", run: tests },
    Step { name: "tests-postgres", what: "the program on PostgreSQL", run: tests_on_postgres },
    Step { name: "doc-tests", what: "the examples in the docs", run: |log, _| doc_tests(log) },
    Step {
        name: "instructions",
        what: "the detector costs no more than it did",
        run: |log, _| measure::instructions(log),
    },
    Step { name: "sabotage", what: "each rule broken once on each store, its test red", run: sabotage::step },
    Step {
        name: "pages",
        what: "types of the pages' scripts and of the npm package",
        run: |log, _| browser::check_types(log),
    },
    Step {
        name: "presidio-client",
        what: "Presidio's own code against ours",
        run: |log, _| presidio::test(log),
    },
    Step { name: "wasm", what: "the detector in node", run: |log, _| wasm::test(log) },
    Step { name: "python", what: "the Python package", run: |log, _| python::test(log) },
    Step { name: "browser", what: "the program in a real browser", run: |log, _| browser::test(log) },
];

/// Runs the steps, all of them even if one fails, so that one run tells everything.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let chosen = STEPS.iter().filter(|step| arguments.only.as_deref().is_none_or(|only| only == step.name));
    let mut postgres = Postgres::default();
    let mut reports: Vec<Report> = Vec::new();
    for step in chosen {
        let report = step.carry_out(&mut postgres);
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
    let (rust, others): (Vec<_>, Vec<_>) =
        reports.iter().partition(|report| report.name.starts_with("tests"));
    for line in others.iter().chain(&rust).flat_map(|report| &report.runner_lines) {
        println!("{line}");
    }
    let failed: Vec<_> =
        reports.iter().filter(|report| report.failure.is_some()).map(|report| report.name).collect();
    if failed.is_empty() { Ok(()) } else { Err(Failure::new(format!("failed: {}", failed.join(", ")))) }
}

fn format(log: &mut Log) -> Outcome {
    log.run(&mut cargo(["fmt", "--all", "--check"]))?;
    bindings::format(log)
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
    ]))?;
    bindings::clippy(log)
}

fn docs(log: &mut Log) -> Outcome {
    let mut command =
        cargo(["doc", "--workspace", "--no-deps", "--document-private-items", "--locked", "--quiet"]);
    log.run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

fn tests(log: &mut Log, postgres: &mut Postgres) -> Outcome {
    let mut command = cargo(["nextest", "run", "--workspace", "--locked"]);
    Store::Sqlite.under(&mut command, postgres)?;
    log.run(&mut command)
}

/// The tests of the program and its doors once more, on the other store. The whole workspace is named so that
/// it is the same build as before.
fn tests_on_postgres(log: &mut Log, postgres: &mut Postgres) -> Outcome {
    let mut command = cargo(["nextest", "run", "--workspace", "--locked", "-E"]);
    command.arg(format!("(package(aside) | package(aside-web)) & ({})", stores::postgres_filter()));
    Store::Postgres.under(&mut command, postgres)?;
    log.run(&mut command)
}

/// nextest runs no doc tests.
fn doc_tests(log: &mut Log) -> Outcome {
    log.run(&mut cargo(["test", "--doc", "--workspace", "--locked", "--quiet"]))
}
