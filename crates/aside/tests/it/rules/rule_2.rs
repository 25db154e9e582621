//! No value leaves the vault before its ledger entry is durable.

use crate::world::{Agent, Answer, World};
use std::{collections::BTreeSet, time::Duration};
use tokio::task::JoinSet;

const ADDRESS: &str = "mara.quill@example.com";

/// A world in which a customer wrote an e-mail address where it is masked: the conversation and the value.
async fn with_a_masked_value() -> (World, Agent, String, String) {
    let world = World::open().await;
    let ada = world.agent().await;
    let mara = world.customer("Mara Quill");
    mara.writes_dm(&format!("Please write to {ADDRESS}"));
    world.drain().await;
    let conversation = world.conversation(&ada, &mara).await;
    let (id, value) = (conversation.id().to_owned(), conversation.values().swap_remove(0));
    (world, ada, id, value)
}

fn opened(answer: &Answer) -> bool {
    answer.text.contains(ADDRESS)
}

fn entries(world: &World, kind: &str) -> i64 {
    world.count(&format!("SELECT count(*) FROM entries WHERE kind = '{kind}'"))
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_2_no_value_leaves_the_vault_before_its_entry_is_durable() {
    let (world, ada, conversation, value) = with_a_masked_value().await;
    // The disk takes no entry of this kind: the value stays where it is.
    world.database.is_full_for("revealed");
    let answer = ada.reveals(&conversation, &value, "contact").await;
    assert_eq!(answer.status, 500, "{}", answer.text);
    assert!(!opened(&answer), "opened, and recorded nowhere");
    let path = format!("/console/c/{conversation}");
    let form = [("value", value.as_str()), ("purpose", "contact")];
    let page = ada.browser.submit(&path, &format!("{path}/reveal"), &form).await;
    assert!(page.status == 500 && !opened(&page), "opened on the page, and recorded nowhere");
    assert_eq!(entries(&world, "revealed"), 0);
    world.database.is_emptied();

    // The commit is held up: the answer waits for it.
    let held_up = world.database.hold_up();
    let mut asked = JoinSet::new();
    asked.spawn({
        let (ada, conversation, value) = (ada.clone(), conversation.clone(), value.clone());
        async move { ada.reveals(&conversation, &value, "contact").await }
    });
    let early = tokio::time::timeout(Duration::from_millis(300), asked.join_next()).await;
    assert!(early.is_err(), "answered before the commit: {}", early.unwrap().unwrap().unwrap().text);
    drop(held_up);
    let answer = asked.join_next().await.unwrap().unwrap().must_be(200);
    assert!(opened(&answer));
    assert_eq!(entries(&world, "revealed"), 1, "an entry for the one opening");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_opening_is_in_the_ledger_with_agent_value_and_purpose() {
    let (world, ada, conversation, value) = with_a_masked_value().await;
    for purpose in ["contact", "identification", "case_handling"] {
        assert!(opened(&ada.reveals(&conversation, &value, purpose).await.must_be(200)));
        let mut entries = world.dump().remove("entries").unwrap();
        entries.retain(|entry| entry["kind"] == "revealed");
        let newest = entries.iter().max_by_key(|entry| entry["inserted"].parse::<i64>().unwrap()).unwrap();
        let leaf = String::from_utf8(hex::decode(&newest["leaf"]).unwrap()).unwrap();
        for fact in [&value, &conversation, purpose, "contact.email"] {
            assert!(leaf.contains(fact), "{fact} is not in {leaf}");
        }
        assert!(!leaf.contains(ADDRESS));
    }
    let happened = ada.conversation(&conversation).await.happened();
    assert_eq!(happened.iter().filter(|kind| *kind == "revealed").count(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_2_a_spent_budget_opens_nothing() {
    let (world, ada, conversation, value) = with_a_masked_value().await;
    let mut asked = JoinSet::new();
    for _ in 0..40 {
        let (ada, conversation, value) = (ada.clone(), conversation.clone(), value.clone());
        asked.spawn(async move { ada.reveals(&conversation, &value, "contact").await });
    }
    let answers = asked.join_all().await;
    let statuses: BTreeSet<u16> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert_eq!(statuses, BTreeSet::from([200, 403]));
    assert_eq!(answers.iter().filter(|answer| opened(answer)).count(), 20, "20 an hour, however many ask");
    assert_eq!((entries(&world, "revealed"), entries(&world, "reveal_refused")), (20, 20));

    let path = format!("/console/c/{conversation}");
    let form = [("value", value.as_str()), ("purpose", "contact")];
    let page = ada.browser.submit(&path, &format!("{path}/reveal"), &form).await.must_be(403);
    assert!(!opened(&page) && page.read().contains("budget of 20 openings is spent"), "{}", page.text);
    // Somebody else's budget is their own, and an hour later it is full again.
    let priya = world.privacy_officer().await;
    assert!(opened(&priya.reveals(&conversation, &value, "contact").await.must_be(200)));
    world.pass(Duration::from_mins(31));
    assert!(opened(&ada.reveals(&conversation, &value, "contact").await.must_be(200)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_opened_for_a_fitting_purpose_and_in_its_own_conversation_alone() {
    let (world, ada, conversation, value) = with_a_masked_value().await;
    for (purpose, status) in [("payment", 403), ("privacy_request", 403), ("curiosity", 422), ("", 422)] {
        let answer = ada.reveals(&conversation, &value, purpose).await.must_be(status);
        assert!(!opened(&answer), "{purpose}");
    }
    let other = world.customer("Somebody Else");
    other.writes_dm("hello, are you open on Sunday?");
    world.drain().await;
    let elsewhere = other.conversation(&world.app).await;
    ada.reveals(&elsewhere, &value, "contact").await.must_be(404);
    world.administrator().await.reveals(&conversation, &value, "contact").await.must_be(403);
    assert_eq!(entries(&world, "revealed"), 0);
    assert_eq!(entries(&world, "reveal_refused"), 3, "who was refused is recorded, too");
}
