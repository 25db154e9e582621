//! The table of switches in `crates/model/src/sabotage.rs`, read as text: linking `aside-model` would make
//! xtask wait for a C library of cryptography.

use std::fs;

use crate::cargo::root;
use crate::failure::{Failure, Outcome, While};

const SOURCE: &str = "crates/model/src/sabotage.rs";

/// A way to break a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Switch {
    /// What `ASIDE_SABOTAGE` takes.
    pub(crate) name: String,
    /// The rule that it breaks, 1 to 10.
    pub(crate) rule: u8,
    /// The test that must go red.
    pub(crate) test: String,
}

/// Every switch there is; each of the ten rules must have at least one.
pub(crate) fn read() -> Outcome<Vec<Switch>> {
    let source = fs::read_to_string(root().join(SOURCE)).while_doing(SOURCE)?;
    let switches = parse(&source)?;
    match (1..=10).find(|rule| !switches.iter().any(|switch| switch.rule == *rule)) {
        None => Ok(switches),
        Some(rule) => Err(Failure::new(format!("{SOURCE}: no switch breaks rule {rule}"))),
    }
}

/// Lines of the form `Variant = "name", 1, "test";` within `switches! { … }`.
fn parse(source: &str) -> Outcome<Vec<Switch>> {
    let unreadable = |line: &str| Failure::new(format!("{SOURCE}: not a switch: {line}"));
    let table = source.split_once("\nswitches! {\n").and_then(|(_, rest)| rest.split_once("\n}"));
    let (table, _) = table.ok_or_else(|| unreadable("(the table `switches!` is missing)"))?;
    // A long entry may be broken over lines, so entries are told apart by their semicolons.
    let code: String = table.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let entries = code.split(';').map(str::trim).filter(|entry| !entry.is_empty());
    entries.map(|entry| switch(entry).ok_or_else(|| unreadable(entry))).collect()
}

fn switch(entry: &str) -> Option<Switch> {
    let (_, columns) = entry.split_once('=')?;
    let columns: Vec<_> = columns.split(',').map(str::trim).collect();
    let [name, rule, test] = columns[..] else { return None };
    Some(Switch { name: unquoted(name)?, rule: rule.parse().ok()?, test: unquoted(test)? })
}

fn unquoted(text: &str) -> Option<String> {
    text.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_in_the_model_has_a_switch_for_each_rule() {
        let switches = read().unwrap();
        assert!(switches.len() >= 10, "{switches:?}");
        assert!(switches.iter().all(|switch| switch.test.starts_with(&format!("rule_{}_", switch.rule))));
    }

    #[test]
    fn comments_and_broken_lines_do_not_hide_a_switch() {
        let source =
            "\nswitches! {\n    /// Why; and = \"how\".\n    A = \"a\", 1,\n        \"rule_1_x\";\n}\n";
        let expected = Switch { name: "a".into(), rule: 1, test: "rule_1_x".into() };
        assert_eq!(parse(source).unwrap(), [expected]);
    }

    #[test]
    fn a_line_that_is_no_switch_is_an_error_and_not_skipped() {
        assert!(parse("\nswitches! {\n    A = \"a\", one, \"t\";\n}\n").is_err());
        assert!(parse("no table").is_err());
    }
}
