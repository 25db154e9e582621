//! What a connection to Facebook must keep secret.

use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// An app's secrets, as the connection row keeps them (sealed): one app, several pages.
///
/// Its JSON: `{"app_secret":"…","verify_token":"…","pages":{"<page id>":"<page access token>"}}`.
#[derive(Clone, Serialize, Deserialize)]
pub struct FacebookSecrets {
    /// Signs every webhook.
    pub app_secret: String,
    /// What the network repeats to us when the webhook is set up; chosen by us.
    pub verify_token: String,
    /// Access tokens by page id.
    #[serde(default)]
    pub pages: BTreeMap<String, String>,
}

/// The stored secrets do not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the connection's secrets are not what this connector stores")]
pub struct SecretsError;

impl FacebookSecrets {
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

impl fmt::Debug for FacebookSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FacebookSecrets").field("pages", &self.pages.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> FacebookSecrets {
        FacebookSecrets {
            app_secret: "app-secret".into(),
            verify_token: "verify-token".into(),
            pages: BTreeMap::from([("1045".into(), "page-token".into())]),
        }
    }

    #[test]
    fn secrets_are_never_printed() {
        assert_eq!(format!("{:?}", secrets()), "FacebookSecrets { pages: 1, .. }");
        assert!(!FacebookSecrets::from_json(b"\"token-x\"").unwrap_err().to_string().contains("token-x"));
    }

    #[test]
    fn secrets_read_back_as_they_were_stored() {
        let json = secrets().to_json();
        assert_eq!(
            json,
            br#"{"app_secret":"app-secret","verify_token":"verify-token","pages":{"1045":"page-token"}}"#
        );
        assert_eq!(FacebookSecrets::from_json(&json).unwrap().to_json(), json);
    }
}
