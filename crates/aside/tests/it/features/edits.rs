//! What customers change and take back on the network.

use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_is_judged_like_a_new_text_and_takes_the_old_ones_place() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    let message = evelyn.writes_dm("Are you open on Sunday?");
    let comment = evelyn.comments("Are you open on Sunday?");
    world.drain().await;
    evelyn.edits_dm(&message, "Write to evelyn@example.com, cvv 739");
    evelyn.edits_comment(&comment, "Are you open on Monday?");
    world.drain().await;
    let lines = ada.inbox().await;
    let mut heard = Vec::new();
    for line in &lines {
        heard.extend(ada.conversation(line["conversation"].as_str().unwrap()).await.heard());
    }
    heard.sort();
    assert_eq!(heard[0], "Are you open on Monday?");
    assert_eq!(heard[1], "Write to [e-mail address: e•••@•••.com], cvv [card security code removed]");
    assert_eq!(world.count("SELECT count(*) FROM vault_values"), 1);
    evelyn.edits_dm(&message, "Never mind");
    world.drain().await;
    assert_eq!(
        world.count("SELECT count(*) FROM vault_values"),
        0,
        "the value went with the text it stood in"
    );
    let page = ada.browser.get(&format!("/console/c/{}", evelyn.conversation(&world.app).await)).await.read();
    assert!(page.contains("Never mind") && page.contains("edited"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_gets_personal_by_an_edit_is_hidden() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("Are you open on Sunday?");
    world.drain().await;
    evelyn.edits_comment(&comment, "My card 4111 1111 1111 1111 was charged");
    world.drain().await;
    assert!(world.brand.sim.is_hidden(&comment));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_is_destroyed_here_too() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("Write to evelyn@example.com");
    world.drain().await;
    let id = evelyn.conversation(&world.app).await;
    let value = ada.conversation(&id).await.values().swap_remove(0);
    evelyn.removes_comment(&comment);
    world.drain().await;
    let conversation = ada.conversation(&id).await;
    let removed = &conversation.messages()[0];
    assert_eq!((removed.text.as_str(), removed.state.as_str()), ("", "removed"));
    ada.reveals(&id, &value, "contact").await.must_be(404);
    assert_eq!(world.count("SELECT count(*) FROM vault_values"), 0);
    assert!(conversation.happened().contains(&"message_removed".to_owned()));
    let page = ada.browser.get(&format!("/console/c/{id}")).await.read();
    assert!(page.contains("Taken back by its author."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removal_that_overtakes_its_comment_wins() {
    let world = World::open().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("I should not have said that");
    evelyn.removes_comment(&comment);
    world.brand.sim.set_delivery(aside_sim::Delivery {
        order: aside_sim::Order::Reversed,
        ..aside_sim::Delivery::default()
    });
    world.drain().await;
    let dump = world.dump();
    for cell in crate::world::open_with_all_keys(world.app.keys(), &dump, &dump) {
        assert!(!cell.text().contains("should not have said"), "{}", cell.place);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_that_somebody_hides_on_the_network_shows_as_hidden() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    let comment = evelyn.comments("Your lamps are ugly");
    world.drain().await;
    let state = async || world.conversation(&ada, &evelyn).await.messages()[0].state.clone();
    world.brand.sim.page_hides(&comment, true).unwrap();
    world.drain().await;
    assert_eq!(state().await, "hidden");
    world.pass(std::time::Duration::from_mins(1));
    world.brand.sim.page_hides(&comment, false).unwrap();
    world.drain().await;
    assert_eq!(state().await, "received");
}
