//! What a connection to WhatsApp must keep secret, and the texts that the network has approved for it.

use crate::{Template, TemplateError};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt};

/// An app's secrets, as the connection row keeps them (sealed): one app, several telephone numbers.
///
/// Its JSON: `{"app_secret":"…","verify_token":"…","numbers":{"<phone number id>":"<access token>"},
/// "templates":[{"name":"…","language":"en","body":"… {{1}} …","invitation":false}]}`.
#[derive(Clone, Serialize, Deserialize)]
pub struct WhatsappSecrets {
    /// Signs every webhook.
    pub app_secret: String,
    /// What the network repeats to us when the webhook is set up; chosen by us.
    pub verify_token: String,
    /// Access tokens by the number's id (not the number itself).
    #[serde(default)]
    pub numbers: BTreeMap<String, String>,
    /// The approved texts.
    #[serde(default)]
    pub templates: Vec<Template>,
}

/// The stored secrets do not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the connection's secrets are not what this connector stores")]
pub struct SecretsError;

impl WhatsappSecrets {
    /// The secrets in their stored form.
    pub fn from_json(json: &[u8]) -> Result<Self, SecretsError> {
        // The parser's own message may quote what it stumbled over, so it is not passed on.
        serde_json::from_slice(json).map_err(|_| SecretsError)
    }

    /// The stored form.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings, numbers and maps of strings can always be written as JSON")
    }

    /// The first template that cannot be sent as it is configured, by its place in the list.
    pub fn wrong_template(&self) -> Option<(usize, TemplateError)> {
        self.templates.iter().enumerate().find_map(|(at, template)| Some((at, template.check().err()?)))
    }
}

impl fmt::Debug for WhatsappSecrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WhatsappSecrets")
            .field("numbers", &self.numbers.len())
            .field("templates", &self.templates.len())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORED: &str = r#"{"app_secret":"app-secret","verify_token":"verify-token","numbers":{"1065":"token-x"},"templates":[{"name":"order_update","language":"en","body":"About {{1}}.","category":"utility","invitation":false}]}"#;

    #[test]
    fn secrets_are_never_printed() {
        let secrets = WhatsappSecrets::from_json(STORED.as_bytes()).unwrap();
        assert_eq!(format!("{secrets:?}"), "WhatsappSecrets { numbers: 1, templates: 1, .. }");
        assert!(!WhatsappSecrets::from_json(b"\"token-x\"").unwrap_err().to_string().contains("token-x"));
    }

    #[test]
    fn secrets_read_back_as_they_were_stored() {
        let secrets = WhatsappSecrets::from_json(STORED.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(secrets.to_json()).unwrap(), STORED);
        assert_eq!(secrets.wrong_template(), None);
    }

    #[test]
    fn a_template_that_cannot_be_sent_is_named_by_its_place() {
        let odd = STORED.replace("About {{1}}.", "About {{2}}.");
        let secrets = WhatsappSecrets::from_json(odd.as_bytes()).unwrap();
        assert_eq!(secrets.wrong_template(), Some((0, TemplateError::Places)));
        assert!(WhatsappSecrets::from_json(STORED.replace("utility", "marketing").as_bytes()).is_err());
    }
}
