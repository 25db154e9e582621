//! What the detector missed: marked by an agent or the customer, then found nowhere in the clear.

use crate::world::{Agent, Answer, Visitor, World, open_with_all_keys, plain};
use aside::leaks::{Leak, Search};
use serde_json::json;

/// A number with wrong check digits, in the ways in which people write it.
const NUMBER: &str = "4929 1111 2222 3330";
const WRITTEN: [&str; 4] = [
    "the number 4929 1111 2222 3330 is it",
    "again: 4929-1111-2222-3330!",
    "4929111122223330",
    "(4929.1111.2222.3330)",
];

/// Marks a miss at the API.
async fn marks(agent: &Agent, conversation: &str, text: &str, data_type: &str) -> Answer {
    agent
        .post(&format!("/conversations/{conversation}/misses"), &json!({ "text": text, "type": data_type }))
        .await
}

/// Where the values stand in files, and in all that the keys open but the vault's own values.
fn leaks(world: &World, values: &[&str]) -> Vec<Leak> {
    let values: Vec<String> = values.iter().map(|v| (*v).to_owned()).collect();
    let search = Search::new(&values).unwrap();
    let mut found = world.leaks(&search);
    let dump = world.dump();
    for (place, text) in dump.iter().map(|(table, rows)| (table, format!("{rows:?}"))) {
        found.extend(search.in_text(&text, place));
    }
    for cell in open_with_all_keys(world.app.keys(), &dump, &dump) {
        if !cell.place.starts_with("vault_values.") {
            found.extend(search.in_text(&cell.text(), &cell.place));
        }
    }
    found
}

