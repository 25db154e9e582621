//! What a connection to Instagram must keep secret.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// An app's secrets, as the connection row keeps them (sealed): one app, several accounts.
///
/// Its JSON: `{"instagram_app_secret":"…","facebook_app_secret":"…","verify_token":"…",
/// "accounts":{"<account id>":"<access token>"}}`. Either app secret may be missing.
#[derive(Clone, Serialize, Deserialize)]
pub struct InstagramSecrets {
    /// Signs webhooks of accounts that came by Instagram's login; empty where there is none.
    #[serde(default)]
    pub instagram_app_secret: String,
    /// Signs webhooks of accounts that came by Facebook's login; empty where there is none. Which of the two
    /// signs is not always the one that one expects, so both are tried.
    #[serde(default)]
    pub facebook_app_secret: String,
    /// What the network repeats to us when the webhook is set up; chosen by us.
    pub verify_token: String,
    /// Access tokens by the professional account's id: the account's own token with Instagram's login, the
    /// token of its page with Facebook's.
    #[serde(default)]
    pub accounts: BTreeMap<String, String>,
}

/// How an account was connected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Login {
    /// Business login for Instagram.
    Instagram,
    /// Facebook login for business, by the account's page.
    Facebook,
}

impl Login {
    /// Where the API of such accounts is, without a version.
    pub const fn api_base(self) -> &'static str {
        match self {
            Login::Instagram => "https://graph.instagram.com",
            Login::Facebook => "https://graph.facebook.com",
        }
    }
}

/// The stored secrets do not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the connection's secrets are not what this connector stores")]
pub struct SecretsError;

impl InstagramSecrets {
    /// The secrets in their stored form.
    pub fn from_json(json: &[u8]) -> Result<Self, SecretsError> {
        // The parser's own message may quote what it stumbled over, so it is not passed on.
        serde_json::from_slice(json).map_err(|_| SecretsError)
    }

    /// The stored form.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings and a map of strings can always be written as JSON")
    }
}

impl fmt::Debug for InstagramSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InstagramSecrets").field("accounts", &self.accounts.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_app_secret_is_enough_and_none_is_printed() {
        let json = br#"{"facebook_app_secret":"fb-secret","verify_token":"v","accounts":{"178":"token-x"}}"#;
        let secrets = InstagramSecrets::from_json(json).unwrap();
        assert_eq!(
            (secrets.instagram_app_secret.as_str(), secrets.facebook_app_secret.as_str()),
            ("", "fb-secret")
        );
        assert_eq!(format!("{secrets:?}"), "InstagramSecrets { accounts: 1, .. }");
        assert!(!InstagramSecrets::from_json(b"\"token-x\"").unwrap_err().to_string().contains("token-x"));
        let again = InstagramSecrets::from_json(&secrets.to_json()).unwrap();
        assert_eq!(again.to_json(), secrets.to_json());
    }
}
