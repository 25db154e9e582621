//! No value that a rule blocks is ever written anywhere.

use crate::world::{Agent, Conversation, Customer, Visitor, World, open_with_all_keys, plain};
use aside::leaks::{Leak, Search};
use reqwest::Method;
use serde_json::json;
use std::{
    io,
    sync::{Arc, Mutex},
};

/// A text that somebody writes, and the values in it that must be found nowhere.
struct Marked {
    text: String,
    values: Vec<&'static str>,
}

fn marked(text: &str, values: &[&'static str]) -> Marked {
    Marked { text: text.to_owned(), values: values.to_vec() }
}

/// What is blocked on every rung.
fn blocked_everywhere() -> Vec<Marked> {
    vec![
        marked(
            "My card is 4111 1111 1111 1111, please refund it",
            &["4111111111111111", "4111 1111 1111 1111"],
        ),
        marked("card 5555-5555-5555-4444", &["5555555555554444", "5555-5555-5555-4444"]),
        marked("amex 378282246310005 thanks", &["378282246310005"]),
        marked("it is 6011.1111.1111.1117", &["6011111111111117", "6011.1111.1111.1117"]),
        marked(
            "card ４２４２ ４２４２ ４２４２ ４２４２",
            &["4242424242424242", "４２４２ ４２４２ ４２４２ ４２４２", "４２４２４２４２４２４２４２４２"],
        ),
        marked("card ٥١٠٥١٠٥١٠٥١٠٥١٠٠", &["5105105105105100", "٥١٠٥١٠٥١٠٥١٠٥١٠٠"]),
        marked(
            "card 40\u{200b}0005665566\u{2060}5556",
            &["4000056655665556", "40\u{200b}0005665566\u{2060}5556"],
        ),
        marked("card\n3530\n1113\n3330\n0000\nthat's it", &["3530111333300000", "3530\n1113\n3330\n0000"]),
        marked(
            "card 5 2 0 0 8 2 8 2 8 2 8 2 8 2 1 0",
            &["5200828282828210", "5 2 0 0 8 2 8 2 8 2 8 2 8 2 1 0"],
        ),
        marked(
            "card 4012\u{a0}8888\u{a0}8888\u{a0}1881",
            &["4012888888881881", "4012\u{a0}8888\u{a0}8888\u{a0}1881"],
        ),
        marked("card 3056 930902 5904 cvv 739", &["30569309025904", "3056 930902 5904", "739"]),
        marked("the cvv is 7142", &["7142"]),
        marked("my password is lantern!Fish82", &["lantern!Fish82"]),
        marked("Mein Passwort lautet Sommerwind2024", &["Sommerwind2024"]),
        marked("your verification code is 604913", &["604913"]),
        marked("OTP: 820-417", &["820-417", "820417"]),
        marked("my card PIN is 9174", &["9174"]),
        // Put together here, so that no scanner of repositories takes the test for a leak.
        marked(
            &format!("use {}_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5 now", "ghp"),
            &["aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5"],
        ),
        marked(
            &format!(
                "{d}BEGIN RSA PRIVATE KEY{d}\nMIIEowIBAAKCAQEAx7\nqLm0Zk9v=\n{d}END RSA PRIVATE KEY{d}",
                d = "-----"
            ),
            &["MIIEowIBAAKCAQEAx7", "qLm0Zk9v"],
        ),
    ]
}

/// What is blocked in public alone.
fn blocked_in_public() -> Vec<Marked> {
    vec![
        marked("my SSN is 219-09-9999", &["219-09-9999", "219099999"]),
        marked(
            "send it to DE89 3704 0044 0532 0130 00",
            &["DE89370400440532013000", "DE89 3704 0044 0532 0130 00"],
        ),
    ]
}

/// Where else a value may stray, by way of agents and of fields that are no messages.
const STRAYS: [(&str, &str); 14] = [
    ("a reply", "6759649826438453"),
    ("a checked draft", "371449635398431"),
    ("a form in the console", "2223003122003222"),
    ("a reason", "4222222222222220"),
    ("a name on the network", "5425233430109903"),
    ("an imported name", "4263982640269299"),
    ("an address that is none", "4917484589897107"),
    ("a typed code", "4001919257537193"),
    ("a link", "4007702835532454"),
    ("a login", "6362970000457013"),
    ("a JSON that does not parse", "6062826786276634"),
    ("an event of an unknown kind", "5011054488597827"),
    ("an edit", "4917300800000000"),
    ("a marked miss", "4508750015741019"),
];

fn stray(name: &str) -> &'static str {
    STRAYS.iter().find(|(of, _)| *of == name).expect("a stray of that name").1
}

