//! `cargo xtask assets`: files that others wrote and that we ship are what we once looked at.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::cargo::{command, root};
use crate::failure::{Failure, Outcome, While};
use crate::step::Log;

const FOLDER: &str = "crates/web/static/vendor";
const SUMS: &str = "SHA256SUMS";

/// Compares every vendored file with its recorded SHA-256; a file that is not recorded is a failure too.
pub(crate) fn check(log: &mut Log) -> Outcome {
    let folder = root().join(FOLDER);
    let sums = fs::read_to_string(folder.join(SUMS)).while_doing(&format!("{FOLDER}/{SUMS}"))?;
    let unrecorded: Vec<_> = files_in(&folder)?.difference(&recorded(&sums)).cloned().collect();
    if !unrecorded.is_empty() {
        return Err(Failure::new(format!("not recorded in {FOLDER}/{SUMS}: {}", unrecorded.join(", "))));
    }
    let mut sha256sum = command("sha256sum", ["--check", "--strict", SUMS]);
    log.run(sha256sum.current_dir(folder))
}

/// The names in a `SHA256SUMS` file.
fn recorded(sums: &str) -> BTreeSet<String> {
    sums.lines().filter_map(|line| line.get(66..)).map(str::to_owned).collect()
}

fn files_in(folder: &Path) -> Outcome<BTreeSet<String>> {
    let mut files = BTreeSet::new();
    for entry in fs::read_dir(folder).while_doing(FOLDER)? {
        let name = entry.while_doing(FOLDER)?.file_name().to_string_lossy().into_owned();
        if name != SUMS {
            files.insert(name);
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_are_read_from_both_forms_of_a_sums_file() {
        let sum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let names = recorded(&format!("{sum}  htmx.min.js\n{sum} *sse.js\n"));
        assert_eq!(names, BTreeSet::from(["htmx.min.js".to_owned(), "sse.js".to_owned()]));
    }
}
