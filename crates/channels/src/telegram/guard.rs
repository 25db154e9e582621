//! Who a webhook comes from.

use super::TelegramSecrets;
use aside_model::sabotage::{self, Switch};
use aws_lc_rs::constant_time;

/// The header that repeats the secret which `setWebhook` was given. It is no signature: it says that the post
/// comes from whoever knows the secret, and nothing of the body.
pub const SECRET_HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

/// The webhook does not come from whoever knows the secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum GuardError {
    /// There is no secret.
    #[error("the webhook bears no secret token")]
    Missing,
    /// The secret is another one.
    #[error("the webhook's secret token is wrong; `aside channel check` sets it anew")]
    Wrong,
}

/// Whether `header` is the connection's secret token, compared in constant time.
pub fn verify(secrets: &TelegramSecrets, header: Option<&str>) -> Result<(), GuardError> {
    if sabotage::on(Switch::UnsignedAccepted) {
        return Ok(());
    }
    let header = header.ok_or(GuardError::Missing)?;
    // An empty or short secret would let anybody in.
    if !secrets.is_guarded() {
        return Err(GuardError::Wrong);
    }
    constant_time::verify_slices_are_equal(header.as_bytes(), secrets.secret_token.as_bytes())
        .map_err(|_| GuardError::Wrong)
}