/// A log as it would stand in a file, every line of every part of the program.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn begin() -> Self {
        let log = Self::default();
        let kept = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(move || kept.clone())
            .finish();
        tracing::subscriber::set_global_default(subscriber).expect("nobody else listens in this process");
        log
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_1_a_blocked_value_is_never_written_anywhere() {
    let log = Log::begin();
    let world = World::open().await;
    let ada = world.agent().await;

    let visitor = world.visitor("Evelyn Moss").await;
    let mut values: Vec<String> = STRAYS.iter().map(|(_, value)| (*value).to_owned()).collect();
    for (number, Marked { text, values: found }) in blocked_everywhere().into_iter().enumerate() {
        values.extend(found.iter().map(|value| (*value).to_owned()));
        world.customer("Somebody").comments(&text);
        world.customer("Somebody").writes_dm(&text);
        visitor.writes(&text).await;
        visitor.checks(&text).await.must_be(200);
        edits(&world, &text).await;
        drafts(&world, &ada, &visitor, ["secure", "direct"][number % 2], &text).await;
    }
    for Marked { text, values: found } in blocked_in_public() {
        values.extend(found.iter().map(|value| (*value).to_owned()));
        world.customer("Somebody").comments(&text);
    }
    let halves = world.customer("Somebody in two parts");
    halves.writes_dm("my card is 6011 0009");
    halves.writes_dm("9013 9424");
    values.extend(["4716 0431", "47160431", "9013 9424", "79052583"].map(str::to_owned));
    world.drain().await;
    strays(&world, &ada, &visitor).await;
    world.drain().await;
    looks_at_everything(&world, &ada, &visitor).await;

    let search = Search::new(&values).unwrap();
    let found = leaks(&world, &search, &log).await;
    let found: Vec<String> = found.iter().map(|l| format!("{} in {}", values[l.value], l.place)).collect();
    assert!(found.is_empty(), "{} blocked values are readable:\n{}", found.len(), found.join("\n"));
}

/// Somebody first writes something harmless and then makes the marked text of it.
async fn edits(world: &World, text: &str) {
    let customer = world.customer("Second Thoughts");
    let comment = customer.comments("When do you open on Sunday?");
    let message = customer.writes_dm("When do you open on Sunday?");
    world.drain().await;
    customer.edits_comment(&comment, text);
    customer.edits_dm(&message, text);
}

/// An agent writes it, too.
async fn drafts(world: &World, ada: &Agent, visitor: &Visitor, rung: &str, text: &str) {
    let conversation = world.conversation(ada, visitor).await;
    let thread = conversation.thread(rung);
    ada.checks(&conversation, &thread, text).await.must_be(200);
    ada.replies(&conversation, &thread, text).await.must_be(422);
    let page = format!("/console/c/{}", conversation.id());
    let form = [("thread", thread.as_str()), ("text", text), ("reason", ""), ("form_key", "k")];
    ada.browser.submit(&page, &format!("{page}/reply"), &form).await.must_be(422);
    let draft = json!({ "thread": thread, "text": text });
    ada.browser.post_json(&page, &format!("{page}/check"), &draft).await.must_be(200);
}

