//! Accounts that have to wait: credentials that the network no longer takes, quotas that are used up.

use crate::world::{Agent, Customer, World, bot_secrets};
use aside_model::{Language, Raw};
use aside_sim::Fault;
use std::time::Duration;

fn calls(world: &World) -> usize {
    world.brand.sim.calls().iter().filter(|call| call.line.ends_with("/messages")).count()
}

async fn answers(world: &World, ada: &Agent, customer: &Customer, text: &str) {
    let conversation = world.conversation(ada, customer).await;
    ada.replies(&conversation, &conversation.thread("direct"), text).await.must_be(202);
    world.drain().await;
}

fn got(customer: &Customer) -> Vec<String> {
    customer.inbox().iter().map(|text| text.lines().next().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_revoked_while_jobs_wait_stop_them_until_there_are_new_ones() {
    let world = World::open().await;
    let ada = world.agent().await;
    let (evelyn, noor) = (world.customer("Evelyn Moss"), world.customer("Noor Placeholder"));
    for customer in [&evelyn, &noor] {
        customer.writes_dm("Are you open on Sunday?");
    }
    world.drain().await;
    let page = world.brand.sim.page().to_owned();
    world.brand.sim.replace_token(&page, "a-newer-page-token").unwrap();
    answers(&world, &ada, &evelyn, "one").await;
    assert_eq!(calls(&world), 1);
    answers(&world, &ada, &evelyn, "two").await;
    answers(&world, &ada, &noor, "three").await;
    world.pass(Duration::from_mins(10));
    world.drain().await;
    assert_eq!(calls(&world), 1, "the account's other jobs do not ask, and nothing asks again and again");

    let shown = world.conversation(&ada, &evelyn).await;
    assert_eq!(shown.messages().pop().unwrap().state, "queued");
    let jobs = ada.browser.get("/console/jobs").await.read();
    let why = "waits for new credentials: the account's access token does not work";
    assert!(jobs.contains(why) && jobs.contains("Waits until"), "{jobs}");
    assert!(shown.json().to_string().contains(why), "the conversation says so, too");
    assert_eq!(world.count("SELECT count(*) FROM jobs WHERE state = 'failed'"), 0);

    let secrets = serde_json::json!({
        "app_secret": world.brand.sim.config().app_secret,
        "verify_token": world.brand.sim.config().verify_token,
        "pages": { page: "a-newer-page-token" },
    });
    let secrets = Raw::new(secrets.to_string());
    let resumed = world.app.put_secrets(world.brand.id, world.brand.connection, &secrets).await.unwrap();
    assert!(resumed >= 2, "{resumed}");
    for _ in 0..5 {
        world.pass(Duration::from_secs(2));
        world.drain().await;
    }
    assert_eq!((got(&evelyn), got(&noor)), (vec!["one".to_owned(), "two".into()], vec!["three".into()]));
    assert!(ada.browser.get("/console/jobs").await.read().contains("Nothing is stuck."));
    let state = world.conversation(&ada, &evelyn).await.messages().pop().unwrap().state;
    assert_ne!(state, "queued");
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_that_work_again_by_themselves_are_noticed_within_the_hour() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("Are you open on Sunday?");
    world.drain().await;
    let (page, token) = (world.brand.sim.page().to_owned(), world.brand.sim.config().pages[0].token.clone());
    world.brand.sim.replace_token(&page, "another-page-token").unwrap();
    answers(&world, &ada, &evelyn, "one").await;
    world.brand.sim.replace_token(&page, &token).unwrap();
    world.pass(Duration::from_mins(62));
    world.drain().await;
    assert_eq!(got(&evelyn), ["one"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_used_up_for_an_hour_delays_the_accounts_jobs_by_an_hour_and_says_so() {
    let world = World::open().await;
    let (ada, bot) = (world.agent().await, world.bot().await);
    let mara = bot.network.person("Mara Example", Language::English);
    let otto = bot.network.person("Otto Mustermann", Language::English);
    for person in [&mara, &otto] {
        person.writes_dm("Are you open on Sunday?").unwrap();
    }
    world.drain_bot(&bot).await;
    let sent = || bot.network.calls().iter().filter(|call| call.line == "POST sendMessage").count();
    bot.network.fail_next(1, &Fault::Error { status: 429, code: 429, subcode: Some(3_600) });
    for person in [&mara, &otto] {
        let conversation = world.telegram_conversation(&ada, person).await.unwrap();
        ada.replies(&conversation, &conversation.thread("direct"), "Until six.").await.must_be(202);
        world.drain_bot(&bot).await;
    }
    assert_eq!(sent(), 1, "the other chat's job does not ask");
    let jobs = ada.browser.get("/console/jobs").await.read();
    assert!(jobs.contains("telegram's limit is used up for now; waits until 20"), "{jobs}");
    world.pass(Duration::from_mins(55));
    world.drain_bot(&bot).await;
    assert_eq!(sent(), 1);
    world.pass(Duration::from_mins(6));
    world.drain_bot(&bot).await;
    assert_eq!((sent(), mara.inbox().len(), otto.inbox().len()), (3, 1, 1));
    assert_eq!(world.count("SELECT max(attempts) FROM jobs WHERE kind = 'send'"), 1, "it was no failed try");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bots_revoked_token_is_replaced_and_nothing_is_lost() {
    let world = World::open().await;
    let (ada, bot) = (world.agent().await, world.bot().await);
    let mara = bot.network.person("Mara Example", Language::English);
    mara.writes_dm("Are you open on Sunday?").unwrap();
    world.drain_bot(&bot).await;
    let newer = format!("{}:AAHnewer-telegram-bot-token-0001", bot.network.bot());
    bot.network.replace_token(&newer);
    let conversation = world.telegram_conversation(&ada, &mara).await.unwrap();
    ada.replies(&conversation, &conversation.thread("direct"), "Until six.").await.must_be(202);
    world.drain_bot(&bot).await;
    assert!(mara.inbox().is_empty());
    let resumed = world.app.put_secrets(world.brand.id, bot.connection, &bot_secrets(&newer)).await.unwrap();
    assert_eq!(resumed, 1);
    world.drain_bot(&bot).await;
    assert_eq!(mara.inbox().len(), 1);
}
