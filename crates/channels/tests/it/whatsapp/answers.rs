//! The connector against a receiver that answers as the network does.

use super::fixtures::fixture;
use crate::answers::client;
use aside_channels::{
    Connector, Outgoing, OutgoingTemplate, Refusal, SendOutcome,
    whatsapp::{LONGEST_TEXT, Whatsapp, WhatsappSecrets},
};
use aside_model::{Raw, Rung};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

const NUMBER: &str = "106500000000001";
const USER_ID: &str = "US.13491208655302741918";

type Asked = Arc<Mutex<Vec<(String, String, Value)>>>;

fn whatsapp(base: &str) -> Whatsapp {
    let secrets = json!({ "app_secret": "app", "verify_token": "v", "numbers": { NUMBER: "number-token" } });
    Whatsapp::new(client(), base, WhatsappSecrets::from_json(secrets.to_string().as_bytes()).unwrap())
}

async fn answering(status: u16, body: &[u8]) -> (Whatsapp, Asked) {
    let asked = Asked::default();
    let answer = (StatusCode::from_u16(status).unwrap(), body.to_vec());
    let keep = |State(asked): State<Asked>, uri: Uri, headers: HeaderMap, body: Bytes| async move {
        let token = headers["authorization"].to_str().unwrap().to_owned();
        asked.lock().unwrap().push((uri.to_string(), token, serde_json::from_slice(&body).unwrap()));
        answer
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(keep).with_state(Arc::clone(&asked));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (whatsapp(&base), asked)
}

async fn send(whatsapp: &Whatsapp, to: &str, text: &str) -> SendOutcome {
    let to = Raw::new(to.to_owned());
    whatsapp.send(Outgoing { account: NUMBER, rung: Rung::Direct, to: &to, text }).await
}

#[tokio::test]
async fn a_text_goes_to_a_number_or_to_an_id_with_the_token_in_a_header() {
    for (to, key, fixture_name) in
        [("12025560142", "to", "send_accepted"), (USER_ID, "recipient", "send_accepted_user_id")]
    {
        let (whatsapp, asked) = answering(200, &fixture(fixture_name)).await;
        let outcome = send(&whatsapp, to, "Hello").await;
        assert!(matches!(outcome, SendOutcome::Accepted { provider_id: Some(_), .. }), "{outcome:?}");
        let asked = asked.lock().unwrap().clone();
        let body = json!({
            "messaging_product": "whatsapp", "recipient_type": "individual", key: to, "type": "text",
            "text": { "preview_url": false, "body": "Hello" },
        });
        let path = "/v25.0/106500000000001/messages".to_owned();
        assert_eq!(asked, [(path, "Bearer number-token".to_owned(), body)]);
    }
}

#[tokio::test]
async fn a_template_goes_out_with_its_places_filled_in() {
    let (whatsapp, asked) = answering(200, &fixture("send_accepted")).await;
    let to = Raw::new(USER_ID.to_owned());
    let parameters = ["Mara".to_owned(), "your lamp".to_owned()];
    let outgoing = OutgoingTemplate {
        account: NUMBER,
        rung: Rung::Direct,
        to: &to,
        name: "answer_ready",
        language: "en_US",
        parameters: &parameters,
    };
    assert!(matches!(whatsapp.send_template(outgoing).await, SendOutcome::Accepted { .. }));
    let bare = OutgoingTemplate { parameters: &[], ..outgoing };
    assert!(matches!(whatsapp.send_template(bare).await, SendOutcome::Accepted { .. }));
    let asked = asked.lock().unwrap().clone();
    insta::assert_json_snapshot!(asked[0].2, @r#"
    {
      "messaging_product": "whatsapp",
      "recipient": "US.13491208655302741918",
      "recipient_type": "individual",
      "template": {
        "components": [
          {
            "parameters": [
              {
                "text": "Mara",
                "type": "text"
              },
              {
                "text": "your lamp",
                "type": "text"
              }
            ],
            "type": "body"
          }
        ],
        "language": {
          "code": "en_US"
        },
        "name": "answer_ready"
      },
      "type": "template"
    }
    "#);
    assert_eq!(asked[1].2["template"], json!({ "name": "answer_ready", "language": { "code": "en_US" } }));
}

#[tokio::test]
async fn every_documented_error_has_its_meaning() {
    let errors: BTreeMap<String, Value> = serde_json::from_slice(&fixture("errors")).unwrap();
    let mut all = String::new();
    for (name, error) in &errors {
        let status = u16::try_from(error["status"].as_u64().unwrap()).unwrap();
        let (whatsapp, _) = answering(status, error["body"].to_string().as_bytes()).await;
        let outcome = send(&whatsapp, USER_ID, "Hello").await;
        all.push_str(&format!("{name}: {outcome:?}\n"));
    }
    insta::assert_snapshot!(all);
}

#[tokio::test]
async fn an_error_is_known_by_its_number_whatever_the_status() {
    for status in [200, 400, 403, 429, 500] {
        let body = br#"{"error":{"message":"(#131056)","code":131056}}"#;
        let (whatsapp, _) = answering(status, body).await;
        let outcome = send(&whatsapp, USER_ID, "Hello").await;
        assert!(
            matches!(outcome, SendOutcome::RetryAfter { wait, .. } if wait == Duration::from_secs(6)),
            "{status}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn an_acceptance_that_names_no_message_is_unclear_and_not_sent_again() {
    for body in ["{}", r#"{"messages":[]}"#, r#"{"messages":[{"id":""}]}"#, "<html>", r#"{"messages":"x"}"#] {
        let (whatsapp, _) = answering(200, body.as_bytes()).await;
        let outcome = send(&whatsapp, USER_ID, "Hello").await;
        assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{body}: {outcome:?}");
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_not_tried() {
    let (whatsapp, asked) = answering(200, b"{}").await;
    for odd in ["", "me", "../me", "US.1/x", "+12025560142", "1 2"] {
        let outcome = send(&whatsapp, odd, "Hello").await;
        assert!(matches!(outcome, SendOutcome::Refused { why: Refusal::NotTaken, .. }), "{odd}: {outcome:?}");
    }
    let long = send(&whatsapp, USER_ID, &"a".repeat(LONGEST_TEXT + 1)).await;
    assert!(matches!(long, SendOutcome::Refused { why: Refusal::TooLong, .. }), "{long:?}");
    let to = Raw::new(USER_ID.to_owned());
    let public = Outgoing { account: NUMBER, rung: Rung::Public, to: &to, text: "Hello" };
    let outcome = whatsapp.send(public).await;
    assert!(matches!(outcome, SendOutcome::Refused { why: Refusal::NotPossibleHere, .. }), "{outcome:?}");
    let other = Outgoing { account: "999", rung: Rung::Direct, to: &to, text: "Hello" };
    let outcome = whatsapp.send(other).await;
    assert!(matches!(outcome, SendOutcome::Refused { why: Refusal::TokenMissing, .. }), "{outcome:?}");
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn no_log_holds_a_number_an_id_a_text_or_a_message_id() {
    let quoting = br#"{"error":{"message":"(#131009) MARKER to 12025560142","code":131009,"error_data":{"details":"MARKER"}}}"#;
    let accepted = fixture("send_accepted");
    for (status, body) in [(400, &quoting[..]), (500, b"MARKER"), (200, &accepted)] {
        let (whatsapp, _) = answering(status, body).await;
        drop(send(&whatsapp, "12025560142", "MARKER").await);
        drop(send(&whatsapp, USER_ID, "MARKER").await);
    }
    for name in super::fixtures::webhooks() {
        drop(aside_channels::whatsapp::parse(&fixture(&name)).unwrap());
    }
    let log = crate::logged::logged();
    assert!(log.contains("the network refused") && log.contains("FLAGGED"), "{log}");
    for forbidden in
        ["MARKER", "12025560142", "13491208655302741918", "wamid", NUMBER, "number-token", "12025550100"]
    {
        assert!(!log.contains(forbidden), "{forbidden} in {log}");
    }
}