/// Values in places where nobody would write one, and somebody does.
async fn strays(world: &World, ada: &Agent, visitor: &Visitor) {
    let conversation = world.conversation(ada, visitor).await;
    let secure = conversation.thread("secure");
    let card = |name: &str| format!("card {}", stray(name));
    ada.replies(&conversation, &secure, &card("a reply")).await.must_be(422);
    ada.checks(&conversation, &secure, &card("a checked draft")).await.must_be(200);
    let page = format!("/console/c/{}", conversation.id());
    let text = card("a form in the console");
    let form = [("thread", secure.as_str()), ("text", text.as_str()), ("reason", ""), ("form_key", "s")];
    ada.browser.submit(&page, &format!("{page}/reply"), &form).await.must_be(422);
    reasons(ada, &conversation).await;

    world
        .customer(&format!("Card {}", stray("a name on the network")))
        .comments("When do you open on Sunday?");
    let amir = world.administrator().await;
    let csv = format!("email,name\nevelyn@example.com,Card {}\n", stray("an imported name"));
    amir.imports(&csv).await.must_be(200);
    visitor.asks_code(stray("an address that is none")).await.must_be(303);
    world.drain().await;
    visitor.types_code(stray("a typed code")).await.must_be(422);
    // The imported contact becomes this very customer, so that their name is shown everywhere.
    visitor.asks_code("evelyn@example.com").await.must_be(303);
    world.drain().await;
    visitor.types_code(&world.mails.code_to("evelyn@example.com")).await.must_be(303);

    let stranger = world.browser();
    stranger.submit("/c", "/c/code", &[("code", stray("a typed code"))]).await.must_be(422);
    stranger.get(&format!("/c/{}", stray("a link"))).await.must_be(404);
    let body = json!({ "login": stray("a login"), "password": stray("a login"), "code": "" });
    stranger
        .send(
            Method::POST,
            "/api/v1/sign-in",
            &[("content-type", "application/json")],
            body.to_string().into_bytes(),
        )
        .await
        .must_be(401);
    let broken = format!("{{ \"text\": \"{}\", ", stray("a JSON that does not parse"));
    let path = format!("/conversations/{}/replies", conversation.id());
    ada.send(Method::POST, &path, "application/json", broken.into_bytes()).await.must_be(422);
    misses(ada, visitor, &conversation).await;
    unknown_events(world).await;
    let customer = world.customer("Second Thoughts");
    let comment = customer.comments("When do you open on Sunday?");
    world.drain().await;
    customer.edits_comment(&comment, &card("an edit"));
}

/// A reply that needs a reason, with a card number in the reason.
async fn reasons(ada: &Agent, conversation: &Conversation) {
    let reason = format!("they said {}", stray("a reason"));
    let direct = conversation.thread("direct");
    let text = "Please tell us your postal address.";
    let answer = ada.replies_because(conversation, &direct, text, &reason).await;
    assert!(answer.status.as_u16() == 422 || answer.status.as_u16() == 202, "{}", answer.text);
}

/// Both sides mark a card number as missed: first where nobody wrote one, then where it was written so that
/// no detector can find it.
async fn misses(ada: &Agent, visitor: &Visitor, conversation: &Conversation) {
    let card = stray("a marked miss");
    let path = format!("/conversations/{}/misses", conversation.id());
    let mark = json!({ "text": card, "type": "fin.pan" });
    ada.post(&path, &mark).await.must_be(422);
    let form = [("text", card), ("type", "fin.pan")];
    visitor.browser.submit("/c", "/c/misses", &form).await.must_be(422);
    visitor.writes(&card.split("").collect::<Vec<_>>().join(" or ")).await;
    ada.post(&path, &mark).await;
}

