//! Being asked to move to where it is private.

use crate::world::World;
use aside_sim::Delivery;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_in_a_direct_message_brings_one_link_in_half_an_hour() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Please write to evelyn@example.com");
    world.drain().await;
    assert_eq!(evelyn.inbox().len(), 1, "{:?}", evelyn.inbox());
    assert!(
        evelyn.inbox()[0]
            .starts_with("To keep your details safe, let's go on in Larkspur Home's own secure chat.")
    );
    assert!(evelyn.link().starts_with(&format!("{}/c/", world.url)));

    evelyn.writes_dm("or to moss@example.org");
    world.pass(29 * MINUTE);
    evelyn.writes_dm("or call +44 20 7946 0958");
    world.drain().await;
    assert_eq!(evelyn.links().len(), 1, "whoever was just asked is not asked again");
    world.pass(2 * MINUTE);
    evelyn.writes_dm("my card is 4111 1111 1111 1111");
    world.drain().await;
    assert_eq!(evelyn.links().len(), 2);
    assert_ne!(evelyn.links()[0], evelyn.links()[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_parts_of_one_long_text_that_arrive_at_once_bring_one_link() {
    let world = World::open().await;
    world.brand.sim.set_delivery(Delivery { parallel: 8, ..Delivery::default() });
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    let text = format!("write to evelyn@example.com {}", "and so on ".repeat(198)).repeat(8);
    evelyn.writes_dm(&text);
    assert!(world.brand.sim.waiting() >= 8);
    world.drain().await;
    assert_eq!(evelyn.links().len(), 1, "{:?}", evelyn.inbox());
    let conversation = world.conversation(&ada, &evelyn).await;
    assert_eq!(
        conversation.heard().len(),
        text.chars().count().div_ceil(2_000),
        "all of it is there, in one place"
    );
    assert_eq!(ada.inbox().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn personal_data_in_public_is_hidden_answered_safely_and_followed_in_private() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("My card 4111 1111 1111 1111 was charged twice!");
    world.drain().await;
    assert!(world.brand.sim.is_hidden(&comment));
    let answers = evelyn.answers_to(&comment);
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert!(
        answers[0].starts_with("Hello! This page is public, so please don't post personal details here.")
    );
    assert!(!answers[0].contains("/c/"), "a link for one person is not for the public");
    assert_eq!(evelyn.links().len(), 1);

    evelyn.comments("And my other card 5555 5555 5555 4444, too");
    world.drain().await;
    assert_eq!(evelyn.links().len(), 1, "one in half an hour, in public, too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_matter_in_public_is_asked_aside_before_anything_slips_out() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("Where is my refund?");
    world.drain().await;
    assert_eq!((evelyn.answers_to(&comment).len(), evelyn.links().len()), (1, 1));
    assert!(!world.brand.sim.is_hidden(&comment), "there is nothing in it to hide");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_too_old_for_a_private_reply_is_asked_to_write_in_private() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("My card 4111 1111 1111 1111 was charged twice!");
    world.pass(Duration::from_hours(8 * 24));
    world.drain().await;
    let answers = evelyn.answers_to(&comment);
    assert!(answers[0].contains("Write to us in a private message"), "{answers:?}");
    assert!(evelyn.inbox().is_empty() && world.brand.sim.is_hidden(&comment));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_nothing_personal_is_left_alone() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("Are you open on Sunday?");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    assert!(evelyn.inbox().is_empty() && evelyn.answers_to(&comment).is_empty());
    assert!(!world.brand.sim.is_hidden(&comment));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_asks_a_customer_aside_by_hand() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("I would rather not say it here");
    world.drain().await;
    let conversation = world.conversation(&ada, &evelyn).await;
    ada.moves_up(&conversation).await.must_be(202);
    world.drain().await;
    let visitor = evelyn.opens(&evelyn.link()).await;
    visitor.writes("Now I can say it").await;
    let after = world.conversation(&ada, &visitor).await;
    assert_eq!((after.text("rung"), after.last_heard().as_str()), ("secure", "Now I can say it"));
    assert_eq!(after.happened(), ["invited", "moved_to_secure"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_speaks_the_customers_language_and_keeps_no_link() {
    let world = World::open().await;
    let ada = world.agent().await;
    let greta = world.customer("Greta Moos");
    greta.writes_dm("Guten Tag, bitte schreiben Sie mir an greta@example.com, danke");
    world.drain().await;
    assert!(greta.inbox()[0].starts_with("Damit Ihre Daten sicher sind"), "{:?}", greta.inbox());
    let said = world.conversation(&ada, &greta).await.messages().pop().unwrap().text;
    assert!(said.contains("[one-time link]") && !said.contains("/c/"), "{said}");
    assert_eq!(
        world.count("SELECT count(*) FROM jobs WHERE state = 'done' AND payload_sealed IS NOT NULL"),
        0
    );
}
