//! Nothing of one brand is reachable from another.

use crate::world::{Agent, Brand, Conversation, Dump, Visitor, World};
use aside_model::Role;
use aside_sim::Fault;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A brand with something in every table, and the word that its customers use and nobody else's do.
struct House<'a> {
    brand: &'a Brand,
    word: &'static str,
    visitor: Visitor,
    officer: Agent,
    conversation: Conversation,
}

impl<'a> House<'a> {
    /// Furnishes a brand. On both networks the same people, in the same order, have the same ids.
    async fn furnished(world: &World, brand: &'a Brand, word: &'static str) -> House<'a> {
        let officer = Agent::signed_in(world, brand, &format!("officer-{word}"), Role::PrivacyOfficer).await;
        let csv = format!("email,name\n{word}@example.com,{word} Moss\n");
        officer.imports(&csv).await.must_be(200);
        let visitor = world.visitor_of(brand, &format!("Evelyn {word}")).await;
        visitor.writes(&format!("I saw a {word} today")).await;
        visitor.comments(&format!("A {word}! Write to {word}@example.org"));
        world.drain_also(&[brand]).await;
        // Only likely, so held for the customer on this device.
        visitor.writes_dm("order 4111111111111111 has not arrived");
        visitor.asks_code(&format!("{word}@example.com")).await.must_be(303);
        // A reply whose outcome nobody knows.
        let conversation = Conversation::new(
            officer.get(&format!("/conversations/{}", visitor.conversation(&world.app).await)).await.json(),
        );
        officer.replies(&conversation, &conversation.thread("direct"), "We look into it.").await.must_be(202);
        brand.sim.fail_next(1, &Fault::CutAfter);
        world.drain_also(&[brand]).await;
        let conversation = officer.conversation(conversation.id()).await;
        House { brand, word, visitor, officer, conversation }
    }
}

/// The rows of a brand.
fn of(brand: &Brand, dump: &Dump) -> Dump {
    let id = brand.id.to_string();
    dump.iter()
        .map(|(table, rows)| (table.clone(), rows.iter().filter(|row| row["brand"] == id).cloned().collect()))
        .collect()
}

/// Every id in a brand's rows, by column: 32 hexadecimal digits.
fn ids(rows: &Dump) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (column, cell) in rows.values().flatten().flatten() {
        let is_id = cell.len() == 32 && cell.bytes().all(|b| b.is_ascii_hexdigit());
        if is_id && column != "brand" {
            found.entry(column.clone()).or_default().insert(cell.clone());
        }
    }
    found
}

/// A body that would do something if it reached what its path names. An operation that is not listed gets one
/// that it may not understand: then it belongs into this list.
fn body_for(path: &str, own: &Conversation) -> Value {
    match path.rsplit('/').next().unwrap() {
        "replies" => json!({ "thread": own.thread("direct"), "text": "hello", "key": path }),
        "assign" => json!({ "to_me": true }),
        "reveals" => json!({ "value": own.values()[0], "purpose": "contact" }),
        "misses" => json!({ "text": "heron", "type": "contact.name" }),
        "customer" => json!({ "reason": "asked for it by letter" }),
        _ => json!({}),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_6_nothing_of_one_brand_is_reachable_from_another() {
    let world = World::open().await;
    let second = world.second_brand().await;
    let ours = House::furnished(&world, &world.brand, "heron").await;
    let theirs = House::furnished(&world, &second, "otter").await;
    assert_eq!(ours.visitor.psid(), theirs.visitor.psid(), "the same ids at both networks");
    let before = world.dump();
    let secrets = ids(&of(ours.brand, &before));
    for column in
        ["conversation", "thread", "message", "value", "hold", "job", "entry", "session", "code", "link"]
    {
        assert!(secrets.contains_key(column), "nothing to look for in the column {column}");
    }

    api(&ours, &theirs, &secrets).await;
    console(&theirs, &secrets).await;
    messenger(&world, &theirs, &secrets).await;
    lists(&world, &ours, &theirs, &secrets).await;
    networks(&world, &theirs).await;

    for (table, rows) in of(ours.brand, &world.dump()) {
        assert_eq!(rows, of(ours.brand, &before)[&table], "something of ours changed in the table {table}");
    }
}

/// Every operation of the API, with every id of ours, by their privacy officer, who may do most.
async fn api(ours: &House<'_>, theirs: &House<'_>, secrets: &BTreeMap<String, BTreeSet<String>>) {
    let officer = &theirs.officer;
    let document = officer.get("/openapi.json").await.json();
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(place) = path.find('{') else { continue };
        let end = path.find('}').unwrap() + 1;
        for method in item.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            for id in secrets.values().flat_map(|ids| ids.iter().take(2)) {
                let real = format!("{}{id}{}", &path[..place], &path[end..]).replacen("/api/v1", "", 1);
                let body = body_for(path, &theirs.conversation).to_string();
                let answer = officer.send(method.clone(), &real, "application/json", body.into_bytes()).await;
                assert_eq!(answer.status, 404, "{method} {real}: {}", answer.text);
                asked += 1;
            }
        }
    }
    assert!(asked > 100, "{asked}");
    // Their own conversation with something of ours in the body.
    let (own, foreign) = (&theirs.conversation, &ours.conversation);
    let thread = foreign.thread("direct");
    officer.replies(own, &thread, "hello").await.must_be(404);
    officer.checks(own, &thread, "hello").await.must_be(404);
    officer.checks(foreign, &own.thread("direct"), "hello").await.must_be(404);
    officer.reveals(own.id(), &foreign.values()[0], "contact").await.must_be(404);
}

