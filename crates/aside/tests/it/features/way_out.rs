//! The way in for whoever would rather not open a link.

use crate::world::{Answer, Customer, Visitor, World};
use std::time::Duration;

/// A customer who was invited and said no.
async fn refused(world: &World) -> Customer {
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Please write to evelyn@example.com");
    world.drain().await;
    evelyn.writes_dm("I don't trust that, no link please");
    world.drain().await;
    evelyn
}

fn code_of(customer: &Customer) -> String {
    let text = customer.inbox().pop().unwrap();
    let is_code = |word: &&str| word.len() == 11 && word.as_bytes()[5] == b'-';
    text.split_whitespace().find(is_code).unwrap_or_else(|| panic!("no code in {text}")).to_owned()
}

async fn types(customer: &Customer, code: &str) -> Answer {
    customer.browser.another().submit("/c", "/c/code", &[("code", code)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_refuses_the_link_gets_an_address_and_a_code_to_type() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = refused(&world).await;
    let text = evelyn.inbox().pop().unwrap();
    assert!(text.contains(&format!("You can open {}/c yourself", world.url)), "{text}");
    assert!(text.contains("you can call us: +1 202 555 0142"), "{text}");
    let code = code_of(&evelyn);
    let typed = code.to_lowercase().replace('-', " ");
    let visitor = Visitor::from_answer(&evelyn, &types(&evelyn, &typed).await.must_be(303));
    visitor.writes("Here I am, without a link").await;
    let conversation = world.conversation(&ada, &evelyn).await;
    assert_eq!(conversation.last_heard(), "Here I am, without a link");
    assert_eq!(conversation.happened(), ["invited", "way_out_offered", "moved_to_secure"]);
    assert!(conversation.messages().iter().all(|message| !message.text.contains(&code)));

    let again = types(&evelyn, &code).await.must_be(422);
    assert!(again.read().contains("This code does not work.") && again.header("set-cookie").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_code_is_too_old_after_half_an_hour() {
    let world = World::open().await;
    let evelyn = refused(&world).await;
    world.pass(Duration::from_mins(30));
    types(&evelyn, &code_of(&evelyn)).await.must_be(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_codes_is_stopped_after_ten() {
    let world = World::open().await;
    let evelyn = refused(&world).await;
    for number in 0..10 {
        types(&evelyn, &format!("AAAAA-0000{number}")).await.must_be(422);
    }
    types(&evelyn, &code_of(&evelyn)).await.must_be(429);
    world.pass(Duration::from_mins(15));
    types(&evelyn, &code_of(&evelyn)).await.must_be(303);
}
