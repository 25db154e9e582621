//! One matter, one conversation, over all rungs.

use crate::world::World;
use std::time::Duration;

const DAY: Duration = Duration::from_hours(24);

#[tokio::test(flavor = "multi_thread")]
async fn from_a_comment_over_direct_messages_into_the_messenger_it_is_one_conversation() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.comments("Where is my refund?");
    world.drain().await;
    // The network gives another id in direct messages; only its answer to the private reply connects them.
    assert_ne!(evelyn.psid(), evelyn.author_id());
    evelyn.writes_dm("You asked me to write here");
    world.drain().await;
    let visitor = evelyn.opens(&evelyn.link()).await;
    visitor.writes("And here I am").await;

    let inbox = ada.inbox().await;
    assert_eq!(inbox.len(), 1, "{inbox:?}");
    let conversation = ada.conversation(inbox[0]["conversation"].as_str().unwrap()).await;
    let said: Vec<(String, String)> =
        conversation.messages().into_iter().map(|message| (message.rung, message.author)).collect();
    let expected = [
        ("public", "customer"),
        ("public", "system"),
        ("direct", "system"),
        ("direct", "customer"),
        ("secure", "customer"),
    ];
    assert_eq!(said, expected.map(|(rung, author)| (rung.to_owned(), author.to_owned())));
    assert_eq!(conversation.text("customer"), "Evelyn Moss");
    assert_eq!((conversation.text("rung"), conversation.text("assurance")), ("secure", "linked"));
    // The customer sees the same conversation.
    let page = visitor.page().await.read();
    for text in ["Where is my refund?", "You asked me to write here", "And here I am"] {
        assert!(page.contains(text), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_conversation_opens_again_when_its_customer_writes() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    let id = evelyn.conversation(&world.app).await;
    ada.post(&format!("/conversations/{id}/close"), &serde_json::json!({})).await.must_be(204);
    assert_eq!(ada.conversation(&id).await.text("state"), "closed");
    evelyn.writes_dm("And on Monday?");
    world.drain().await;
    let again = ada.conversation(&id).await;
    assert_eq!((again.text("state"), again.heard().len()), ("open", 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_channel_goes_on_with_the_same_matter_for_a_week() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.comments("Are you open on Sunday?");
    world.drain().await;
    let second = world.brand.sim.post(world.brand.sim.page()).unwrap();
    world.pass(6 * DAY);
    evelyn.human.comments(&second, "And on Monday?").unwrap();
    world.drain().await;
    assert_eq!(world.count("SELECT count(*) FROM conversations"), 1);
    assert_eq!(world.count("SELECT count(*) FROM threads"), 2, "a thread for each post");
    let third = world.brand.sim.post(world.brand.sim.page()).unwrap();
    world.pass(8 * DAY);
    evelyn.human.comments(&third, "Do you sell lamps?").unwrap();
    world.drain().await;
    assert_eq!(world.count("SELECT count(*) FROM conversations"), 2);
    assert_eq!(world.count("SELECT count(*) FROM customers"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_take_a_conversation_and_others_leave_it_alone() {
    let world = World::open().await;
    let ada = world.agent().await;
    let bob = crate::world::Agent::signed_in(&world, &world.brand, "bob", aside_model::Role::Agent).await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    let id = evelyn.conversation(&world.app).await;
    let path = format!("/conversations/{id}/assign");
    ada.post(&path, &serde_json::json!({ "to_me": true })).await.must_be(204);
    let seen = bob.conversation(&id).await;
    assert_eq!(seen.text("assigned"), "ada the agent");
    let refused = bob.replies(&seen, &seen.thread("direct"), "Yes.").await.must_be(403);
    assert!(refused.text.contains("assigned to someone else"), "{}", refused.text);
    ada.post(&path, &serde_json::json!({ "to_me": false })).await.must_be(204);
    bob.replies(&seen, &seen.thread("direct"), "Yes.").await.must_be(202);
    assert_eq!(
        ada.conversation(&id).await.text("assigned"),
        "bob the agent",
        "whoever answers looks after it"
    );
}
