//! What must still be sent: again and again, but never twice.

use crate::world::{Agent, Conversation, Customer, World};
use aside_sim::Fault;
use std::time::Duration;

const QUOTA: Fault = Fault::Error { status: 400, code: 613, subcode: None };

/// A world in which a customer wrote something harmless.
async fn asked() -> (World, Agent, Customer, Conversation) {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    let conversation = world.conversation(&ada, &evelyn).await;
    (world, ada, evelyn, conversation)
}

async fn answer(world: &World, ada: &Agent, conversation: &Conversation, text: &str) {
    ada.replies(conversation, &conversation.thread("direct"), text).await.must_be(202);
    world.drain().await;
}

/// What became of the last thing said.
async fn state(world: &World, ada: &Agent, customer: &Customer) -> String {
    world.conversation(ada, customer).await.messages().pop().unwrap().state
}

fn calls(world: &World) -> usize {
    world.brand.sim.calls().iter().filter(|call| call.line.ends_with("/messages")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_network_did_not_take_is_tried_again_later_and_later() {
    let (world, ada, evelyn, conversation) = asked().await;
    world.brand.sim.fail_next(3, &Fault::Status(503));
    answer(&world, &ada, &conversation, "Yes, until six.").await;
    assert_eq!((calls(&world), state(&world, &ada, &evelyn).await.as_str()), (1, "queued"));
    let mut waited = Vec::new();
    for tries in 2..=4 {
        let mut seconds = 0;
        while calls(&world) < tries {
            world.pass(Duration::from_secs(1));
            world.drain().await;
            seconds += 1;
            assert!(seconds < 300, "try {tries} never came");
        }
        waited.push(seconds);
    }
    assert!(waited.iter().all(|seconds| *seconds >= 29), "the pause that a busy network wants: {waited:?}");
    assert_eq!(evelyn.inbox().len(), 1);
    assert_ne!(state(&world, &ada, &evelyn).await, "queued");
    assert!(world.browser().get("/metrics").await.text.contains("aside_sent_total 1\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_is_busy_is_left_alone_for_as_long_as_it_says() {
    let (world, ada, evelyn, conversation) = asked().await;
    world.brand.sim.fail_next(1, &QUOTA);
    answer(&world, &ada, &conversation, "Yes, until six.").await;
    world.pass(Duration::from_mins(4));
    world.drain().await;
    assert_eq!(calls(&world), 1);
    world.pass(Duration::from_mins(3));
    world.drain().await;
    assert_eq!((calls(&world), evelyn.inbox().len()), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_never_taken_is_given_up_after_eight_tries_and_shown() {
    let (world, ada, evelyn, conversation) = asked().await;
    world.brand.sim.fail_next(100, &Fault::Status(503));
    answer(&world, &ada, &conversation, "Yes, until six.").await;
    for _ in 0..20 {
        world.pass(Duration::from_mins(45));
        world.drain().await;
    }
    assert_eq!(calls(&world), 8);
    // The agent's session is over by now.
    let bob = Agent::signed_in(&world, &world.brand, "bob", aside_model::Role::Agent).await;
    assert_eq!(state(&world, &bob, &evelyn).await, "failed");
    let jobs = bob.browser.get("/console/jobs").await.must_be(200).read();
    assert!(jobs.contains("the network is too busy") && jobs.contains(">8<"), "{jobs}");
    let kept = "SELECT count(*) FROM jobs WHERE state = 'failed' AND payload_sealed IS NOT NULL";
    assert_eq!(world.count(kept), 0, "what will never be sent is not kept");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_trying_again_cannot_help_fails_at_once() {
    let (world, ada, evelyn, conversation) = asked().await;
    evelyn.human.blocks(world.brand.sim.page(), true).unwrap();
    answer(&world, &ada, &conversation, "Yes, until six.").await;
    assert_eq!((calls(&world), state(&world, &ada, &evelyn).await.as_str()), (1, "failed"));
    let jobs = ada.browser.get("/console/jobs").await.read();
    assert!(jobs.contains("the network says this person is not available"), "{jobs}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_knows_whether_it_went_out_a_person_decides() {
    let (world, ada, evelyn, conversation) = asked().await;
    world.brand.sim.fail_next(1, &Fault::CutAfter);
    answer(&world, &ada, &conversation, "Yes, until six.").await;
    assert_eq!(evelyn.inbox().len(), 1, "it did go out");
    assert_eq!(state(&world, &ada, &evelyn).await, "unknown");
    world.pass(Duration::from_mins(50));
    world.drain().await;
    assert_eq!((calls(&world), evelyn.inbox().len()), (1, 1), "it is not tried again by itself");

    let jobs = ada.browser.get("/console/jobs").await.must_be(200);
    assert!(jobs.read().contains("Nobody knows whether it went out"));
    let at = jobs.text.find("/console/jobs/").expect("a button");
    let path: String = jobs.text[at..].split('"').next().unwrap().to_owned();
    let done = ada.browser.submit("/console/jobs", &path, &[]).await.must_be(303);
    assert_eq!(done.header("location"), "/console/jobs?did=retried");
    world.drain().await;
    assert_eq!((calls(&world), evelyn.inbox().len()), (2, 2), "twice, because a person said so");
    assert_eq!(world.count("SELECT count(*) FROM entries WHERE kind = 'job_retried'"), 1);
    assert!(ada.browser.get("/console/jobs").await.read().contains("Nothing is stuck."));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_being_sent_when_the_program_died_is_sent_by_nobody_twice() {
    let (world, ada, evelyn, conversation) = asked().await;
    ada.replies(&conversation, &conversation.thread("direct"), "Yes, until six.").await.must_be(202);
    // A worker takes it and is never heard of again.
    let now = aside_model::Clock::now(&*world.clock);
    let taken = world.app.store().claim_jobs(now, Duration::from_mins(1), 10, &[]).await.unwrap();
    assert_eq!(taken.len(), 1);
    world.drain().await;
    assert_eq!(calls(&world), 0, "it is somebody's");
    world.pass(Duration::from_secs(61));
    world.drain().await;
    assert_eq!((calls(&world), evelyn.inbox().len()), (0, 0));
    let (jobs, message) =
        (world.dump()["jobs"].clone(), "SELECT count(*) FROM messages WHERE state = 'unknown'");
    assert_eq!(jobs.last().unwrap()["state"], "unknown");
    assert!(ada.browser.get("/console/jobs").await.read().contains("Nobody knows whether it went out"));
    assert_eq!(world.count(message), 1, "the conversation says so, too");
}

#[tokio::test(flavor = "multi_thread")]
async fn replies_on_one_thread_arrive_in_the_order_they_were_written() {
    let (world, ada, evelyn, conversation) = asked().await;
    let direct = conversation.thread("direct");
    for number in 0..6 {
        ada.replies(&conversation, &direct, &format!("line {number}")).await.must_be(202);
    }
    world.drain().await;
    let lines: Vec<String> =
        evelyn.inbox().iter().map(|text| text.lines().next().unwrap().to_owned()).collect();
    assert_eq!(lines, (0..6).map(|number| format!("line {number}")).collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_customer_got_and_read_shows_in_the_conversation() {
    let (world, ada, evelyn, conversation) = asked().await;
    ada.replies(&conversation, &conversation.thread("direct"), "Yes, until six.").await.must_be(202);
    // Networks report in milliseconds what happened before; so it happens a moment later.
    world.pass(Duration::from_secs(1));
    world.drain().await;
    assert_eq!(state(&world, &ada, &evelyn).await, "read");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_could_not_be_hidden_is_hidden_later() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    world.brand.sim.fail_next(3, &Fault::CutBefore);
    let comment = evelyn.comments("My card 4111 1111 1111 1111 was charged twice!");
    world.drain().await;
    world.pass(Duration::from_mins(5));
    world.drain().await;
    assert!(world.brand.sim.is_hidden(&comment));
}
