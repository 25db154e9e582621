//! A reply goes to the address of the thread it answers.

use crate::world::{Agent, Conversation, Customer, World};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const ADDRESS: &str = "evelyn@example.com";

/// What a reply on one of their threads says, and where it must arrive.
fn received(customer: &Customer, text: &str) -> usize {
    customer.inbox().iter().filter(|got| got.contains(text)).count()
}

async fn sends(world: &World, ada: &Agent, conversation: &Conversation, thread: &str, text: &str) {
    ada.replies(conversation, thread, text).await.must_be(202);
    world.drain().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_4_a_reply_goes_to_the_address_of_the_thread_it_answers() {
    let world = World::open().await;
    let ada = world.agent().await;
    let csv = format!("email,name,phone\n{ADDRESS},Evelyn Moss,+44 20 7946 0958\n");
    world.administrator().await.imports(&csv).await.must_be(200);

    // One customer with five addresses: under comments, in direct messages, in those of a second account,
    // by e-mail and by telephone. The last three came later, two of them by merging.
    let evelyn = world.customer("Evelyn Moss");
    let first = evelyn.comments("Where do you deliver to?");
    let comment = evelyn.comments("And my invoice? Write to someone@example.org");
    world.drain().await;
    evelyn.writes_dm("Here I am, as you said");
    world.drain().await;
    let visitor = evelyn.opens(&evelyn.link()).await;
    visitor.writes("And in the messenger").await;
    let second = world.visitor("Evelyn's other account").await;
    let (mine, hers) = (visitor.conversation(&world.app).await, second.conversation(&world.app).await);
    for who in [&visitor, &second] {
        who.asks_code(ADDRESS).await.must_be(303);
        world.drain().await;
        who.types_code(&world.mails.code_to(ADDRESS)).await.must_be(303);
    }
    assert_eq!(
        world.count("SELECT count(DISTINCT customer) FROM handles"),
        1,
        "all addresses belong to one customer now"
    );
    let stranger = world.customer("Somebody Else");
    stranger.writes_dm("hello, are you open on Sunday?");
    world.drain().await;

    assert_eq!(ada.inbox().await.len(), 3, "a merge moves handles and conversations, and joins no two");
    let (mine, hers) = (ada.conversation(&mine).await, ada.conversation(&hers).await);
    assert_eq!(mine.threads("public").len(), 1);

    sends(&world, &ada, &mine, &mine.thread("direct"), "This answers the first account.").await;
    sends(&world, &ada, &hers, &hers.thread("direct"), "This answers the second account.").await;
    sends(&world, &ada, &mine, &mine.thread("public"), "This answers the comment.").await;
    sends(&world, &ada, &mine, &mine.thread("secure"), "This stays in the messenger.").await;
    sends(&world, &ada, &hers, &hers.thread("secure"), "This stays in the other messenger.").await;

    assert_eq!(received(&evelyn, "This answers the first account."), 1, "{:?}", evelyn.inbox());
    assert_eq!(received(&second, "This answers the second account."), 1, "{:?}", second.inbox());
    assert!(evelyn.answers_to(&comment).contains(&"This answers the comment.".to_owned()));
    assert!(evelyn.answers_to(&first).is_empty(), "the first comment was not the last thing they said");
    assert!(visitor.page().await.read().contains("This stays in the messenger."));
    assert!(second.page().await.read().contains("This stays in the other messenger."));
    // And nobody else got any of it, nor is it anywhere else.
    for (customer, own) in [(&evelyn, "first account"), (&*second, "second account"), (&stranger, "nothing")]
    {
        for text in customer.inbox().iter().filter(|text| text.starts_with("This ")) {
            assert!(text.contains(own), "{} got: {text}", customer.human.name());
        }
    }
    assert!(!visitor.page().await.read().contains("other messenger"));
    assert!(!second.page().await.read().contains("stays in the messenger"));
    assert_eq!(world.mails.all().len(), 2, "the two codes, and nothing else by mail");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_goes_to_an_address_that_the_brand_held_and_to_no_other() {
    let world = World::open().await;
    let csv = format!("email,name\n{ADDRESS},Evelyn Moss\n");
    world.administrator().await.imports(&csv).await.must_be(200);
    let visitor = world.visitor("Evelyn Moss").await;
    let pages = [
        visitor.asks_code("somebody@evil.example").await.must_be(303),
        visitor.asks_code(&format!("{ADDRESS}, somebody@evil.example")).await.must_be(303),
        visitor.asks_code(&format!("{ADDRESS}\nBcc: somebody@evil.example")).await.must_be(303),
        visitor.asks_code(&format!(" {} ", ADDRESS.to_uppercase())).await.must_be(303),
    ];
    world.drain().await;
    let to: Vec<String> = world.mails.all().into_iter().map(|(to, _)| to).collect();
    assert_eq!(to, [ADDRESS]);
    // Whoever asks learns nothing about who is known.
    assert!(pages.iter().all(|page| page.header("location") == pages[0].header("location")));
    let said: BTreeSet<String> = world
        .conversation(&world.agent().await, &visitor)
        .await
        .messages()
        .iter()
        .filter(|message| message.rung == "secure" && message.author == "system")
        .map(|message| message.text.clone())
        .collect();
    assert_eq!(said.len(), 1, "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_door_takes_an_address_to_reply_to() {
    let world = World::open().await;
    let (ada, amir) = (world.agent().await, world.administrator().await);
    let visitor = world.visitor("Evelyn Moss").await;
    let stranger = world.customer("Somebody Else");
    stranger.writes_dm("hello, are you open on Sunday?");
    world.drain().await;

    // The API's own description: every field that a request may have.
    let document = ada.get("/openapi.json").await.must_be(200).json();
    let mut fields = BTreeSet::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            let content = operation["requestBody"]["content"].as_object();
            for body in content.iter().flat_map(|content| content.values()) {
                request_fields(&document, &body["schema"], &mut fields);
            }
        }
    }
    let known = [
        "code",
        "conversation",
        "default",
        "earlier",
        "key",
        "login",
        "mapping",
        "min_certainty",
        "names",
        "offsets",
        "operators",
        "password",
        "purpose",
        "question",
        "reason",
        "regions",
        "subject",
        "text",
        "thread",
        "to_me",
        "type",
        "types",
        "value",
    ];
    assert_eq!(fields, known.map(str::to_owned).into(), "a new field: is it an address?");

    // Every field of every form in the console.
    let conversation = world.conversation(&ada, &visitor).await;
    let id = conversation.id();
    let mut names = BTreeSet::new();
    for path in [
        "/console".to_owned(),
        format!("/console/c/{id}"),
        format!("/console/erase/{id}"),
        "/console/ledger".to_owned(),
        "/console/jobs".to_owned(),
        "/console/channels".to_owned(),
        "/console/contacts".to_owned(),
        "/console/agents".to_owned(),
    ] {
        let page = amir.browser.get(&path).await.must_be(200).text;
        names.extend(
            page.split(" name=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
        );
    }
    names.retain(|name| {
        !["viewport", "color-scheme", "referrer", "robots", "theme-color"].contains(&name.as_str())
    });
    let known =
        ["csrf", "csv", "form_key", "purpose", "reason", "show", "text", "thread", "to", "value", "type"];
    let unknown: Vec<&String> = names.iter().filter(|name| !known.contains(&name.as_str())).collect();
    assert!(unknown.is_empty(), "new fields: are they addresses? {unknown:?}");

    // An address that is sent all the same is not looked at.
    let thread = conversation.thread("direct");
    let body = json!({
        "thread": thread, "text": "Nobody else gets this.", "key": "k", "to": stranger.psid(),
        "address": stranger.psid(), "recipient": { "id": stranger.psid() }, "handle": stranger.psid(),
    });
    ada.post(&format!("/conversations/{id}/replies"), &body).await.must_be(202);
    let theirs = world.conversation(&ada, &stranger).await;
    ada.replies(&conversation, &theirs.thread("direct"), "Across conversations.").await.must_be(404);
    world.drain().await;
    assert_eq!((received(&visitor, "Nobody else gets this."), received(&stranger, "Nobody")), (1, 0));
    assert_eq!(stranger.inbox().len(), 0);
}

/// The names of a request's fields, through references.
fn request_fields(document: &Value, schema: &Value, fields: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return request_fields(document, &document["components"]["schemas"][name], fields);
    }
    fields.extend(schema["properties"].as_object().iter().flat_map(|fields| fields.keys().cloned()));
}
