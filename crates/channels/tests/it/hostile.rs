//! Bodies that nobody should send.

use crate::{fixtures::fixture, shown::shown};
use aside_channels::{
    Event,
    facebook::{MAX_BODY, MAX_EVENTS, ParseError, parse},
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn names(body: &[u8]) -> Vec<&'static str> {
    parse(body).unwrap().iter().map(|inbound| inbound.event.name()).collect()
}

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
    assert_eq!(
        read,
        [
            ("104500000000101", "message"),
            ("104500000000101", "not_understood"),
            ("104500000000101", "message"),
            ("", "not_understood"),
            ("104500000000202", "message"),
            ("104500000000202", "not_understood"),
        ]
    );
}

#[test]
fn a_body_of_ten_megabytes_is_refused() {
    let mut body = br#"{"object":"page","entry":[""#.to_vec();
    body.resize(10 << 20, b'a');
    assert_eq!(error(&body), ParseError::TooLarge);
    assert!(body.len() > MAX_BODY);
}

#[test]
fn a_body_nested_ten_thousand_deep_is_refused() {
    let lists = format!(r#"{{"object":"page","entry":{}{}}}"#, "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(error(lists.as_bytes()), ParseError::NotJson);
    assert_eq!(error(br#"{"a":"#.repeat(10_000).as_slice()), ParseError::NotJson);
}

#[test]
fn a_body_of_too_many_events_is_refused() {
    let events = vec![json!({}); MAX_EVENTS + 1];
    let body = json!({"object": "page", "entry": [{"id": "1", "messaging": events}]}).to_string();
    assert_eq!(error(body.as_bytes()), ParseError::TooMany);
    let entries = json!({"object": "page", "entry": vec![json!({}); MAX_EVENTS + 1]}).to_string();
    assert_eq!(error(entries.as_bytes()), ParseError::TooMany);
}

#[test]
fn what_is_no_json_object_is_an_error() {
    for body in [&b""[..], b"{", b"null x", b"\xFF\xFE", b"{\"object\":\"page\""] {
        assert_eq!(error(body), ParseError::NotJson);
    }
    for body in [&b"null"[..], b"[]", b"\"page\"", b"3"] {
        assert_eq!(error(body), ParseError::NotAnObject);
    }
}

#[test]
fn another_products_webhook_is_counted_and_not_read() {
    let events = parse(br#"{"object":"instagram","entry":[{"id":"1","messaging":[{}]}]}"#).unwrap();
    assert!(matches!(&events[0].event, Event::NotUnderstood { kind, .. } if kind == "instagram"));
    assert_eq!(events.len(), 1);
    assert_eq!(names(br#"{"object":"page"}"#), ["not_understood"]);
}

#[test]
fn bytes_that_are_not_unicode_cost_nobody_elses_message() {
    let body = b"{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[\
        {\"sender\":{\"id\":\"2\"},\"recipient\":{\"id\":\"1\"},\"timestamp\":1795340000000,\"message\":{\"mid\":\"a\",\"text\":\"x\xFFy\"}},\
        {\"sender\":{\"id\":\"3\"},\"recipient\":{\"id\":\"1\"},\"timestamp\":1795340000000,\"message\":{\"mid\":\"b\",\"text\":\"half \\ud83d emoji\"}}]}]}";
    let shown = shown(&parse(body).unwrap());
    assert!(shown.contains("text: x\u{FFFD}y") && shown.contains("text: half \u{FFFD} emoji"), "{shown}");
}

#[test]
fn of_repeated_keys_the_last_one_counts() {
    let body = br#"{"object":"user","object":"page","entry":[{"id":"9","id":"1","messaging":[
        {"sender":{"id":"8"},"sender":{"id":"2"},"recipient":{"id":"1"},"timestamp":1,"message":{"mid":"a","text":"no","text":"yes"}}]}]}"#;
    let shown = shown(&parse(body).unwrap());
    assert!(shown.contains("on 1 ") && shown.contains("from: 2 -") && shown.contains("text: yes"), "{shown}");
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
    for name in [
        "message_attachment",
        "message_edit",
        "message_delivery",
        "postback",
        "comment_add",
        "comment_remove",
    ] {
        let body: Value = serde_json::from_slice(&fixture(name)).unwrap();
        let mut all = Vec::new();
        places(&body, "", &mut all);
        for place in all.iter().filter(|place| !place.is_empty()) {
            for odd in &odd {
                let mut changed = body.clone();
                *changed.pointer_mut(place).unwrap() = odd.clone();
                let events = parse(changed.to_string().as_bytes()).unwrap();
                assert!(place == "/entry" || !events.is_empty(), "{name}{place}: an event vanished");
            }
        }
    }
}

#[test]
fn a_message_of_a_kind_that_the_network_does_not_name_is_not_lost() {
    let body = json!({"object": "page", "entry": [{"id": "1", "time": 1,
        "messaging": [{"sender": {"id": "2"}, "recipient": {"id": "1"}, "timestamp": 1, "message": {"mid": "a"}}],
        "changes": [{"field": "feed", "value": {"item": "comment", "verb": "add", "comment_id": "c", "post_id": "p",
            "from": {"id": "2"}}}]}]});
    for inbound in parse(body.to_string().as_bytes()).unwrap() {
        let Event::Message { text, attachments, .. } = inbound.event else {
            panic!("{}", inbound.event.name())
        };
        assert!(text.is_none());
        assert_eq!(attachments, ["other"]);
    }
}

#[test]
fn a_kind_that_is_no_plain_word_is_not_repeated() {
    let body = json!({"object": "page", "entry": [{"id": "1", "messaging": [
        {"sender": {"id": "2"}, "recipient": {"id": "1"}, "timestamp": 1, "card 4111 1111 1111 1111": {}}]}]});
    let events = parse(body.to_string().as_bytes()).unwrap();
    assert!(matches!(&events[0].event, Event::NotUnderstood { kind, .. } if kind == "other"));
}

/// JSON made of the words that the parser looks for, so that it goes deep.
fn plausible() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(vec![
        "object",
        "page",
        "entry",
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
        "attachments",
        "type",
        "delivery",
        "mids",
        "watermark",
        "read",
        "message_edit",
        "field",
        "feed",
        "value",
        "item",
        "comment",
        "verb",
        "add",
        "edited",
        "remove",
        "hide",
        "comment_id",
        "post_id",
        "from",
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
    fn no_text_makes_the_parser_panic(text in "\\PC{0,60}", escape in "\\\\u[dD][89abcdefABCDEF][0-9a-f]{2}") {
        let body = format!("{{\"object\":\"page\",\"entry\":[{{\"x\":\"{text}{escape}\"}}]}}");
        drop(parse(body.as_bytes()));
    }

    #[test]
    fn no_json_makes_the_parser_panic(entry in plausible()) {
        let body = json!({"object": "page", "entry": [entry.clone()]}).to_string();
        prop_assert!(parse(body.as_bytes()).is_ok());
        let body = json!({"object": "page", "entry": [{"id": "1", "messaging": [entry.clone()],
            "changes": [{"field": "feed", "value": entry}]}]}).to_string();
        prop_assert_eq!(parse(body.as_bytes()).unwrap().len(), 2);
    }
}
