//! Where one-time codes go out.

use aside_model::Raw;
use async_trait::async_trait;

/// A mail to one address.
pub struct Mail<'a> {
    /// To whom.
    pub to: &'a Raw,
    /// Subject line.
    pub subject: String,
    /// Plain text.
    pub text: Raw,
}

/// Sends mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one mail. `Err` says what went wrong, without the address.
    async fn send(&self, mail: Mail<'_>) -> Result<(), String>;
}

/// No mail server is configured: every mail fails, and says so.
pub struct SilentMailer;

#[async_trait]
impl Mailer for SilentMailer {
    async fn send(&self, _mail: Mail<'_>) -> Result<(), String> {
        Err("no mail server is configured: set `mail.server` in the configuration".into())
    }
}
