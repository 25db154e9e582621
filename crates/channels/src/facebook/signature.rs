//! Who a webhook comes from.

use super::FacebookSecrets;
use aside_model::sabotage::{self, Switch};
use aws_lc_rs::hmac;

/// The header that signs a webhook: `sha256=` and the HMAC-SHA256 of the raw body under the app's secret,
/// in hex.
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

/// Whether `header` signs `raw_body` under the app's secret, compared in constant time.
///
/// The bytes must be those that arrived: the network signs its own way of escaping characters, so a body
/// that was parsed and written again has another signature.
pub fn verify(
    secrets: &FacebookSecrets,
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
    // An empty secret would let anybody sign.
    if secrets.app_secret.is_empty() {
        return Err(SignatureError::Wrong);
    }
    let key = hmac::Key::new(hmac::HMAC_SHA256, secrets.app_secret.as_bytes());
    hmac::verify(&key, raw_body, &tag).map_err(|_| SignatureError::Wrong)
}
