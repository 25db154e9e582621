//! The input: one message a line.

use crate::command::Failure;
use aside_model::Rung;
use serde::Deserialize;
use serde_json::Value;
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
    /// The line's id, as it was written.
    pub(super) id: Value,
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
    id: Value,
    text: String,
    #[serde(default = "direct")]
    rung: Rung,
    #[serde(default)]
    secret: Vec<String>,
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

fn parse(mut lines: impl BufRead) -> Result<Vec<Input>, Failure> {
    let mut inputs = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
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
        let text = std::str::from_utf8(&line).map_err(|_| wrong(number, "not UTF-8"))?.trim();
        if text.is_empty() {
            continue;
        }
        // The parser's words can quote the text, so only what kind of mistake it is gets through.
        let parsed: Line = serde_json::from_str(text).map_err(|e| wrong(number, &kind_of(&e)))?;
        if !matches!(parsed.id, Value::String(_) | Value::Number(_)) {
            return Err(wrong(number, "`id` must be a string or a number"));
        }
        if parsed.rung == Rung::Voice {
            return Err(wrong(number, "`rung` must be public, direct or secure"));
        }
        if parsed.text.trim().is_empty() {
            return Err(wrong(number, "`text` is empty; networks carry no empty messages"));
        }
        if parsed.text.chars().count() > LONGEST_TEXT {
            return Err(wrong(number, &format!("`text` is longer than {LONGEST_TEXT} characters")));
        }
        if let Some(first) = seen.insert(parsed.id.to_string(), number) {
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
}
