//! Public labelled sets in the forms in which they are given out.

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::Deserialize;

use crate::{IGNORE, Labelled, Marked};

/// A set cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SetError {
    /// The file cannot be opened.
    #[error("{}: {because}", path.display())]
    Unreadable {
        /// Where it should be.
        path: PathBuf,
        /// What the system says.
        because: io::Error,
    },
    /// It is not the JSON that presidio-research writes.
    #[error("{}: {because}", path.display())]
    NotThatJson {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        because: serde_json::Error,
    },
}

#[derive(Deserialize)]
struct Synthetic {
    full_text: String,
    spans: Vec<SyntheticSpan>,
}

#[derive(Deserialize)]
struct SyntheticSpan {
    entity_type: String,
    start_position: usize,
    end_position: usize,
}

/// A data set of presidio-research (`synth_dataset_v2.json`, `generated_large.json`), labels as in
/// [`Scheme::Public`](crate::Scheme::Public).
pub fn presidio_research(path: &Path) -> Result<Vec<Labelled>, SetError> {
    let text = fs::read(path).map_err(|because| SetError::Unreadable { path: path.to_owned(), because })?;
    let rows: Vec<Synthetic> = serde_json::from_slice(&text)
        .map_err(|because| SetError::NotThatJson { path: path.to_owned(), because })?;
    let mark = |span: SyntheticSpan| {
        let group = if span.entity_type == "DOMAIN_NAME" { "URL".to_owned() } else { span.entity_type };
        Marked { start: span.start_position, end: span.end_position, group, score: 1.0 }
    };
    Ok(rows
        .into_iter()
        .map(|row| Labelled { text: row.full_text, marks: row.spans.into_iter().map(mark).collect() })
        .collect())
}

/// Which part of a CoNLL file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Half {
    /// All of it.
    Both,
    /// From the sentence in the middle on.
    Second,
}

/// The tweets of a CoNLL file: a token and its tag a line, an empty line after each tweet.
///
/// Tokens are joined as people write, `PERSON` is marked, handles are marked [`IGNORE`]: the sets call them
/// persons or organisations, but they are handles and not names.
pub fn tweets(path: &Path, half: Half) -> Result<Vec<Labelled>, SetError> {
    let text = fs::read(path).map_err(|because| SetError::Unreadable { path: path.to_owned(), because })?;
    let mut tweets = conll(&String::from_utf8_lossy(&text));
    if half == Half::Second {
        tweets.drain(..tweets.len() / 2);
    }
    Ok(tweets)
}

fn conll(text: &str) -> Vec<Labelled> {
    let (mut tweets, mut tweet) = (Vec::new(), Tweet::default());
    for line in text.replace("\r\n", "\n").split(['\n', '\r']) {
        let mut cells: Box<dyn Iterator<Item = &str>> =
            if line.contains('\t') { Box::new(line.split('\t')) } else { Box::new(line.split_whitespace()) };
        let (token, tag) = (cells.next().unwrap_or_default().trim(), cells.last());
        match tag {
            Some(tag) if !token.is_empty() => tweet.push(token, tag.trim()),
            _ if line.trim().is_empty() && !tweet.previous.is_empty() => {
                tweets.push(std::mem::take(&mut tweet).labelled);
            }
            _ => {}
        }
    }
    if !tweet.previous.is_empty() {
        tweets.push(tweet.labelled);
    }
    tweets
}

/// A tweet while its tokens come.
#[derive(Default)]
struct Tweet {
    labelled: Labelled,
    chars: usize,
    previous: String,
    /// Whether the last mark is a person that the next token may belong to.
    in_person: bool,
}

impl Tweet {
    fn push(&mut self, token: &str, tag: &str) {
        if self.chars > 0 && !glues_to_next(&self.previous) && !glues_to_previous(token) {
            self.labelled.text.push(' ');
            self.chars += 1;
        }
        let start = self.chars;
        self.labelled.text.push_str(token);
        self.chars += token.chars().count();
        let after_at = self.previous == "@";
        let is_person = {
            let tag = tag.to_ascii_lowercase();
            tag.ends_with("-per") || tag.ends_with("-person")
        };
        if after_at || (token.starts_with('@') && token.len() > 1) {
            self.mark(start - usize::from(after_at), IGNORE);
            self.in_person = false;
        } else if token != "@" && is_person {
            match self.labelled.marks.last_mut() {
                Some(person) if tag.starts_with('I') && self.in_person => person.end = self.chars,
                _ => self.mark(start, "PERSON"),
            }
            self.in_person = true;
        } else {
            self.in_person = false;
        }
        token.clone_into(&mut self.previous);
    }

    fn mark(&mut self, start: usize, group: &str) {
        let end = self.chars;
        self.labelled.marks.push(Marked { start, end, group: group.to_owned(), score: 1.0 });
    }
}

fn glues_to_next(token: &str) -> bool {
    ["@", "#", "(", "[", "$", "£", "€"].contains(&token)
}

fn glues_to_previous(token: &str) -> bool {
    let token = token.to_lowercase();
    token.chars().all(|c| ".,!?:;)]%…".contains(c))
        || ["'s", "'m", "'d", "'re", "'ve", "'ll", "n't"].contains(&token.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_joined_as_people_write_and_handles_are_left_out() {
        let text = "@\tO\njanedoe\tB-PER\nsaw\tO\nAnn\tB-PER\nLee\tI-PER\n's\tO\ncat\tO\n!\tO\n#\tO\nwow\tO\n\n\n\
                    Bo\tI-person\r\nand\tO\nCy\tB-PER\nDee\tB-PER";
        let tweets = conll(text);
        assert_eq!(tweets.len(), 2);
        assert_eq!(tweets[0].text, "@janedoe saw Ann Lee's cat! #wow");
        let values = |tweet: &Labelled| {
            let mut values =
                tweet.marks.iter().map(|m| (m.group.clone(), tweet.value(m))).collect::<Vec<_>>();
            values.sort();
            values
        };
        let named = |group: &str, value: &str| (group.to_owned(), value.to_owned());
        assert_eq!(values(&tweets[0]), [named(IGNORE, "@janedoe"), named("PERSON", "Ann Lee")]);
        assert_eq!(
            values(&tweets[1]),
            [named("PERSON", "Bo"), named("PERSON", "Cy"), named("PERSON", "Dee")]
        );
    }

    #[test]
    fn a_file_of_something_else_has_no_tweets() {
        assert_eq!(conll(""), []);
        assert_eq!(conll("word\nother\n\n"), []);
    }
}
