//! What the connector asks for, and what it makes of the answers.

use super::{BOT, TOKEN, fixtures::fixture, secrets};
use crate::answers::client;
use aside_channels::{
    ActOutcome, Connector, HookState, NoticeState, Outgoing, PrivateReply, Refusal, SendOutcome,
    telegram::Telegram,
};
use aside_model::{Language, Raw, Rung};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, Uri},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

type Asked = Arc<Mutex<Vec<(String, Value)>>>;

/// A connector whose network gives these answers in turn, the last one for ever.
async fn answering(answers: Vec<(u16, Vec<u8>)>) -> (Telegram, Asked) {
    let asked = Asked::default();
    let keep = move |State(asked): State<Asked>, uri: Uri, body: Bytes| async move {
        let mut asked = asked.lock().unwrap();
        let (status, answer) = answers[asked.len().min(answers.len() - 1)].clone();
        asked.push((uri.to_string(), serde_json::from_slice(&body).unwrap_or_default()));
        (StatusCode::from_u16(status).unwrap(), answer)
    };
    let router = Router::new().fallback(keep).with_state(Arc::clone(&asked));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (Telegram::new(client(), &base, secrets()), asked)
}

async fn send(telegram: &Telegram, rung: Rung, to: &str, text: &str) -> SendOutcome {
    telegram.send(Outgoing { account: BOT, rung, to: &Raw::new(to.to_owned()), text }).await
}

fn errors() -> BTreeMap<String, (u16, Vec<u8>)> {
    let all: BTreeMap<String, Value> = serde_json::from_slice(&fixture("errors")).unwrap();
    let pair = |one: &Value| (one["status"].as_u64().unwrap() as u16, one["body"].to_string().into_bytes());
    all.iter().map(|(name, one)| (name.clone(), pair(one))).collect()
}

#[tokio::test]
async fn a_text_goes_to_the_chat_as_it_is_and_no_link_is_looked_into() {
    let (telegram, asked) = answering(vec![(200, fixture("send_accepted"))]).await;
    let outcome = send(&telegram, Rung::Direct, "5550100017", "Welcome *here* <b>").await;
    let SendOutcome::Accepted { provider_id, recipient: None } = outcome else { panic!("{outcome:?}") };
    assert_eq!(provider_id.as_deref(), Some("5550100017:77"));
    send(&telegram, Rung::Public, "-1001500000001:42", "Hello").await;
    let asked = asked.lock().unwrap();
    assert_eq!(asked[0].0, format!("/bot{TOKEN}/sendMessage"));
    let expected = json!({"chat_id": 5_550_100_017_i64, "text": "Welcome *here* <b>",
        "link_preview_options": {"is_disabled": true}});
    assert_eq!(asked[0].1, expected);
    assert_eq!(
        asked[1].1["reply_parameters"],
        json!({"message_id": 42, "allow_sending_without_reply": true})
    );
}

#[tokio::test]
async fn every_documented_error_has_its_meaning() {
    let mut all = String::new();
    for (name, answer) in errors() {
        let (telegram, _) = answering(vec![answer]).await;
        let sent = send(&telegram, Rung::Public, "-1001500000001:42", "Hello").await;
        let hidden = telegram.hide(BOT, "-1001500000001:42").await;
        all.push_str(&format!("{name}\n  send: {sent:?}\n  hide: {hidden:?}\n"));
    }
    insta::assert_snapshot!(all);
}

#[tokio::test]
async fn a_group_that_became_another_chat_is_written_to_there_once() {
    let moved = errors().remove("group_upgraded").unwrap();
    let (telegram, asked) = answering(vec![moved.clone(), (200, fixture("send_accepted"))]).await;
    let outcome = send(&telegram, Rung::Public, "-4150000001:42", "Hello").await;
    assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
    let second = asked.lock().unwrap()[1].1.clone();
    assert_eq!(second["chat_id"], -1_001_500_000_099_i64);
    assert!(second.get("reply_parameters").is_none(), "messages have other numbers there");
    let (telegram, asked) = answering(vec![moved]).await;
    let outcome = send(&telegram, Rung::Public, "-4150000001:42", "Hello").await;
    assert!(matches!(outcome, SendOutcome::Refused { why: Refusal::Gone, .. }), "{outcome:?}");
    assert_eq!(asked.lock().unwrap().len(), 2, "not round and round");
}

