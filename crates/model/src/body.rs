//! What a message says after the rules have spoken: text, and what stands in the place of values.

use crate::{Certainty, DataType, HoldId, ValueId};
use serde::{Deserialize, Serialize};

/// The version byte in front of every stored body.
const VERSION: u8 = 1;

/// A piece of a message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Segment {
    /// Text that the rules let stand.
    Text(String),
    /// A masked value: its token, and what people see instead.
    Token {
        /// The vault value that the token stands for.
        value: ValueId,
        /// What it is.
        data_type: DataType,
        /// Its kind within the type.
        kind: String,
        /// What people see, for instance `•••• 1111`.
        mask: String,
    },
    /// A value that was possibly forbidden: sealed for the customer alone, until released or expired.
    Held {
        /// The hold that keeps it.
        hold: HoldId,
        /// What it looks like.
        data_type: DataType,
        /// Its kind within the type.
        kind: String,
    },
    /// A forbidden value that was destroyed before anything was written.
    Removed {
        /// What it was.
        data_type: DataType,
        /// Its kind within the type.
        kind: String,
        /// A truncated form that the rules allow, or nothing.
        mask: String,
    },
}

/// What the rules decided about a finding. Never text of the message.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FindingNote {
    /// What was found.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// Its kind within the type.
    pub kind: String,
    /// What was done: `allow`, `warn`, `mask`, `block`, or `hold`.
    pub rule: String,
    /// How sure the detector was.
    pub certainty: Certainty,
    /// The pack whose rule decided.
    pub pack: String,
    /// The provision that the pack names.
    pub provision: String,
    /// Why the detector thinks so, by name.
    pub evidence: Vec<String>,
}

/// What a message says after the rules have spoken.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Body {
    /// The pieces, in order.
    pub segments: Vec<Segment>,
    /// What was found and decided, in order of appearance.
    pub findings: Vec<FindingNote>,
    /// What came along and was not looked into, by the network's word for its kind (`image`, `file`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<String>,
}

/// Stored bytes are not a body.
#[derive(Debug, thiserror::Error)]
pub enum BodyError {
    /// The version byte is not one that this program reads.
    #[error("a message body of unknown version {0}")]
    UnknownVersion(u8),
    /// The bytes end early or say something else.
    #[error("a message body that does not parse")]
    Malformed,
}

impl Body {
    /// A body of plain text without findings, for our own words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { segments: vec![Segment::Text(text.into())], ..Self::default() }
    }

    /// The bytes to seal: a version byte and JSON.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        serde_json::to_writer(&mut bytes, self).expect("a body holds nothing that JSON cannot say");
        bytes
    }

    /// The body in opened bytes.
    pub fn decode(bytes: &[u8]) -> Result<Self, BodyError> {
        match bytes.split_first() {
            Some((&VERSION, json)) => serde_json::from_slice(json).map_err(|_| BodyError::Malformed),
            Some((&version, _)) => Err(BodyError::UnknownVersion(version)),
            None => Err(BodyError::Malformed),
        }
    }

    /// The text as people see it: masks in the place of values, `[card number held]` and the like where
    /// nothing is to be seen.
    pub fn visible(&self) -> String {
        let mut text = String::new();
        for segment in &self.segments {
            match segment {
                Segment::Text(piece) => text.push_str(piece),
                Segment::Token { data_type, mask, .. } => {
                    text.extend(["[", data_type.label(), ": ", mask, "]"]);
                }
                Segment::Held { data_type, .. } => text.extend(["[", data_type.label(), " held]"]),
                Segment::Removed { data_type, mask, .. } if mask.is_empty() => {
                    text.extend(["[", data_type.label(), " removed]"]);
                }
                Segment::Removed { data_type, mask, .. } => {
                    text.extend(["[", data_type.label(), " removed: ", mask, "]"]);
                }
            }
        }
        text
    }

    /// The vault values that tokens in the text stand for.
    pub fn values(&self) -> impl Iterator<Item = ValueId> + '_ {
        self.segments.iter().filter_map(|s| match s {
            Segment::Token { value, .. } => Some(*value),
            _ => None,
        })
    }

    /// The holds that the text refers to.
    pub fn holds(&self) -> impl Iterator<Item = HoldId> + '_ {
        self.segments.iter().filter_map(|s| match s {
            Segment::Held { hold, .. } => Some(*hold),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> Body {
        Body {
            segments: vec![
                Segment::Text("my card ".into()),
                Segment::Removed {
                    data_type: DataType::FinPan,
                    kind: "card".into(),
                    mask: "•••• 1111".into(),
                },
                Segment::Text(" and mail ".into()),
                Segment::Token {
                    value: ValueId::from_bytes([7; 16]),
                    data_type: DataType::ContactEmail,
                    kind: "email".into(),
                    mask: "j•••@•••.com".into(),
                },
            ],
            findings: vec![],
            attachments: vec!["image".into()],
        }
    }

    #[test]
    fn a_body_shows_masks_where_values_stood() {
        assert_eq!(
            body().visible(),
            "my card [card number removed: •••• 1111] and mail [e-mail address: j•••@•••.com]"
        );
    }

    #[test]
    fn a_stored_body_has_a_golden_encoding_and_reads_back() {
        let bytes = Body::plain("hi").encode();
        assert_eq!(bytes, b"\x01{\"segments\":[{\"text\":\"hi\"}],\"findings\":[]}");
        assert_eq!(Body::decode(&body().encode()).unwrap(), body());
        assert!(matches!(Body::decode(&[9]), Err(BodyError::UnknownVersion(9))));
        assert!(matches!(Body::decode(&[]), Err(BodyError::Malformed)));
        assert!(matches!(Body::decode(b"\x01{"), Err(BodyError::Malformed)));
    }
}
