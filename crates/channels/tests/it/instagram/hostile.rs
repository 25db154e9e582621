//! Bodies that nobody should send.

use super::fixtures::{fixture, webhooks};
use aside_channels::{
    Event,
    instagram::{MAX_BODY, MAX_EVENTS, ParseError, parse},
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
fn one_bad_entry_spoils_none_of_the_others() {
    let events = parse(&fixture("batch")).unwrap();
    let read: Vec<_> = events.iter().map(|e| (e.account.as_str(), e.event.name())).collect();
    let (one, other) = ("17841400000000101", "17841400000000202");
    assert_eq!(
        read,
        [
            (one, "message"),
            (one, "not_understood"),
            (one, "not_understood"),
            (one, "message"),
            ("", "not_understood"),
            ("", "not_understood"),
            (other, "message"),
        ]
    );
}

#[test]
fn what_is_too_large_too_deep_too_much_or_no_object_is_refused() {
    let mut huge = br#"{"object":"instagram","entry":[""#.to_vec();
    huge.resize(10 << 20, b'a');
    assert!(huge.len() > MAX_BODY);
    assert_eq!(error(&huge), ParseError::TooLarge);
    let deep = format!(r#"{{"object":"instagram","entry":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(error(deep.as_bytes()), ParseError::NotJson);
    for entry in [
        json!([{"id": "1", "changes": vec![json!({}); MAX_EVENTS + 1]}]),
        json!(vec![json!({"field": "comments"}); MAX_EVENTS + 1]),
    ] {
        let body = json!({"object": "instagram", "entry": entry}).to_string();
        assert_eq!(error(body.as_bytes()), ParseError::TooMany);
    }
    for body in [&b""[..], b"{", b"\xFF\xFE", b"{\"object\":\"instagram\""] {
        assert_eq!(error(body), ParseError::NotJson);
    }
    for body in [&b"null"[..], b"[]", b"3"] {
        assert_eq!(error(body), ParseError::NotAnObject);
    }
}

#[test]
fn another_products_webhook_is_counted_and_not_read() {
    let body = json!({"object": "page", "entry": [{"id": "1", "messaging": [{}]}]}).to_string();
    let events = parse(body.as_bytes()).unwrap();
    assert!(
        matches!(&events[..], [one] if matches!(&one.event, Event::NotUnderstood { kind, .. } if kind == "page"))
    );
}

/// The pointers to every place of a body.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| places(value, &format!("{at}/{key}"), out));
        }
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(n, value)| places(value, &format!("{at}/{n}"), out));
        }
        _ => {}
    }
}

#[test]
fn whatever_stands_where_something_else_should_no_event_vanishes() {
    let odd = [Value::Null, json!(7), json!("x"), json!([]), json!({}), json!([{"id": "1"}]), json!("")];
    for name in webhooks() {
        let body: Value = serde_json::from_slice(&fixture(&name)).unwrap();
        let mut all = Vec::new();
        places(&body, "", &mut all);
        for place in all.iter().filter(|place| !place.is_empty()) {
            for odd in &odd {
                let mut changed = body.clone();
                *changed.pointer_mut(place).unwrap() = odd.clone();
                let events = parse(changed.to_string().as_bytes()).unwrap();
                let may_be_empty = ["/entry", "/entry/0/changes", "/entry/0/messaging", "/entry/0/standby"];
                assert!(
                    may_be_empty.contains(&place.as_str()) || !events.is_empty(),
                    "{name}{place} as {odd}: an event vanished"
                );
            }
        }
    }
}

#[test]
fn nobody_can_pass_as_the_account_by_naming_it_as_their_own() {
    // Only where both ids are the same is it the account; another's scoped id beside the author's means nothing.
    let body = json!({"object": "instagram", "entry": [{"id": "1", "time": 1, "field": "comments", "value": {
        "id": "2", "text": "hi", "media": {"id": "3"}, "from": {"id": "4", "self_ig_scoped_id": "5"}}}]});
    let events = parse(body.to_string().as_bytes()).unwrap();
    assert_eq!(events[0].event.name(), "message");
}

/// JSON made of the words that the parser looks for, so that it goes deep.
fn plausible() -> impl Strategy<Value = Value> {
    const WORDS: [&str; 24] = [
        "messaging",
        "changes",
        "standby",
        "id",
        "time",
        "sender",
        "recipient",
        "message",
        "mid",
        "text",
        "is_echo",
        "is_deleted",
        "attachments",
        "type",
        "read",
        "message_edit",
        "field",
        "comments",
        "live_comments",
        "value",
        "from",
        "media",
        "original_media_id",
        "messages",
    ];
    let words = prop::sample::select(WORDS.to_vec());
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
    fn no_json_makes_the_parser_panic_or_lose_an_event(entry in plausible()) {
        let body = json!({"object": "instagram", "entry": [entry.clone()]}).to_string();
        prop_assert!(parse(body.as_bytes()).is_ok());
        let flat = json!({"id": "1", "messaging": [entry.clone()], "field": "comments", "value": entry.clone(),
            "changes": [{"field": "live_comments", "value": entry}]});
        let body = json!({"object": "instagram", "entry": [flat]}).to_string();
        prop_assert_eq!(parse(body.as_bytes()).unwrap().len(), 3);
    }
}
