//! What may be done with a value.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};

/// What is done with a value of a type.
///
/// Written as text, for configuration files, arguments and JSON:
///
/// | text | what |
/// |---|---|
/// | `keep` | nothing |
/// | `redact` | nothing is left in its place |
/// | `replace` | `<KIND>`, for instance `<CARD>` |
/// | `replace:TEXT` | the text |
/// | `mask` | what people may see of the type: `•••• 1111`, `j•••@•••.com` |
/// | `mask:*`, `mask:*:4`, `mask:*:4:end` | the character for all, the first or the last so many characters |
/// | `hash`, `hash:16`, `hash:base32`, `hash:base32:16` | keyed hash, hexadecimal or base32, cut to so many characters |
/// | `encrypt` | a token that the key opens; the same value has the same token |
/// | `encrypt:random` | a token that is another one each time |
/// | `shift-dates`, `shift-dates:90` | dates moved by a keyed number of days, the same for one subject |
/// | `pseudonym` | a made-up value of the same kind that is nobody's |
/// | `pseudonym:valid` | the same, with right check digits: programs that check them take it |
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operator {
    /// Leaves the value as it is.
    Keep,
    /// Takes it out.
    Redact,
    /// Puts a text in its place; `None` is `<KIND>`.
    Replace(Option<String>),
    /// Hides characters.
    Mask(Mask),
    /// Puts HMAC-SHA-256 of the value in its place. Needs a key.
    Hash(Hash),
    /// Puts a token in its place that can be opened again. Needs a key.
    Encrypt(Encrypt),
    /// Moves a date by a number of days that the key and the subject decide. Needs a key. What cannot be read as a
    /// date is replaced.
    ShiftDates {
        /// The farthest it may be moved, in days; at least 1.
        at_most: u16,
    },
    /// Puts a made-up value of the same kind in its place, always the same one for a value. Needs a key.
    Pseudonym {
        /// Whether its check digits are right. Wrong ones make sure that it is nobody's real number.
        valid: bool,
    },
}

/// Which characters of a value are hidden.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mask {
    /// As the taxonomy says for the type: see [`aside_vault::mask`].
    Shape,
    /// This character for every character.
    All(char),
    /// This character for the first so many characters.
    First(char, usize),
    /// This character for the last so many characters.
    Last(char, usize),
}

/// How a keyed hash is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hash {
    /// The letters it is written with.
    pub encoding: Encoding,
    /// How many of them; `None` is all.
    pub length: Option<u8>,
}

/// How bytes are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// 64 digits and letters a to f.
    Hex,
    /// 52 letters a to z and digits 2 to 7 (RFC 4648, lower case, without padding).
    Base32,
}

/// Whether equal values have equal tokens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encrypt {
    /// They do: values can be counted and joined, and whoever sees two tokens knows whether they are the same.
    Deterministic,
    /// They do not: a token tells nothing but the kind and the length.
    Random,
}

/// The text is not an operator.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "`{0}` is no operator; there are keep, redact, replace[:TEXT], mask[:CHARACTER[:COUNT[:end]]], \
     hash[:base32][:LENGTH], encrypt[:random], shift-dates[:DAYS] and pseudonym[:valid]"
)]
pub struct NotAnOperator(String);

/// The fewest characters of a hash: fewer would make different values look the same.
const SHORTEST_HASH: u8 = 8;
/// How far dates are moved unless the caller says.
const DAYS: u16 = 365;

impl Operator {
    /// The operator's name without its parameters, for instance `mask`.
    pub const fn name(&self) -> &'static str {
        match self {
            Operator::Keep => "keep",
            Operator::Redact => "redact",
            Operator::Replace(_) => "replace",
            Operator::Mask(_) => "mask",
            Operator::Hash(_) => "hash",
            Operator::Encrypt(_) => "encrypt",
            Operator::ShiftDates { .. } => "shift-dates",
            Operator::Pseudonym { .. } => "pseudonym",
        }
    }

    /// Whether it does nothing without a key.
    pub const fn needs_key(&self) -> bool {
        matches!(
            self,
            Operator::Hash(_)
                | Operator::Encrypt(_)
                | Operator::ShiftDates { .. }
                | Operator::Pseudonym { .. }
        )
    }
}

impl FromStr for Operator {
    type Err = NotAnOperator;

