//! Every documented webhook is read as documented.

use crate::shown::shown;
use aside_channels::{Event, Inbound, instagram::parse};
use std::{collections::BTreeMap, fs, path::Path};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/instagram");

/// Fixtures that are not webhooks.
const ANSWERS: [&str; 6] =
    ["comment_accepted", "errors", "private_reply_accepted", "send_accepted", "signatures", "success"];

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
    let mut names = names();
    names.retain(|name| !ANSWERS.contains(&name.as_str()));
    names
}

pub(super) fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(FIXTURES).join(format!("{name}.json"))).unwrap()
}

fn read(name: &str) -> Vec<Inbound> {
    parse(&fixture(name)).unwrap()
}

#[test]
fn every_fixture_is_read_as_its_snapshot_says() {
    let mut all = String::new();
    for name in webhooks() {
        all.push_str(&format!("=== {name}\n{}", shown(&read(&name))));
    }
    insta::assert_snapshot!(all);
}

#[test]
fn every_fixture_names_its_source() {
    let sources = fs::read_to_string(Path::new(FIXTURES).join("SOURCES.md")).unwrap();
    for name in names() {
        assert!(sources.contains(&format!("`{name}`")), "{name} is not in SOURCES.md");
    }
}

#[test]
fn a_boosted_posts_comment_that_comes_twice_is_one_message_of_one_thread() {
    let message = |name| {
        let event = read(name).swap_remove(0);
        let Event::Message { provider_id, thread, .. } = event.event else { panic!() };
        (event.event_key, provider_id, thread.key.expose().to_owned())
    };
    assert_eq!(message("comment_facebook_login"), message("comment_boosted"));
}

#[test]
fn a_second_delivery_has_the_same_keys_and_other_events_have_others() {
    let mut seen = BTreeMap::new();
    for name in webhooks() {
        let keys = || read(&name).into_iter().map(|e| e.event_key).collect::<Vec<_>>();
        assert_eq!(keys(), keys(), "{name}");
        for key in keys() {
            if let Some(other) = seen.insert(key.clone(), name.clone()) {
                assert_eq!((other.as_str(), name.as_str()), ("comment_boosted", "comment_facebook_login"));
            }
        }
    }
}
