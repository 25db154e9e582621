//! Proving an address that the brand already holds.

use crate::world::{Visitor, World};
use std::time::Duration;

const ADDRESS: &str = "evelyn@example.com";
const MINUTE: Duration = Duration::from_mins(1);

/// A world that knows Evelyn's address, and Evelyn in its messenger.
async fn known() -> (World, Visitor) {
    let world = World::open().await;
    let amir = world.administrator().await;
    amir.imports(&format!("email,name\n{ADDRESS},Evelyn Moss\n")).await.must_be(200);
    let visitor = world.visitor("evie_1987").await;
    (world, visitor)
}

async fn code(world: &World, visitor: &Visitor) -> String {
    visitor.asks_code(ADDRESS).await.must_be(303);
    world.drain().await;
    world.mails.code_to(ADDRESS)
}

fn wrong(code: &str) -> String {
    code.chars().map(|c| if c == '9' { '0' } else { char::from(c as u8 + 1) }).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_code_makes_sure_who_it_is_and_joins_them_with_the_known_customer() {
    let (world, visitor) = known().await;
    let ada = world.agent().await;
    let before = world.conversation(&ada, &visitor).await;
    assert_eq!(before.text("assurance"), "linked");
    let code = code(&world, &visitor).await;
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    assert_eq!(visitor.types_code(&spaced).await.must_be(303).header("location"), "/c?did=checked");
    let after = world.conversation(&ada, &visitor).await;
    assert_eq!((after.text("assurance"), after.id()), ("checked", before.id()));
    assert_eq!(after.text("customer"), "Evelyn Moss");
    assert!(after.happened().ends_with(&["customers_merged".to_owned(), "checked".to_owned()]));
    assert_eq!(world.count("SELECT count(DISTINCT customer) FROM handles"), 1);
    visitor.types_code(&code).await.must_be(422);

    // It is not for ever.
    world.pass(12 * 60 * MINUTE);
    let priya = world.privacy_officer().await;
    assert_ne!(world.conversation(&priya, &visitor).await.text("assurance"), "checked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_proves_nothing_and_five_are_enough() {
    let (world, visitor) = known().await;
    let ada = world.agent().await;
    let code = code(&world, &visitor).await;
    for typed in [wrong(&code), String::new(), code[..5].to_owned(), format!("{code}0"), "abcdef".into()] {
        let page = visitor.types_code(&typed).await.must_be(422);
        assert!(page.read().contains("This code does not work."), "{typed}");
    }
    visitor.types_code(&code).await.must_be(403);
    assert_eq!(world.conversation(&ada, &visitor).await.text("assurance"), "linked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_too_old_after_ten_minutes() {
    let (world, visitor) = known().await;
    let code = code(&world, &visitor).await;
    world.pass(10 * MINUTE);
    // The page offers no field for it any more; a form from before is refused.
    let token = visitor.page().await.field("csrf");
    let answer = visitor.browser.post("/c/verify", &[("csrf", &token), ("code", &code)]).await;
    answer.must_be(422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_on_the_device_that_asked_alone() {
    let (world, visitor) = known().await;
    let code = code(&world, &visitor).await;
    let somebody = world.visitor("Somebody Else").await;
    somebody.asks_code("nobody@example.net").await.must_be(303);
    somebody.types_code(&code).await.must_be(422);
    visitor.types_code(&code).await.must_be(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_an_unknown_address_looks_and_leads_nowhere() {
    let (world, visitor) = known().await;
    visitor.asks_code("nobody@example.net").await.must_be(303);
    world.drain().await;
    assert!(world.mails.all().is_empty());
    let page = visitor.page().await.read();
    assert!(page.contains("If we hold that e-mail address, a code is on its way to it."), "{page}");
    for guess in ["000000", "123456", "999999"] {
        visitor.types_code(guess).await.must_be(422);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_codes_an_hour_are_enough() {
    let (world, visitor) = known().await;
    for _ in 0..5 {
        visitor.asks_code(ADDRESS).await.must_be(303);
    }
    visitor.asks_code(ADDRESS).await.must_be(403);
    world.drain().await;
    assert_eq!(world.mails.all().len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_down_is_tried_again() {
    let (world, visitor) = known().await;
    world.mails.is_down(true);
    visitor.asks_code(ADDRESS).await.must_be(303);
    world.drain().await;
    assert!(world.mails.all().is_empty());
    world.mails.is_down(false);
    world.pass(MINUTE);
    world.drain().await;
    let code = world.mails.code_to(ADDRESS);
    visitor.types_code(&code).await.must_be(303);
}
