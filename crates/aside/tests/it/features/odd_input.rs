//! Requests as no honest program makes them.

use crate::world::World;
use bytes::Bytes;
use reqwest::Method;
use serde_json::{Value, json};

async fn post(world: &World, body: impl Into<Bytes>) -> u16 {
    let body = body.into();
    let signature = world.brand.sim.signature(&body);
    world.brand.sim.post_to_hook(body, Some(&signature)).await.expect("an answer")
}

/// Posts far more than is taken. The connection may be closed before all of it is sent, and the answer lost.
async fn floods(world: &World) {
    let body = Bytes::from(vec![b' '; 10 * 1024 * 1024]);
    let signature = world.brand.sim.signature(&body);
    let status = world.brand.sim.post_to_hook(body, Some(&signature)).await;
    assert!(matches!(status, None | Some(413)), "{status:?}");
}

fn message(world: &World, page: &str, mid: &str, text: &str) -> Value {
    let _ = world;
    json!({ "sender": { "id": "248000000000042" }, "recipient": { "id": page }, "timestamp": 1_795_339_800_000_i64,
        "message": { "mid": mid, "text": text } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signed_body_that_is_no_webhook_is_refused_and_changes_nothing() {
    let world = World::open().await;
    let before = world.dump();
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    let deep_object = [b"{\"a\":".repeat(50_000), b"1".to_vec(), b"}".repeat(50_000)].concat();
    for (body, status) in [
        (Bytes::new(), 400),
        (Bytes::from_static(b"null"), 400),
        (Bytes::from_static(b"[]"), 400),
        (Bytes::from_static(b"\"object\""), 400),
        (Bytes::from_static(b"{"), 400),
        (Bytes::from_static(b"{\"object\":\"page\"}x"), 400),
        (Bytes::from_static(b"\x00\x01\x02\xff\xfe"), 400),
        (Bytes::from(deep), 400),
        (Bytes::from(deep_object), 400),
        (Bytes::from(vec![b' '; 4 * 1024 * 1024 + 1]), 413),
        (Bytes::from_static(b"{}"), 200),
        (Bytes::from_static(b"{\"object\":\"page\",\"entry\":{}}"), 200),
        (Bytes::from_static(b"{\"object\":\"page\",\"entry\":[null,1,\"x\",{},{\"id\":7}]}"), 200),
        (
            Bytes::from_static(b"{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"messaging\":[null,{},7]}]}"),
            200,
        ),
        (Bytes::from_static(b"{\"object\":\"user\",\"entry\":[]}"), 200),
    ] {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        assert_eq!(post(&world, body).await, status, "{shown}");
        assert_eq!(world.dump(), before, "{shown} changed something");
    }
    floods(&world).await;
    assert_eq!(world.dump(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_bad_event_costs_nobody_elses() {
    let world = World::open().await;
    let page = world.brand.sim.page().to_owned();
    let good = |number: usize| message(&world, &page, &format!("m_good_{number}"), &format!("line {number}"));
    let stranger = "999000000000001";
    let body = json!({ "object": "page", "entry": [
        { "id": page, "time": 1, "messaging": [good(0), { "sender": 1 }, good(1)] },
        { "id": stranger, "time": 1, "messaging": [message(&world, stranger, "m_stranger", "for another page")] },
        "not an entry",
        { "id": page, "time": 1, "messaging": "not a list" },
        { "id": page, "time": 1, "changes": [{ "field": "feed", "value": { "item": "comment", "verb": "add" } }] },
        { "id": page, "time": 1, "messaging": [message(&world, &page, "", "no id"), good(2)] },
        { "id": page, "time": 1, "messaging": [{ "message": { "mid": ["m"], "text": { "a": 1 } } }, good(3)] },
    ] });
    assert_eq!(post(&world, body.to_string()).await, 200);
    assert_eq!(world.count("SELECT count(*) FROM messages"), 4);
    let metrics = world.browser().get("/metrics").await.text;
    assert!(metrics.contains("aside_events_unknown_account_total 1\n"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_text_are_repaired_and_not_lost() {
    let world = World::open().await;
    let ada = world.agent().await;
    let page = world.brand.sim.page();
    let with = |mid: &str, text: &[u8]| {
        let frame = message(&world, page, mid, "TEXT").to_string();
        let (before, after) = frame.split_once("TEXT").unwrap();
        let entry = [before.as_bytes(), text, after.as_bytes()].concat();
        let start =
            format!("{{\"object\":\"page\",\"entry\":[{{\"id\":\"{page}\",\"time\":1,\"messaging\":[");
        [start.as_bytes(), &entry, b"]}]}"].concat()
    };
    for (mid, text) in
        [("m_1", &b"caf\xe9"[..]), ("m_2", b"half \\ud83d a face"), ("m_3", b"zero\\u0000byte")]
    {
        assert_eq!(post(&world, with(mid, text)).await, 200);
    }
    let line = ada.inbox().await.swap_remove(0);
    let heard = ada.conversation(line["conversation"].as_str().unwrap()).await.heard();
    assert_eq!(heard, ["caf\u{fffd}", "half \u{fffd} a face", "zero\0byte"]);
    ada.browser.get(&format!("/console/c/{}", line["conversation"].as_str().unwrap())).await.must_be(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hook_takes_the_body_whatever_it_is_called() {
    let world = World::open().await;
    let page = world.brand.sim.page();
    let body = json!({ "object": "page", "entry": [{ "id": page, "time": 1, "messaging": [message(&world, page, "m_x", "hi")] }] });
    let body = body.to_string();
    let signature = world.brand.sim.signature(body.as_bytes());
    let headers =
        [("x-hub-signature-256", signature.as_str()), ("content-type", "text/plain; charset=iso-8859-1")];
    let answer = world.browser().send(Method::POST, &world.brand.hook(), &headers, body.into_bytes()).await;
    assert_eq!(answer.status, 200);
    assert_eq!(world.count("SELECT count(*) FROM messages"), 1);
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        world.browser().send(method, &world.brand.hook(), &[], vec![]).await.must_be(405);
    }
    // The handshake wants its token.
    let hook = world.brand.hook();
    let token = &world.brand.sim.config().verify_token;
    let asks = |token: &str| format!("{hook}?hub.mode=subscribe&hub.verify_token={token}&hub.challenge=4711");
    assert_eq!(world.browser().get(&asks(token)).await.must_be(200).text, "4711");
    world.browser().get(&asks("wrong")).await.must_be(403);
    world.browser().get(&asks("")).await.must_be(403);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_names_what_is_wrong_and_repeats_none_of_it() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    ada.inbox().await;
    let before = world.dump();
    let path = format!("/conversations/{}/replies", evelyn.conversation(&world.app).await);
    let deep = [vec![b'['; 100_000], vec![b']'; 100_000]].concat();
    for (kind, body, status) in [
        ("text/plain", b"{}".to_vec(), 415),
        ("application/x-www-form-urlencoded", b"text=tangerine".to_vec(), 415),
        ("application/json", vec![], 422),
        ("application/json", b"tangerine".to_vec(), 422),
        ("application/json", b"{\"tangerine\":1}".to_vec(), 422),
        ("application/json", b"{\"thread\":1,\"text\":\"tangerine\",\"key\":\"k\"}".to_vec(), 422),
        ("application/json", b"{\"thread\":\"\",\"text\":\"\xff\",\"key\":\"k\"}".to_vec(), 422),
        ("application/json", deep, 422),
        ("application/json", vec![b' '; 4 * 1024 * 1024 + 1], 413),
    ] {
        let answer = ada.send(Method::POST, &path, kind, body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert!(!answer.text.contains("tangerine"), "{}", answer.text);
    }
    for (query, status) in
        [("?state=neither", 422), ("?before=yesterday", 422), ("?mine=maybe", 400), ("?x=1", 200)]
    {
        ada.get(&format!("/conversations{query}")).await.must_be(status);
    }
    for id in ["0", "not-an-id", "%00", "%F0%9F%98%80", &"f".repeat(33), &"f".repeat(32)] {
        ada.get(&format!("/conversations/{id}")).await.must_be(404);
    }
    assert_eq!(world.dump(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_is_none_is_refused() {
    let world = World::open().await;
    let visitor = world.visitor("Evelyn Moss").await;
    let token = visitor.page().await.field("csrf");
    let ours = ("sec-fetch-site", "same-origin");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let with_token = |rest: &str| format!("csrf={token}{rest}").into_bytes();
    for (headers, body, status) in [
        ([ours, ("content-type", "multipart/form-data; boundary=x")], with_token("&text=hi&form_key=k"), 415),
        ([ours, ("content-type", "application/json")], with_token("&text=hi&form_key=k"), 415),
        ([ours, form], vec![], 403),
        ([ours, form], with_token(""), 422),
        ([ours, form], with_token("&text=hi"), 422),
        ([ours, form], with_token("&text=%FF%FE&form_key=k"), 303),
        ([ours, form], with_token(&format!("&form_key=big&text={}", "x".repeat(300 * 1024))), 413),
    ] {
        let answer = visitor.browser.send(Method::POST, "/c/write", &headers, body).await;
        assert_eq!(answer.status, status, "{}", answer.text);
    }
}
