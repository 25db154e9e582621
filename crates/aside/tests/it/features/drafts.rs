//! What an agent writes, checked before it is sent.

use crate::world::World;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_holds_what_must_not_be_sent_is_stopped_and_recorded() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    let conversation = world.conversation(&ada, &evelyn).await;
    let direct = conversation.thread("direct");
    let text = "We have 4111 1111 1111 1111 on file.";
    let check = ada.checks(&conversation, &direct, text).await.must_be(200).json();
    assert_eq!((&check["refused"], &check["findings"][0]["type"]), (&json!(true), &json!("fin.pan")));
    assert_eq!((&check["findings"][0]["start"], &check["findings"][0]["end"]), (&json!(8), &json!(27)));
    ada.replies(&conversation, &direct, text).await.must_be(422);
    world.drain().await;
    assert!(evelyn.inbox().is_empty());
    let happened = world.conversation(&ada, &evelyn).await.happened();
    assert_eq!(happened, ["reply_stopped"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_what_must_not_be_written_here_is_stopped_too() {
    let world = World::open().await;
    let ada = world.agent().await;
    let visitor = world.visitor("Evelyn Moss").await;
    let conversation = world.conversation(&ada, &visitor).await;
    for (rung, text, status) in [
        ("direct", "Could you tell me your card number?", 422),
        ("direct", "What is your date of birth?", 422),
        ("direct", "Please send me your password.", 422),
        ("secure", "Please send me your password.", 422),
        ("secure", "What is your date of birth?", 202),
        ("direct", "Please never send us your password.", 202),
    ] {
        let thread = conversation.thread(rung);
        let answer = ada.replies(&conversation, &thread, text).await;
        assert_eq!(answer.status, status, "{rung}: {text}: {}", answer.text);
        if status == 422 {
            assert_eq!(answer.json()["findings"][0]["asked"], true, "{text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_needs_a_reason_goes_out_with_one() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("My lamp is broken");
    world.drain().await;
    let conversation = world.conversation(&ada, &evelyn).await;
    let direct = conversation.thread("direct");
    let text = "What is your postal address?";
    let stopped = ada.replies(&conversation, &direct, text).await.must_be(422).json();
    assert_eq!((&stopped["refused"], &stopped["needs_reason"]), (&json!(false), &json!(true)), "{stopped}");
    ada.replies_because(&conversation, &direct, text, " x ").await.must_be(422);
    ada.replies_because(&conversation, &direct, text, "to send a new lamp").await.must_be(202);
    world.drain().await;
    assert!(evelyn.inbox()[0].starts_with(text));
    let happened = world.conversation(&ada, &evelyn).await.happened();
    assert_eq!(happened, ["reply_confirmed"]);
    let words = hex::encode("new lamp");
    let leaves = world.dump().remove("entries").unwrap();
    assert!(
        leaves.iter().all(|entry| !entry["leaf"].contains(&words)),
        "the log has a fingerprint of the reason, and not its words"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_reply_twice_is_sent_once() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    let conversation = world.conversation(&ada, &evelyn).await;
    let direct = conversation.thread("direct");
    for repeated in [false, true, true] {
        let answer = ada.replies_as("one", &conversation, &direct, "Yes, until six.").await.must_be(202);
        assert_eq!(answer.json()["repeated"], repeated);
    }
    world.drain().await;
    assert_eq!(evelyn.inbox().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_direct_reply_says_what_not_to_send_and_a_long_one_comes_in_parts() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("How does the lamp work?");
    world.drain().await;
    let conversation = world.conversation(&ada, &evelyn).await;
    let direct = conversation.thread("direct");
    ada.replies(&conversation, &direct, "Turn the switch.").await.must_be(202);
    let long = "Turn the switch a little more. ".repeat(150);
    ada.replies(&conversation, &direct, &long).await.must_be(202);
    world.drain().await;
    let inbox = evelyn.inbox();
    assert!(inbox[0].starts_with("Turn the switch.\n\nPlease don't send card numbers"), "{inbox:?}");
    assert_eq!(inbox.len(), 4);
    assert!(inbox[1..].iter().all(|part| part.chars().count() <= 2_000 && !part.contains("card numbers")));
    let joined: String = inbox[1..].join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(joined, long.trim());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_reply_and_one_that_is_far_too_long_are_refused() {
    let world = World::open().await;
    let ada = world.agent().await;
    let visitor = world.visitor("Evelyn Moss").await;
    let conversation = world.conversation(&ada, &visitor).await;
    let secure = conversation.thread("secure");
    for text in ["", " \n\t ", &"lamp ".repeat(14_000)] {
        ada.replies(&conversation, &secure, text).await.must_be(422);
    }
    visitor.tries_to_write(" \n ").await.must_be(422);
    let page = visitor.tries_to_write(&"x".repeat(20_001)).await.must_be(422);
    assert!(page.read().contains("a message may have 20000 characters"), "{}", page.text);
    visitor.tries_to_write(&"x".repeat(20_000)).await.must_be(303);
}
