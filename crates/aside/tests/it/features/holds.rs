//! What looks like something forbidden and may be harmless: held for the customer, who alone can open it.

use crate::world::{Visitor, World, open_with_all_keys};
use std::time::Duration;

const ORDER: &str = "4111111111111111";

/// A customer whose order number looked like a card number, and who followed the link.
async fn held(world: &World) -> Visitor {
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm(&format!("order {ORDER} has not arrived"));
    world.drain().await;
    let text = evelyn.inbox().pop().unwrap();
    assert!(
        text.starts_with("Something you wrote looked like a number that must not be sent here"),
        "{text}"
    );
    evelyn.opens(&evelyn.link()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_customer_releases_what_was_harmless() {
    let world = World::open().await;
    let ada = world.agent().await;
    let visitor = held(&world).await;
    assert_eq!(
        world.conversation(&ada, &visitor).await.last_heard(),
        "order [card number held] has not arrived"
    );
    let holds = visitor.holds().await;
    assert_eq!(holds.len(), 1);
    assert_eq!(visitor.releases(&holds[0]).await.must_be(303).header("location"), "/c?did=released");
    let conversation = world.conversation(&ada, &visitor).await;
    assert_eq!(conversation.last_heard(), format!("order {ORDER} has not arrived"));
    assert_eq!(conversation.found(), [("fin.pan".to_owned(), "allow".to_owned())]);
    assert!(conversation.happened().contains(&"hold_released".to_owned()));
    assert!(visitor.holds().await.is_empty());
    visitor.releases(&holds[0]).await.must_be(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_but_the_customer_can_open_what_is_held() {
    let world = World::open().await;
    let ada = world.agent().await;
    let visitor = held(&world).await;
    let id = visitor.conversation(&world.app).await;
    ada.browser.get(&format!("/console/c/{id}")).await.must_be(200);
    let dump = world.dump();
    assert_eq!(dump["holds"].len(), 1);
    for cell in open_with_all_keys(world.app.keys(), &dump, &dump) {
        assert!(!cell.text().contains(ORDER), "all keys of the installation open it in {}", cell.place);
    }
    for (place, text) in world.seen.all() {
        assert!(!text.contains(ORDER), "{place}");
    }
    // Not even the customer, on another device.
    visitor.writes_dm("or write to someone@example.org");
    world.pass(Duration::from_mins(31));
    visitor.writes_dm("to someone@example.org, please");
    world.drain().await;
    let elsewhere = visitor.opens(&visitor.link()).await;
    assert!(elsewhere.holds().await.is_empty());
    let hold = visitor.holds().await.swap_remove(0);
    let refused = elsewhere.releases(&hold).await.must_be(422);
    assert!(!refused.text.contains(ORDER));
    visitor.releases(&hold).await.must_be(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_customer_deletes_or_forgets_is_destroyed() {
    let world = World::open().await;
    let ada = world.agent().await;
    let (deletes, forgets) = (held(&world).await, held(&world).await);
    let hold = deletes.holds().await.swap_remove(0);
    deletes.discards(&hold).await.must_be(303);
    deletes.releases(&hold).await.must_be(404);

    let hold = forgets.holds().await.swap_remove(0);
    world.pass(Duration::from_hours(24));
    assert!(forgets.holds().await.is_empty(), "its time is over");
    forgets.releases(&hold).await.must_be(422);
    world.app.tidy().await.unwrap();
    assert!(world.dump()["holds"].is_empty());
    // The agent's session is over by now, too.
    let ada = crate::world::Agent { token: String::new(), ..ada };
    assert!(!ada.is_signed_in().await);
    let priya = world.privacy_officer().await;
    for visitor in [&deletes, &forgets] {
        let heard = world.conversation(&priya, visitor).await.last_heard();
        assert_eq!(heard, "order [card number removed] has not arrived");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_held_in_the_messenger_is_released_there() {
    let world = World::open().await;
    let ada = world.agent().await;
    let visitor = world.visitor("Evelyn Moss").await;
    visitor.writes(&format!("order {ORDER} has not arrived")).await;
    let holds = visitor.holds().await;
    assert_eq!(holds.len(), 1);
    visitor.releases(&holds[0]).await.must_be(303);
    let heard = world.conversation(&ada, &visitor).await.last_heard();
    assert_eq!(heard, format!("order {ORDER} has not arrived"));
}
