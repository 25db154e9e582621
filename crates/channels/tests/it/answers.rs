//! The connector against a receiver that answers as the network does.

use crate::fixtures::fixture;
use aside_channels::facebook::{Facebook, FacebookSecrets};
use aside_channels::{
    ActOutcome, Connector, ErrorCode, NoticeState, Outgoing, PrivateReply, Refusal, SendOutcome,
};
use aside_model::{Language, Raw, Rung};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, Once},
    time::Duration,
};
use tokio::{io::AsyncReadExt, net::TcpListener};

pub(crate) const PAGE: &str = "104500000000101";
pub(crate) const TOKEN: &str = "EAAB-page-token";

/// What the receiver was asked.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) authorization: String,
    pub(crate) body: Value,
}

/// Everything a receiver was asked.
pub(crate) type Heard = Arc<Mutex<Vec<Asked>>>;

/// What it answers.
#[derive(Clone)]
struct Script {
    status: StatusCode,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    asked: Heard,
}

async fn answer(
    State(script): State<Script>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let authorization = headers["authorization"].to_str().unwrap().to_owned();
    let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
    script.asked.lock().unwrap().push(Asked { method, uri, authorization, body });
    let mut response = (script.status, script.body).into_response();
    for (name, value) in script.headers {
        response.headers_mut().insert(name, value.parse().unwrap());
    }
    response
}

pub(crate) struct Receiver {
    pub(crate) facebook: Facebook,
    asked: Heard,
}

impl Receiver {
    fn only(&self) -> Asked {
        let asked = self.asked.lock().unwrap();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].clone()
    }
}

pub(crate) async fn answering(status: u16, body: &[u8]) -> Receiver {
    answering_with(status, body, Vec::new()).await
}

