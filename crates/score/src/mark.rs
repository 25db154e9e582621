//! A text in which people have marked personal data.

use crate::Scheme;

/// The label of what people would disagree about: a finding that touches it does not count.
pub const IGNORE: &str = "IGNORE";

/// A marked piece of a text, by people or by a program.
#[derive(Clone, PartialEq, Debug)]
pub struct Marked {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What it is counted as, in some [`Scheme`].
    pub group: String,
    /// Between 0 and 1: of several findings that fit one label, the surer takes it.
    pub score: f64,
}

impl Marked {
    /// Intersection over union; 0 where the two do not touch.
    pub fn overlap(&self, other: &Marked) -> f64 {
        let shared = self.end.min(other.end).saturating_sub(self.start.max(other.start));
        if shared == 0 {
            return 0.0;
        }
        shared as f64 / (self.end.max(other.end) - self.start.min(other.start)) as f64
    }
}

/// A text and what people marked in it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Labelled {
    /// The text, without marks.
    pub text: String,
    /// What is marked, in the text's order.
    pub marks: Vec<Marked>,
}

/// A marked text cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MarkError {
    /// `[[` without its end.
    #[error("`[[` is never closed by `]]`")]
    Unclosed,
    /// `]]` without its beginning.
    #[error("`]]` closes nothing")]
    Unopened,
    /// No `|` between label and value.
    #[error("a mark has no `|` after its label")]
    NoLabel,
    /// A mark around nothing.
    #[error("a mark has an empty value")]
    Empty,
    /// The taxonomy has no such type or kind.
    #[error("`{0}` is neither a type of the taxonomy nor one of its kinds")]
    UnknownLabel(String),
    /// A backslash before something else than `n` or a backslash.
    #[error("a backslash stands before neither `n` nor a backslash")]
    Escape,
}

impl Labelled {
    /// Reads a line of the corpus: `[[label|value]]` in place, `\n` and `\\` for line break and backslash.
    pub fn from_marked(line: &str, scheme: Scheme) -> Result<Self, MarkError> {
        let mut labelled = Self::default();
        let mut chars = 0;
        let mut rest = line;
        while let Some((plain, marked)) = rest.split_once("[[") {
            chars += labelled.push(plain)?;
            let (mark, after) = marked.split_once("]]").ok_or(MarkError::Unclosed)?;
            let (label, value) = mark.split_once('|').ok_or(MarkError::NoLabel)?;
            let start = chars;
            chars += labelled.push_value(value)?;
            if chars == start {
                return Err(MarkError::Empty);
            }
            let group = match label {
                "ignore" => IGNORE,
                _ => scheme.group_of(label).ok_or_else(|| MarkError::UnknownLabel(label.to_owned()))?,
            };
            labelled.marks.push(Marked { start, end: chars, group: group.to_owned(), score: 1.0 });
            rest = after;
        }
        labelled.push(rest)?;
        Ok(labelled)
    }

    /// Whether nothing is marked, or only what people would disagree about.
    pub fn is_clean(&self) -> bool {
        self.marks.iter().all(|mark| mark.group == IGNORE)
    }

    /// The marked piece of the text.
    pub fn value(&self, mark: &Marked) -> String {
        self.text.chars().skip(mark.start).take(mark.end - mark.start).collect()
    }

    fn push(&mut self, plain: &str) -> Result<usize, MarkError> {
        if plain.contains("]]") { Err(MarkError::Unopened) } else { self.push_value(plain) }
    }

    /// Adds text with its escapes resolved, and counts its code points.
    fn push_value(&mut self, escaped: &str) -> Result<usize, MarkError> {
        let (mut count, mut chars) = (0, escaped.chars());
        while let Some(c) = chars.next() {
            let meant = match c {
                '\\' => match chars.next() {
                    Some('n') => '\n',
                    Some('\\') => '\\',
                    _ => return Err(MarkError::Escape),
                },
                _ => c,
            };
            self.text.push(meant);
            count += 1;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Labelled, MarkError> {
        Labelled::from_marked(line, Scheme::Kinds)
    }

    #[test]
    fn marks_are_taken_away_and_spans_count_code_points() {
        let read = read(r"Grüße 😀\nvon [[person|Zoë]] [[ignore|5.3.]] \\o/").unwrap();
        assert_eq!(read.text, "Grüße 😀\nvon Zoë 5.3. \\o/");
        let spans: Vec<_> = read.marks.iter().map(|m| (m.start, m.end, m.group.as_str())).collect();
        assert_eq!(spans, [(12, 15, "contact.name"), (16, 20, IGNORE)]);
        assert_eq!(read.value(&read.marks[0]), "Zoë");
        assert!(!read.is_clean());
    }

    #[test]
    fn a_message_with_nothing_but_what_people_disagree_about_is_clean() {
        assert!(read("on [[ignore|the 5th]]").unwrap().is_clean());
        assert!(read("").unwrap().is_clean());
    }

    #[test]
    fn what_is_written_badly_is_refused_and_named() {
        assert_eq!(read("[[card|4111"), Err(MarkError::Unclosed));
        assert_eq!(read("4111]]"), Err(MarkError::Unopened));
        assert_eq!(read("[[card 4111]]"), Err(MarkError::NoLabel));
        assert_eq!(read("[[card|]]"), Err(MarkError::Empty));
        assert_eq!(read("[[gold|1]]"), Err(MarkError::UnknownLabel("gold".into())));
        assert_eq!(read(r"a\b"), Err(MarkError::Escape));
        assert_eq!(read("a\\"), Err(MarkError::Escape));
    }
}
