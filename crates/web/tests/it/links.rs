//! The one-time link.

use crate::house::House;
use reqwest::Method;

#[tokio::test]
async fn opening_a_link_changes_nothing_and_pressing_continue_redeems_it_once() {
    let house = House::open().await;
    let (_, link) = house.invited().await;
    let before = house.app.last_event(house.brand).await.unwrap();
    let preview = house.anonymous();
    for _ in 0..3 {
        let page = preview.get(&link).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("set-cookie"), "");
        assert!(page.text.contains("Go on privately with Larkspur"));
        assert_eq!(preview.send(Method::HEAD, &link, &[], vec![]).await.status, 200);
    }
    assert_eq!(house.app.last_event(house.brand).await.unwrap(), before);

    let mut customer = house.anonymous();
    let token = customer.get(&link).await.token();
    assert_eq!(customer.post_from("cross-site", &link, &[("csrf", &token)]).await.status, 403);
    assert_eq!(customer.post(&link, &[]).await.status, 403);
    let entered = customer.post(&link, &[("csrf", &token)]).await;
    assert_eq!((entered.status.as_u16(), entered.header("location")), (303, "/c"));
    assert!(entered.header("set-cookie").contains("SameSite=Lax"));
    customer.keep(&entered);
    assert!(customer.get("/c").await.text.contains("You are writing to Larkspur"));

    let again = house.anonymous().post(&link, &[("csrf", &token)]).await;
    assert_eq!(again.status, 410);
    assert!(again.text.contains("This link was used already") && again.header("set-cookie").is_empty());
    assert_eq!(house.anonymous().get(&link).await.status, 410);
}

#[tokio::test]
async fn pressing_continue_twice_leads_to_the_conversation_twice() {
    let house = House::open().await;
    let (_, link) = house.invited().await;
    let mut customer = house.anonymous();
    let token = customer.get(&link).await.token();
    let first = customer.post(&link, &[("csrf", &token)]).await;
    customer.keep(&first);
    let second = customer.post(&link, &[("csrf", &token)]).await;
    assert_eq!((second.status.as_u16(), second.header("location")), (303, "/c"));
    assert!(second.header("set-cookie").is_empty(), "the session stays the one that there is");
    assert!(customer.get("/c").await.text.contains("You are writing to Larkspur"));
}

#[tokio::test]
async fn without_a_session_the_page_says_how_to_get_in() {
    let house = House::open().await;
    let browser = house.anonymous();
    let door = browser.get("/c").await;
    assert_eq!(door.status, 200);
    assert!(door.text.contains("Ask for a link") && door.text.contains("Or type the code"));
    let token = door.token();
    let wrong = browser.post("/c/code", &[("csrf", &token), ("code", "ABCDE-12345")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("This code does not work."));
    let german = [("accept-language", "de-AT, en;q=0.5")];
    let page = browser.send(Method::GET, "/c/none", &german, vec![]).await;
    assert_eq!(page.status, 404);
    assert!(page.text.contains("Dieser Link funktioniert nicht") && page.text.contains("<html lang=\"de\">"));
}

#[tokio::test]
async fn leaving_ends_the_session_on_this_device() {
    let house = House::open().await;
    let customer = house.customer().await;
    let token = customer.get("/c").await.token();
    let left = customer.post("/c/leave", &[("csrf", &token)]).await;
    assert!(left.header("set-cookie").contains("Max-Age=0"));
    let old = customer.post("/c/write", &[("csrf", &token), ("text", "x"), ("form_key", "1")]).await;
    assert_eq!(old.status, 401);
    assert!(old.text.contains("Signed out"));
    assert!(customer.get("/c").await.text.contains("Or type the code"));
}
