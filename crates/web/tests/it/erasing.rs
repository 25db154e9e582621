//! Erasing goes in steps: what people see while it does, and that it ends.

use crate::house::House;
use aside_model::{Command, ConversationId, CustomerId, Effect, Network, Role};
use aside_store::InboxFilter;
use axum::http::StatusCode;

/// The only conversation and its customer.
async fn only(house: &House) -> (ConversationId, CustomerId) {
    let inbox = house.app.store().inbox(house.brand, &InboxFilter::default(), 10).await.unwrap();
    assert_eq!(inbox.len(), 1);
    (inbox[0].conversation, inbox[0].customer)
}

/// The first command alone, as a process leaves it that dies right after.
async fn begins_to_erase(house: &House, customer: CustomerId) {
    let begin = Command::new(house.brand).effect(Effect::EraseCustomer(customer));
    house.app.store().apply(begin).await.unwrap();
}

#[tokio::test]
async fn nobody_sees_a_customer_who_is_half_erased() {
    let house = House::open().await;
    let (evelyn, link) = house.invited().await;
    let agent = house.agent("olga", Role::Administrator).await;
    let mut visitor = house.anonymous();
    let token = visitor.get(&link).await.token();
    let answer = visitor.post(&link, &[("csrf", &token)]).await;
    visitor.keep(&answer);
    let at = house.conversation(&agent).await;
    let (_, customer) = only(&house).await;
    begins_to_erase(&house, customer).await;

    assert!(!agent.get("/console").await.text.contains("/console/c/"), "it is in no inbox");
    assert_eq!(agent.get(&at).await.status, StatusCode::NOT_FOUND);
    assert_eq!(agent.get(&at.replace("/c/", "/erase/")).await.status, StatusCode::NOT_FOUND);
    assert!(!visitor.get("/c").await.text.contains("card"), "the customer's device opens nothing");
    house.app.work_outbox(50).await.unwrap();
    house.app.tidy().await.unwrap();
    assert_eq!(house.app.store().erase_more(house.brand, 10).await.unwrap(), 0);
    drop(evelyn);
}

#[tokio::test]
async fn an_erasure_that_stopped_half_way_is_finished_by_the_next_process() {
    let house = House::open().await;
    house.invited().await;
    let (conversation, customer) = only(&house).await;
    begins_to_erase(&house, customer).await;
    house.app.store().erase_more(house.brand, 2).await.unwrap();
    let entries = house.app.store().entries_of(house.brand, conversation).await.unwrap().len();
    assert!(entries > 0, "something is left");

    let log = house.log();
    let next = house.another(Box::new(move |_| std::sync::Arc::new(aside_store::FolderTiles::new(&log))));
    next.tidy().await.unwrap();
    assert_eq!(house.app.store().erase_more(house.brand, 10).await.unwrap(), 0);
    assert!(house.app.store().entries_of(house.brand, conversation).await.unwrap().is_empty());
    house.app.sequence_all().await.unwrap();
}

#[tokio::test]
async fn who_writes_while_being_erased_is_heard_and_is_somebody_new() {
    let house = House::open().await;
    let (evelyn, _) = house.invited().await;
    let (before, customer) = only(&house).await;
    begins_to_erase(&house, customer).await;
    house.app.store().erase_more(house.brand, 2).await.unwrap();
    house.writes(&evelyn, "Is anybody there? Please write to evelyn@example.com").await;
    let (conversation, somebody) = only(&house).await;
    assert!(conversation != before && somebody != customer);
    house.app.tidy().await.unwrap();
    assert_eq!(only(&house).await, (conversation, somebody));
    let messages = house.app.store().messages(house.brand, conversation, None, 10).await.unwrap();
    assert!(messages.len() >= 2, "what they wrote, and the invitation");
    let handles = house.app.store().handles(house.brand, somebody).await.unwrap();
    assert!(handles.iter().any(|handle| handle.network == Network::Facebook));
    let agent = house.agent("ada", Role::Agent).await;
    let page = agent.get(&house.conversation(&agent).await).await;
    assert!(page.text.contains("Is anybody there?"), "{}", page.text);
}

#[tokio::test]
async fn a_customer_is_erased_once_however_many_ask_for_it() {
    let house = House::open().await;
    house.invited().await;
    let owner = house.agent("olga", Role::Administrator).await;
    let acting = house.app.acting(owner.cookie.split('=').nth(1).unwrap()).await.unwrap().unwrap();
    let (conversation, _) = only(&house).await;
    let ask = || house.app.erase(&acting, conversation, "asked for it by letter");
    let answers = tokio::join!(ask(), ask(), ask(), ask());
    let done = [answers.0, answers.1, answers.2, answers.3].into_iter().flatten().count();
    assert_eq!(done, 1);
    let entries = house.app.store().newest_entries(house.brand, None, 100).await.unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.kind == "erased").count(), 1);
}
