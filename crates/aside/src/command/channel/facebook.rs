//! What a Facebook page asks for.

use super::asks::{ACCOUNT, Asks, Missing, Secret, is_number};
use aside_channels::facebook::FacebookSecrets;
use aside_model::{Network, Rung};

pub(super) const ASKS: Asks = Asks {
    network: Network::Facebook,
    api_base: "https://graph.facebook.com",
    account: "a page's id, which is a number",
    is_account: is_number,
    account_of: None,
    secrets: &[
        Secret {
            place: &["app_secret"],
            what: "app secret (the app's settings, Basic)",
            variable: "ASIDE_FACEBOOK_APP_SECRET",
            missing: Missing::Needed,
        },
        Secret {
            place: &["verify_token"],
            what: "verify token",
            variable: "ASIDE_FACEBOOK_VERIFY_TOKEN",
            missing: Missing::Made,
        },
        Secret {
            place: &["pages", ACCOUNT],
            what: "access token of the page",
            variable: "ASIDE_FACEBOOK_PAGE_TOKEN",
            missing: Missing::Needed,
        },
    ],
    example: r#"{"app_secret":"…","verify_token":"…","pages":{"1045…":"<page access token>"}}"#,
    rungs: &[(Rung::Public, "posts"), (Rung::Direct, "Messenger")],
    check,
    complete: None,
    remains: "\
what remains to be done in the app's settings at the network (Webhooks, Page):
1. callback URL  {hook}
2. verify token  the `verify_token` of the secrets{made}
3. subscribe to  feed, messages, message_echoes, message_deliveries, message_reads, message_edits,
                 messaging_postbacks, messaging_referrals",
};

fn check(json: &[u8], account: &str) -> Result<(), String> {
    let secrets = FacebookSecrets::from_json(json)
        .map_err(|_| "not the JSON that a connection to Facebook needs".to_owned())?;
    if secrets.app_secret.len() < 16 {
        return Err("`app_secret` has fewer than 16 characters".into());
    }
    if secrets.verify_token.len() < 12 {
        return Err("`verify_token` has fewer than 12 characters".into());
    }
    match secrets.pages.get(account) {
        Some(token) if !token.trim().is_empty() => Ok(()),
        Some(_) => Err(format!("the access token of page {account} is empty")),
        None => Err(format!("`pages` has no access token of page {account}")),
    }
}
