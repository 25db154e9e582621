//! Reading what a network sent without leaving copies of it behind.

use aside_model::{Raw, Time};
use aws_lc_rs::digest;
use serde_json::Value;
use std::io::{self, Write};

/// Takes the string under `key` out of an object; the value is moved, not copied.
pub(crate) fn take_text(object: &mut Value, key: &str) -> Option<String> {
    match object.get_mut(key)? {
        Value::String(text) => Some(std::mem::take(text)),
        _ => None,
    }
}

/// Takes an id: a string, or a number that is one.
pub(crate) fn take_id(object: &mut Value, key: &str) -> Option<String> {
    let id = match object.get_mut(key)? {
        Value::String(text) => std::mem::take(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!id.is_empty() && id.len() <= 512).then_some(id)
}

/// Takes the id in an object `{"id": …}` under `key`.
pub(crate) fn take_person(object: &mut Value, key: &str) -> Option<String> {
    take_id(object.get_mut(key)?, "id")
}

/// The moment under `key`: seconds or milliseconds since 1970, as a number or in a string. Seconds stay
/// under eleven digits for the next thousand years, milliseconds have had twelve since 2001.
pub(crate) fn moment(object: &Value, key: &str) -> Option<Time> {
    let number = match object.get(key)? {
        Value::Number(number) => number.as_i64()?,
        Value::String(text) => text.parse().ok()?,
        _ => return None,
    };
    (number > 0)
        .then(|| if number < 100_000_000_000 { Time::from_secs(number) } else { Time::from_millis(number) })
}

/// The kinds of the attachments in a list of `{"type": …}`, as the network calls them.
pub(crate) fn attachment_kinds(list: Option<&Value>) -> Vec<String> {
    let Some(Value::Array(list)) = list else { return Vec::new() };
    list.iter()
        .take(100)
        .map(|one| word(one.get("type").and_then(Value::as_str).unwrap_or_default()))
        .collect()
}

/// A network's word, if it looks like one: `[a-z_]{1,40}`; else `other`. Whatever else stands in such a
/// place is not ours to repeat.
pub(crate) fn word(text: &str) -> String {
    let looks_like_one =
        (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    if looks_like_one { text.to_owned() } else { "other".to_owned() }
}

/// A short digest, to tell events apart that have no id of their own.
pub(crate) fn digest_of_text(text: &str) -> String {
    hex::encode(&digest::digest(&digest::SHA256, text.as_bytes()).as_ref()[..12])
}

/// A short digest of a value.
pub(crate) fn digest_of(value: &Value) -> String {
    struct Into(digest::Context);
    impl Write for Into {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut into = Into(digest::Context::new(&digest::SHA256));
    serde_json::to_writer(&mut into, value)
        .expect("a digest takes every byte, and a parsed value can be written");
    hex::encode(&into.0.finish().as_ref()[..12])
}

/// Overwrites every string that is left in a value.
pub(crate) fn scrub(value: &mut Value) {
    match value {
        Value::String(text) => drop(Raw::new(std::mem::take(text))),
        Value::Array(list) => list.iter_mut().for_each(scrub),
        Value::Object(map) => map.iter_mut().for_each(|(_, value)| scrub(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// `body` with everything replaced by U+FFFD that JSON allows to write but Unicode does not: bytes that are
/// not UTF-8, and halves of surrogate pairs. One customer's odd character must not cost the events of
/// everybody else in the same body.
pub(crate) fn repaired(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let length = match unit(rest) {
            Some(0xD800..=0xDBFF) if matches!(rest.get(6..).and_then(unit), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                out.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            Some(_) => 6,
            // Any other escape: the backslash and the character after it belong together.
            None => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The UTF-16 unit that a text begins with as `\uXXXX`.
fn unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn half_a_surrogate_pair_becomes_the_replacement_character() {
        assert_eq!(
            repaired(br#""\ud83d\ude00 \ud83d. \ude00 \\ud83d""#),
            r#""\ud83d\ude00 \ufffd. \ufffd \\ud83d""#
        );
        assert_eq!(repaired(b"\"a\xFFb\\"), "\"a\u{FFFD}b\\");
    }

    #[test]
    fn a_moment_is_read_in_seconds_and_in_milliseconds() {
        let value = json!({"s": 1_795_340_000, "ms": 1_795_340_000_123_i64, "text": "1795340000", "odd": [1], "past": -4});
        assert_eq!(moment(&value, "s"), Some(Time::from_secs(1_795_340_000)));
        assert_eq!(moment(&value, "ms"), Some(Time::from_millis(1_795_340_000_123)));
        assert_eq!(moment(&value, "text"), Some(Time::from_secs(1_795_340_000)));
        assert_eq!((moment(&value, "odd"), moment(&value, "past")), (None, None));
    }

    #[test]
    fn what_is_no_plain_word_is_not_repeated() {
        assert_eq!(word("image"), "image");
        assert_eq!(word("4111 1111"), "other");
        assert_eq!(word(&"a".repeat(41)), "other");
    }

    #[test]
    fn nothing_is_left_in_a_scrubbed_value() {
        let mut value = json!({"a": ["secret", {"b": "secret"}], "n": 1});
        scrub(&mut value);
        assert_eq!(value, json!({"a": ["", {"b": ""}], "n": 1}));
    }
}
