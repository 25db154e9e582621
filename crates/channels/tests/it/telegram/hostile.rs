//! Bodies that nobody should send.

use super::{
    BOT,
    fixtures::{fixture, webhooks},
};
use crate::shown::shown;
use aside_channels::{
    Event, Inbound,
    telegram::{MAX_BODY, ParseError, parse},
};
use proptest::prelude::*;
use serde_json::{Value, json};

fn error(body: &[u8]) -> ParseError {
    match parse(BOT, body) {
        Ok(events) => panic!("{} events were read", events.len()),
        Err(error) => error,
    }
}

fn only(body: &Value) -> Inbound {
    let mut events = parse(BOT, body.to_string().as_bytes()).unwrap();
    assert_eq!(events.len(), 1);
    events.remove(0)
}

fn kind(body: &Value) -> String {
    match only(body).event {
        Event::NotUnderstood { kind, .. } => kind,
        other => other.name().to_owned(),
    }
}

#[test]
fn a_body_too_large_too_deep_or_of_no_json_is_refused() {
    let mut large = br#"{"update_id":1,"message":{"text":""#.to_vec();
    large.resize(MAX_BODY + 1, b'a');
    assert_eq!(error(&large), ParseError::TooLarge);
    assert_eq!(error(br#"{"a":"#.repeat(10_000).as_slice()), ParseError::NotJson);
    for body in [&b""[..], b"{", b"null x", b"\xFF\xFE", b"{\"update_id\":1"] {
        assert_eq!(error(body), ParseError::NotJson);
    }
    for body in [&b"null"[..], b"[]", b"\"message\"", b"3"] {
        assert_eq!(error(body), ParseError::NotAnObject);
    }
}

#[test]
fn another_networks_body_is_counted_and_not_read() {
    assert_eq!(kind(&json!({"object": "page", "entry": [{"id": "1", "messaging": [{}]}]})), "entry");
    assert_eq!(kind(&json!({})), "other");
    assert_eq!(kind(&json!({"update_id": 1})), "other");
    assert_eq!(kind(&json!({"update_id": 1, "card 4111 1111 1111 1111": {}})), "other");
}

#[test]
fn an_update_without_a_number_is_not_taken_for_a_message() {
    let mut body: Value = serde_json::from_slice(&fixture("message_private")).unwrap();
    for odd in [json!(null), json!("7"), json!(-1), json!(1.5)] {
        body["update_id"] = odd;
        assert_eq!(kind(&body), "message");
        assert_eq!(only(&body).event.name(), "not_understood");
    }
}

#[test]
fn bytes_that_are_not_unicode_cost_nobody_their_message() {
    let body = b"{\"update_id\":1,\"message\":{\"message_id\":1,\"from\":{\"id\":5,\"is_bot\":false,\"first_name\":\"M\"},\
        \"chat\":{\"id\":5,\"type\":\"private\"},\"date\":1795340000,\"text\":\"x\xFFy \\ud83d\"}}";
    let shown = shown(&parse(BOT, body).unwrap());
    assert!(shown.contains("text: x\u{FFFD}y \u{FFFD}"), "{shown}");
}

#[test]
fn of_two_edits_within_a_second_the_later_update_is_the_newer_edit() {
    let mut body: Value = serde_json::from_slice(&fixture("edited_private")).unwrap();
    let first = only(&body).at;
    body["update_id"] = json!(body["update_id"].as_i64().unwrap() + 1);
    assert!(only(&body).at > first);
}

#[test]
fn only_a_token_as_the_network_carries_it_is_one() {
    let mut body: Value = serde_json::from_slice(&fixture("message_start_token")).unwrap();
    for text in
        ["/start a b", "/start ", "/start ä", &format!("/start {}", "a".repeat(65)), "/starts", "/start@x y"]
    {
        body["message"]["text"] = json!(text);
        assert_eq!(only(&body).event.name(), "message", "{text}");
    }
    body["message"]["text"] = json!(format!("/start {}", "a".repeat(64)));
    assert_eq!(only(&body).event.name(), "arrived");
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
    for name in webhooks() {
        let body: Value = serde_json::from_slice(&fixture(&name)).unwrap();
        let mut all = Vec::new();
        places(&body, "", &mut all);
        for place in all.iter().filter(|place| !place.is_empty()) {
            for odd in &odd {
                let mut changed = body.clone();
                *changed.pointer_mut(place).unwrap() = odd.clone();
                only(&changed);
            }
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_the_parser_panic(body in prop::collection::vec(any::<u8>(), 0..400)) {
        drop(parse(BOT, &body));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "\\PC{0,60}", id in any::<i64>(), chat in any::<i64>()) {
        let body = json!({"update_id": 1, "message": {"message_id": id, "date": id, "text": text,
            "from": {"id": chat, "is_bot": false}, "chat": {"id": chat, "type": "group"}}});
        drop(parse(BOT, body.to_string().as_bytes()));
    }
}
