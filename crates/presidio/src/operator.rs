//! What may be done with a value, with Presidio's parameters.

use crate::{
    aes,
    error::Refused,
    values::{member, mistyped, needed},
};
use aside_vault::Random;
use aws_lc_rs::digest::{SHA256, SHA512, digest};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What `/anonymizers` lists.
pub(crate) const ANONYMIZERS: &[&str] = &["encrypt", "hash", "keep", "mask", "redact", "replace"];
/// What `/deanonymizers` lists.
pub(crate) const DEANONYMIZERS: &[&str] = &["decrypt", "deanonymize_keep"];
/// The fewest bytes of a salt.
const SHORTEST_SALT: usize = 16;
/// The most characters of a value's replacement by a given text.
const LONGEST_VALUE: usize = 64 * 1024;

/// Which operator is for which entity.
pub(crate) struct Operators(BTreeMap<String, Operator>);

pub(crate) enum Operator {
    Replace(Option<String>),
    Redact,
    Keep,
    Mask { with: char, count: usize, from_end: bool },
    Hash { wide: bool, salt: Option<String> },
    Encrypt { key: String },
    Decrypt { key: String },
    DeanonymizeKeep,
}

impl Operators {
    /// Reads the object `name` of a request: `known` are the operators that may be in it. Unlike Presidio it reads
    /// every operator, used or not.
    pub(crate) fn read(request: &Map<String, Value>, name: &str, known: &[&str]) -> Result<Self, Refused> {
        let Some(value) = member(request, name) else { return Ok(Self(BTreeMap::new())) };
        let object = value.as_object().ok_or_else(|| mistyped(name, "object", value))?;
        let read = |(entity, value): (&String, &Value)| {
            let parameters = value.as_object().ok_or_else(|| mistyped(entity, "object", value))?;
            Ok((entity.clone(), Operator::read(parameters, known)?))
        };
        object.iter().map(read).collect::<Result<_, _>>().map(Self)
    }

    /// The operator for an entity, or the default one.
    pub(crate) fn of(&self, entity: &str) -> Option<&Operator> {
        self.0.get(entity).or_else(|| self.0.get("DEFAULT"))
    }
}

impl Operator {
    fn read(parameters: &Map<String, Value>, known: &[&str]) -> Result<Self, Refused> {
        let name = member(parameters, "type").and_then(Value::as_str).filter(|name| !name.is_empty());
        let name = name
            .ok_or_else(|| Refused::parameter("Invalid input, operator config must contain operator_name"))?;
        let text = |name: &str| needed(parameters, name, "string", Value::as_str).map(str::to_owned);
        let unknown = || {
            let name: String = name.chars().take(40).collect();
            Refused::parameter(format!("Invalid operator class '{name}'."))
        };
        if name == "custom" {
            return Err(Refused::bad("Custom type anonymizer is not supported"));
        }
        if !known.contains(&name) {
            return Err(unknown());
        }
        match name {
            "replace" => match member(parameters, "new_value") {
                None => Ok(Self::Replace(None)),
                Some(Value::String(value)) if value.len() > LONGEST_VALUE => {
                    Err(Refused::parameter("Invalid input, new_value is too long"))
                }
                Some(Value::String(value)) => {
                    Ok(Self::Replace(Some(value.clone()).filter(|v| !v.is_empty())))
                }
                Some(other) => Err(mistyped("new_value", "string", other)),
            },
            "redact" => Ok(Self::Redact),
            "keep" => Ok(Self::Keep),
            "mask" => Self::mask(parameters),
            "hash" => Self::hash(parameters),
            "encrypt" => text("key").map(|key| Self::Encrypt { key }),
            "decrypt" => text("key").map(|key| Self::Decrypt { key }),
            "deanonymize_keep" => Ok(Self::DeanonymizeKeep),
            _ => Err(unknown()),
        }
    }

    fn mask(parameters: &Map<String, Value>) -> Result<Self, Refused> {
        let with = needed(parameters, "masking_char", "string", Value::as_str)?;
        let mut characters = with.chars();
        let (Some(with), None) = (characters.next(), characters.next()) else {
            return Err(Refused::parameter("Invalid input, masking_char must be a character"));
        };
        let count = needed(parameters, "chars_to_mask", "number", Value::as_i64)?;
        let from_end = match member(parameters, "from_end") {
            None => false,
            Some(value) => value.as_bool().ok_or_else(|| mistyped("from_end", "boolean", value))?,
        };
        Ok(Self::Mask { with, count: usize::try_from(count).unwrap_or(0), from_end })
    }

    fn hash(parameters: &Map<String, Value>) -> Result<Self, Refused> {
        let wide = match member(parameters, "hash_type") {
            None => false,
            Some(Value::String(name)) if name == "sha256" => false,
            Some(Value::String(name)) if name == "sha512" => true,
            Some(other) => {
                let other: String = other.as_str().unwrap_or("of another type").chars().take(40).collect();
                return Err(Refused::parameter(format!(
                    "Parameter hash_type value {other} is not in range of values ['sha256', 'sha512']"
                )));
            }
        };
        let salt = match member(parameters, "salt") {
            None => None,
            Some(Value::String(salt)) if salt.len() >= SHORTEST_SALT => Some(salt.clone()),
            Some(Value::String(salt)) => {
                return Err(Refused::parameter(format!(
                    "Salt must be at least 16 bytes (128 bits). Provided salt is {} bytes.",
                    salt.len()
                )));
            }
            Some(other) => return Err(mistyped("salt", "string", other)),
        };
        Ok(Self::Hash { wide, salt })
    }

    /// The operator's name, as it stands in items.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Replace(_) => "replace",
            Self::Redact => "redact",
            Self::Keep => "keep",
            Self::Mask { .. } => "mask",
            Self::Hash { .. } => "hash",
            Self::Encrypt { .. } => "encrypt",
            Self::Decrypt { .. } => "decrypt",
            Self::DeanonymizeKeep => "deanonymize_keep",
        }
    }

    /// What it makes of a value.
    pub(crate) fn operate(&self, entity: &str, value: &str, random: &dyn Random) -> Result<String, Refused> {
        Ok(match self {
            Self::Replace(Some(new)) => new.clone(),
            Self::Replace(None) => format!("<{entity}>"),
            Self::Redact => String::new(),
            Self::Keep | Self::DeanonymizeKeep => value.to_owned(),
            Self::Mask { with, count, from_end } => masked(value, *with, *count, *from_end),
            Self::Hash { wide, salt } => {
                let mut fresh = [0; 32];
                let salt = if let Some(salt) = salt {
                    salt.as_bytes()
                } else {
                    random.fill(&mut fresh);
                    &fresh
                };
                let salted = [value.as_bytes(), salt].concat();
                hex::encode(digest(if *wide { &SHA512 } else { &SHA256 }, &salted))
            }
            Self::Encrypt { key } => aes::encrypt(key, value, random)?,
            Self::Decrypt { key } => aes::decrypt(key, value)?,
        })
    }
}

fn masked(value: &str, with: char, count: usize, from_end: bool) -> String {
    let length = value.chars().count();
    let count = count.min(length);
    let hidden = if from_end { length - count..length } else { 0..count };
    value.chars().enumerate().map(|(at, c)| if hidden.contains(&at) { with } else { c }).collect()
}
