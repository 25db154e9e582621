//! What a Telegram bot asks for.

use super::asks::{Asks, Missing, Secret, is_number};
use aside_channels::telegram::{Telegram, TelegramSecrets};
use aside_model::{Network, Rung};
use std::pin::Pin;

pub(super) const ASKS: Asks = Asks {
    network: Network::Telegram,
    api_base: "https://api.telegram.org",
    account: "a bot's id, the number before the colon of its token",
    is_account: is_number,
    account_of: Some(account_of),
    secrets: &[
        Secret {
            place: &["bot_token"],
            what: "bot token (from @BotFather)",
            variable: "ASIDE_TELEGRAM_BOT_TOKEN",
            missing: Missing::Needed,
        },
        Secret {
            place: &["secret_token"],
            what: "secret token",
            variable: "ASIDE_TELEGRAM_SECRET_TOKEN",
            missing: Missing::Made,
        },
    ],
    example: r#"{"bot_token":"110201543:…","secret_token":"…","username":"larkspur_bot"}"#,
    rungs: &[(Rung::Public, "groups"), (Rung::Direct, "private chats")],
    check,
    complete: Some(complete),
    remains: "\
the bot's webhook was set where the network could be asked: see below
what remains to be done at the network, with @BotFather and in the groups:
1. /setprivacy   turn it off, or the bot sees nothing in groups but what is addressed to it
2. groups        add the bot, as an administrator who may delete messages: that is how they are hidden",
};

fn account_of(json: &[u8]) -> Option<String> {
    TelegramSecrets::from_json(json).ok()?.bot().map(str::to_owned)
}

fn check(json: &[u8], account: &str) -> Result<(), String> {
    let secrets = TelegramSecrets::from_json(json)
        .map_err(|_| "not the JSON that a connection to Telegram needs".to_owned())?;
    let Some(bot) = secrets.bot() else {
        return Err("`bot_token` is not of the form `<number>:<letters>`".into());
    };
    if bot != account {
        return Err(format!("`bot_token` is not bot {account}'s"));
    }
    if !secrets.is_guarded() {
        return Err("`secret_token` has not 16 to 256 of A-Z, a-z, 0-9, _ and -".into());
    }
    Ok(())
}

/// The bot's name, which links to its chat need; asking for it also shows whether the token works.
fn complete(
    http: reqwest::Client,
    api_base: String,
    json: Vec<u8>,
) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + Send>> {
    Box::pin(async move {
        let mut secrets = TelegramSecrets::from_json(&json).map_err(|e| e.to_string())?;
        let bot = Telegram::new(http, &api_base, secrets.clone());
        secrets.username = bot.username().await?;
        Ok(secrets.to_json())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0";

    #[test]
    fn the_account_is_the_bot_that_the_token_names() {
        let json = format!(r#"{{"bot_token":"{TOKEN}","secret_token":"0123456789abcdef"}}"#);
        assert_eq!(account_of(json.as_bytes()).as_deref(), Some("110201543"));
        assert_eq!(check(json.as_bytes(), "110201543"), Ok(()));
        assert!(check(json.as_bytes(), "7").unwrap_err().contains("not bot 7's"));
        for wrong in [json.replace("0123456789abcdef", "short"), json.replace(TOKEN, "x7y"), "[]".into()] {
            let error = check(wrong.as_bytes(), "110201543").unwrap_err();
            assert!(!error.contains("x7y") && !error.contains("short"), "{error}");
        }
    }
}