/// Every page and form of the console.
async fn console(theirs: &House<'_>, secrets: &BTreeMap<String, BTreeSet<String>>) {
    let browser = &theirs.officer.browser;
    let token = browser.get("/console").await.field("csrf");
    for id in secrets.values().flat_map(|ids| ids.iter().take(2)) {
        for path in [
            format!("/console/c/{id}"),
            format!("/console/erase/{id}"),
            format!("/console/ledger/{id}"),
            format!("/console/ledger/{id}/proof"),
        ] {
            browser.get(&path).await.must_be(404);
        }
        let own = &theirs.conversation;
        let (thread, value) = (own.thread("direct"), own.values().swap_remove(0));
        let all = [
            ("csrf", token.as_str()),
            ("thread", &thread),
            ("text", "hello"),
            ("reason", "asked for it by letter"),
            ("form_key", "k"),
            ("to", "me"),
            ("value", &value),
            ("purpose", "contact"),
            ("type", "contact.name"),
        ];
        for action in ["reply", "move-up", "assign", "close", "reopen", "reveal", "misses"] {
            browser.post(&format!("/console/c/{id}/{action}"), &all).await.must_be(404);
        }
        browser.post(&format!("/console/erase/{id}"), &all).await.must_be(404);
        browser.post(&format!("/console/jobs/{id}/retry"), &all).await.must_be(404);
    }
}

/// Their customer, with ids of ours.
async fn messenger(world: &World, theirs: &House<'_>, secrets: &BTreeMap<String, BTreeSet<String>>) {
    for id in secrets.values().flat_map(|ids| ids.iter().take(2)) {
        for action in ["release", "discard"] {
            let answer = theirs.visitor.browser.submit("/c", &format!("/c/{action}/{id}"), &[]).await;
            assert_eq!(answer.status, 404, "{action} {id}");
        }
        world.browser().get(&format!("/c/{id}")).await.must_be(404);
    }
    let page = theirs.visitor.page().await.read();
    assert!(page.contains("otter") && !page.contains("heron"));
}

/// Every list, page and stream that names no id: nothing of ours stands in them.
async fn lists(
    world: &World,
    ours: &House<'_>,
    theirs: &House<'_>,
    secrets: &BTreeMap<String, BTreeSet<String>>,
) {
    let admin = Agent::signed_in(world, theirs.brand, "admin-otter", Role::Administrator).await;
    let mut seen = String::new();
    for path in ["/conversations", "/conversations?state=open", "/ledger"] {
        seen += &theirs.officer.get(path).await.must_be(200).text;
    }
    for path in
        ["/console", "/console?show=all", "/console/ledger", "/console/ledger/checkpoint", "/console/jobs"]
    {
        seen += &theirs.officer.browser.get(path).await.must_be(200).read();
    }
    for path in ["/console/channels", "/console/agents", "/console/contacts"] {
        seen += &admin.browser.get(path).await.must_be(200).read();
    }
    let last = world.app.last_event(theirs.brand.id).await.unwrap();
    seen +=
        &theirs.officer.browser.listens("/console/events", |t| t.contains(&format!("id: {last}\n"))).await;
    seen += &theirs.visitor.browser.listens("/c/events", |t| t.contains("id: ")).await;
    assert!(seen.contains(theirs.word), "what is their own is there");
    assert!(!seen.contains(ours.word), "a word of ours in their lists");
    for id in secrets.values().flatten() {
        assert!(!seen.contains(id.as_str()), "an id of ours in their lists: {id}");
    }
    let brand = ours.brand.id.to_string();
    assert!(!seen.contains(&brand), "our brand's id in their lists");
}

/// Their network speaks of messages with the very ids of ours.
async fn networks(world: &World, theirs: &House<'_>) {
    let person = &theirs.visitor;
    let message = person.writes_dm("and one more thing");
    person.edits_dm(&message, "never mind");
    let comment = person.comments("and here");
    person.removes_comment(&comment);
    world.drain_also(&[theirs.brand]).await;
    let heard = theirs.officer.conversation(theirs.conversation.id()).await.heard();
    assert!(heard.contains(&"never mind".to_owned()), "{heard:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_person_at_two_brands_is_two_customers() {
    let world = World::open().await;
    let second = world.second_brand().await;
    for brand in [&world.brand, &second] {
        let customer = world.customer_of(brand, "Evelyn Moss");
        customer.writes_dm("hello, are you open on Sunday?");
        world.drain_also(&[brand]).await;
    }
    let (handles, rings) =
        ("SELECT count(DISTINCT address_index) FROM handles", "SELECT count(*) FROM keyrings");
    assert_eq!((world.count(handles), world.count(rings)), (2, 2), "not even the hashes of an address agree");
}
