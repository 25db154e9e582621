//! The networks that traffic comes over, one file each: the body that the network posts, its signature, the
//! secrets of its connection, and what its API answers. Written from the vendors' pages, as
//! `crates/channels/fixtures` keeps them.
//!
//! To add one: a file with an `impl Network`, and its line in [`ALL`].

mod facebook;
mod instagram;
mod telegram;
mod whatsapp;

use aws_lc_rs::hmac;
use serde_json::Value;

/// Every network that traffic comes over.
pub(crate) const ALL: &[&dyn Network] =
    &[&facebook::Facebook, &instagram::Instagram, &telegram::Telegram, &whatsapp::Whatsapp];

/// Something that a customer says.
pub(crate) struct Said {
    /// Who, as a number.
    pub(crate) customer: u64,
    /// Their name.
    pub(crate) name: &'static str,
    /// The message's own number, which no other has.
    pub(crate) number: u64,
    /// What they say.
    pub(crate) text: String,
    /// Whether they say it where everybody reads it, if the network has such a place.
    pub(crate) public: bool,
}

/// A request of a network.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// Its body.
    pub(crate) body: Vec<u8>,
    /// The header that proves where it is from: a whole line, with CR LF.
    pub(crate) proof: String,
}

/// An account at a network, and where its webhooks go.
pub(crate) struct Account {
    pub(crate) network: &'static dyn Network,
    /// `/hooks/…`.
    pub(crate) hook: String,
}

/// A network: what it posts, and what its API answers.
pub(crate) trait Network: Sync {
    /// Its name, as `aside channel add --network` takes it.
    fn name(&self) -> &'static str;
    /// The account that is written to.
    fn account(&self) -> &'static str;
    /// The secrets of the connection, for `--secrets-file`.
    fn secrets(&self) -> Value;
    /// A message as it is posted.
    fn webhook(&self, said: &Said) -> Webhook;
    /// What the API answers to a call that sends or changes something; `number` is one that no other call has.
    fn answer(&self, path: &str, number: u64) -> Value;
}

/// `sha256=…` over the raw bytes, as all of Meta's products sign.
fn meta_signature(secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!("sha256={}", hex::encode(hmac::sign(&key, body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_signed_as_metas_published_vectors_say() {
        let vectors = include_str!("../../../channels/fixtures/facebook/signatures.json");
        let vectors: Vec<Value> = serde_json::from_str(vectors).unwrap();
        for vector in &vectors {
            let text = |key: &str| vector[key].as_str().unwrap();
            let signature = meta_signature(text("secret"), text("body").as_bytes());
            assert_eq!(signature, format!("sha256={}", text("sha256")), "{}", text("note"));
        }
        assert!(vectors.len() >= 3);
    }

    /// The keys of an object and of everything in it, without values.
    pub(super) fn shape(value: &Value) -> Value {
        match value {
            Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), shape(value))).collect(),
            Value::Array(list) => list.iter().map(shape).collect(),
            Value::String(_) => Value::from("text"),
            Value::Number(_) => Value::from("number"),
            other => other.clone(),
        }
    }

    /// A customer's words, for the tests of each network.
    pub(super) fn said(public: bool) -> Said {
        let text = "Größe M, \"bitte\" ☀️\n".into();
        Said { customer: 17, name: "Mara Example", number: 4_711, text, public }
    }

    #[test]
    fn no_two_messages_have_the_same_bytes() {
        for network in ALL {
            let one = network.webhook(&said(false));
            let other = network.webhook(&Said { number: 4_712, ..said(false) });
            assert_ne!(one.body, other.body, "{}", network.name());
            assert!(one.proof.ends_with("\r\n") && !one.proof.trim_end().contains('\n'));
        }
    }
}
