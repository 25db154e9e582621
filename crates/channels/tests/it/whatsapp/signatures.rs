//! Who signs, and over which bytes.

use super::fixtures::fixture;
use aside_channels::whatsapp::{SignatureError, WhatsappSecrets, handshake, verify};
use serde_json::Value;

pub(super) fn secrets(app_secret: &str) -> WhatsappSecrets {
    let json = serde_json::json!({ "app_secret": app_secret, "verify_token": "our word" });
    WhatsappSecrets::from_json(json.to_string().as_bytes()).unwrap()
}

#[test]
fn every_published_signature_is_accepted_and_no_other() {
    let vectors: Vec<Value> = serde_json::from_slice(&fixture("signatures")).unwrap();
    assert_eq!(vectors[0]["sha256"], "0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914");
    for vector in vectors {
        let text = |key: &str| vector[key].as_str().unwrap().to_owned();
        let (body, header) = (text("body"), format!("sha256={}", text("sha256")));
        let right = secrets(&text("secret"));
        assert_eq!(verify(&right, body.as_bytes(), Some(&header)), Ok(()));
        let longer = format!("{body} ");
        assert_eq!(verify(&right, longer.as_bytes(), Some(&header)), Err(SignatureError::Wrong));
        assert_eq!(verify(&secrets("another"), body.as_bytes(), Some(&header)), Err(SignatureError::Wrong));
        assert_eq!(verify(&right, body.as_bytes(), None), Err(SignatureError::Missing));
    }
}

#[test]
fn a_body_that_was_parsed_and_written_again_is_not_the_signed_one() {
    let vectors: Vec<Value> = serde_json::from_slice(&fixture("signatures")).unwrap();
    let escaped = &vectors[1];
    let body: Value = serde_json::from_str(escaped["body"].as_str().unwrap()).unwrap();
    let header = format!("sha256={}", escaped["sha256"].as_str().unwrap());
    let again = body.to_string();
    assert_ne!(again, escaped["body"]);
    assert_eq!(verify(&secrets("app-secret-1"), again.as_bytes(), Some(&header)), Err(SignatureError::Wrong));
}

#[test]
fn the_networks_challenge_is_answered() {
    let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=our+word";
    assert_eq!(handshake(&secrets("s"), query).unwrap(), "1158201444");
    assert!(handshake(&secrets("s"), &query.replace("our", "your")).is_err());
}