    fn from_str(text: &str) -> Result<Self, NotAnOperator> {
        let unknown = || NotAnOperator(text.chars().take(80).collect());
        let (name, rest) = text.split_once(':').map_or((text, None), |(name, rest)| (name, Some(rest)));
        match (name, rest) {
            ("keep", None) => Some(Operator::Keep),
            ("redact", None) => Some(Operator::Redact),
            ("replace", with) => Some(Operator::Replace(with.map(str::to_owned))),
            ("mask", None) => Some(Operator::Mask(Mask::Shape)),
            ("mask", Some(how)) => mask(how).map(Operator::Mask),
            ("hash", how) => hash(how).map(Operator::Hash),
            ("encrypt", None) => Some(Operator::Encrypt(Encrypt::Deterministic)),
            ("encrypt", Some("random")) => Some(Operator::Encrypt(Encrypt::Random)),
            ("shift-dates", None) => Some(Operator::ShiftDates { at_most: DAYS }),
            ("shift-dates", Some(days)) => {
                days.parse().ok().filter(|days| *days > 0).map(|at_most| Operator::ShiftDates { at_most })
            }
            ("pseudonym", None) => Some(Operator::Pseudonym { valid: false }),
            ("pseudonym", Some("valid")) => Some(Operator::Pseudonym { valid: true }),
            _ => None,
        }
        .ok_or_else(unknown)
    }
}

fn mask(how: &str) -> Option<Mask> {
    let mut characters = how.chars();
    let with = characters.next()?;
    let rest = characters.as_str();
    if rest.is_empty() {
        return Some(Mask::All(with));
    }
    let (count, from_end) = match rest.strip_prefix(':')?.split_once(':') {
        Some((count, "end")) => (count, true),
        Some(_) => return None,
        None => (&rest[1..], false),
    };
    let count = count.parse().ok()?;
    Some(if from_end { Mask::Last(with, count) } else { Mask::First(with, count) })
}

fn hash(how: Option<&str>) -> Option<Hash> {
    let Some(how) = how else { return Some(Hash { encoding: Encoding::Hex, length: None }) };
    let (encoding, length) = match how.split_once(':') {
        Some(("base32", length)) => (Encoding::Base32, Some(length)),
        Some(("hex", length)) => (Encoding::Hex, Some(length)),
        None if how == "base32" => (Encoding::Base32, None),
        None if how == "hex" => (Encoding::Hex, None),
        None => (Encoding::Hex, Some(how)),
        Some(_) => return None,
    };
    let length = length
        .map(|length| length.parse().ok().filter(|l| *l >= SHORTEST_HASH))
        .map_or(Some(None), |l| l.map(Some))?;
    Some(Hash { encoding, length })
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Operator::Replace(Some(with)) => write!(f, ":{with}"),
            Operator::Mask(Mask::All(with)) => write!(f, ":{with}"),
            Operator::Mask(Mask::First(with, count)) => write!(f, ":{with}:{count}"),
            Operator::Mask(Mask::Last(with, count)) => write!(f, ":{with}:{count}:end"),
            Operator::Hash(Hash { encoding, length }) => {
                if *encoding == Encoding::Base32 {
                    f.write_str(":base32")?;
                }
                length.map_or(Ok(()), |length| write!(f, ":{length}"))
            }
            Operator::Encrypt(Encrypt::Random) => f.write_str(":random"),
            Operator::ShiftDates { at_most } if *at_most != DAYS => write!(f, ":{at_most}"),
            Operator::Pseudonym { valid: true } => f.write_str(":valid"),
            _ => Ok(()),
        }
    }
}

impl Serialize for Operator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Operator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operator_reads_back_what_it_writes() {
        for text in [
            "keep",
            "redact",
            "replace",
            "replace:",
            "replace:a:b",
            "mask",
            "mask:*",
            "mask:::4",
            "mask:•:4:end",
            "hash",
            "hash:16",
            "hash:base32",
            "hash:base32:20",
            "encrypt",
            "encrypt:random",
            "shift-dates",
            "shift-dates:90",
            "pseudonym",
            "pseudonym:valid",
        ] {
            let operator: Operator = text.parse().unwrap();
            assert_eq!(operator.to_string(), text);
            let json = serde_json::to_string(&operator).unwrap();
            assert_eq!(serde_json::from_str::<Operator>(&json).unwrap(), operator);
        }
        assert_eq!("hash:hex:64".parse::<Operator>().unwrap().to_string(), "hash:64");
    }

    #[test]
    fn what_is_no_operator_is_refused() {
        for text in [
            "",
            "delete",
            "keep:1",
            "mask:",
            "mask:**",
            "mask:*:x",
            "mask:*:4:start",
            "hash:7",
            "hash:md5",
            "hash:base32:1",
            "encrypt:ecb",
            "shift-dates:0",
            "shift-dates:-4",
            "pseudonym:x",
        ] {
            assert!(text.parse::<Operator>().is_err(), "{text}");
        }
        let long = "x".repeat(10_000).parse::<Operator>().unwrap_err().to_string();
        assert!(long.len() < 400, "{long}");
    }
}
