//! The input: one message a line.

use crate::command::Failure;
use aside_model::Rung;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::{
    collections::HashMap,
    fs::File,
    io::{self, BufRead, BufReader},
    path::Path,
};

/// The longest line, in bytes.
const LONGEST_LINE: usize = 8 * 1024 * 1024;

/// The longest text, in characters. A direct message goes out in parts of 2,000, and a run looks at what an
/// agent sees of a conversation: its newest 500 messages.
const LONGEST_TEXT: usize = 900_000;

/// A message to send.
pub(super) struct Input {
    /// The line's id, a string or a number, as it was written.
    pub(super) id: Box<RawValue>,
    /// What the customer writes.
    pub(super) text: String,
    /// Where.
    pub(super) rung: Rung,
    /// What must be readable nowhere afterwards.
    pub(super) secrets: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: Box<RawValue>,
    text: String,
    #[serde(default = "direct")]
    rung: Rung,
    #[serde(default)]
    secret: Vec<String>,
}

/// What two ids are compared by: strings by what they say, numbers as they are written, since there are
/// numbers that no arithmetic here tells apart.
#[derive(PartialEq, Eq, Hash)]
enum Id {
    String(String),
    Number(String),
}

impl Id {
    fn of(id: &RawValue) -> Option<Self> {
        match id.get().as_bytes().first() {
            Some(b'"') => serde_json::from_str(id.get()).ok().map(Id::String),
            Some(b'-' | b'0'..=b'9') => Some(Id::Number(id.get().to_owned())),
            _ => None,
        }
    }
}

const fn direct() -> Rung {
    Rung::Direct
}

/// Reads the whole input. A line that is not right is refused by its number, and nothing is sent.
pub(super) fn read(path: &Path) -> Result<Vec<Input>, Failure> {
    if path == Path::new("-") {
        return parse(io::stdin().lock());
    }
    let file = File::open(path).map_err(|e| Failure::new(format!("cannot read {}: {e}", path.display())))?;
    parse(BufReader::new(file))
}

pub(super) fn parse(mut lines: impl BufRead) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    let mut seen: HashMap<Id, usize> = HashMap::new();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = lines
            .read_until(b'\n', &mut line)
            .map_err(|e| Failure::new(format!("line {number}: cannot be read: {e}")))?;
        if read == 0 {
            break;
        }
        if line.len() > LONGEST_LINE {
            return Err(wrong(number, &format!("longer than {LONGEST_LINE} bytes")));
        }
        let text = std::str::from_utf8(&line).map_err(|_| wrong(number, "not UTF-8"))?;
        // Some editors begin every file with a byte order mark.
        let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text }.trim();
        if text.is_empty() {
            continue;
        }
        // The parser's words can quote the text, so only what kind of mistake it is gets through.
        let parsed: Line = serde_json::from_str(text).map_err(|e| wrong(number, &kind_of(&e)))?;
        let id = Id::of(&parsed.id).ok_or_else(|| wrong(number, "`id` must be a string or a number"))?;
        if parsed.rung == Rung::Voice {
            return Err(wrong(number, "`rung` must be public, direct or secure"));
        }
        if parsed.text.trim().is_empty() {
            return Err(wrong(number, "`text` is empty; networks carry no empty messages"));
        }
        if parsed.text.chars().count() > LONGEST_TEXT {
            return Err(wrong(number, &format!("`text` is longer than {LONGEST_TEXT} characters")));
        }
        if let Some(first) = seen.insert(id, number) {
            return Err(wrong(number, &format!("the id was used in line {first} already")));
        }
        inputs.push(Input { id: parsed.id, text: parsed.text, rung: parsed.rung, secrets: parsed.secret });
    }
    Ok(inputs)
}

fn wrong(line: usize, what: &str) -> Failure {
    Failure::new(format!("line {line}: {what}"))
        .with_hint(r#"each line is {"id": ..., "text": "...", "rung": "public|direct|secure", "secret": ["..."]}; id and text are required"#)
}

/// What is wrong with a line, without any of it: an unknown or missing field's name is ours to tell, a
/// value is not.
fn kind_of(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let known =
        ["missing field `id`", "missing field `text`", "unknown field", "is not a rung", "invalid type"];
    match known.iter().find(|k| text.contains(**k)) {
        Some(known) => format!("{known} (column {})", error.column()),
        None => format!("not JSON as expected (column {})", error.column()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(lines: &str) -> String {
        parse(lines.as_bytes()).err().map(|e| e.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_line_has_an_id_and_a_text_and_goes_to_a_dm_by_default() {
        let inputs = parse(
            "{\"id\":1,\"text\":\"a\"}\n\n{\"id\":\"1\",\"text\":\"b\",\"rung\":\"secure\"}".as_bytes(),
        );
        let inputs = inputs.ok().unwrap();
        assert_eq!(inputs.iter().map(|i| i.rung).collect::<Vec<_>>(), [Rung::Direct, Rung::Secure]);
    }

    #[test]
    fn a_wrong_line_is_named_by_its_number_without_its_text() {
        assert_eq!(
            refusal("{\"id\":1,\"text\":\"a\"}\n{\"id\":1,\"text\":\"b\"}"),
            "line 2: the id was used in line 1 already"
        );
        assert_eq!(refusal("{\"id\":1}"), "line 1: missing field `text` (column 8)");
        assert!(refusal("{\"id\":1,\"text\":\"hunter2\",\"rung\":\"hunter2\"}").contains("is not a rung"));
        assert!(!refusal("{\"id\":1,\"text\":\"hunter2\",\"rung\":\"hunter2\"}").contains("hunter2"));
        assert!(refusal("hunter2").starts_with("line 1: not JSON"));
        assert!(refusal("{\"id\":1,\"text\":\" \"}").contains("empty"));
        assert!(refusal("{\"id\":[],\"text\":\"a\"}").contains("string or a number"));
    }
    #[test]
    fn large_numbers_are_different_ids_and_come_back_as_they_were_written() {
        let lines = "{\"id\":12345678901234567890123,\"text\":\"a\"}\n{\"id\":12345678901234567890124,\"text\":\"b\"}";
        let inputs = parse(lines.as_bytes()).ok().unwrap();
        let ids: Vec<&str> = inputs.iter().map(|i| i.id.get()).collect();
        assert_eq!(ids, ["12345678901234567890123", "12345678901234567890124"]);
        let same = refusal("{\"id\":\"é\",\"text\":\"a\"}\n{\"id\":\"\\u00e9\",\"text\":\"b\"}");
        assert_eq!(same, "line 2: the id was used in line 1 already");
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_first_line() {
        assert_eq!(parse("\u{feff}{\"id\":1,\"text\":\"a\"}".as_bytes()).ok().unwrap().len(), 1);
    }
}