/// Mara wrote a number that nobody recognised: in public, in direct messages and in the messenger.
async fn missed_on_every_rung(world: &World, ada: &Agent) -> Visitor {
    let mara = world.customer("Mara Quill");
    mara.comments("Where is my order? Write to mara.quill@example.org");
    world.drain().await;
    mara.writes_dm("Here I am");
    world.drain().await;
    let mara = mara.opens(&mara.link()).await;
    mara.comments(WRITTEN[0]);
    mara.writes_dm(WRITTEN[1]);
    world.drain().await;
    mara.writes(WRITTEN[2]).await;
    mara.writes(WRITTEN[3]).await;
    world.drain().await;
    let conversation = world.conversation(ada, &mara).await;
    let heard = conversation.heard();
    for text in WRITTEN {
        assert!(heard.iter().any(|said| said == text), "{text} was not missed: {heard:?}");
    }
    assert!(!leaks(world, &[NUMBER]).is_empty(), "the search finds what is there");
    mara
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marked_miss_is_found_nowhere_that_keys_open_but_in_the_vault() {
    let world = World::open().await;
    let ada = world.agent().await;
    let mara = missed_on_every_rung(&world, &ada).await;
    let before = world.conversation(&ada, &mara).await;

    let marked = marks(&ada, before.id(), NUMBER, "fin.bank_account").await.must_be(200).json();
    assert_eq!(marked, json!({ "messages": 4, "destroyed": 1, "masked": 3 }));
    world.drain().await;

    let after = world.conversation(&ada, &mara).await;
    // Destroyed where the rung forbids it, masked where it may be kept.
    for shown in [
        "the number [bank account removed] is it",
        "again: [bank account: •••• 3330]!",
        "[bank account: •••• 3330]",
        "([bank account: •••• 3330])",
    ] {
        assert!(after.heard().iter().any(|said| said == shown), "{shown} is not in {:?}", after.heard());
    }
    assert_eq!(after.heard().len(), before.heard().len(), "no message is gone");
    let found = leaks(&world, &[NUMBER]);
    assert!(found.is_empty(), "{found:?}");
    // The value that may be kept opens for a purpose, and with a record.
    let value = after.values().pop().unwrap();
    let opened = ada.reveals(after.id(), &value, "payment").await.must_be(200).json();
    assert_eq!(opened["value"], "4929.1111.2222.3330");

    // What happened is in the timeline and the log, without the text.
    let entries: Vec<_> = after.happened().into_iter().filter(|kind| kind == "miss_marked").collect();
    assert_eq!(entries.len(), 1, "one entry for one mark");
    let page = ada.browser.get(&format!("/console/c/{}", after.id())).await.must_be(200).read();
    assert!(page.contains("marked a missed bank account, covered in 4 messages"), "{page}");
    let answers: Vec<_> = world.seen.all().into_iter().map(|(_, text)| plain(&text)).collect();
    let search = Search::new(&[NUMBER.to_owned()]).unwrap();
    assert!(search.in_text(answers.last().unwrap(), "the page").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_marks_a_miss_and_the_agent_sees_it_no_more() {
    let world = World::open().await;
    let ada = world.agent().await;
    let mara = world.visitor("Mara Quill").await;
    mara.writes_dm("the word is Nightingale-Harbour");
    mara.writes("I said NIGHTINGALE HARBOUR").await;
    world.drain().await;
    assert!(mara.page().await.read().contains("Nightingale-Harbour"));

    let form = [("text", "nightingaleharbour"), ("type", "cred.kba")];
    let answer = mara.browser.submit("/c", "/c/misses", &form).await.must_be(303);
    assert_eq!(answer.header("location"), "/c?did=marked");
    world.drain().await;

    let conversation = world.conversation(&ada, &mara).await;
    let shown = conversation.heard().join("\n");
    assert!(!shown.to_lowercase().contains("nightingale"), "{shown}");
    assert!(!mara.page().await.read().to_lowercase().contains("harbour"));
    assert!(leaks(&world, &["Nightingale-Harbour"]).is_empty());
    let page = ada.browser.get(&format!("/console/c/{}", conversation.id())).await.must_be(200).read();
    assert!(page.contains("The customer marked a missed security answer, covered in 2 messages"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_brand_wrote_is_covered_too_and_other_customers_keep_their_words() {
    let world = World::open().await;
    let ada = world.agent().await;
    let mara = world.visitor("Mara Quill").await;
    let noah = world.visitor("Noah Finch").await;
    noah.writes("The Copper Kettle is a fine place").await;
    let conversation = world.conversation(&ada, &mara).await;
    ada.replies(&conversation, &conversation.thread("secure"), "So you work at the Copper Kettle?")
        .await
        .must_be(202);
    world.drain().await;
    marks(&ada, conversation.id(), "copper kettle", "demo.work_education").await.must_be(200);
    world.drain().await;
    let said: Vec<String> =
        ada.conversation(conversation.id()).await.messages().into_iter().map(|m| m.text).collect();
    assert!(said.contains(&"So you work at the [work or education: •••]?".to_owned()), "{said:?}");
    assert_eq!(world.conversation(&ada, &noah).await.last_heard(), "The Copper Kettle is a fine place");
    // Nobody learns by marking what other customers wrote.
    let theirs = marks(&ada, conversation.id(), "is a fine place", "contact.name").await.must_be(422);
    let nobodys = marks(&ada, conversation.id(), "no such words", "contact.name").await.must_be(422);
    assert_eq!(theirs.text, nobodys.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn marking_again_or_marking_nothing_changes_nothing() {
    let world = World::open().await;
    let ada = world.agent().await;
    let mara = missed_on_every_rung(&world, &ada).await;
    let id = world.conversation(&ada, &mara).await.id().to_owned();
    for (text, data_type) in [("49", "fin.pan"), (&"4".repeat(401)[..], "fin.pan"), (NUMBER, "fin.gold")] {
        let refused = marks(&ada, &id, text, data_type).await.must_be(422);
        assert!(!refused.text.contains(text) && !refused.text.contains("gold"), "{}", refused.text);
    }
    assert!(!leaks(&world, &[NUMBER]).is_empty());
    marks(&ada, &id, NUMBER, "fin.bank_account").await.must_be(200);
    world.drain().await;
    let once = (world.dump()["messages"].clone(), world.dump()["vault_values"].clone());
    let again = marks(&ada, &id, NUMBER, "fin.bank_account").await.must_be(422);
    assert!(again.text.contains("covered already") && !again.text.contains("4929"), "{}", again.text);
    assert_eq!((world.dump()["messages"].clone(), world.dump()["vault_values"].clone()), once);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_mark_at_once_take_out_both() {
    let world = World::open().await;
    let ada = world.agent().await;
    let mara = world.visitor("Mara Quill").await;
    for n in 0..6 {
        mara.writes(&format!("{n}: Copper Kettle and Nightingale Harbour")).await;
    }
    let id = world.conversation(&ada, &mara).await.id().to_owned();
    let (kettle, harbour) = tokio::join!(
        marks(&ada, &id, "Copper Kettle", "demo.work_education"),
        marks(&ada, &id, "Nightingale Harbour", "cred.kba")
    );
    kettle.must_be(200);
    harbour.must_be(200);
    world.drain().await;
    assert!(leaks(&world, &["Copper Kettle", "Nightingale Harbour"]).is_empty());
    let conversation = ada.conversation(&id).await;
    // Every value in the vault has its token: none was put there by a mark that came too late.
    let tokens = conversation.values().len();
    let kept = world.dump()["vault_values"].iter().filter(|v| v["conversation"] == id).count();
    assert_eq!(tokens, kept);
}
