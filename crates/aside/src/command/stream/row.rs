//! One line of JSONL.

use serde::{Deserialize, Deserializer, de::Visitor};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// The longest line, in bytes.
pub(super) const LONGEST_LINE: u64 = 64 * 1024 * 1024;
/// What is said of a longer one.
pub(super) const TOO_LONG: &str = "is longer than 64 MiB";

/// What a line asks.
#[derive(Deserialize)]
pub(in super::super) struct Row<'a> {
    /// Given back as it was written.
    #[serde(borrow)]
    pub(in super::super) id: Option<&'a RawValue>,
    /// What is looked into.
    #[serde(borrow)]
    pub(in super::super) text: Cow<'a, str>,
    /// Whom the text is about; for moving dates alone.
    #[serde(borrow, default)]
    pub(in super::super) subject: Option<Cow<'a, str>>,
}

/// Reads a line; `None` for an empty one. What is wrong is said without quoting it: the parser's own words may.
pub(super) fn read(line: &[u8], number: u64) -> Result<Option<Row<'_>>, &'static str> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = std::str::from_utf8(line).map_err(|_| "is not UTF-8")?;
    // Some programs write a byte order mark, and some an empty last line.
    let line = if number == 1 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line }.trim();
    if line.is_empty() {
        return Ok(None);
    }
    if !line.starts_with('{') {
        return Err(if serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok() {
            "is not a JSON object"
        } else {
            "is not JSON"
        });
    }
    match serde_json::from_str::<Row<'_>>(line) {
        Ok(row) => Ok(Some(row)),
        // Half a surrogate pair is JSON, and what JavaScript writes when it cuts a text in two.
        Err(error) if error.is_syntax() => repaired(line).map(Some),
        Err(error) => Err(why(&error)),
    }
}

/// Why a line cannot be read.
fn why(error: &serde_json::Error) -> &'static str {
    match error {
        // The words name a member of ours, and quote nothing of the line.
        error if error.is_data() && error.to_string().starts_with("duplicate field") => {
            "has `id`, `text` or `subject` more than once"
        }
        error if error.is_data() => "has no `text` that is a string",
        _ => "is not JSON",
    }
}

/// A line whose text holds halves of surrogate pairs: each becomes U+FFFD, as when the text comes by a hook.
fn repaired(line: &str) -> Result<Row<'_>, &'static str> {
    #[derive(Deserialize)]
    struct Unread<'a> {
        #[serde(borrow)]
        id: Option<&'a RawValue>,
        #[serde(borrow)]
        text: &'a RawValue,
        #[serde(borrow, default)]
        subject: Option<&'a RawValue>,
    }
    let row: Unread<'_> = serde_json::from_str(line).map_err(|e| why(&e))?;
    let subject = row.subject.map(|subject| string(subject.get())).transpose()?;
    Ok(Row { id: row.id, text: Cow::Owned(string(row.text.get())?), subject: subject.map(Cow::Owned) })
}

/// A JSON string even if Unicode does not take it.
fn string(json: &str) -> Result<String, &'static str> {
    let bytes = serde_json::Deserializer::from_str(json).deserialize_bytes(AnyString);
    let bytes = bytes.map_err(|e| why(&e))?;
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        // The parser gives half a pair as it would be in UTF-8 if it could be: ED, then two more bytes.
        if chunk.invalid().first() == Some(&0xED) {
            text.push('\u{fffd}');
        }
    }
    Ok(text)
}

struct AnyString;

impl Visitor<'_> for AnyString {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &[u8]) -> &'static str {
        read(line, 2).err().unwrap()
    }

    #[test]
    fn an_id_is_given_back_as_it_was_written() {
        for id in ["1.50", "\"\\u0061\"", "{ \"a\": [1, 2] }", "12345678901234567890123"] {
            let line = format!("{{\"text\":\"hello\", \"id\": {id}}}\n");
            assert_eq!(read(line.as_bytes(), 2).unwrap().unwrap().id.unwrap().get(), id);
        }
        assert!(read(b"{\"text\":\"\"}", 2).unwrap().unwrap().id.is_none());
        assert!(read(b" \r\n", 2).unwrap().is_none());
    }

    #[test]
    fn a_bad_line_is_told_without_its_text() {
        assert_eq!(refused(b"{\"text\":\"4111 1111 1111 1111\""), "is not JSON");
        assert_eq!(refused(b"nonsense"), "is not JSON");
        assert_eq!(refused(b"[1,\"text\"]"), "is not a JSON object");
        assert_eq!(refused(b"{\"id\":1}"), "has no `text` that is a string");
        assert_eq!(refused(b"{\"text\":4}"), "has no `text` that is a string");
        assert_eq!(refused(b"{\"text\":\"\xff\"}"), "is not UTF-8");
        assert_eq!(refused(b"{\"text\":\"\\ud8\"}"), "is not JSON");
        assert_eq!(
            refused(b"{\"text\":\"a\",\"text\":\"b\"}"),
            "has `id`, `text` or `subject` more than once"
        );
    }

    #[test]
    fn half_a_surrogate_pair_does_not_end_the_stream() {
        let line =
            br#"{"id":"\ud800","text":"\ud83d. 4111 1111 1111 1111 \ude00 \ud83d\ude00\n\udc00\ud800","subject":"\ud800"}"#;
        let row = read(line, 2).unwrap().unwrap();
        assert_eq!(row.id.unwrap().get(), r#""\ud800""#);
        assert_eq!(row.text, "\u{fffd}. 4111 1111 1111 1111 \u{fffd} \u{1f600}\n\u{fffd}\u{fffd}");
        assert_eq!(row.subject.unwrap(), "\u{fffd}");
        assert_eq!(refused(br#"{"text":4,"x":"\ud800"}"#), "has no `text` that is a string");
    }
}
