//! Who posts: an HMAC of the body under an app's secret.

use aws_lc_rs::hmac;

/// The header that carries the signature.
pub(crate) const HEADER: &str = "x-hub-signature-256";

/// The header's value for a body.
pub(crate) fn signature(app_secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.as_bytes());
    format!("sha256={}", hex::encode(hmac::sign(&key, body)))
}
