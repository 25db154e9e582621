//! Telegram: from a group over a link and a private chat into the messenger.

use crate::world::{Bot, World};
use aside_model::Language;
use aside_sim::telegram::Person;

const CARD: &str = "My card 4111 1111 1111 1111 was charged twice!";

/// The link in the bot's newest message in the group.
fn link_in_group(bot: &Bot) -> String {
    let seen = bot.network.seen_in(&bot.group);
    let text = &seen.iter().rfind(|said| said.by.is_none()).expect("the bot answered").text;
    let link = text.split_whitespace().find(|word| word.starts_with("https://t.me/"));
    link.unwrap_or_else(|| panic!("no link in {text}")).to_owned()
}

/// The links into the messenger that somebody got in private.
fn links(person: &Person) -> Vec<String> {
    let texts: Vec<String> = person.inbox().into_iter().map(|said| said.text).collect();
    let words = texts.iter().flat_map(|text| text.split_whitespace());
    words.filter(|word| word.contains("/c/")).map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_group_over_a_private_chat_into_the_messenger_it_is_one_conversation() {
    let world = World::open().await;
    let (ada, bot) = (world.agent().await, world.bot().await);
    let mara = bot.network.person("Mara Example", Language::English);
    let said = mara.writes_in(&bot.group, CARD).unwrap();
    world.drain_bot(&bot).await;
    assert!(bot.network.is_deleted(&said), "what must not stand there is taken away");
    let answer = bot.network.seen_in(&bot.group).pop().unwrap();
    assert_eq!(answer.answers.as_ref(), Some(&said), "it was answered before it was deleted");
    assert!(!answer.text.contains("4111"), "{}", answer.text);
    assert!(mara.inbox().is_empty(), "a bot cannot begin a chat");

    mara.presses(&link_in_group(&bot)).unwrap();
    world.drain_bot(&bot).await;
    let secure = links(&mara).pop().expect("an invitation");
    mara.writes_dm("You asked me to write here").unwrap();
    world.drain_bot(&bot).await;
    let device = world.browser();
    let page = device.get(&secure).await;
    let token = if page.text.contains("name=\"csrf\"") { page.field("csrf") } else { String::new() };
    device.post(&secure, &[("csrf", &token)]).await.must_be(303);

    assert_eq!(ada.inbox().await.len(), 1);
    let conversation = world.telegram_conversation(&ada, &mara).await.unwrap();
    let said: Vec<(String, String)> =
        conversation.messages().into_iter().map(|message| (message.rung, message.author)).collect();
    let expected =
        [("public", "customer"), ("public", "system"), ("direct", "system"), ("direct", "customer")];
    assert_eq!(said, expected.map(|(rung, author)| (rung.to_owned(), author.to_owned())));
    assert_eq!(conversation.text("customer"), "Mara Example");
    assert_eq!((conversation.text("rung"), conversation.text("assurance")), ("secure", "linked"));
    let heard = conversation.heard();
    assert!(heard[0].contains("1111") && !heard[0].contains("4111"), "{heard:?}");
    assert!(conversation.happened().contains(&"arrived".to_owned()));

    ada.replies(&conversation, &conversation.thread("direct"), "We look into it.").await.must_be(202);
    world.drain_bot(&bot).await;
    assert!(mara.inbox().pop().unwrap().text.starts_with("We look into it."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_everybody_sees_brings_only_its_owner_into_the_conversation() {
    let world = World::open().await;
    let (ada, bot) = (world.agent().await, world.bot().await);
    let mara = bot.network.person("Mara Example", Language::English);
    let eve = bot.network.person("Eve Other", Language::English);
    mara.writes_in(&bot.group, CARD).unwrap();
    world.drain_bot(&bot).await;
    let link = link_in_group(&bot);
    eve.presses(&link).unwrap();
    world.drain_bot(&bot).await;
    assert!(eve.inbox().is_empty() && world.telegram_conversation(&ada, &eve).await.is_none());
    assert_eq!(world.count("SELECT count(*) FROM links WHERE redeemed_at IS NOT NULL"), 0);
    // Nor is it a way into the messenger itself.
    let token = link.rsplit('=').next().unwrap();
    let page = world.browser().get(&format!("/c/{token}")).await;
    assert!(
        !page.text.contains("name=\"csrf\"") || page.status == 404 || page.status == 410,
        "{}",
        page.text
    );
    world.browser().post(&format!("/c/{token}"), &[]).await;
    assert_eq!(world.count("SELECT count(*) FROM sessions WHERE conversation IS NOT NULL"), 0);

    mara.presses(&link).unwrap();
    world.drain_bot(&bot).await;
    assert_eq!(links(&mara).len(), 1);
    mara.presses(&link).unwrap();
    world.drain_bot(&bot).await;
    assert_eq!(links(&mara).len(), 1, "pressing again says nothing twice");
    assert_eq!(ada.inbox().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_without_the_secret_or_repeated_changes_nothing() {
    let world = World::open().await;
    let bot = world.bot().await;
    let mara = bot.network.person("Mara Example", Language::English);
    mara.writes_dm("Are you open on Sunday?").unwrap();
    let posted = bot.network.deliver().await.remove(0);
    assert!(posted.is_acknowledged());
    let count = || world.count("SELECT count(*) FROM messages");
    assert_eq!(count(), 1);
    assert_eq!(bot.network.deliver_again(&posted).await, Some(200));
    let other = String::from_utf8(posted.body.to_vec()).unwrap().replace("Sunday", "Monday").into_bytes();
    assert_eq!(bot.network.post_to_hook(other.clone().into(), None).await, Some(403));
    assert_eq!(bot.network.post_to_hook(other.into(), Some("a-secret-that-nobody-guessed")).await, Some(403));
    assert_eq!(bot.network.post_to_hook("no json".into(), Some(&posted.signature)).await, Some(400));
    assert_eq!(count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_in_a_group_is_judged_like_a_message() {
    let world = World::open().await;
    let (ada, bot) = (world.agent().await, world.bot().await);
    let mara = bot.network.person("Mara Example", Language::English);
    let said = mara.writes_in(&bot.group, "Are you open on Sunday?").unwrap();
    mara.edits(&said, CARD).unwrap();
    world.drain_bot(&bot).await;
    assert!(bot.network.is_deleted(&said));
    let conversation = world.telegram_conversation(&ada, &mara).await.unwrap();
    assert!(!conversation.last_heard().contains("4111"), "{}", conversation.last_heard());
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_and_places_are_named_and_not_kept() {
    let world = World::open().await;
    let (ada, bot) = (world.agent().await, world.bot().await);
    let mara = bot.network.person("Mara Example", Language::English);
    mara.sends_dm("contact").unwrap();
    mara.sends_dm("location").unwrap();
    world.drain_bot(&bot).await;
    let conversation = world.telegram_conversation(&ada, &mara).await.unwrap();
    let attached: Vec<_> = conversation.messages().into_iter().flat_map(|m| m.attachments).collect();
    assert_eq!(attached, ["contact", "location"]);
    assert!(!conversation.json().to_string().contains("2025550142"));
}
