//! What each network asks for before an account of it can be connected: one file each, one line here.

use super::{facebook, instagram, telegram, whatsapp};
use aside_model::{Network, Rung};
use std::pin::Pin;

/// The networks whose accounts can be connected, in the order in which they are named to people.
pub(crate) const ALL: &[&Asks] = &[&facebook::ASKS, &instagram::ASKS, &whatsapp::ASKS, &telegram::ASKS];

/// What a network asks for.
pub(crate) struct Asks {
    /// The network.
    pub(crate) network: Network,
    /// Where its API is, unless somebody says otherwise.
    pub(crate) api_base: &'static str,
    /// What `--account` is, in words that go on "the account is not …".
    pub(crate) account: &'static str,
    /// Whether a text can be an account's id there.
    pub(crate) is_account: fn(&str) -> bool,
    /// The account that the secrets themselves name, where they do; then `--account` can be left out.
    pub(crate) account_of: Option<AccountOf>,
    /// The secrets, in the order in which they are asked for.
    pub(crate) secrets: &'static [Secret],
    /// What a stored connection looks like, for whoever writes the file by hand.
    pub(crate) example: &'static str,
    /// The rungs that an account has, with what people call them.
    pub(crate) rungs: &'static [(Rung, &'static str)],
    /// Whether the stored form can work for an account. The text says what is wrong, and repeats nothing of
    /// the secrets.
    pub(crate) check: fn(&[u8], &str) -> Result<(), String>,
    /// Asks the network itself for what it can tell, and puts it into the stored form.
    pub(crate) complete: Option<Complete>,
    /// What remains to be done by hand; `{hook}` stands for the address that the network posts to.
    pub(crate) remains: &'static str,
}

/// Finds the account in the stored form.
pub(crate) type AccountOf = fn(&[u8]) -> Option<String>;

/// Completes the stored form: client, API address, stored form.
pub(crate) type Complete =
    fn(reqwest::Client, String, Vec<u8>) -> Pin<Box<dyn Future<Output = Result<Vec<u8>, String>> + Send>>;

/// One secret.
pub(crate) struct Secret {
    /// Where it stands in the stored form, from the outside in; [`ACCOUNT`] stands for the account's id.
    pub(crate) place: &'static [&'static str],
    /// What people call it.
    pub(crate) what: &'static str,
    /// The environment variable that may hold it.
    pub(crate) variable: &'static str,
    /// What happens where nobody gives it.
    pub(crate) missing: Missing,
}

/// What happens where nobody gives a secret.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Missing {
    /// It is asked for; without it nothing works.
    Needed,
    /// It is ours to choose: 256 random bits.
    Made,
    /// It is left out.
    LeftOut,
}

/// In a place: the account's id.
pub(crate) const ACCOUNT: &str = "{account}";

/// What a network asks for; `None` for one whose accounts cannot be connected.
pub(crate) fn asks_of(network: Network) -> Option<&'static Asks> {
    ALL.iter().copied().find(|asks| asks.network == network)
}

/// The network of this name, if its accounts can be connected.
pub(crate) fn network(text: &str) -> Result<&'static Asks, String> {
    text.parse().ok().and_then(asks_of).ok_or_else(|| {
        let known: Vec<&str> = ALL.iter().map(|asks| asks.network.name()).collect();
        format!("the networks are {}", known.join(", "))
    })
}

/// Whether a text is a number, as most networks' ids are.
pub(crate) fn is_number(text: &str) -> bool {
    (1..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_network_asks_for_what_its_own_example_shows() {
        for asks in ALL {
            let example: serde_json::Value = serde_json::from_str(asks.example).unwrap();
            for secret in asks.secrets {
                let mut at = Some(&example);
                for step in secret.place {
                    at = at.and_then(|value| match *step {
                        ACCOUNT => value.as_object().and_then(|map| map.values().next()),
                        field => value.get(field),
                    });
                }
                assert!(at.is_some(), "{}: {:?}", asks.network, secret.place);
                let prefix = format!("ASIDE_{}_", asks.network.name().to_uppercase());
                assert!(secret.variable.starts_with(&prefix), "{}", secret.variable);
            }
            assert!(asks.api_base.starts_with("https://") && !asks.rungs.is_empty());
        }
    }

    #[test]
    fn a_network_that_nobody_can_connect_is_not_taken() {
        assert!(network("facebook").is_ok());
        for wrong in ["", "email", "telegraph", "Facebook"] {
            assert!(network(wrong).err().unwrap().contains("facebook"), "{wrong}");
        }
    }
}
