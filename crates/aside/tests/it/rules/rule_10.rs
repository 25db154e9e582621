//! Masked means masked everywhere.

use crate::world::{Agent, Visitor, World, open_with_all_keys, plain};
use aside::leaks::Search;
use aside_ledger::path;

const MASKED: [(&str, &str); 4] = [
    ("Please write to mara.quill@example.com", "mara.quill@example.com"),
    ("or call +44 20 7946 0958", "+44 20 7946 0958"),
    ("I was born on 7 March 1984", "7 March 1984"),
    ("my IBAN is GB29NWBK60161331926819", "GB29NWBK60161331926819"),
];

/// Looks at everything that shows anything.
async fn looks_at_everything(world: &World, ada: &Agent, mara: &Visitor) {
    let (priya, amir) = (world.privacy_officer().await, world.administrator().await);
    for agent in [ada, &priya, &amir] {
        for line in agent.inbox().await {
            let id = line["conversation"].as_str().unwrap();
            agent.conversation(id).await;
            agent.browser.get(&format!("/console/c/{id}")).await.must_be(200);
            agent.browser.get(&format!("/console/c/{id}?all=1")).await.must_be(200);
        }
        for path in
            ["/console", "/console?show=all", "/console?show=mine", "/console/ledger", "/console/jobs"]
        {
            agent.browser.get(path).await.must_be(200);
        }
    }
    for path in ["/console/channels", "/console/contacts", "/console/agents"] {
        amir.browser.get(path).await.must_be(200);
    }
    let ledger = priya.get("/ledger").await.must_be(200).json();
    for line in ledger["lines"].as_array().unwrap() {
        let id = line["entry"].as_str().unwrap();
        priya.get(&format!("/ledger/{id}")).await.must_be(200);
        priya.browser.get(&format!("/console/ledger/{id}")).await.must_be(200);
    }
    mara.page().await.must_be(200);
    let last = world.app.last_event(world.brand.id).await.unwrap();
    ada.browser.listens("/console/events", |heard| heard.contains(&format!("id: {last}\n"))).await;
    mara.browser.listens("/c/events", |heard| heard.contains("id: ")).await;
    let anybody = world.browser();
    for path in ["/metrics", "/readyz", "/api/v1/openapi.json", "/no-such-page"] {
        anybody.get(path).await;
    }
    // The open log: every bundle of leaves.
    let (size, _) = world.app.log_head(world.brand.id).await.unwrap().unwrap();
    for number in 0..size.div_ceil(256) {
        let width = path::width(size, 0, number);
        let bundle = path::bundle(number, width);
        anybody.get(&format!("/.well-known/aside/{}/{bundle}", world.brand.id)).await.must_be(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_10_masked_means_masked_everywhere() {
    let world = World::open().await;
    let ada = world.agent().await;
    let mara = world.visitor("Mara Quill").await;
    for (text, _) in MASKED {
        mara.writes_dm(text);
        world.drain().await;
        // The preview is what the timeline shows, and not a letter more.
        let conversation = world.conversation(&ada, &mara).await;
        let shown = conversation.last_heard();
        assert!(shown.contains(": ") && shown.contains(']'), "nothing is masked in {shown}");
        assert_eq!(preview_of(&ada, conversation.id()).await, shown);
        mara.comments(text);
        world.drain().await;
    }

    // What an agent types is no way round: repeating the value is stopped, and the answer does not say it.
    let conversation = world.conversation(&ada, &mara).await;
    let direct = conversation.thread("direct");
    for (text, _) in MASKED {
        ada.replies(&conversation, &direct, text).await.must_be(422);
        ada.checks(&conversation, &direct, text).await.must_be(200);
    }
    // Errors say nothing either.
    let values = conversation.values();
    assert!(values.len() >= MASKED.len(), "{values:?}");
    ada.reveals(conversation.id(), &values[0], "payment").await.must_be(403);
    ada.get(&format!("/conversations/{}", values[0])).await.must_be(404);
    looks_at_everything(&world, &ada, &mara).await;

    let secrets: Vec<String> = MASKED.iter().map(|(_, value)| (*value).to_owned()).collect();
    let search = Search::new(&secrets).unwrap();
    let mut found = world.leaks(&search);
    for (place, text) in world.seen.all() {
        found.extend(search.in_text(&plain(&text), &place));
    }
    let dump = world.dump();
    for cell in open_with_all_keys(world.app.keys(), &dump, &dump) {
        // Where it must be: in its own place in the vault.
        if !cell.place.starts_with("vault_values.") {
            found.extend(search.in_text(&cell.text(), &cell.place));
        }
    }
    found.extend(search.in_text(&mara.inbox().join("\n"), "what went out"));
    let found: Vec<String> = found.iter().map(|l| format!("{} in {}", secrets[l.value], l.place)).collect();
    assert!(found.is_empty(), "{} masked values are readable:\n{}", found.len(), found.join("\n"));

    // The one way: asking for it.
    let mut opened = Vec::new();
    for value in values {
        let answer = ada.reveals(conversation.id(), &value, "case_handling").await.must_be(200).json();
        opened.push(answer["value"].as_str().unwrap().to_owned());
    }
    assert!(MASKED.iter().all(|(_, value)| opened.contains(&(*value).to_owned())), "{opened:?}");
}

async fn preview_of(agent: &Agent, conversation: &str) -> String {
    let lines = agent.inbox().await;
    let line = lines.iter().find(|line| line["conversation"] == conversation).expect("in the inbox");
    line["preview"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_that_was_edited_away_cannot_be_opened_any_more() {
    let world = World::open().await;
    let ada = world.agent().await;
    let mara = world.customer("Mara Quill");
    let message = mara.writes_dm("Please write to mara.quill@example.com");
    world.drain().await;
    let before = world.conversation(&ada, &mara).await;
    mara.edits_dm(&message, "Please write to me");
    world.drain().await;
    let after = world.conversation(&ada, &mara).await;
    assert_eq!((after.last_heard().as_str(), after.values().len()), ("Please write to me", 0));
    ada.reveals(before.id(), &before.values()[0], "contact").await.must_be(404);
}
