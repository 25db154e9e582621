//! A reminder for whoever did not follow the invitation: once.

use crate::world::{Customer, World};
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);

async fn invited(world: &World) -> Customer {
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Please write to evelyn@example.com");
    world.drain().await;
    evelyn
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_did_not_come_is_reminded_once_with_a_link_of_its_own() {
    let world = World::open().await;
    let evelyn = invited(&world).await;
    world.pass(Duration::from_mins(239));
    world.drain().await;
    assert_eq!(evelyn.links().len(), 1);
    world.pass(Duration::from_mins(2));
    world.drain().await;
    assert_eq!(evelyn.links().len(), 2);
    assert!(evelyn.inbox()[1].starts_with("We are still here for you"), "{:?}", evelyn.inbox());
    evelyn.opens(&evelyn.links()[1]).await;
    for _ in 0..4 {
        world.pass(4 * HOUR);
        world.drain().await;
    }
    assert_eq!(evelyn.inbox().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_came_or_is_done_or_cannot_be_written_to_is_not_reminded() {
    let world = World::open().await;
    let came = invited(&world).await;
    came.opens(&came.link()).await;
    let done = invited(&world).await;
    let ada = world.agent().await;
    let id = done.conversation(&world.app).await;
    ada.post(&format!("/conversations/{id}/close"), &serde_json::json!({})).await.must_be(204);
    let asked_again = invited(&world).await;
    world.pass(2 * HOUR);
    asked_again.writes_dm("or to moss@example.org");
    world.drain().await;
    assert_eq!(asked_again.links().len(), 2);
    world.pass(2 * HOUR + Duration::from_mins(1));
    world.drain().await;
    assert_eq!((came.inbox().len(), done.inbox().len(), asked_again.inbox().len()), (1, 1, 2));
    world.pass(2 * HOUR);
    world.drain().await;
    assert_eq!(asked_again.inbox().len(), 3, "reminded of the second invitation, and of that alone");

    let gone = invited(&world).await;
    world.pass(25 * HOUR);
    world.drain().await;
    assert_eq!(gone.inbox().len(), 1, "the network would not let us");
    let stuck = world.count("SELECT count(*) FROM jobs WHERE state IN ('failed', 'unknown')");
    assert_eq!(stuck, 0, "and nobody is bothered with it");
}
