//! Reads corpora in columns: a piece and its tag a line, an empty line after each text.

use crate::Label;
use std::path::{Path, PathBuf};

/// A file that is needed cannot be read.
#[derive(Debug)]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub why: std::io::Error,
}

impl std::fmt::Display for Unreadable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} cannot be read: {}", self.path.display(), self.why)
    }
}

impl std::error::Error for Unreadable {}

/// A text with the names in it; `handles` are neither right nor wrong when found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labelled {
    pub(crate) text: String,
    pub(crate) spans: Vec<(usize, usize, Label)>,
    pub(crate) handles: Vec<(usize, usize)>,
}

pub(crate) fn read_file(path: &Path) -> Result<String, Unreadable> {
    let bytes = std::fs::read(path).map_err(|why| Unreadable { path: path.to_owned(), why })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The texts of a file, their pieces joined as people write them.
pub(crate) fn read(path: &Path) -> Result<Vec<Labelled>, Unreadable> {
    let content = read_file(path)?;
    let (mut texts, mut rows) = (Vec::new(), Vec::new());
    for line in content.lines() {
        let mut columns = line.split_whitespace();
        match (columns.next(), columns.next_back()) {
            (Some(piece), Some(tag)) => rows.push((piece, tag)),
            (None, _) if !rows.is_empty() => {
                texts.push(join(&rows));
                rows.clear();
            }
            _ => {}
        }
    }
    if !rows.is_empty() {
        texts.push(join(&rows));
    }
    Ok(texts)
}

fn label(tag: &str) -> Option<(Label, bool)> {
    let (place, name) = tag.split_once('-')?;
    let label = match name.to_ascii_lowercase().as_str() {
        "per" | "person" => Label::Person,
        "loc" | "location" => Label::Place,
        "org" | "corporation" | "group" => Label::Organisation,
        _ => return None,
    };
    Some((label, place == "I"))
}

fn join(rows: &[(&str, &str)]) -> Labelled {
    let mut out = Labelled::default();
    let mut previous = "";
    let mut open: Option<Label> = None;
    for (piece, tag) in rows {
        let opens = matches!(previous, "@" | "#" | "(" | "[" | "$" | "£" | "€");
        if !out.text.is_empty() && !opens && !closes(piece) {
            out.text.push(' ');
        }
        let start = out.text.len();
        out.text.push_str(piece);
        let end = out.text.len();
        if previous == "@" || (piece.starts_with('@') && piece.len() > 1) {
            out.handles.push((start - usize::from(previous == "@"), end));
            open = None;
        } else if *piece != "@"
            && let Some((label, goes_on)) = label(tag)
        {
            match out.spans.last_mut() {
                Some(span) if goes_on && open == Some(label) => span.1 = end,
                _ => out.spans.push((start, end, label)),
            }
            open = Some(label);
        } else {
            open = None;
        }
        previous = piece;
    }
    out
}

/// Whether people set no space before the piece.
fn closes(piece: &str) -> bool {
    let clitics = ["'s", "'m", "'d", "'re", "'ve", "'ll", "n't"];
    piece.chars().all(|c| matches!(c, '.' | ',' | '!' | '?' | ':' | ';' | ')' | ']' | '%' | '…'))
        || clitics.iter().any(|c| piece.eq_ignore_ascii_case(c))
}
