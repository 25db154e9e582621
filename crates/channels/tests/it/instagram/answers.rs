//! The connector against a receiver that answers as the network does.

use super::{ACCOUNT, TOKEN, fixtures::fixture, instagram};
use crate::answers::{Asked, Heard, receiver};
use aside_channels::{
    ActOutcome, CommentRules, Connector, NoticeState, Outgoing, PrivateReply, Refusal, SendOutcome,
    instagram::{Instagram, LONGEST_DIRECT_BYTES, Login},
};
use aside_model::{Language, Raw, Rung};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};

async fn answering(status: u16, body: &[u8]) -> (Instagram, Heard) {
    let (base, heard) = receiver(status, body, Vec::new()).await;
    (instagram(&base), heard)
}

fn only(heard: &Heard) -> Asked {
    let asked = heard.lock().unwrap();
    assert_eq!(asked.len(), 1, "{asked:?}");
    asked[0].clone()
}

async fn send(instagram: &Instagram, rung: Rung, to: &str, text: &str) -> SendOutcome {
    instagram.send(Outgoing { account: ACCOUNT, rung, to: &Raw::new(to.to_owned()), text }).await
}

#[tokio::test]
async fn a_direct_message_goes_to_the_person_with_the_token_in_a_header() {
    let (instagram, heard) = answering(200, &fixture("send_accepted")).await;
    let outcome = send(&instagram, Rung::Direct, "5550000000000017", "Hello").await;
    let SendOutcome::Accepted { provider_id, .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(provider_id.as_deref(), Some("aWdf-9001"));
    let asked = only(&heard);
    assert_eq!(
        (asked.uri.to_string().as_str(), asked.authorization),
        ("/v25.0/me/messages", format!("Bearer {TOKEN}"))
    );
    assert_eq!(asked.body, json!({"recipient": {"id": "5550000000000017"}, "message": {"text": "Hello"}}));
}

#[tokio::test]
async fn a_public_answer_goes_under_the_comment_and_the_comment_is_hidden() {
    let (instagram, heard) = answering(200, &fixture("comment_accepted")).await;
    let outcome = send(&instagram, Rung::Public, "17900000000000001", "We have written to you.").await;
    assert!(
        matches!(outcome, SendOutcome::Accepted { provider_id: Some(_), recipient: None }),
        "{outcome:?}"
    );
    let asked = only(&heard);
    assert_eq!(asked.uri.to_string(), "/v25.0/17900000000000001/replies");
    assert_eq!(asked.body, json!({"message": "We have written to you."}));

    let (instagram, heard) = answering(200, &fixture("success")).await;
    assert_eq!(instagram.hide(ACCOUNT, "17900000000000001").await, ActOutcome::Done);
    let asked = only(&heard);
    assert_eq!(
        (asked.uri.to_string().as_str(), asked.body),
        ("/v25.0/17900000000000001", json!({"hide": true}))
    );
}

#[tokio::test]
async fn a_private_reply_names_the_comment_and_learns_the_person() {
    for comment in ["17900000000000001", "live:17900000000000001"] {
        let (instagram, heard) = answering(200, &fixture("private_reply_accepted")).await;
        let reply = PrivateReply { account: ACCOUNT, comment, text: "Please go on here." };
        let outcome = instagram.private_reply(reply).await;
        let SendOutcome::Accepted { recipient: Some(recipient), .. } = outcome else { panic!("{outcome:?}") };
        assert_eq!(recipient.expose(), "5550000000000017");
        let asked = only(&heard);
        assert_eq!(asked.uri.to_string(), "/v25.0/me/messages");
        assert_eq!(asked.body["recipient"], json!({"comment_id": "17900000000000001"}));
    }
}

#[tokio::test]
async fn a_comment_on_a_broadcast_is_answered_in_private_alone_and_soon() {
    let (instagram, heard) = answering(200, &fixture("success")).await;
    let live = "live:17900000000000008";
    let outcome = send(&instagram, Rung::Public, live, "Hello").await;
    assert!(matches!(outcome, SendOutcome::Refused { why: Refusal::NotPossibleHere, .. }), "{outcome:?}");
    assert!(heard.lock().unwrap().is_empty());
    let rules = instagram.comment_rules(&Raw::new(live.to_owned()));
    assert!(!rules.may_answer);
    assert_eq!(rules.private_reply_within, Some(Duration::from_hours(4)));
    let rules = instagram.comment_rules(&Raw::new("17900000000000001".to_owned()));
    assert_eq!(rules, CommentRules { may_answer_hidden: false, ..CommentRules::default() });
    assert_eq!(instagram.hide(ACCOUNT, live).await, ActOutcome::Done);
    assert_eq!(only(&heard).uri.to_string(), "/v25.0/17900000000000008");
}

#[tokio::test]
async fn every_documented_error_has_its_meaning_and_an_unknown_one_its_number() {
    let errors: BTreeMap<String, Value> = serde_json::from_slice(&fixture("errors")).unwrap();
    let mut all = String::new();
    for (name, error) in &errors {
        let status = u16::try_from(error["status"].as_u64().unwrap()).unwrap();
        let (instagram, _) = answering(status, error["body"].to_string().as_bytes()).await;
        let outcome = send(&instagram, Rung::Direct, "1", "Hello").await;
        all.push_str(&format!("{name}: {outcome:?}\n"));
    }
    assert!(all.contains("NotTaken, code: Some(ErrorCode { code: 31337"), "{all}");
    insta::assert_snapshot!(all);
}

#[tokio::test]
async fn a_direct_message_is_measured_in_bytes() {
    let (instagram, heard) = answering(200, &fixture("send_accepted")).await;
    for text in ["word ".repeat(500), "größe ".repeat(500), "😀".repeat(700), "あ".repeat(900)] {
        let whole = send(&instagram, Rung::Direct, "1", &text).await;
        assert!(matches!(whole, SendOutcome::Refused { why: Refusal::TooLong, .. }), "{whole:?}");
        let pieces = instagram.render(Rung::Direct, &text);
        assert_eq!(pieces.len(), text.trim().len().div_ceil(LONGEST_DIRECT_BYTES), "{}", pieces[0]);
        for piece in &pieces {
            let outcome = send(&instagram, Rung::Direct, "1", piece).await;
            assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
        }
    }
    assert!(heard.lock().unwrap().iter().all(|a| a.body["message"]["text"].as_str().unwrap().len() <= 1000));
}

#[tokio::test]
async fn there_is_no_standing_notice_and_nobody_is_asked_for_one() {
    let (instagram, heard) = answering(200, &fixture("success")).await;
    for rung in [Rung::Public, Rung::Direct] {
        assert_eq!(instagram.capabilities(rung).longest_notice, 0);
        let put = instagram.set_notice(ACCOUNT, rung, &[(Language::English, "No cards.")]).await;
        assert_eq!(put, ActOutcome::Refused { why: Refusal::NotPossibleHere, code: None });
        let found = instagram.check_notice(ACCOUNT, rung, Language::English, "No cards.").await;
        assert!(matches!(found, NoticeState::NotKnown { .. }));
    }
    assert!(heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_address_that_the_network_cannot_have_given_is_never_asked() {
    let (instagram, heard) = answering(200, b"{}").await;
    for odd in ["", "../me/messages", "1/replies?x=", "live:live:1", "é"] {
        let outcome = send(&instagram, Rung::Public, odd, "Hello").await;
        assert!(matches!(outcome, SendOutcome::Refused { code: None, .. }), "{outcome:?}");
        let hidden = instagram.hide(ACCOUNT, odd).await;
        assert_eq!(hidden, ActOutcome::Refused { why: Refusal::NotTaken, code: None });
    }
    let unknown = instagram.hide("999", "12").await;
    assert_eq!(unknown, ActOutcome::Refused { why: Refusal::TokenMissing, code: None });
    assert!(heard.lock().unwrap().is_empty());
}

#[test]
fn each_login_has_its_host() {
    assert_eq!(Login::Instagram.api_base(), "https://graph.instagram.com");
    assert_eq!(Login::Facebook.api_base(), "https://graph.facebook.com");
}

#[tokio::test]
async fn no_log_holds_a_text_an_id_a_token_or_the_networks_words() {
    let quoting = br#"{"error":{"message":"bad: MARKER-TEXT for MARKER-NAME","code":100,"error_subcode":1}}"#;
    for (status, body) in [(400, &quoting[..]), (500, b"MARKER-TEXT"), (200, br#"{"message_id":"m"}"#)] {
        let (instagram, _) = answering(status, body).await;
        send(&instagram, Rung::Direct, "5550000000000017", "MARKER-TEXT").await;
        send(&instagram, Rung::Public, "17900000000000001", "MARKER-TEXT").await;
        instagram.hide(ACCOUNT, "17900000000000001").await;
    }
    let log = crate::logged::logged();
    assert!(log.contains("the network refused") && log.contains("instagram"), "{log}");
    for forbidden in ["MARKER", TOKEN, "5550000000000017", "17900000000000001", ACCOUNT] {
        assert!(!log.contains(forbidden), "{forbidden} in {log}");
    }
}
