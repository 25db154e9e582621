//! What a connection to Telegram must keep secret.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A bot's secrets, as the connection row keeps them (sealed).
///
/// Its JSON: `{"bot_token":"<id>:<letters>","secret_token":"…","username":"…"}`.
#[derive(Clone, Serialize, Deserialize)]
pub struct TelegramSecrets {
    /// Speaks in the bot's name. It is part of every address of the API.
    pub bot_token: String,
    /// What the network repeats to us with every webhook; chosen by us.
    pub secret_token: String,
    /// The bot's name in links, without `@`; empty where it was never asked for.
    #[serde(default)]
    pub username: String,
}

/// The stored secrets do not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the connection's secrets are not what this connector stores")]
pub struct SecretsError;

impl TelegramSecrets {
    /// The secrets in their stored form.
    pub fn from_json(json: &[u8]) -> Result<Self, SecretsError> {
        // The parser's own message may quote what it stumbled over, so it is not passed on.
        serde_json::from_slice(json).map_err(|_| SecretsError)
    }

    /// The stored form.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings can always be written as JSON")
    }

    /// The bot's id: what stands before the colon of its token. `None` for what cannot be a token; nothing is
    /// then asked with it, for it would be part of an address.
    pub fn bot(&self) -> Option<&str> {
        let (bot, rest) = self.bot_token.split_once(':')?;
        let is_number = (1..=20).contains(&bot.len()) && bot.bytes().all(|b| b.is_ascii_digit());
        ((20..=100).contains(&rest.len()) && rest.bytes().all(is_token_letter) && is_number).then_some(bot)
    }

    /// Whether the secret token is one that the network takes (1 to 256 of `A-Z`, `a-z`, `0-9`, `_`, `-`) and
    /// that nobody guesses.
    pub fn is_guarded(&self) -> bool {
        (16..=256).contains(&self.secret_token.len()) && self.secret_token.bytes().all(is_token_letter)
    }
}

const fn is_token_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

impl fmt::Debug for TelegramSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TelegramSecrets").field("bot", &self.bot()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(bot_token: &str) -> TelegramSecrets {
        TelegramSecrets {
            bot_token: bot_token.into(),
            secret_token: "0123456789abcdef".into(),
            username: "larkspur_bot".into(),
        }
    }

    #[test]
    fn secrets_are_never_printed() {
        let printed = format!("{:?}", secrets("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5"));
        assert_eq!(printed, "TelegramSecrets { bot: Some(\"110201543\"), .. }");
        assert!(!TelegramSecrets::from_json(b"\"token-x\"").unwrap_err().to_string().contains("token-x"));
    }

    #[test]
    fn secrets_read_back_as_they_were_stored() {
        let json = secrets("1:a").to_json();
        assert_eq!(
            json,
            br#"{"bot_token":"1:a","secret_token":"0123456789abcdef","username":"larkspur_bot"}"#
        );
        assert_eq!(TelegramSecrets::from_json(&json).unwrap().to_json(), json);
    }

    #[test]
    fn what_would_change_an_address_is_no_token() {
        let tail = "AAHdqTcvCH1vGWJxfSeofSAs0K5";
        for wrong in [
            "",
            ":",
            tail,
            &format!("12/..:{tail}"),
            &format!("12:{tail}/x"),
            &format!("12:{tail}?a=b"),
            "12:short",
        ] {
            assert_eq!(secrets(wrong).bot(), None, "{wrong}");
        }
    }

    #[test]
    fn a_short_secret_guards_nothing() {
        let mut short = secrets("1:a");
        assert!(short.is_guarded());
        for wrong in ["", "short", "0123456789abcde!"] {
            short.secret_token = wrong.into();
            assert!(!short.is_guarded(), "{wrong}");
        }
    }
}
