//! Every documented update is read as documented.

use super::BOT;
use crate::shown::shown;
use aside_channels::telegram::parse;
use std::{collections::BTreeSet, fs, path::Path};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/telegram");

/// Fixtures that are not webhooks.
const ANSWERS: [&str; 6] = ["description", "errors", "me", "send_accepted", "success", "webhook_info"];

fn names() -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(FIXTURES)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    names.sort();
    names
}

pub(super) fn webhooks() -> Vec<String> {
    names().into_iter().filter(|name| !ANSWERS.contains(&name.as_str())).collect()
}

pub(super) fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(FIXTURES).join(format!("{name}.json"))).unwrap()
}

#[test]
fn every_fixture_is_read_as_its_snapshot_says() {
    let mut all = String::new();
    for name in webhooks() {
        all.push_str(&format!("=== {name}\n{}", shown(&parse(BOT, &fixture(&name)).unwrap())));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn every_fixture_names_its_source() {
    let sources = fs::read_to_string(Path::new(FIXTURES).join("SOURCES.md")).unwrap();
    for name in names() {
        let is_named = |end: usize| sources.contains(&format!("`{}_*`", &name[..end]));
        let family = name.match_indices('_').any(|(end, _)| is_named(end));
        assert!(family || sources.contains(&format!("`{name}`")), "{name} is not in SOURCES.md");
    }
}

#[test]
fn every_update_has_a_key_of_its_own_that_a_second_delivery_repeats() {
    let mut seen = BTreeSet::new();
    for name in webhooks() {
        let key = |bot| parse(bot, &fixture(&name)).unwrap()[0].event_key.clone();
        assert_eq!(key(BOT), key(BOT));
        assert_ne!(key(BOT), key("7"), "another bot counts for itself");
        assert!(seen.insert(key(BOT)), "{name}");
    }
}
