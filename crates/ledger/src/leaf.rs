//! One way to write an entry: a small JSON object with exactly one encoding.
//!
//! The tree takes any bytes; this is the form for entries that say what happened without saying to
//! whom. Details go into a salted [`commit`]ment and lie, sealed, somewhere else: destroy salt and
//! details, and the entry still proves everything but tells nothing.
//!
//! The bytes are JSON in canonical form (RFC 8785): keys sorted, no white space, shortest escapes, no
//! floats; whole numbers stay within ±(2⁵³ − 1), so that every JSON reader agrees on them.

use aws_lc_rs::hmac;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeMap;

/// The version that stands in each leaf as `v`.
pub const VERSION: u64 = 1;
/// The largest leaf, in bytes: what an entry can hold.
pub const MAX_BYTES: usize = crate::bundle::MAX_ENTRY;
/// The longest kind and the longest name of a fact, in bytes.
pub const MAX_NAME: usize = 64;
/// The longest text of a fact, in bytes.
pub const MAX_TEXT: usize = 4096;
/// The most facts in one leaf.
pub const MAX_FACTS: usize = 64;
/// The largest whole number either way: 2⁵³ − 1 (RFC 7493, section 2.2).
pub const MAX_NUMBER: i64 = (1 << 53) - 1;

/// What happened, in a form that can be logged for ever.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leaf {
    /// The id of the record this speaks of.
    pub id: [u8; 16],
    /// When, in microseconds since 1970 UTC.
    pub at: i64,
    /// What kind of thing happened: ASCII letters, digits and `_ . : / -`, at most 64 of them.
    pub kind: String,
    /// What is said about it, by name; names are made as kinds are.
    pub facts: BTreeMap<String, Value>,
    /// The commitment to details that lie elsewhere: see [`commit`].
    pub commitment: Option<[u8; 32]>,
}

/// What a fact can be.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A whole number within ±(2⁵³ − 1).
    Number(i64),
    /// A text of at most 4,096 bytes.
    Text(String),
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Why something is not a leaf.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LeafError {
    /// The bytes are not JSON with exactly the fields of a leaf.
    #[error("not a leaf: {0}")]
    NotALeaf(String),
    /// A later version wrote it.
    #[error("a leaf of version {0}; this program reads version 1")]
    UnknownVersion(u64),
    /// A leaf, but not in its one canonical encoding.
    #[error("the leaf is not in canonical form")]
    NotCanonical,
    /// A name is empty, too long or has other characters.
    #[error("`{0}` cannot be a kind or the name of a fact")]
    BadName(String),
    /// A number, a text, the facts or the leaf itself is too large.
    #[error("{0} is too large for a leaf")]
    TooLarge(&'static str),
}

/// The fields in the order of their names, which is the canonical one.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Encoded {
    at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    commitment: Option<String>,
    facts: BTreeMap<String, Value>,
    id: String,
    kind: String,
    v: u64,
}

/// A field that is there must not be `null`.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

#[derive(Deserialize)]
struct Version {
    v: u64,
}

impl Leaf {
    /// The one encoding of this leaf.
    pub fn encode(&self) -> Result<Vec<u8>, LeafError> {
        self.check()?;
        let encoded = Encoded {
            at: self.at,
            commitment: self.commitment.map(hex::encode),
            facts: self.facts.clone(),
            id: hex::encode(self.id),
            kind: self.kind.clone(),
            v: VERSION,
        };
        let bytes = serde_json::to_vec(&encoded).map_err(|error| LeafError::NotALeaf(error.to_string()))?;
        if bytes.len() > MAX_BYTES {
            return Err(LeafError::TooLarge("the whole"));
        }
        Ok(bytes)
    }

    /// Reads a leaf and refuses everything that [`encode`](Self::encode) would not have written.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        if bytes.len() > MAX_BYTES {
            return Err(LeafError::TooLarge("the whole"));
        }
        let not_a_leaf = |error: serde_json::Error| LeafError::NotALeaf(error.to_string());
        let Version { v } = serde_json::from_slice(bytes).map_err(not_a_leaf)?;
        if v != VERSION {
            return Err(LeafError::UnknownVersion(v));
        }
        let encoded: Encoded = serde_json::from_slice(bytes).map_err(not_a_leaf)?;
        let leaf = Self {
            id: from_hex(&encoded.id)?,
            at: encoded.at,
            kind: encoded.kind,
            facts: encoded.facts,
            commitment: encoded.commitment.as_deref().map(from_hex).transpose()?,
        };
        // Order, white space, escapes, doubled keys and capital hex digits in one stroke.
        if leaf.encode()? == bytes { Ok(leaf) } else { Err(LeafError::NotCanonical) }
    }

    fn check(&self) -> Result<(), LeafError> {
        let number = |number: i64| {
            if (-MAX_NUMBER..=MAX_NUMBER).contains(&number) {
                Ok(())
            } else {
                Err(LeafError::TooLarge("a number"))
            }
        };
        number(self.at)?;
        name(&self.kind)?;
        if self.facts.len() > MAX_FACTS {
            return Err(LeafError::TooLarge("the number of facts"));
        }
        for (fact, value) in &self.facts {
            name(fact)?;
            match value {
                Value::Number(value) => number(*value)?,
                Value::Text(text) if text.len() > MAX_TEXT => return Err(LeafError::TooLarge("a text")),
                Value::Text(_) | Value::Flag(_) => {}
            }
        }
        Ok(())
    }
}

fn name(name: &str) -> Result<(), LeafError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:/-".contains(&byte);
    if (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(allowed) {
        return Ok(());
    }
    Err(LeafError::BadName(name.chars().take(MAX_NAME).collect()))
}

fn from_hex<const N: usize>(digits: &str) -> Result<[u8; N], LeafError> {
    let mut bytes = [0; N];
    hex::decode_to_slice(digits, &mut bytes).map_err(|error| LeafError::NotALeaf(error.to_string()))?;
    Ok(bytes)
}

/// Commits to details without showing them: HMAC-SHA-256, keyed by 32 random bytes, of a label of this
/// version and the details. Whoever has salt and details can show that they are what was meant; without
/// the salt not even a guess of the details can be confirmed. One salt for one commitment.
pub fn commit(salt: &[u8; 32], details: &[u8]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, salt));
    context.update(b"ledger commitment v1\n");
    context.update(details);
    context.sign().as_ref().try_into().expect("HMAC-SHA-256 gives 32 bytes")
}

#[cfg(test)]
mod tests;
