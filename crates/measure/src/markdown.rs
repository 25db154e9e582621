//! Tables in documents: written between two markers, so that the words around them stay.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome, While};

/// A table with its first column to the left and the others to the right.
pub(crate) struct Table {
    columns: usize,
    text: String,
}

impl Table {
    pub(crate) fn new(head: &[&str]) -> Self {
        let mut table = Self { columns: head.len(), text: String::new() };
        table.row(&head.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>());
        table.text.push_str("|---|");
        table.text.push_str(&"--:|".repeat(head.len() - 1));
        table.text.push('\n');
        table
    }

    pub(crate) fn row(&mut self, cells: &[String]) {
        assert_eq!(cells.len(), self.columns, "a row has a cell for each column");
        writeln!(self.text, "| {} |", cells.join(" | ")).expect("writing to a string cannot fail");
    }

    pub(crate) fn finish(mut self) -> String {
        self.text.push('\n');
        self.text
    }
}

/// Puts the text between `<!-- NAME -->` and `<!-- end of NAME -->`.
pub(crate) fn replace(path: &Path, name: &str, text: &str) -> Outcome {
    let document = fs::read_to_string(path).while_doing(path.display().to_string())?;
    let replaced = replaced(&document, name, text)
        .map_err(|marker| Failure::NoMarker { path: path.display().to_string(), marker })?;
    if replaced == document {
        return Ok(());
    }
    fs::write(path, replaced).while_doing(path.display().to_string())
}

fn replaced(document: &str, name: &str, text: &str) -> Result<String, String> {
    let (start, end) = (format!("<!-- {name} -->"), format!("<!-- end of {name} -->"));
    let (before, rest) = document.split_once(&start).ok_or_else(|| start.clone())?;
    let (_, after) = rest.split_once(&end).ok_or_else(|| end.clone())?;
    Ok(format!("{before}{start}\n{}\n{end}{after}", text.trim_end()))
}

/// A share with three decimals, or a dash where there is nothing to share.
pub(crate) fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_the_markers_is_replaced_and_the_rest_stays() {
        let document = "a\n<!-- x -->\nold\n<!-- end of x -->\nb\n";
        assert_eq!(replaced(document, "x", "new\n\n").unwrap(), "a\n<!-- x -->\nnew\n<!-- end of x -->\nb\n");
        assert_eq!(replaced(document, "y", "").unwrap_err(), "<!-- y -->");
        assert_eq!(replaced("<!-- x -->", "x", "").unwrap_err(), "<!-- end of x -->");
    }

    #[test]
    fn numbers_are_read_easily() {
        assert_eq!(share(None), "–");
        assert_eq!(share(Some(0.5)), "0.500");
    }
}
