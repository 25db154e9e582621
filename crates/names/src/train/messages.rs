//! Reads labelled messages: one a line, `[[person|Ann Example]]` where a name stands.

use super::conll::{Labelled, Unreadable, read_file};
use crate::Label;
use std::path::Path;

/// Which messages of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// All of them.
    All,
    /// The first, the third and so on: to be looked at when the model is changed.
    Tuning,
    /// The others: only counted.
    Judging,
}

/// The messages of a file.
///
/// `\n` is a line break and `\\` a backslash; `# ` begins a heading, `<` a line that is not scored. Marks of other labels than
/// `person`, `place` and `organisation` are spans that count neither way.
pub(crate) fn read(path: &Path, part: Part) -> Result<Vec<Labelled>, Unreadable> {
    let content = read_file(path)?;
    let lines =
        content.lines().filter(|l| !l.trim().is_empty() && !l.starts_with("# ") && !l.starts_with('<'));
    let (skipped, step) = match part {
        Part::All => (0, 1),
        Part::Tuning => (0, 2),
        Part::Judging => (1, 2),
    };
    Ok(lines.skip(skipped).step_by(step).map(parse).collect())
}

/// One message without its marks, and where they were.
fn parse(line: &str) -> Labelled {
    let mut out = Labelled::default();
    let mut rest = line;
    while let Some((before, marked)) = rest.split_once("[[")
        && let Some((label, value, after)) =
            marked.split_once("]]").and_then(|(m, after)| m.split_once('|').map(|(l, v)| (l, v, after)))
    {
        out.text.push_str(&unescaped(before));
        let start = out.text.len();
        out.text.push_str(&unescaped(value));
        let end = out.text.len();
        match label {
            "person" => out.spans.push((start, end, Label::Person)),
            "place" => out.spans.push((start, end, Label::Place)),
            "organisation" => out.spans.push((start, end, Label::Organisation)),
            _ => out.handles.push((start, end)),
        }
        rest = after;
    }
    out.text.push_str(&unescaped(rest));
    out
}

fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, c == '\\') {
            (_, true) => match chars.next() {
                Some('n') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push(c),
            },
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_away_and_counted_behind_line_breaks() {
        let message = parse("Hi\\n[[person|Ann Example]] from [[ignore|Leeds]]");
        assert_eq!(message.text, "Hi\nAnn Example from Leeds");
        assert_eq!(message.spans, [(3, 14, Label::Person)]);
        assert_eq!(message.handles, [(20, 25)]);
    }
}
