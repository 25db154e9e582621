//! The one-time link into the messenger.

use crate::world::{Customer, World};
use reqwest::Method;
use std::time::Duration;
use tokio::task::JoinSet;

const HOUR: Duration = Duration::from_hours(1);

async fn invited(world: &World) -> (Customer, String) {
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Please write to evelyn@example.com");
    world.drain().await;
    let link = evelyn.link();
    (evelyn, link)
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_at_a_link_burns_nothing() {
    let world = World::open().await;
    let (evelyn, link) = invited(&world).await;
    let before = world.dump();
    let preview = world.browser();
    for _ in 0..5 {
        let page = preview.get(&link).await.must_be(200);
        assert!(page.read().contains("Go on privately with Larkspur Home"));
        assert!(!page.read().contains("evelyn@example.com"), "a preview shows nothing of the conversation");
        assert_eq!(page.header("set-cookie"), "");
    }
    preview
        .send(Method::HEAD, &link, &[("user-agent", "facebookexternalhit/1.1")], vec![])
        .await
        .must_be(200);
    assert_eq!(world.dump(), before);
    let visitor = evelyn.opens(&link).await;
    assert!(visitor.page().await.read().contains("You are writing to Larkspur Home"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_was_used_lets_nobody_in() {
    let world = World::open().await;
    let (evelyn, link) = invited(&world).await;
    evelyn.opens(&link).await;
    assert!(world.browser().get(&link).await.must_be(410).read().contains("This link was used already"));
    let again = evelyn.presses_continue(&link).await.must_be(410);
    assert_eq!(again.header("set-cookie"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_use_a_link_at_once_one_gets_in() {
    let world = World::open().await;
    let (evelyn, link) = invited(&world).await;
    let mut pressing = JoinSet::new();
    for _ in 0..12 {
        let (evelyn, link) = (evelyn.clone(), link.clone());
        pressing.spawn(async move { evelyn.presses_continue(&link).await.status.as_u16() });
    }
    let mut statuses = pressing.join_all().await;
    statuses.sort_unstable();
    assert_eq!(statuses[0], 303);
    assert!(statuses[1..].iter().all(|status| *status == 410), "{statuses:?}");
    assert_eq!(world.count("SELECT count(*) FROM sessions WHERE conversation IS NOT NULL"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_is_too_old_after_a_day() {
    let world = World::open().await;
    let (evelyn, link) = invited(&world).await;
    world.pass(23 * HOUR);
    world.browser().get(&link).await.must_be(200);
    world.pass(HOUR);
    assert!(world.browser().get(&link).await.must_be(410).read().contains("This link is too old"));
    evelyn.presses_continue(&link).await.must_be(410);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_none_lets_nobody_in() {
    let world = World::open().await;
    let (evelyn, link) = invited(&world).await;
    let secret = link.rsplit('/').next().unwrap();
    for wrong in [
        secret[..secret.len() - 1].to_owned(),
        secret.chars().rev().collect(),
        secret.to_uppercase(),
        "A".repeat(secret.len()),
        "%00".to_owned(),
        "x".repeat(4_000),
        "..%2f..%2fkeys".to_owned(),
    ] {
        let answer = evelyn.presses_continue(&format!("/c/{wrong}")).await;
        assert!(answer.status.is_client_error() && answer.header("set-cookie").is_empty(), "{wrong}");
    }
    evelyn.opens(&link).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_comes_back_on_the_same_device_for_a_month() {
    let world = World::open().await;
    let (evelyn, link) = invited(&world).await;
    let visitor = evelyn.opens(&link).await;
    world.pass(29 * 24 * HOUR);
    visitor.writes("I am back").await;
    world.pass(2 * 24 * HOUR);
    assert!(visitor.page().await.read().contains("On this device no conversation is open."));
}
