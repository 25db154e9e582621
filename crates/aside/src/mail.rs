//! Mail over SMTP.

use crate::config::{ConfigError, MailConfig, MailProtection, read_secret};
use aside_app::{Mail, Mailer};
use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::authentication::Credentials,
};

/// Sends mail through a server.
pub(crate) struct Smtp {
    from: Mailbox,
    transport: AsyncSmtpTransport<Tokio1Executor>,
}

impl Smtp {
    /// A mailer for this configuration.
    pub(crate) fn new(config: &MailConfig) -> Result<Self, ConfigError> {
        let wrong = |key, what: String| ConfigError::Value { key, what };
        let from = config.from.parse().map_err(|_| wrong("mail.from", "not a mail address".into()))?;
        let builder = match config.protection {
            MailProtection::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&config.server),
            MailProtection::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&config.server),
            MailProtection::None => {
                Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&config.server))
            }
        };
        let mut builder = builder.map_err(|e| wrong("mail.server", e.to_string()))?.port(config.port);
        if let (Some(user), Some(file)) = (&config.user, &config.password_file) {
            let password = read_secret("mail.password_file", file)?;
            let password = password.expose().trim_end().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), password));
        }
        Ok(Self { from, transport: builder.build() })
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: Mail<'_>) -> Result<(), String> {
        let to =
            mail.to.expose().parse().map_err(|_| "the address is not one that mail can go to".to_owned())?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text.expose().to_owned())
            .map_err(|_| "the mail could not be composed".to_owned())?;
        // The server's words may quote the address, so only its code is kept.
        self.transport.send(message).await.map(drop).map_err(|e| match e.status() {
            Some(code) => format!("the mail server refused it (code {code})"),
            None => "the mail server could not be reached".to_owned(),
        })
    }
}
