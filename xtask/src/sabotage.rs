//! `cargo xtask sabotage`: proves the tests of the ten rules. Each switch breaks one rule in a test-only
//! build; the rule's test must go red. A build that fails and a test that is not there prove nothing and
//! are errors.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use clap::Args;

use crate::cargo::{cargo, target};
use crate::failure::{Failure, Outcome, While};
use crate::postgres::Postgres;
use crate::step::{self, Log};
use crate::stores::Store;
use crate::switches::{self, Switch};

/// Which switches.
#[derive(Args)]
pub(crate) struct Arguments {
    /// One switch alone, for instance `no_block`
    #[arg(long, value_name = "NAME")]
    only: Option<String>,
    /// One store alone
    #[arg(long, value_name = "STORE", value_parser = ["sqlite", "postgres"])]
    store: Option<String>,
}

/// What was seen with a switch on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Seen {
    /// The test failed, as it must.
    Red,
    /// It never ended: the rule's loss shows, but the test should say it better.
    RedByTimeout,
    /// The test passed although its rule was broken.
    Green,
    /// Nothing was tested.
    Nothing,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let mut switches = switches::read()?;
    if let Some(only) = &arguments.only {
        let names: Vec<_> = switches.iter().map(|switch| switch.name.clone()).collect();
        switches.retain(|switch| switch.name == *only);
        if switches.is_empty() {
            return Err(Failure::new(format!("no switch is called {only}; there are: {}", names.join(", "))));
        }
    }
    let stores = match &arguments.store {
        Some(word) => Store::ALL.into_iter().filter(|store| store.word() == word).collect(),
        None => Store::ALL.to_vec(),
    };
    prove(&mut Log::open("sabotage")?, &mut Postgres::default(), &stores, &switches)
}

/// All switches on both stores, as a part of the test run.
pub(crate) fn step(log: &mut Log, postgres: &mut Postgres) -> Outcome {
    prove(log, postgres, &Store::ALL, &switches::read()?)
}

fn prove(log: &mut Log, postgres: &mut Postgres, stores: &[Store], switches: &[Switch]) -> Outcome {
    log.run(nextest().arg("--no-run"))?;
    // Red means something only if the same build is green with every rule in force.
    let tests: BTreeSet<_> = switches.iter().map(|switch| switch.test.as_str()).collect();
    let tests = tests.into_iter().collect::<Vec<_>>().join("|");
    for store in stores {
        let mut command = nextest();
        store.under(command.args(["-E", &filter(&tests)]), postgres)?;
        log.run(&mut command)?;
    }

    log.say(&format!("\n{:<5} {:<22} {:<9} {:<14} test", "rule", "switch", "store", "seen"));
    let mut unproved = Vec::new();
    let both = switches.iter().flat_map(|switch| stores.iter().map(move |store| (switch, *store)));
    let both: Vec<_> = both.collect();
    for (switch, store) in &both {
        let seen = with(switch, *store, postgres)?;
        let word = match seen {
            Seen::Red => "red",
            Seen::RedByTimeout => "red (time-out)",
            Seen::Green => "GREEN",
            Seen::Nothing => "NOT RUN",
        };
        let (rule, name, test) = (switch.rule, &switch.name, &switch.test);
        log.say(&format!("{rule:<5} {name:<22} {:<9} {word:<14} {test}", store.word()));
        if matches!(seen, Seen::Green | Seen::Nothing) {
            unproved.push(format!("{name} on {}", store.word()));
        }
    }
    log.say(&format!(
        "{} switches on {} stores: {} times red, {} times not",
        switches.len(),
        stores.len(),
        both.len() - unproved.len(),
        unproved.len()
    ));
    if unproved.is_empty() {
        Ok(())
    } else {
        let logs = step::folder()?.join("sabotage-NAME-STORE.log");
        Err(Failure::new(format!(
            "stayed green or did not run: {} (see {})",
            unproved.join(", "),
            logs.display()
        )))
    }
}

/// Runs the switch's test with the switch on, and keeps what it printed.
fn with(switch: &Switch, store: Store, postgres: &mut Postgres) -> Outcome<Seen> {
    let mut command = nextest();
    command.args(["-E", &filter(&switch.test)]).env("ASIDE_SABOTAGE", &switch.name);
    store.under(&mut command, postgres)?;
    let output = command.output().while_doing("cargo nextest")?;
    let printed = [output.stdout, output.stderr].concat();
    let log = step::folder()?.join(format!("sabotage-{}-{}.log", switch.name, store.word()));
    fs::write(&log, &printed).while_doing(&log.display().to_string())?;
    Ok(judge(output.status.code(), &String::from_utf8_lossy(&printed)))
}

/// nextest's exit codes tell a red test (100) from a build that failed (101) and from no test at all (4).
fn judge(exit_code: Option<i32>, printed: &str) -> Seen {
    match exit_code {
        Some(0) => Seen::Green,
        Some(100) if printed.lines().any(|line| line.trim_start().starts_with("TIMEOUT [")) => {
            Seen::RedByTimeout
        }
        Some(100) => Seen::Red,
        _ => Seen::Nothing,
    }
}

/// The whole name of a test, in whatever module; `name` may be alternatives.
fn filter(name: &str) -> String {
    format!("test(/(^|::)({name})$/)")
}

/// nextest on the integration tests of the sabotaged program.
///
/// The program lands in a folder of its own, so that nobody starts a broken one by mistake; what lies
/// beneath (cryptography, the database) is shared with the ordinary build, so that it is not built twice.
fn nextest() -> Command {
    let mut command = cargo(["nextest", "run", "--locked", "--package", "aside", "--features", "sabotage"]);
    command.args(["--profile", "sabotage"]);
    command.env("CARGO_BUILD_BUILD_DIR", target()).env("CARGO_TARGET_DIR", target().join("sabotage"));
    command.env_remove("ASIDE_SABOTAGE");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_failed_test_is_red() {
        assert_eq!(judge(Some(100), "        FAIL [   1.0s] aside::it rule_1"), Seen::Red);
        assert_eq!(judge(Some(100), "     TIMEOUT [  60.0s] aside::it rule_1"), Seen::RedByTimeout);
        assert_eq!(judge(Some(0), ""), Seen::Green);
        assert_eq!(judge(Some(4), "no tests to run"), Seen::Nothing);
        assert_eq!(judge(Some(101), "could not compile"), Seen::Nothing);
        assert_eq!(judge(None, "killed"), Seen::Nothing);
    }
}
