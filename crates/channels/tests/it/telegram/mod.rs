//! Telegram: the connector against fixtures, hostile bodies, documented errors, and the simulated network.

mod answers;
mod fixtures;
mod guard;
mod hostile;
mod simulated;

/// The bot that the fixtures are about.
pub(super) const BOT: &str = "110201543";
/// Its token.
pub(super) const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0";

/// Its secrets.
pub(super) fn secrets() -> aside_channels::telegram::TelegramSecrets {
    aside_channels::telegram::TelegramSecrets {
        bot_token: TOKEN.to_owned(),
        secret_token: "a-secret-that-nobody-guesses".to_owned(),
        username: "larkspur_bot".to_owned(),
    }
}