#[tokio::test]
async fn odd_answers_are_never_taken_for_success() {
    let odd: [(u16, &[u8]); 7] = [
        (200, b"<html>"),
        (200, br#"{"ok":true}"#),
        (200, br#"{"ok":true,"result":{}}"#),
        (200, br#"{"ok":true,"result":{"message_id":0,"chat":{"id":1}}}"#),
        (502, b"Bad Gateway"),
        (500, br#"{"ok":false,"error_code":500,"description":"Internal"}"#),
        (200, br#"{"ok":"yes","result":{"message_id":1,"chat":{"id":1}}}"#),
    ];
    for (status, body) in odd {
        let (telegram, _) = answering(vec![(status, body.to_vec())]).await;
        let outcome = send(&telegram, Rung::Direct, "1", "Hello").await;
        assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{outcome:?}");
    }
    let (telegram, _) = answering(vec![(503, b"busy".to_vec())]).await;
    assert!(matches!(send(&telegram, Rung::Direct, "1", "Hello").await, SendOutcome::RetryAfter { .. }));
}

#[tokio::test]
async fn what_cannot_go_out_is_refused_without_asking() {
    let (telegram, asked) = answering(vec![(200, fixture("send_accepted"))]).await;
    let refused = |outcome: SendOutcome, expected: Refusal| {
        assert!(matches!(outcome, SendOutcome::Refused { why, .. } if why == expected), "{outcome:?}");
    };
    refused(send(&telegram, Rung::Direct, "1", &"😀".repeat(2_049)).await, Refusal::TooLong);
    refused(send(&telegram, Rung::Secure, "1", "Hello").await, Refusal::NotPossibleHere);
    refused(send(&telegram, Rung::Direct, "../getMe", "Hello").await, Refusal::NotTaken);
    let to = Raw::new("1".to_owned());
    let other = Outgoing { account: "7", rung: Rung::Direct, to: &to, text: "Hello" };
    refused(telegram.send(other).await, Refusal::TokenMissing);
    let reply = PrivateReply { account: BOT, comment: "1:2", text: "Hello" };
    refused(telegram.private_reply(reply).await, Refusal::NotPossibleHere);
    let mut broken = secrets();
    broken.bot_token = "110201543/../x".into();
    refused(
        send(&Telegram::new(client(), "http://127.0.0.1:9", broken), Rung::Direct, "1", "x").await,
        Refusal::TokenInvalid,
    );
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_link_opens_the_chat_of_this_bot_alone() {
    let (telegram, _) = answering(vec![(200, fixture("success"))]).await;
    let link = |account, token| telegram.composer_link(account, token);
    assert_eq!(link(BOT, "q1W-e_R2").as_deref(), Some("https://t.me/larkspur_bot?start=q1W-e_R2"));
    for (account, token) in [("7", "abc"), (BOT, ""), (BOT, "a&b"), (BOT, &"a".repeat(65))] {
        assert_eq!(link(account, token), None);
    }
    let mut nameless = secrets();
    nameless.username.clear();
    assert_eq!(Telegram::new(client(), "http://127.0.0.1:9", nameless).composer_link(BOT, "abc"), None);
}

#[tokio::test]
async fn the_webhook_is_looked_for_and_set_with_its_secret() {
    let (telegram, asked) = answering(vec![(200, fixture("success"))]).await;
    let hook = "https://chat.example.org/hooks/telegram/1";
    assert_eq!(telegram.set_hook(BOT, hook).await, ActOutcome::Done);
    let set = asked.lock().unwrap()[0].1.clone();
    assert_eq!((&set["url"], &set["secret_token"]), (&json!(hook), &json!(secrets().secret_token)));
    let (telegram, _) = answering(vec![(200, fixture("webhook_info"))]).await;
    assert_eq!(telegram.check_hook(BOT, hook).await, HookState::InPlace { waiting: 3 });
    assert_eq!(telegram.check_hook(BOT, "https://elsewhere.example/").await, HookState::Absent);
    let (telegram, _) = answering(vec![errors().remove("unauthorized").unwrap()]).await;
    assert!(matches!(telegram.check_hook(BOT, hook).await, HookState::NotKnown { .. }));
    let (telegram, _) = answering(vec![(200, fixture("description"))]).await;
    let check = |text| telegram.check_notice(BOT, Rung::Direct, Language::English, text);
    assert_eq!(check("No card numbers here.").await, NoticeState::Present);
    assert_eq!(check("Something else").await, NoticeState::Absent);
    let (telegram, _) = answering(vec![(200, fixture("me"))]).await;
    assert_eq!(telegram.username().await.as_deref(), Ok("larkspur_bot"));
}

/// The token is part of every address, and an address must not get out.
#[tokio::test]
async fn no_error_and_no_outcome_holds_the_token() {
    let nobody = Telegram::new(client(), "http://127.0.0.1:9", secrets());
    let told = [
        format!("{:?}", send(&nobody, Rung::Direct, "1", "Hello").await),
        format!("{:?}", nobody.hide(BOT, "1:2").await),
        format!("{:?}", nobody.check_hook(BOT, "https://x.example/").await),
        format!("{:?}", nobody.username().await),
    ];
    for text in told {
        assert!(!text.contains("AAHdq") && !text.contains("127.0.0.1"), "{text}");
    }
}