async fn answering_with(status: u16, body: &[u8], headers: Vec<(&'static str, String)>) -> Receiver {
    let (base, asked) = receiver(status, body, headers).await;
    Receiver { facebook: facebook(&base), asked }
}

/// Something that gives one answer to every request, and what it was asked.
pub(crate) async fn receiver(
    status: u16,
    body: &[u8],
    headers: Vec<(&'static str, String)>,
) -> (String, Heard) {
    let asked = Heard::default();
    let script = Script {
        status: StatusCode::from_u16(status).unwrap(),
        headers,
        body: body.to_vec(),
        asked: Arc::clone(&asked),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().fallback(answer).with_state(script);
    tokio::spawn(async move { axum::serve(listener, router).await });
    (base, asked)
}

pub(crate) fn facebook(base: &str) -> Facebook {
    let secrets = FacebookSecrets {
        app_secret: "app".into(),
        verify_token: "verify".into(),
        pages: BTreeMap::from([(PAGE.to_owned(), TOKEN.to_owned())]),
    };
    Facebook::new(client(), base, secrets)
}

#[expect(clippy::disallowed_methods, reason = "the test is the program here")]
pub(crate) fn client() -> reqwest::Client {
    static READY: Once = Once::new();
    READY.call_once(|| {
        rustls::crypto::aws_lc_rs::default_provider().install_default().unwrap();
        crate::logged::listen();
    });
    reqwest::Client::builder().no_proxy().build().unwrap()
}

pub(crate) async fn send(facebook: &Facebook, rung: Rung, to: &str, text: &str) -> SendOutcome {
    facebook.send(Outgoing { account: PAGE, rung, to: &Raw::new(to.to_owned()), text }).await
}

#[tokio::test]
async fn a_direct_message_goes_to_the_person_with_the_token_in_a_header() {
    let receiver = answering(200, &fixture("send_accepted")).await;
    let outcome = send(&receiver.facebook, Rung::Direct, "24800000000000017", "Hello").await;
    let SendOutcome::Accepted { provider_id, recipient } = outcome else { panic!("{outcome:?}") };
    assert_eq!(provider_id.as_deref(), Some("m_sent-0001"));
    assert_eq!(recipient.unwrap().expose(), "24800000000000017");
    let asked = receiver.only();
    assert_eq!(
        (asked.method, asked.uri.to_string().as_str()),
        (Method::POST, "/v25.0/104500000000101/messages")
    );
    assert_eq!(asked.authorization, format!("Bearer {TOKEN}"));
    insta::assert_json_snapshot!(asked.body, @r#"
    {
      "message": {
        "text": "Hello"
      },
      "messaging_type": "RESPONSE",
      "recipient": {
        "id": "24800000000000017"
      }
    }
    "#);
}

#[tokio::test]
async fn a_public_reply_goes_under_the_comment() {
    let receiver = answering(200, &fixture("comment_accepted")).await;
    let outcome = send(&receiver.facebook, Rung::Public, "122_900", "We have written to you.").await;
    assert!(
        matches!(outcome, SendOutcome::Accepted { provider_id: Some(_), recipient: None }),
        "{outcome:?}"
    );
    let asked = receiver.only();
    assert_eq!(asked.uri.to_string(), "/v25.0/122_900/comments");
    assert_eq!(asked.body, serde_json::json!({"message": "We have written to you."}));
}

#[tokio::test]
async fn a_private_reply_names_the_comment_and_learns_the_person() {
    let receiver = answering(200, &fixture("private_reply_accepted")).await;
    let reply = PrivateReply { account: PAGE, comment: "122_900", text: "Please go on here." };
    let outcome = receiver.facebook.private_reply(reply).await;
    let SendOutcome::Accepted { recipient: Some(recipient), .. } = outcome else { panic!("{outcome:?}") };
    assert_eq!(recipient.expose(), "24800000000000018");
    let asked = receiver.only();
    assert_eq!(asked.uri.to_string(), "/v25.0/104500000000101/messages");
    assert_eq!(asked.body["recipient"], serde_json::json!({"comment_id": "122_900"}));
}

#[tokio::test]
async fn a_comment_is_hidden() {
    let receiver = answering(200, &fixture("success")).await;
    assert_eq!(receiver.facebook.hide(PAGE, "122_900").await, ActOutcome::Done);
    let asked = receiver.only();
    assert_eq!(
        (asked.uri.to_string().as_str(), &asked.body["is_hidden"]),
        ("/v25.0/122_900", &Value::Bool(true))
    );
}

#[tokio::test]
async fn a_notice_is_put_up_and_found_again() {
    let receiver = answering(200, br#"{"result":"success"}"#).await;
    let notices = [(Language::English, "No card numbers here."), (Language::German, "Keine Kartennummern.")];
    assert_eq!(receiver.facebook.set_notice(PAGE, Rung::Direct, &notices).await, ActOutcome::Done);
    let asked = receiver.only();
    assert_eq!(asked.uri.to_string(), "/v25.0/104500000000101/messenger_profile");
    let locales: Vec<_> =
        asked.body["greeting"].as_array().unwrap().iter().map(|g| g["locale"].clone()).collect();
    assert_eq!(locales, ["default", "en_US", "de_DE"]);

    let receiver = answering(200, &fixture("greeting")).await;
    let check = |language, text| receiver.facebook.check_notice(PAGE, Rung::Direct, language, text);
    let english = "Never send card numbers here. We have a secure page.";
    assert_eq!(check(Language::German, "Bitte hier keine Kartennummern senden.").await, NoticeState::Present);
    assert_eq!(check(Language::French, english).await, NoticeState::Present);
    assert_eq!(check(Language::German, english).await, NoticeState::Absent);

    let receiver = answering(200, br#"{"about":"Lamps.","id":"104500000000101"}"#).await;
    let state = receiver.facebook.check_notice(PAGE, Rung::Public, Language::English, "Lamps.").await;
    assert_eq!(state, NoticeState::Present);
    assert_eq!(receiver.only().uri.to_string(), "/v25.0/104500000000101?fields=about");
}

#[tokio::test]
async fn every_documented_error_has_its_meaning() {
    let errors: BTreeMap<String, Value> = serde_json::from_slice(&fixture("errors")).unwrap();
    let mut all = String::new();
    for (name, error) in &errors {
        let status = u16::try_from(error["status"].as_u64().unwrap()).unwrap();
        let receiver = answering(status, error["body"].to_string().as_bytes()).await;
        let outcome = send(&receiver.facebook, Rung::Direct, "1", "Hello").await;
        all.push_str(&format!("{name}: {outcome:?}\n"));
    }
    insta::assert_snapshot!(all);
}

#[tokio::test]
async fn the_quota_headers_say_how_long_to_wait() {
    let usage = r#"{"1045":[{"type":"messenger","call_count":101,"total_cputime":3,"total_time":9,"estimated_time_to_regain_access":19}]}"#;
    let body = br#"{"error":{"message":"(#80006)","code":80006,"error_subcode":2446079}}"#;
    let receiver = answering_with(400, body, vec![("x-business-use-case-usage", usage.to_owned())]).await;
    let outcome = send(&receiver.facebook, Rung::Direct, "1", "Hello").await;
    assert!(
        matches!(outcome, SendOutcome::RetryAfter { wait, .. } if wait == Duration::from_mins(19)),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn an_answer_without_a_number_is_read_by_its_status_and_never_taken_for_not_sent() {
    for (status, body, expected) in [
        (502, "<html>bad gateway</html>", "Unknown"),
        (504, "", "Unknown"),
        (500, "{}", "Unknown"),
        (200, "<html>ok?</html>", "Unknown"),
        (200, "{}", "Unknown"),
        (503, "", "RetryAfter"),
        (429, "", "RetryAfter"),
        (404, "", "Refused { why: Gone"),
        (400, "{\"error\":\"odd\"}", "Refused { why: NotTaken"),
    ] {
        let receiver = answering(status, body.as_bytes()).await;
        let outcome = send(&receiver.facebook, Rung::Direct, "1", "Hello").await;
        assert!(format!("{outcome:?}").starts_with(expected), "{status} {body}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_connection_cut_after_sending_leaves_the_outcome_unknown() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        // Reads the request, then hangs up without an answer.
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut buffer = [0; 4096];
            assert!(stream.read(&mut buffer).await.unwrap() > 0);
        }
    });
    let facebook = facebook(&base);
    let outcome = send(&facebook, Rung::Direct, "1", "Hello").await;
    assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{outcome:?}");
    let hidden = facebook.hide(PAGE, "1_2").await;
    assert!(matches!(hidden, ActOutcome::RetryAfter { .. }), "hiding may be repeated: {hidden:?}");
}

#[tokio::test]
async fn a_network_that_is_not_there_may_be_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let outcome = send(&facebook(&base), Rung::Direct, "1", "Hello").await;
    assert!(matches!(outcome, SendOutcome::RetryAfter { .. }), "{outcome:?}");
}

#[tokio::test]
async fn an_address_that_the_network_cannot_have_given_is_never_asked() {
    let receiver = answering(200, b"{}").await;
    for odd in ["", "../me/messages", "1/comments?x=", "1 2", "é"] {
        let outcome = send(&receiver.facebook, Rung::Public, odd, "Hello").await;
        assert!(
            matches!(outcome, SendOutcome::Refused { why: Refusal::NotTaken, code: None }),
            "{outcome:?}"
        );
        let hidden = receiver.facebook.hide(PAGE, odd).await;
        assert_eq!(hidden, ActOutcome::Refused { why: Refusal::NotTaken, code: None });
    }
    let unknown = receiver.facebook.hide("999", "1_2").await;
    assert_eq!(unknown, ActOutcome::Refused { why: Refusal::TokenMissing, code: None });
    assert!(receiver.asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_long_text_is_rendered_in_pieces_that_are_taken() {
    let receiver = answering(200, &fixture("send_accepted")).await;
    let long = "word ".repeat(900);
    let refused = send(&receiver.facebook, Rung::Direct, "1", &long).await;
    assert!(matches!(refused, SendOutcome::Refused { why: Refusal::TooLong, .. }), "{refused:?}");
    let pieces = receiver.facebook.render(Rung::Direct, &long);
    assert_eq!(pieces.len(), 3);
    for piece in &pieces {
        let outcome = send(&receiver.facebook, Rung::Direct, "1", piece).await;
        assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
    }
}

#[tokio::test]
async fn an_outcome_never_shows_who_was_written_to() {
    let outcome =
        SendOutcome::Accepted { provider_id: Some("m_1".into()), recipient: Some(Raw::new("24817".into())) };
    assert_eq!(format!("{outcome:?}"), "Accepted { named: true, recipient_learnt: true }");
    assert_eq!(ErrorCode { code: 10, subcode: Some(2_018_278) }.to_string(), "10/2018278");
}
