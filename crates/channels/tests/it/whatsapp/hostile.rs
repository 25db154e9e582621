//! Bodies that nobody should send.

use super::fixtures::{fixture, webhooks};
use crate::shown::shown;
use aside_channels::{
    Event,
    facebook::{MAX_BODY, MAX_EVENTS},
    whatsapp::{ParseError, parse},
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn error(body: &[u8]) -> ParseError {
    match parse(body) {
        Ok(events) => panic!("{} events were read", events.len()),
        Err(error) => error,
    }
}

#[test]
fn one_bad_message_spoils_none_of_the_others_and_each_number_has_its_own() {
    let events = parse(&fixture("batch")).unwrap();
    let read: Vec<_> = events.iter().map(|e| (e.account.as_str(), e.event.name())).collect();
    assert_eq!(
        read,
        [
            ("106500000000001", "same_person"),
            ("106500000000001", "message"),
            ("106500000000001", "message"),
            ("106500000000001", "not_understood"),
            ("106500000000001", "not_understood"),
            ("106500000000001", "same_person"),
            ("106500000000001", "message"),
            ("106500000000002", "same_person"),
            ("106500000000002", "message"),
            ("106500000000002", "status"),
            ("102200000000001", "not_understood"),
            ("102200000000001", "not_understood"),
        ]
    );
}

#[test]
fn a_body_too_large_too_deep_or_of_too_many_events_is_refused() {
    let mut large = br#"{"object":"whatsapp_business_account","entry":[""#.to_vec();
    large.resize(MAX_BODY + 1, b'a');
    assert_eq!(error(&large), ParseError::TooLarge);
    assert_eq!(error(br#"{"a":"#.repeat(10_000).as_slice()), ParseError::NotJson);
    let statuses = vec![json!({}); MAX_EVENTS + 1];
    let many = json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [
        {"field": "messages", "value": {"statuses": statuses}}]}]});
    assert_eq!(error(many.to_string().as_bytes()), ParseError::TooMany);
    let changes = json!({"object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": vec![json!({}); MAX_EVENTS + 1]}]});
    assert_eq!(error(changes.to_string().as_bytes()), ParseError::TooMany);
}

#[test]
fn another_networks_body_is_counted_and_not_read() {
    let page = String::from_utf8(fixture("message_text")).unwrap();
    let page = page.replace("whatsapp_business_account", "page");
    let events = parse(page.as_bytes()).unwrap();
    assert!(
        matches!(&events[..], [one] if matches!(&one.event, Event::NotUnderstood { kind, .. } if kind == "page"))
    );
}

/// Every place of a documented body, replaced in turn by something of another type.
#[test]
fn a_wrong_type_anywhere_is_survived() {
    fn places(value: &Value, path: &str, out: &mut Vec<String>) {
        out.push(path.to_owned());
        match value {
            Value::Object(map) => map.iter().for_each(|(key, v)| places(v, &format!("{path}/{key}"), out)),
            Value::Array(list) => {
                list.iter().enumerate().for_each(|(at, v)| places(v, &format!("{path}/{at}"), out));
            }
            _ => {}
        }
    }
    let odd = [json!(null), json!(true), json!(-1.5), json!("☃"), json!([]), json!({}), json!([[{"id": 3}]])];
    for name in webhooks().iter().filter(|name| *name != "batch") {
        let body: Value = serde_json::from_slice(&fixture(name)).unwrap();
        let mut all = Vec::new();
        places(&body, "", &mut all);
        for place in all.iter().filter(|place| !place.is_empty()) {
            for odd in &odd {
                let mut changed = body.clone();
                *changed.pointer_mut(place).unwrap() = odd.clone();
                let events = parse(changed.to_string().as_bytes()).unwrap();
                let may_be_empty = ["/entry", "/entry/0/changes"].contains(&place.as_str())
                    && odd.as_array().is_some_and(Vec::is_empty);
                assert!(may_be_empty || !events.is_empty(), "{name}{place}: an event vanished");
            }
        }
    }
}

#[test]
fn an_address_that_the_network_cannot_have_given_is_nobodys() {
    let body = String::from_utf8(fixture("message_text_user_id")).unwrap();
    for odd in ["../me", "US.1/../me", "us.13491208655302741918", "+", ""] {
        let changed = body.replace("US.13491208655302741918", odd).replace("12025560142", odd);
        let shown = shown(&parse(changed.as_bytes()).unwrap());
        assert!(shown.starts_with("not_understood"), "{odd}: {shown}");
    }
}

/// JSON made of the words that the parser looks for, so that it goes deep.
fn plausible() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "messages",
        "contacts",
        "statuses",
        "message_echoes",
        "user_id_update",
        "metadata",
        "phone_number_id",
        "from",
        "from_user_id",
        "user_id",
        "wa_id",
        "profile",
        "name",
        "id",
        "timestamp",
        "type",
        "text",
        "body",
        "system",
        "edit",
        "revoke",
        "original_message_id",
        "message",
        "interactive",
        "button_reply",
        "title",
        "status",
        "failed",
        "errors",
        "code",
        "previous",
        "current",
        "12025560142",
        "US.1",
    ]);
    let leaf = prop_oneof![
        words.clone().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    leaf.prop_recursive(6, 64, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            prop::collection::vec((words.clone(), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

proptest! {
    #[test]
    fn no_bytes_make_the_parser_panic(body in prop::collection::vec(any::<u8>(), 0..400)) {
        drop(parse(&body));
    }

    #[test]
    fn no_json_makes_the_parser_panic_and_no_change_vanishes(value in plausible(), field in "[a-z_]{0,20}") {
        for field in ["messages", "smb_message_echoes", "user_id_update", &field] {
            let body = json!({"object": "whatsapp_business_account", "entry": [
                {"id": "1", "changes": [{"field": field, "value": value}]}]});
            prop_assert!(!parse(body.to_string().as_bytes()).unwrap().is_empty());
        }
    }
}
