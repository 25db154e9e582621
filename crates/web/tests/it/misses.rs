//! Marking what the detector missed, through the doors.

use crate::house::{Browser, House};
use aside_model::Role;

const MISSED: &str = "Rose Cottage Nether Wallop";

/// A customer in the messenger who wrote something that no detector knows.
async fn visitor(house: &House) -> Browser {
    let customer = house.customer().await;
    for text in [MISSED, "I said rose-cottage, nether wallop!"] {
        let page = customer.get("/c").await;
        let (token, key) = (page.token(), page.field("form_key"));
        let form = [("csrf", token.as_str()), ("form_key", key.as_str()), ("text", text)];
        assert_eq!(customer.post("/c/write", &form).await.status, 303);
    }
    assert!(customer.get("/c").await.text.contains(MISSED));
    customer
}

#[tokio::test]
async fn an_agent_marks_a_miss_on_the_page_and_it_is_covered_on_every_page() {
    let house = House::open().await;
    let customer = visitor(&house).await;
    let agent = house.agent("ada", Role::Agent).await;
    let at = house.conversation(&agent).await;
    let page = agent.get(&at).await;
    assert!(page.text.contains("<summary>Something personal was missed</summary>"));
    let token = page.token();
    let mark = async |text: &str, data_type: &str| {
        let form = [("csrf", token.as_str()), ("text", text), ("type", data_type)];
        agent.post(&format!("{at}/misses"), &form).await
    };
    for (text, data_type) in [(MISSED, ""), ("nobody said that", "contact.name"), ("no", "contact.name")] {
        let refused = mark(text, data_type).await;
        assert_eq!(refused.status, 422, "{text}");
        assert!(refused.text.contains("id=\"missed\" open") && refused.text.contains("role=\"alert\""));
        assert!(
            !refused.text.contains(&format!("value=\"{text}\"")) && !refused.text.contains("nobody said")
        );
    }
    let done = mark(MISSED, "contact.address").await;
    assert_eq!(done.header("location"), format!("{at}?did=marked"), "{}", done.text);
    let page = agent.get(&format!("{at}?did=marked")).await.text;
    assert!(page.contains("Marked. It is covered") && page.contains("covered in 2 messages"), "{page}");
    for text in [page, customer.get("/c").await.text, agent.get("/console").await.text] {
        assert!(!text.to_lowercase().contains("wallop"), "{text}");
    }
    assert_eq!(mark(MISSED, "contact.address").await.status, 422, "it is covered already");
}

#[tokio::test]
async fn a_customer_marks_a_miss_in_the_messenger() {
    let house = House::open().await;
    let customer = visitor(&house).await;
    let page = customer.get("/c").await;
    assert!(page.text.contains("Something personal still shows?"));
    let token = page.token();
    let mark = async |text: &str, data_type: &str| {
        customer.post("/c/misses", &[("csrf", &token), ("text", text), ("type", data_type)]).await
    };
    assert_eq!(customer.post("/c/misses", &[("text", MISSED), ("type", "cred.password")]).await.status, 403);
    let refused = mark("nobody said that", "cred.password").await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Nothing was covered") && !refused.text.contains("nobody said"));
    let done = mark(MISSED, "cred.password").await;
    assert_eq!(done.header("location"), "/c?did=marked", "{}", done.text);
    let page = customer.get("/c?did=marked").await.text;
    assert!(page.contains("Covered in every message") && page.contains("destroyed, not stored"), "{page}");
    assert!(!page.to_lowercase().contains("wallop"));
}
