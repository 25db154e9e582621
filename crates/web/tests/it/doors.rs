//! What every door does, whoever comes.

use crate::house::House;
use aside_model::Role;
use reqwest::Method;

/// Behind what a page may run.
const POLICY: &str = "; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let house = House::open().await;
    let agent = house.agent("ada", Role::Administrator).await;
    let style = {
        let page = agent.get("/console").await.text;
        let from = page.find("/static/").unwrap();
        page[from..].split('"').next().unwrap().to_owned()
    };
    let brand = house.brand;
    for path in [
        "/",
        "/console",
        "/console/sign-in",
        "/console/ledger",
        "/console/c/no-such",
        "/c",
        "/c/no-such-link",
        "/privacy",
        "/healthz",
        "/readyz",
        "/metrics",
        "/no-such-page",
        "/hooks/facebook/no-such",
        "/api/v1/conversations",
        "/api/v1/openapi.json",
        &style,
        &format!("/.well-known/aside/{brand}/key"),
        &format!("/.well-known/aside/{brand}/tile/0/no-such"),
        &format!("/.well-known/aside/{brand}/tile/..%2f..%2fkeys"),
    ] {
        for browser in [&house.anonymous(), &agent] {
            let answer = browser.get(path).await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
            // Pages with a field for messages may compile WebAssembly, and no page code from strings.
            let writes = ["/console/c/no-such", "/c", "/c/no-such-link", "/privacy"].contains(&path);
            let scripts = if writes { "'self' 'wasm-unsafe-eval'" } else { "'self'" };
            let policy = format!("default-src 'none'; script-src {scripts}{POLICY}");
            assert!(answer.header("content-security-policy").starts_with(&policy), "{path}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
            assert!(answer.header("permissions-policy").contains("camera=()"), "{path}");
            let keep = if path == style { "public, max-age=31536000, immutable" } else { "no-store" };
            assert_eq!(answer.header("cache-control"), keep, "{path}");
            let inline = answer.text.contains("<style") || answer.text.contains(" style=\"");
            assert!(
                !inline && !answer.text.contains("<script>") && !answer.text.contains(" onclick"),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn bodies_that_are_too_large_are_refused_unread() {
    let house = House::open().await;
    let agent = house.agent("ada", Role::Administrator).await;
    let hook = format!("/hooks/facebook/{}", house.connection);
    let big = vec![b'x'; 4 * 1024 * 1024 + 1];
    assert_eq!(house.anonymous().send(Method::POST, &hook, &[], big).await.status, 413);
    let fits = vec![b'x'; 4 * 1024 * 1024];
    assert_eq!(house.anonymous().send(Method::POST, &hook, &[], fits).await.status, 403);
    let text = "x".repeat(300 * 1024);
    let answer = agent.post("/console/contacts", &[("csv", &text)]).await;
    assert_eq!(answer.status, 413);
    assert!(answer.text.contains("More was sent than is taken at once."));
}

#[tokio::test]
async fn a_hook_takes_what_is_signed_and_nothing_else() {
    let house = House::open().await;
    let browser = house.anonymous();
    let hook = format!("/hooks/facebook/{}", house.connection);
    let body = b"{\"object\":\"page\",\"entry\":[]}".to_vec();
    let signature = house.sim.signature(&body);
    let post = |path: String, headers: Vec<(&'static str, String)>, body: Vec<u8>| {
        let browser = browser.clone();
        async move {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.send(Method::POST, &path, &headers, body).await
        }
    };
    let name = "x-hub-signature-256";
    assert_eq!(post(hook.clone(), vec![(name, signature.clone())], body.clone()).await.status, 200);
    assert_eq!(post(hook.clone(), vec![], body.clone()).await.status, 403);
    assert_eq!(post(hook.clone(), vec![(name, format!("{signature}0"))], body.clone()).await.status, 403);
    assert_eq!(post(hook, vec![(name, house.sim.signature(b"[]"))], b"[]".to_vec()).await.status, 400);
    let nowhere = format!("/hooks/facebook/{}", house.brand);
    let answer = post(nowhere, vec![(name, signature)], body).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (404, "application/problem+json"));
}

#[tokio::test]
async fn the_operator_sees_whether_it_lives_and_how_much_there_is_to_do() {
    let house = House::open().await;
    let browser = house.anonymous();
    assert_eq!(browser.get("/healthz").await.text, "ok\n");
    assert_eq!(browser.get("/readyz").await.status, 200);
    let metrics = browser.get("/metrics").await;
    assert!(metrics.header("content-type").starts_with("text/plain; version=0.0.4"));
    for line in metrics.text.lines().filter(|line| !line.starts_with('#')) {
        assert!(line.starts_with("aside_"), "{line}");
        assert!(line.rsplit(' ').next().unwrap().parse::<f64>().is_ok(), "{line}");
    }
    assert!(metrics.text.contains("# TYPE aside_"));
    let through_a_proxy = [("x-forwarded-for", "203.0.113.9")];
    assert_eq!(browser.send(Method::GET, "/metrics", &through_a_proxy, vec![]).await.status, 404);
}

#[tokio::test]
async fn anyone_can_read_the_log_and_check_it() {
    let house = House::open().await;
    house.app.sequence_all().await.unwrap();
    let browser = house.anonymous();
    let log = format!("/.well-known/aside/{}", house.brand);
    let checkpoint = browser.get(&format!("{log}/checkpoint")).await;
    assert_eq!(checkpoint.status, 200);
    let key = browser.get(&format!("{log}/key")).await.text;
    assert_eq!(key.split('+').next(), checkpoint.text.lines().next(), "key and checkpoint name the same log");
    let size: u64 = checkpoint.text.lines().nth(1).unwrap().parse().unwrap();
    let tile = browser.get(&format!("{log}/tile/0/000.p/{size}")).await;
    assert_eq!((tile.status.as_u16(), tile.header("content-type")), (200, "application/octet-stream"));
    let elsewhere = format!("/.well-known/aside/{}/checkpoint", house.connection);
    assert_eq!(browser.get(&elsewhere).await.status, 404);
}

/// A signed webhook with direct messages of one person, each with its moment in milliseconds.
fn direct(house: &House, person: &str, messages: &[(&str, i64)]) -> Vec<u8> {
    let page = house.sim.page();
    let event = |(text, at): &(&str, i64)| {
        serde_json::json!({
            "sender": { "id": person }, "recipient": { "id": page }, "timestamp": at,
            "message": { "mid": format!("m_{at}"), "text": text },
        })
    };
    let events: Vec<_> = messages.iter().map(event).collect();
    let body =
        serde_json::json!({ "object": "page", "entry": [{ "id": page, "time": 1, "messaging": events }] });
    body.to_string().into_bytes()
}

/// Posts a webhook as the network does.
async fn hook(house: &House, body: Vec<u8>) -> u16 {
    let path = format!("/hooks/facebook/{}", house.connection);
    let signature = house.sim.signature(&body);
    let headers = [("x-hub-signature-256", signature.as_str())];
    house.anonymous().send(Method::POST, &path, &headers, body).await.status.as_u16()
}

const NOW: i64 = 1_795_339_800_000;

#[tokio::test]
async fn the_halves_of_a_card_number_that_arrive_at_once_in_any_order_are_cut_out_of_both() {
    let house = House::open().await;
    let agent = house.agent("ada", Role::Agent).await;
    assert_eq!(hook(&house, direct(&house, "77", &[("hello there", NOW)])).await, 200);
    let (first, second) = (("my card is 6011 0009", NOW + 1), ("9013 9424", NOW + 2));
    let posts = tokio::join!(
        hook(&house, direct(&house, "77", &[second])),
        hook(&house, direct(&house, "77", &[first]))
    );
    assert_eq!(posts, (200, 200));
    let at = house.conversation(&agent).await;
    let page = agent.get(&at).await.text;
    assert!(!page.contains("6011 0009") && !page.contains("9013 9424"), "{page}");
    assert_eq!(page.matches("chip removed").count(), 2, "{page}");
}

#[tokio::test]
async fn an_event_whose_keys_would_be_forgotten_is_not_taken_again() {
    let house = House::open().await;
    let agent = house.agent("ada", Role::Agent).await;
    let old = NOW - 86 * 24 * 3_600_000;
    assert_eq!(hook(&house, direct(&house, "77", &[("long ago", old), ("just now", NOW)])).await, 200);
    let at = house.conversation(&agent).await;
    let page = agent.get(&at).await.text;
    assert!(page.contains("just now") && !page.contains("long ago"), "{page}");
}
