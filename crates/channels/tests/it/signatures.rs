//! Rule 5, at the door: who signs, and over which bytes.

use crate::fixtures::fixture;
use aside_channels::facebook::{FacebookSecrets, SignatureError, verify};
use serde_json::Value;
use std::collections::BTreeMap;

fn secrets(app_secret: &str) -> FacebookSecrets {
    FacebookSecrets { app_secret: app_secret.into(), verify_token: "v".into(), pages: BTreeMap::new() }
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
        assert_eq!(verify(&secrets("another"), body.as_bytes(), Some(&header)), Err(SignatureError::Wrong));
        let longer = format!("{body} ");
        assert_eq!(verify(&right, longer.as_bytes(), Some(&header)), Err(SignatureError::Wrong));
    }
}

#[test]
fn an_unsigned_or_oddly_signed_body_is_refused() {
    let one = secrets("secret");
    let hex = "0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914";
    assert_eq!(verify(&one, b"test", None), Err(SignatureError::Missing));
    for odd in ["", "sha256=", hex, &format!("sha1={hex}"), &format!("sha256={hex}00"), "sha256=é"] {
        assert_eq!(verify(&one, b"test", Some(odd)), Err(SignatureError::Malformed), "{odd}");
    }
    let upper = format!("sha256={}", hex.to_uppercase());
    assert_eq!(verify(&one, b"test", Some(&upper)), Ok(()));
}

#[test]
fn an_empty_secret_signs_nothing() {
    // HMAC-SHA256 of nothing under the empty key, as anybody can compute it.
    let header = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    assert_eq!(verify(&secrets(""), b"", Some(header)), Err(SignatureError::Wrong));
}