/// Signed events whose kinds nobody knows.
async fn unknown_events(world: &World) {
    let (page, value) = (world.brand.sim.page(), stray("an event of an unknown kind"));
    let person = json!({ "id": "248000000000077" });
    let body = json!({ "object": "page", "entry": [{ "id": page, "time": 1, "messaging": [
        { "sender": person, "recipient": { "id": page }, "timestamp": 1, "referral": { "ref": value } },
        { "sender": person, "recipient": { "id": page }, "timestamp": 1, (value): value },
        { "sender": person, "recipient": { "id": page }, "timestamp": 1, "reaction": { "mid": value, "emoji": value } },
        { "sender": person, "recipient": { "id": page }, "timestamp": 1,
          "message": { "mid": "m_odd", "attachments": [{ "type": value, "payload": { "url": value } }] } },
    ], "changes": [{ "field": value, "value": { "item": value } }] }] });
    let body = bytes::Bytes::from(body.to_string());
    let signature = world.brand.sim.signature(&body);
    assert_eq!(world.brand.sim.post_to_hook(body, Some(&signature)).await, Some(200));
}

/// Opens everything that shows anything, so that what it shows is searched.
async fn looks_at_everything(world: &World, ada: &Agent, visitor: &Visitor) {
    let priya = world.privacy_officer().await;
    for line in ada.inbox().await {
        let id = line["conversation"].as_str().unwrap();
        ada.conversation(id).await;
        ada.browser.get(&format!("/console/c/{id}")).await.must_be(200);
    }
    priya.get("/ledger").await.must_be(200);
    for page in ["/console", "/console?show=all", "/console/ledger", "/console/jobs", "/console/channels"] {
        priya.browser.get(page).await.must_be(200);
    }
    visitor.page().await.must_be(200);
    world.browser().get("/metrics").await.must_be(200);
    world.browser().get("/api/v1/openapi.json").await.must_be(200);
    let last = world.app.last_event(world.brand.id).await.unwrap();
    let heard_all =
        |heard: &str| heard.contains(&format!("id: {last}\n")) || heard.matches("id: ").count() >= 500;
    ada.browser.listens("/console/events", heard_all).await;
    visitor.browser.listens("/c/events", |heard| heard.contains("id: ")).await;
}

/// Where any of the values is readable: in files, answers, the log, what went out, and in everything that
/// the keys open.
async fn leaks(world: &World, search: &Search, log: &Log) -> Vec<Leak> {
    let mut leaks = world.leaks(search);
    for (place, text) in world.seen.all() {
        leaks.extend(search.in_text(&plain(&text), &format!("the answer of {place}")));
    }
    let lines = log.0.lock().unwrap().clone();
    leaks.extend(search.in_bytes(&lines, "the log"));
    leaks.extend(search.in_text(&String::from_utf8_lossy(&lines), "the log"));
    for (address, text) in world.mails.all() {
        leaks.extend(search.in_text(&text, &format!("a mail to {address}")));
    }
    leaks.extend(search.in_store(&world.app, world.brand.id).await.unwrap());
    let dump = world.dump();
    for cell in open_with_all_keys(world.app.keys(), &dump, &dump) {
        assert!(cell.opened.is_some(), "{} does not open", cell.place);
        leaks.extend(search.in_text(&cell.text(), &cell.place));
    }
    for (table, rows) in &dump {
        for (column, cell) in rows.iter().flatten() {
            leaks.extend(search.in_text(cell, &format!("the column {table}.{column}")));
        }
    }
    leaks
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_destroyed_leaves_a_mark_in_its_place() {
    let world = World::open().await;
    let ada = world.agent().await;
    let customer: Customer = world.customer("Evelyn Moss");
    customer.writes_dm("my card is 6011 0009");
    customer.writes_dm("9013 9424, cvv 739");
    world.drain().await;
    let heard = world.conversation(&ada, &customer).await.heard();
    assert_eq!(heard[0], "my card is [card number removed]");
    assert_eq!(heard[1], "[card number removed: •••• 9424], cvv [card security code removed]");
}
