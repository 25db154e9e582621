//! A brand's own numbers, and answers to what an agent asked.

use crate::world::{Plan, World};
use aside::{Config, PatternConfig};
use std::sync::Arc;

#[tokio::test(flavor = "multi_thread")]
async fn a_number_of_the_brands_own_is_taken_out_of_a_public_comment() {
    let pattern = PatternConfig {
        name: "customer number".to_owned(),
        data_type: "account.customer_no".parse().unwrap(),
        kind: None,
        shape: "KD-######".to_owned(),
        cues: vec![],
        check: Some("luhn".to_owned()),
        needs_cue: false,
    };
    let config = Config { patterns: vec![pattern], ..Config::default() };
    let detector = Arc::new(config.detector().unwrap());
    let world = World::with(Plan { detector: Some(detector), ..Plan::default() }).await;
    let ada = world.agent().await;
    let customer = world.customer("Evelyn Moss");
    customer.comments("look at kd 123455 please");
    customer.comments("and KD-123456 is none");
    world.drain().await;
    let heard = world.conversation(&ada, &customer).await.heard();
    assert!(!heard[0].contains("123455"), "{heard:?}");
    assert_eq!(heard[1], "and KD-123456 is none");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_answer_is_taken_for_what_the_agent_asked() {
    let world = World::open().await;
    let ada = world.agent().await;
    let customer = world.customer("Evelyn Moss");
    customer.writes_dm("12/04/85");
    world.drain().await;
    let conversation = world.conversation(&ada, &customer).await;
    assert_eq!(conversation.last_heard(), "12/04/85", "a date alone is nobody's birthday");
    let direct = conversation.thread("direct");
    ada.replies(&conversation, &direct, "You were born on which day?").await.must_be(202);
    world.drain().await;
    customer.writes_dm("12/04/85");
    world.drain().await;
    let heard = world.conversation(&ada, &customer).await.last_heard();
    assert!(!heard.contains("12/04"), "{heard}");
}
