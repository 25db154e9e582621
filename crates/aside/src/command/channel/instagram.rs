//! What an Instagram account asks for.

use super::asks::{ACCOUNT, Asks, Missing, Secret, is_number};
use aside_channels::instagram::{InstagramSecrets, Login};
use aside_model::{Network, Rung};

pub(super) const ASKS: Asks = Asks {
    network: Network::Instagram,
    api_base: Login::Instagram.api_base(),
    account: "a professional account's id, which is a number",
    is_account: is_number,
    account_of: None,
    secrets: &[
        Secret {
            place: &["instagram_app_secret"],
            what: "Instagram app secret (the app's settings, Instagram, API setup with Instagram login)",
            variable: "ASIDE_INSTAGRAM_INSTAGRAM_APP_SECRET",
            missing: Missing::LeftOut,
        },
        Secret {
            place: &["facebook_app_secret"],
            what: "app secret (the app's settings, Basic)",
            variable: "ASIDE_INSTAGRAM_FACEBOOK_APP_SECRET",
            missing: Missing::LeftOut,
        },
        Secret {
            place: &["verify_token"],
            what: "verify token",
            variable: "ASIDE_INSTAGRAM_VERIFY_TOKEN",
            missing: Missing::Made,
        },
        Secret {
            place: &["accounts", ACCOUNT],
            what: "access token of the account (of its page, with Facebook's login)",
            variable: "ASIDE_INSTAGRAM_ACCESS_TOKEN",
            missing: Missing::Needed,
        },
    ],
    example: r#"{"instagram_app_secret":"…","facebook_app_secret":"…","verify_token":"…","accounts":{"1784…":"<access token>"}}"#,
    rungs: &[(Rung::Public, "posts"), (Rung::Direct, "Instagram messages")],
    check,
    complete: None,
    remains: "\
what remains to be done in the app's settings at the network (Webhooks, Instagram):
1. callback URL  {hook}
2. verify token  the `verify_token` of the secrets{made}
3. subscribe to  comments, live_comments, messages, message_edit, message_reactions, messaging_postbacks,
                 messaging_referral, messaging_seen
an account that is connected by Facebook's login is added with --api-base https://graph.facebook.com",
};

fn check(json: &[u8], account: &str) -> Result<(), String> {
    let secrets = InstagramSecrets::from_json(json)
        .map_err(|_| "not the JSON that a connection to Instagram needs".to_owned())?;
    let app_secrets = [
        ("instagram_app_secret", &secrets.instagram_app_secret),
        ("facebook_app_secret", &secrets.facebook_app_secret),
    ];
    if app_secrets.iter().all(|(_, secret)| secret.is_empty()) {
        return Err("there is neither an `instagram_app_secret` nor a `facebook_app_secret`".into());
    }
    for (name, secret) in app_secrets {
        if !secret.is_empty() && secret.len() < 16 {
            return Err(format!("`{name}` has fewer than 16 characters"));
        }
    }
    if secrets.verify_token.len() < 12 {
        return Err("`verify_token` has fewer than 12 characters".into());
    }
    match secrets.accounts.get(account) {
        Some(token) if !token.trim().is_empty() => Ok(()),
        Some(_) => Err(format!("the access token of account {account} is empty")),
        None => Err(format!("`accounts` has no access token of account {account}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_app_secret_is_enough_and_none_is_not() {
        let json = |secrets: &str| {
            format!(r#"{{{secrets}"verify_token":"0123456789ab","accounts":{{"178":"token-x7y"}}}}"#)
        };
        for one in ["instagram_app_secret", "facebook_app_secret"] {
            let json = json(&format!(r#""{one}":"0123456789abcdef","#));
            assert_eq!(check(json.as_bytes(), "178"), Ok(()));
            assert!(check(json.as_bytes(), "179").unwrap_err().contains("account 179"));
        }
        let none = check(json("").as_bytes(), "178").unwrap_err();
        assert!(none.contains("neither"), "{none}");
        let short = check(json(r#""facebook_app_secret":"x7y","#).as_bytes(), "178").unwrap_err();
        assert!(short.contains("fewer than 16") && !short.contains("x7y"), "{short}");
    }
}
