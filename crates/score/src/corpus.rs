//! The labelled corpus of `aside-detect`: a folder with one file per language, one message a line.
//!
//! Its `README.md` says how the files are written and what the labels mean.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::{Labelled, MarkError, Scheme};

/// Groups that the corpus does not mark, so that findings of them prove nothing.
pub const UNMARKED: &[&str] = &["contact.handle", "loc.coarse", "account.relationship", "account.history"];

/// One message, with what was said just before it.
#[derive(Clone, PartialEq, Debug)]
pub struct Message {
    /// The name of its file, which is the ISO 639-1 code of its language.
    pub language: String,
    /// Its line in the file, from 1.
    pub line: usize,
    /// What was said before, the oldest first.
    pub before: Vec<Turn>,
    /// What the customer wrote.
    pub said: Labelled,
}

/// What was said before a message.
#[derive(Clone, PartialEq, Debug)]
pub enum Turn {
    /// By the agent: never marked.
    Agent(String),
    /// By the same customer.
    Customer(Labelled),
}

/// The corpus cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A file or the folder cannot be opened.
    #[error("{}: {because}", path.display())]
    Unreadable {
        /// What cannot be opened.
        path: PathBuf,
        /// What the system says.
        because: io::Error,
    },
    /// A line is written badly.
    #[error("{language}.txt:{line}: {because}")]
    Mark {
        /// The file's language.
        language: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        because: MarkError,
    },
    /// Lines of context that no message follows.
    #[error("{language}.txt:{line}: what was said before is followed by no message")]
    NoMessage {
        /// The file's language.
        language: String,
        /// The last line of the context, from 1.
        line: usize,
    },
}

/// Every message of the folder's `.txt` files, in the order of the languages' codes.
pub fn read(folder: &Path, scheme: Scheme) -> Result<Vec<Message>, CorpusError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        |because| CorpusError::Unreadable { path, because }
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        let is_text = path.extension().is_some_and(|extension| extension == "txt");
        if let Some(name) = path.file_stem().and_then(|name| name.to_str())
            && is_text
        {
            files.push((name.to_owned(), path));
        }
    }
    files.sort();
    let mut messages = Vec::new();
    for (language, path) in files {
        let text = fs::read_to_string(&path).map_err(unreadable(&path))?;
        messages.extend(parse(&language, &text, scheme)?);
    }
    Ok(messages)
}

/// The messages of one file.
pub fn parse(language: &str, text: &str, scheme: Scheme) -> Result<Vec<Message>, CorpusError> {
    let (mut messages, mut before, mut last) = (Vec::new(), Vec::new(), 0);
    for (line, text) in (1..).zip(text.lines()) {
        let read = |text| {
            Labelled::from_marked(text, scheme).map_err(|because| CorpusError::Mark {
                language: language.to_owned(),
                line,
                because,
            })
        };
        if text.trim().is_empty() || text.starts_with("# ") {
            continue;
        }
        last = line;
        if let Some(said) = text.strip_prefix("<< ") {
            before.push(Turn::Agent(read(said)?.text));
        } else if let Some(said) = text.strip_prefix("< ") {
            before.push(Turn::Customer(read(said)?));
        } else {
            let before = std::mem::take(&mut before);
            messages.push(Message { language: language.to_owned(), line, before, said: read(text)? });
        }
    }
    if before.is_empty() {
        Ok(messages)
    } else {
        Err(CorpusError::NoMessage { language: language.to_owned(), line: last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_empty_lines_are_no_messages_and_context_belongs_to_the_next() {
        let text = "# Cards\n\n#fail again\n<< Your card, please?\n< it is [[card|4111 1111]]\n[[card|1111 1111]] ok\n";
        let messages = parse("en", text, Scheme::Kinds).unwrap();
        assert_eq!(messages.len(), 2);
        assert_eq!((messages[0].said.text.as_str(), messages[0].line), ("#fail again", 3));
        assert!(messages[0].before.is_empty());
        let [Turn::Agent(asked), Turn::Customer(earlier)] = &messages[1].before[..] else { panic!() };
        assert_eq!(asked, "Your card, please?");
        assert_eq!(earlier.value(&earlier.marks[0]), "4111 1111");
        assert_eq!(messages[1].said.marks[0].end, 9);
    }

    #[test]
    fn a_mistake_is_named_by_file_and_line() {
        let wrong = parse("de", "hallo\n[[gold|1]]", Scheme::Kinds).unwrap_err();
        assert_eq!(
            wrong.to_string(),
            "de.txt:2: `gold` is neither a type of the taxonomy nor one of its kinds"
        );
        let lost = parse("de", "hallo\n<< und?\n", Scheme::Kinds).unwrap_err();
        assert_eq!(lost.to_string(), "de.txt:2: what was said before is followed by no message");
    }
}
