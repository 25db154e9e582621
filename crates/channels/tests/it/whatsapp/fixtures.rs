//! Every documented webhook is read as documented.

use crate::shown::shown;
use aside_channels::{Event, Inbound, whatsapp::parse};
use std::{collections::BTreeMap, fs, path::Path};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/whatsapp");

/// Fixtures that are not webhooks.
const ANSWERS: [&str; 4] = ["errors", "send_accepted", "send_accepted_user_id", "signatures"];

pub(super) fn names() -> Vec<String> {
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
        all.push_str(&format!("=== {name}\n{}", shown(&parse(&fixture(&name)).unwrap())));
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
    let mut seen = BTreeMap::new();
    for name in webhooks() {
        let keys = |events: Vec<Inbound>| events.into_iter().map(|event| event.event_key).collect::<Vec<_>>();
        let first = keys(parse(&fixture(&name)).unwrap());
        assert_eq!(first, keys(parse(&fixture(&name)).unwrap()), "{name}");
        // Who somebody is and that they moved is told with several events, and is the same each time.
        for key in first.into_iter().filter(|key| !key.contains("/same/")) {
            let other = seen.insert(key.clone(), name.clone());
            assert_eq!(other, None, "{name} shares {key}");
        }
    }
}

#[test]
fn nothing_that_was_sent_as_a_file_a_place_or_a_card_of_somebody_else_is_kept() {
    for (name, lost) in [
        ("message_contacts", "Nora"),
        ("message_location", "-122.14"),
        ("message_document", "invoice.pdf"),
        ("message_image", "lookaside"),
        ("message_interactive_form", "response_json"),
    ] {
        let text = String::from_utf8(fixture(name)).unwrap();
        assert!(text.contains(lost), "{name}");
        assert!(!shown(&parse(text.as_bytes()).unwrap()).contains(lost), "{name}");
    }
}

#[test]
fn whoever_hides_their_number_is_known_by_their_id_and_whoever_shows_both_by_the_same() {
    let author = |name: &str| {
        let events = parse(&fixture(name)).unwrap();
        let from = events.into_iter().find_map(|inbound| match inbound.event {
            Event::Message { from, thread, .. } => {
                assert_eq!(from.id.expose(), thread.reply_to.expose());
                Some(from.id.expose().to_owned())
            }
            _ => None,
        });
        from.unwrap()
    };
    assert_eq!(author("message_text"), "12025560142");
    assert_eq!(author("message_text_user_id"), "US.13491208655302741918");
    assert_eq!(author("message_text_hidden_number"), "US.13491208655302741918");
}
