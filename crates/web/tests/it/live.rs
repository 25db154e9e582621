//! Live events.

use crate::house::House;
use aside_model::Role;

#[tokio::test]
async fn a_stream_goes_on_where_it_broke_off_and_carries_ids_alone() {
    let house = House::open().await;
    let agent = house.agent("ada", Role::Agent).await;
    let (customer, _) = house.invited().await;
    let all = agent.stream("/console/events?after=0", None, |text| text.matches("data:").count() >= 2).await;
    assert!(all.starts_with(": listening\nretry: 2000\n\n") || all.contains("listening"), "{all}");
    assert!(!all.contains("4111") && !all.contains("Evelyn"));
    let ids: Vec<i64> =
        all.lines().filter_map(|line| line.strip_prefix("id: ")).map(|id| id.parse().unwrap()).collect();
    assert!(ids.is_sorted() && ids.len() >= 2);
    let last = house.app.last_event(house.brand).await.unwrap();
    let waiting = {
        let agent = agent.clone();
        let (path, from) = (format!("/console/events?after={}", 0), last.to_string());
        tokio::spawn(async move { agent.stream(&path, Some(&from), |text| text.contains("data:")).await })
    };
    house.writes(&customer, "are you there?").await;
    let next = waiting.await.unwrap();
    assert!(next.contains(&format!("id: {}", last + 1)), "{next}");
    assert!(!next.contains(&format!("id: {last}\n")), "what was heard is not heard again: {next}");
}

#[tokio::test]
async fn a_customer_hears_of_their_own_conversation_alone() {
    let house = House::open().await;
    let eve = house.customer().await;
    let stranger = house.sim.customer("Somebody Else", aside_model::Language::English);
    let before = house.app.last_event(house.brand).await.unwrap();
    house.writes(&stranger, "hello, are you open on Sunday?").await;
    let page = eve.get("/c").await;
    let (token, key) = (page.token(), page.field("form_key"));
    eve.post("/c/write", &[("csrf", &token), ("form_key", &key), ("text", "my own words")]).await;
    let heard = eve.stream(&format!("/c/events?after={before}"), None, |text| text.contains("data:")).await;
    assert!(heard.contains("\"kind\""), "{heard}");
    assert!(!heard.contains("conversation"), "{heard}");
    // The newest event is about what the customer wrote just now.
    let events = house.app.events_after(house.brand, before).await.unwrap();
    let own = events.last().unwrap().conversation;
    let foreign: Vec<_> = events.iter().filter(|event| event.conversation != own).collect();
    assert!(!foreign.is_empty());
    for event in foreign {
        assert!(!heard.contains(&format!("id: {}\n", event.number)), "the stranger's event: {heard}");
    }
}

#[tokio::test]
async fn a_customer_hears_nothing_of_what_agents_do_among_themselves() {
    let house = House::open().await;
    let eve = house.customer().await;
    let agent = house.agent("ada", Role::Agent).await;
    let at = house.conversation(&agent).await;
    let token = agent.get(&at).await.token();
    let before = house.app.last_event(house.brand).await.unwrap();
    assert_eq!(agent.post(&format!("{at}/assign"), &[("to", "me"), ("csrf", &token)]).await.status, 303);
    assert_eq!(agent.post(&format!("{at}/close"), &[("csrf", &token)]).await.status, 303);
    assert!(house.app.last_event(house.brand).await.unwrap() >= before + 2);
    let page = eve.get("/c").await;
    let (token, key) = (page.token(), page.field("form_key"));
    eve.post("/c/write", &[("csrf", &token), ("form_key", &key), ("text", "still there?")]).await;
    let heard = eve.stream(&format!("/c/events?after={before}"), None, |text| text.contains("data:")).await;
    assert!(heard.contains("\"kind\":\"message\""), "{heard}");
    assert!(!heard.contains("assigned") && !heard.contains("closed"), "{heard}");
}

#[tokio::test]
async fn a_customer_who_was_away_for_thousands_of_events_hears_what_is_new() {
    let house = House::open().await;
    let eve = house.customer().await;
    let before = house.app.last_event(house.brand).await.unwrap();
    let agent = house.agent("ada", Role::Agent).await;
    let at = house.conversation(&agent).await;
    let token = agent.get(&at).await.token();
    for _ in 0..260 {
        agent.post(&format!("{at}/assign"), &[("to", "me"), ("csrf", &token)]).await;
        agent.post(&format!("{at}/assign"), &[("to", ""), ("csrf", &token)]).await;
    }
    assert!(house.app.last_event(house.brand).await.unwrap() > before + 500);
    let page = eve.get("/c").await;
    let (token, key) = (page.token(), page.field("form_key"));
    eve.post("/c/write", &[("csrf", &token), ("form_key", &key), ("text", "still there?")]).await;
    let heard = eve.stream(&format!("/c/events?after={before}"), None, |text| text.contains("data:")).await;
    assert!(heard.contains("\"kind\":\"message\""), "{heard}");
}

#[tokio::test]
async fn no_stream_without_a_session() {
    let house = House::open().await;
    for path in ["/console/events", "/c/events"] {
        assert_eq!(house.anonymous().get(path).await.status, 401);
    }
}
