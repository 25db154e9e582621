//! A form counts only from its own page, with its own token, in its own session.

use crate::house::House;
use aside_model::Role;
use reqwest::Method;

#[tokio::test]
async fn a_form_without_its_token_or_from_a_foreign_page_changes_nothing() {
    let house = House::open().await;
    house.customer().await;
    let agent = house.agent("ada", Role::PrivacyOfficer).await;
    let other = house.agent("bob", Role::PrivacyOfficer).await;
    let at = house.conversation(&agent).await;
    let page = agent.get(&at).await;
    let token = page.token();
    let foreign = other.get(&at).await.token();
    assert_ne!(token, foreign);
    let erase = at.replace("/console/c/", "/console/erase/");
    let reason = ("reason", "asked for it by letter");
    for (path, fields) in [
        (format!("{at}/close"), vec![]),
        (format!("{at}/assign"), vec![("to", "me")]),
        (format!("{at}/move-up"), vec![]),
        (format!("{at}/reply"), vec![("thread", "1"), ("text", "hello"), ("form_key", "1")]),
        (format!("{at}/reveal"), vec![("value", "1"), ("purpose", "payment")]),
        (format!("{at}/misses"), vec![("text", "please refund me"), ("type", "contact.name")]),
        (erase.clone(), vec![reason]),
        ("/console/contacts".to_owned(), vec![("csv", "email\na@b.example")]),
        ("/console/sign-out".to_owned(), vec![]),
    ] {
        let with = |token| [fields.clone(), vec![("csv", ""), ("csrf", token)]].concat();
        assert_eq!(agent.post(&path, &fields).await.status, 403, "{path} without a token");
        assert_eq!(agent.post(&path, &with("")).await.status, 403, "{path} with an empty one");
        assert_eq!(agent.post(&path, &with(&foreign)).await.status, 403, "{path} with another session's");
        for site in ["cross-site", "same-site", "none"] {
            let answer = agent.post_from(site, &path, &with(&token)).await;
            assert_eq!(answer.status, 403, "{path} from {site}");
        }
        let anonymous = house.anonymous().post(&path, &with(&token)).await;
        assert_eq!(anonymous.status, 401, "{path} without a session");
    }
    let after = agent.get(&at).await;
    assert_eq!(after.status, 200, "still signed in, and nothing was erased");
    assert!(after.text.contains("by nobody") && after.text.contains(">Close</button>"), "nothing changed");
    // The same with its token works.
    let done = agent.post(&format!("{at}/close"), &[("csrf", &token)]).await;
    assert_eq!(done.header("location"), format!("{at}?did=closed"));
    assert!(agent.get(&format!("{at}?did=closed")).await.text.contains("Closed. It opens again"));
}

#[tokio::test]
async fn a_customers_form_needs_its_token_too() {
    let house = House::open().await;
    let customer = house.customer().await;
    let page = customer.get("/c").await;
    let token = page.token();
    let key = page.field("form_key");
    let fields = [("text", "hello there"), ("form_key", key.as_str())];
    assert_eq!(customer.post("/c/write", &fields).await.status, 403);
    let signed = [("text", "hello there"), ("form_key", key.as_str()), ("csrf", token.as_str())];
    assert_eq!(customer.post_from("cross-site", "/c/write", &signed).await.status, 403);
    assert!(!customer.get("/c").await.text.contains("hello there"));
    // Twice with the same form key is once.
    for _ in 0..2 {
        assert_eq!(customer.post("/c/write", &signed).await.status, 303);
    }
    assert_eq!(customer.get("/c").await.text.matches("hello there").count(), 1);
}

#[tokio::test]
async fn a_draft_check_takes_its_token_in_a_header() {
    let house = House::open().await;
    let customer = house.customer().await;
    let token = customer.get("/c").await.token();
    let body = b"{\"text\":\"my password is hunter2hunter\"}".to_vec();
    let json = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
    assert_eq!(customer.send(Method::POST, "/c/check", &json, body.clone()).await.status, 403);
    let signed = [json[0], json[1], ("aside-csrf", token.as_str())];
    let answer = customer.send(Method::POST, "/c/check", &signed, body).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text.contains("password") && !answer.text.contains("hunter2"), "{}", answer.text);
    let check: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(check["refused"], true);
}

#[tokio::test]
async fn signing_in_says_no_more_than_that_it_did_not_work() {
    let house = House::open().await;
    let credentials = house.credentials("ada", Role::Agent).await;
    let browser = house.anonymous();
    let token = browser.get("/console/sign-in").await.token();
    let mut texts = Vec::new();
    for (login, password) in [("ada", "wrong password!"), ("nobody", "wrong password!")] {
        let code = credentials[2].1.as_str();
        let form = [("login", login), ("password", password), ("code", code), ("csrf", &token)];
        let answer = browser.post("/console/sign-in", &form).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.header("set-cookie"), "");
        assert!(!answer.text.contains(password));
        texts.push(answer.text);
    }
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn a_changed_text_from_the_same_form_is_another_message() {
    let house = House::open().await;
    let customer = house.customer().await;
    let page = customer.get("/c").await;
    let (token, key) = (page.token(), page.field("form_key"));
    for text in ["my parcel is late", "my parcel is late", "my parcel is late and wet"] {
        let fields = [("text", text), ("form_key", key.as_str()), ("csrf", token.as_str())];
        assert_eq!(customer.post("/c/write", &fields).await.status, 303);
    }
    let shown = customer.get("/c").await.text;
    assert_eq!(shown.matches("my parcel is late").count(), 2, "{shown}");
    assert_eq!(shown.matches("my parcel is late and wet").count(), 1, "{shown}");
}
