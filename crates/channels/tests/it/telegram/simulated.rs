//! The connector and the simulated network, written from the same pages by separate code, understand each
//! other.

use crate::answers::client;
use aside_channels::{
    ActOutcome, Connector, Event, HookState, Inbound, NoticeState, Outgoing, Refusal, SendOutcome,
    telegram::{Telegram, TelegramSecrets, parse, verify},
};
use aside_model::{Clock, Language, Raw, Rung, Time};
use aside_sim::{
    Fault,
    telegram::{Person, TelegramConfig},
};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

/// A clock that stands where it is put.
struct Hands(Mutex<Time>);

impl Clock for Hands {
    fn now(&self) -> Time {
        *self.0.lock().unwrap()
    }
}

type Heard = Arc<Mutex<Vec<Inbound>>>;

struct Stage {
    network: aside_sim::telegram::Telegram,
    telegram: Telegram,
    hands: Arc<Hands>,
    heard: Heard,
    mara: Person,
}

async fn stage() -> Stage {
    let hands = Arc::new(Hands(Mutex::new(Time::from_secs(1_795_348_800))));
    let config = TelegramConfig::new(client(), Arc::<Hands>::clone(&hands));
    let secrets = TelegramSecrets {
        bot_token: config.token.clone(),
        secret_token: "a-secret-that-nobody-guesses".into(),
        username: config.username.clone(),
    };
    let heard = Heard::default();
    let take = |State((secrets, heard)): State<(TelegramSecrets, Heard)>, headers: HeaderMap, body: Bytes| async move {
        let secret = headers.get("x-telegram-bot-api-secret-token").and_then(|value| value.to_str().ok());
        if verify(&secrets, secret).is_err() {
            return StatusCode::FORBIDDEN;
        }
        heard.lock().unwrap().extend(parse(secrets.bot().unwrap(), &body).unwrap());
        StatusCode::OK
    };
    let router = Router::new().route("/", post(take)).with_state((secrets.clone(), Arc::clone(&heard)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hook = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let network = aside_sim::telegram::Telegram::start(config).await.unwrap();
    let telegram = Telegram::new(client(), &network.api_base(), secrets);
    assert_eq!(telegram.check_hook(network.bot(), &hook).await, HookState::Absent);
    assert_eq!(telegram.set_hook(network.bot(), &hook).await, ActOutcome::Done);
    assert_eq!(telegram.check_hook(network.bot(), &hook).await, HookState::InPlace { waiting: 0 });
    let mara = network.person("Mara Example", Language::English);
    Stage { network, telegram, hands, heard, mara }
}

impl Stage {
    /// Delivers, and takes what was heard.
    async fn heard(&self) -> Vec<Inbound> {
        assert!(self.network.deliver().await.iter().all(aside_sim::Posted::is_acknowledged));
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    async fn send(&self, rung: Rung, to: &Raw, text: &str) -> SendOutcome {
        self.telegram.send(Outgoing { account: self.network.bot(), rung, to, text }).await
    }
}

#[tokio::test]
async fn a_conversation_moves_from_a_group_to_a_private_chat() {
    let stage = stage().await;
    let group = stage.network.group("Neighbours", true);
    let said = stage.mara.writes_in(&group, "Größe M? 😀 Call 202-555-0142").unwrap();
    let heard = stage.heard().await;
    let Event::Message { provider_id, thread, from, text: Some(text), .. } = &heard[0].event else {
        panic!()
    };
    assert_eq!((provider_id, heard[0].rung), (&said, Rung::Public));
    assert_eq!(text.expose(), "Größe M? 😀 Call 202-555-0142");

    let link = stage.telegram.composer_link(stage.network.bot(), "token-1").unwrap();
    let outcome = stage.send(Rung::Public, &thread.reply_to, &format!("Go on here: {link}")).await;
    assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
    let seen = stage.network.seen_in(&group);
    assert_eq!(seen.last().unwrap().answers.as_ref(), Some(&said));
    let early = stage.send(Rung::Direct, &from.id, "Hello?").await;
    assert!(matches!(early, SendOutcome::Refused { why: Refusal::PersonUnavailable, .. }), "{early:?}");

    stage.mara.presses(&link).unwrap();
    let heard = stage.heard().await;
    let Event::Arrived { from: arrived, thread, token: Some(token), .. } = &heard[0].event else { panic!() };
    assert_eq!((arrived.id.expose(), token.expose()), (from.id.expose(), "token-1"), "the same number");
    let outcome = stage.send(Rung::Direct, &thread.reply_to, "Welcome").await;
    assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
    assert_eq!(stage.mara.inbox()[0].text, "Welcome");

    stage.mara.blocks(true).unwrap();
    let heard = stage.heard().await;
    assert!(matches!(&heard[0].event, Event::NotUnderstood { kind, .. } if kind == "my_chat_member"));
    let blocked = stage.send(Rung::Direct, &thread.reply_to, "Hello?").await;
    assert!(matches!(blocked, SendOutcome::Refused { why: Refusal::PersonUnavailable, .. }), "{blocked:?}");
}

#[tokio::test]
async fn a_message_is_deleted_within_two_days_where_the_bot_may() {
    let stage = stage().await;
    let bot = stage.network.bot().to_owned();
    let (ours, theirs) = (stage.network.group("Ours", true), stage.network.group("Theirs", false));
    let first = stage.mara.writes_in(&ours, "first").unwrap();
    assert_eq!(stage.telegram.hide(&bot, &first).await, ActOutcome::Done);
    assert!(stage.network.is_deleted(&first));
    assert_eq!(stage.telegram.hide(&bot, &first).await, ActOutcome::Done, "it is not there any more");
    let to = Raw::new(first);
    let outcome = stage.send(Rung::Public, &to, "Something was taken away here.").await;
    assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
    let foreign = stage.mara.writes_in(&theirs, "second").unwrap();
    let refused = stage.telegram.hide(&bot, &foreign).await;
    assert!(matches!(refused, ActOutcome::Refused { why: Refusal::NotPermitted, .. }), "{refused:?}");
    let old = stage.mara.writes_in(&ours, "third").unwrap();
    *stage.hands.0.lock().unwrap() = Time::from_secs(1_795_348_800).plus(Duration::from_hours(49));
    let refused = stage.telegram.hide(&bot, &old).await;
    assert!(matches!(refused, ActOutcome::Refused { why: Refusal::NotPermitted, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_is_followed() {
    let stage = stage().await;
    let group = stage.network.group("Neighbours", true);
    let said = stage.mara.writes_in(&group, "Hello").unwrap();
    let upgraded = stage.network.upgrade(&group).unwrap();
    let kinds: Vec<_> = stage.heard().await.into_iter().map(|one| one.event.name()).collect();
    assert_eq!(kinds, ["message", "not_understood", "not_understood"]);
    let outcome = stage.send(Rung::Public, &Raw::new(said), "Hello to you").await;
    assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
    assert_eq!(stage.network.seen_in(&upgraded).last().unwrap().text, "Hello to you");
}

#[tokio::test]
async fn edits_name_the_message_they_are_about() {
    let stage = stage().await;
    let group = stage.network.group("Neighbours", true);
    let said = stage.mara.writes_in(&group, "first").unwrap();
    stage.mara.edits(&said, "second").unwrap();
    let private = stage.mara.writes_dm("first").unwrap();
    stage.mara.edits(&private, "second").unwrap();
    let about: Vec<_> = stage
        .heard()
        .await
        .into_iter()
        .map(|one| match one.event {
            Event::Message { provider_id, .. } => ("message", provider_id),
            Event::Edited { provider_id, text, .. } => {
                assert_eq!(text.unwrap().expose(), "second");
                ("edited", provider_id)
            }
            other => (other.name(), String::new()),
        })
        .collect();
    let expected = [("message", &said), ("edited", &said), ("message", &private), ("edited", &private)];
    assert_eq!(about, expected.map(|(kind, id)| (kind, id.clone())));
}

#[tokio::test]
async fn the_notice_is_put_up_and_found_in_every_language() {
    let stage = stage().await;
    let bot = stage.network.bot();
    let notices = [(Language::English, "No card numbers here."), (Language::German, "Keine Kartennummern.")];
    let check = || stage.telegram.check_notice(bot, Rung::Direct, Language::English, notices[0].1);
    assert_eq!(check().await, NoticeState::Absent);
    assert_eq!(stage.telegram.set_notice(bot, Rung::Direct, &notices).await, ActOutcome::Done);
    assert_eq!(check().await, NoticeState::Present);
    assert_eq!(stage.network.description("de").as_deref(), Some("Keine Kartennummern."));
    assert_eq!(stage.network.description("").as_deref(), Some("No card numbers here."));
}

#[tokio::test]
async fn how_long_to_wait_and_what_is_not_known_come_through() {
    let stage = stage().await;
    stage.mara.writes_dm("Hi").unwrap();
    let to = Raw::new(stage.mara.id().to_string());
    stage.network.fail_next(1, &Fault::Error { status: 429, code: 429, subcode: Some(3_600) });
    let outcome = stage.send(Rung::Direct, &to, "Hello").await;
    let SendOutcome::RetryAfter { wait, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(wait, Duration::from_hours(1));
    for (fault, arrived) in [(Fault::CutBefore, 0), (Fault::CutAfter, 1), (Fault::Status(502), 1)] {
        stage.network.fail_next(1, &fault);
        let outcome = stage.send(Rung::Direct, &to, "Hello").await;
        assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{fault:?}: {outcome:?}");
        assert_eq!(stage.mara.inbox().len(), arrived);
    }
    stage.network.replace_token("110201543:AAHanother-telegram-bot-token_22");
    let outcome = stage.send(Rung::Direct, &to, "Hello").await;
    assert!(matches!(outcome, SendOutcome::Refused { why: Refusal::TokenInvalid, .. }), "{outcome:?}");
    assert!(stage.network.calls().iter().all(|call| !call.line.contains("AAH")));
}
