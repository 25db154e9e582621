//! Who a webhook comes from.

use aside_model::sabotage::{self, Switch};
use aws_lc_rs::hmac;

/// The header that signs a webhook: `sha256=` and the HMAC-SHA256 of the raw body under an app's secret, in
/// hex.
pub const SIGNATURE_HEADER: &str = "X-Hub-Signature-256";

/// The webhook does not come from the app that it names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SignatureError {
    /// There is no signature.
    #[error("the webhook is not signed")]
    Missing,
    /// The signature is not of the form `sha256=` and 64 hex digits.
    #[error("the webhook's signature has an unknown form")]
    Malformed,
    /// The signature is another one.
    #[error("the webhook's signature is wrong; is this connection's app secret the current one?")]
    Wrong,
}

/// Whether `header` signs `raw_body` under one of the app's secrets, each compared in constant time. An app can
/// have two: one of its own and one for a product within it.
///
/// The bytes must be those that arrived: the network signs its own way of escaping characters, so a body
/// that was parsed and written again has another signature.
pub(crate) fn verify(
    app_secrets: &[&str],
    raw_body: &[u8],
    header: Option<&str>,
) -> Result<(), SignatureError> {
    if sabotage::on(Switch::UnsignedAccepted) {
        return Ok(());
    }
    let header = header.ok_or(SignatureError::Missing)?;
    let hex = header.strip_prefix("sha256=").ok_or(SignatureError::Malformed)?;
    let mut tag = [0_u8; 32];
    hex::decode_to_slice(hex, &mut tag).map_err(|_| SignatureError::Malformed)?;
    let signs = |secret: &str| {
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
        hmac::verify(&key, raw_body, &tag).is_ok()
    };
    // An empty secret would let anybody sign.
    if app_secrets.iter().any(|secret| !secret.is_empty() && signs(secret)) {
        Ok(())
    } else {
        Err(SignatureError::Wrong)
    }
}
