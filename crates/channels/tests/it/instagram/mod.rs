//! Instagram.

mod answers;
mod fixtures;
mod hostile;
mod signatures;

use aside_channels::instagram::{Instagram, InstagramSecrets};
use std::collections::BTreeMap;

/// The account of the fixtures.
const ACCOUNT: &str = "17841400000000101";
const TOKEN: &str = "IGAA-account-token";

fn secrets(instagram: &str, facebook: &str) -> InstagramSecrets {
    InstagramSecrets {
        instagram_app_secret: instagram.into(),
        facebook_app_secret: facebook.into(),
        verify_token: "verify".into(),
        accounts: BTreeMap::from([(ACCOUNT.to_owned(), TOKEN.to_owned())]),
    }
}

fn instagram(base: &str) -> Instagram {
    Instagram::new(crate::answers::client(), base, secrets("ig", "fb"))
}
