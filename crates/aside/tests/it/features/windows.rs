//! How long a network lets the brand answer.

use crate::world::{Agent, Credentials, World};
use aside_model::Role;
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);

/// Somebody who signs in after a long time.
async fn somebody(world: &World, name: &str) -> Agent {
    Agent::signed_in(world, &world.brand, name, Role::Agent).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_message_can_be_answered_for_a_day() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    world.pass(23 * HOUR);
    let credentials = Credentials::of_new(&world, &world.brand, "ada", Role::Agent).await;
    let ada = Agent::with(&world, &credentials).await;
    let conversation = world.conversation(&ada, &evelyn).await;
    let direct = conversation.thread("direct");
    ada.replies(&conversation, &direct, "Yes.").await.must_be(202);
    world.drain().await;
    assert_eq!(evelyn.inbox().len(), 1);

    world.pass(HOUR);
    let ada = Agent::with(&world, &credentials).await;
    let conversation = world.conversation(&ada, &evelyn).await;
    assert_eq!(conversation.json()["threads"][0]["closed"], "The customer wrote too long ago.");
    let refused = ada.replies(&conversation, &direct, "Until six.").await.must_be(409);
    assert!(refused.text.contains("the customer wrote too long ago"), "{}", refused.text);
    let refused = ada.moves_up(&conversation).await.must_be(409);
    assert!(refused.text.contains("On Messenger, the customer wrote too long ago."), "{}", refused.text);
    assert!(conversation.text("not_invited_because").contains("too long ago"));
    let page = ada.browser.get(&format!("/console/c/{}", conversation.id())).await.read();
    assert!(page.contains("closed: The customer wrote too long ago."), "{page}");

    evelyn.writes_dm("Hello?");
    world.drain().await;
    ada.replies(&conversation, &direct, "Until six.").await.must_be(202);
    world.drain().await;
    assert_eq!(evelyn.inbox().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_that_closes_while_a_reply_waits_is_said_and_not_tried_for_ever() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    let ada = world.agent().await;
    let conversation = world.conversation(&ada, &evelyn).await;
    ada.replies(&conversation, &conversation.thread("direct"), "Yes.").await.must_be(202);
    world.pass(25 * HOUR);
    world.drain().await;
    assert!(evelyn.inbox().is_empty());
    let ada = somebody(&world, "bob").await;
    let message = world.conversation(&ada, &evelyn).await.messages().pop().unwrap();
    assert_eq!(message.state, "failed");
    let page = ada.browser.get("/console/jobs").await.read();
    assert!(page.contains("the time to answer has passed; the customer has to write first"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn comments_and_the_messenger_can_be_answered_any_time() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("Are you open on Sunday?");
    world.drain().await;
    let visitor = world.visitor("Nora Ness").await;
    world.pass(20 * 24 * HOUR);
    let ada = somebody(&world, "ada").await;
    let public = world.conversation(&ada, &evelyn).await;
    ada.replies(&public, &public.thread("public"), "Yes.").await.must_be(202);
    let secure = world.conversation(&ada, &visitor).await;
    ada.replies(&secure, &secure.thread("secure"), "We have news.").await.must_be(202);
    world.drain().await;
    assert_eq!(evelyn.answers_to(&comment), ["Yes."]);
    assert!(visitor.page().await.read().contains("We have news."));
}
