//! Rule 5, at the door: either of the app's secrets signs.

use super::{fixtures::fixture, secrets};
use aside_channels::instagram::{HandshakeError, SignatureError, handshake, verify};
use serde_json::Value;

#[test]
fn either_secret_signs_and_no_other_does() {
    let vectors: Vec<Value> = serde_json::from_slice(&fixture("signatures")).unwrap();
    let both = secrets("instagram-app-secret-1", "facebook-app-secret-1");
    for vector in vectors {
        let text = |key: &str| vector[key].as_str().unwrap().to_owned();
        let (secret, body, header) = (text("secret"), text("body"), format!("sha256={}", text("sha256")));
        let body = body.as_bytes();
        assert_eq!(verify(&both, body, Some(&header)), Ok(()), "{vector}");
        for one in [secrets(&secret, ""), secrets("", &secret), secrets(&secret, "another")] {
            assert_eq!(verify(&one, body, Some(&header)), Ok(()), "{vector}");
        }
        for none in [secrets("another", "and another"), secrets("", ""), secrets("another", "")] {
            assert_eq!(verify(&none, body, Some(&header)), Err(SignatureError::Wrong), "{vector}");
        }
        assert_eq!(verify(&both, &[body, b" "].concat(), Some(&header)), Err(SignatureError::Wrong));
    }
    assert_eq!(verify(&both, b"{}", None), Err(SignatureError::Missing));
    assert_eq!(verify(&both, b"{}", Some("sha256=00")), Err(SignatureError::Malformed));
}

#[test]
fn a_missing_secret_signs_nothing() {
    // HMAC-SHA256 of nothing under the empty key, as anybody can compute it.
    let header = "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad";
    assert_eq!(verify(&secrets("", ""), b"", Some(header)), Err(SignatureError::Wrong));
    assert_eq!(verify(&secrets("", "fb"), b"", Some(header)), Err(SignatureError::Wrong));
}

#[test]
fn the_challenge_is_answered_to_whoever_knows_the_token() {
    let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
    assert_eq!(handshake(&secrets("", "fb"), &format!("{query}verify")).unwrap(), "1158201444");
    let wrong = handshake(&secrets("", "fb"), &format!("{query}guess"));
    assert_eq!(wrong, Err(HandshakeError::WrongToken));
}
