//! Every documented webhook is read as documented.

use crate::shown::shown;
use aside_channels::facebook::parse;
use std::{fs, path::Path};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/facebook");

/// Fixtures that are not webhooks.
const ANSWERS: [&str; 7] = [
    "comment_accepted",
    "errors",
    "greeting",
    "private_reply_accepted",
    "send_accepted",
    "signatures",
    "success",
];

fn names() -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(FIXTURES)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
        .collect();
    names.sort();
    names
}

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(FIXTURES).join(format!("{name}.json"))).unwrap()
}

#[test]
fn every_fixture_is_read_as_its_snapshot_says() {
    let mut all = String::new();
    for name in names().iter().filter(|name| !ANSWERS.contains(&name.as_str())) {
        all.push_str(&format!("=== {name}\n{}", shown(&parse(&fixture(name)).unwrap())));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn every_fixture_names_its_source() {
    let sources = fs::read_to_string(Path::new(FIXTURES).join("SOURCES.md")).unwrap();
    for name in names() {
        let family = name.split('_').next().unwrap();
        let named = sources.contains(&format!("`{name}`")) || sources.contains(&format!("`{family}_*`"));
        assert!(named, "{name} is not in SOURCES.md");
    }
}

#[test]
fn a_second_delivery_has_the_same_keys_and_other_events_have_others() {
    let mut seen = std::collections::BTreeMap::new();
    for name in names().iter().filter(|name| !ANSWERS.contains(&name.as_str())) {
        let keys = |events: Vec<aside_channels::Inbound>| {
            events.into_iter().map(|e| e.event_key).collect::<Vec<_>>()
        };
        let first = keys(parse(&fixture(name)).unwrap());
        assert_eq!(first, keys(parse(&fixture(name)).unwrap()), "{name}");
        for key in first {
            if let Some(other) = seen.insert(key.clone(), name.clone()) {
                let twins = [
                    ("comment_add", "comment_photo"),
                    ("comment_add", "comment_anonymous"),
                    ("comment_anonymous", "comment_photo"),
                    ("comment_own", "comment_reply"),
                ];
                assert!(twins.contains(&(other.as_str(), name)), "{other} and {name} share {key}");
            }
        }
    }
}
