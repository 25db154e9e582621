//! Where the input comes from: files, one after another, or standard input.

use super::super::Failure;
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// An input that is open.
pub(in super::super) struct Input {
    /// What to call it in a message; empty for the only or standard input.
    name: String,
    /// How many bytes it has, if that is known.
    pub(super) size: Option<u64>,
    /// Its bytes.
    pub(in super::super) bytes: Box<dyn Read + Send>,
}

impl Input {
    fn standard() -> Self {
        Self { name: String::new(), size: None, bytes: Box::new(io::stdin()) }
    }

    fn file(path: &Path, alone: bool) -> Result<Self, Failure> {
        let cannot = |e: io::Error| Failure::new(format!("cannot read {}: {e}", path.display()));
        let file = File::open(path).map_err(cannot)?;
        let about = file.metadata().map_err(cannot)?;
        if about.is_dir() {
            return Err(Failure::new(format!("{} is a folder", path.display())));
        }
        let name = if alone { String::new() } else { format!("{}: ", path.display()) };
        Ok(Self { name, size: about.is_file().then_some(about.len()), bytes: Box::new(file) })
    }

    /// A message about this input.
    pub(in super::super) fn says(name: &str, what: impl std::fmt::Display) -> Failure {
        Failure::new(format!("{name}{what}"))
    }

    /// What stands before a message about it.
    pub(in super::super) fn name(&self) -> String {
        self.name.clone()
    }
}

/// Opens all files before the first is read, so that a wrong name costs no work; standard input without any, or
/// for `-`.
pub(in super::super) fn open(paths: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    if paths.is_empty() {
        return Ok(vec![Input::standard()]);
    }
    let open = |path: &PathBuf| {
        if path == Path::new("-") { Ok(Input::standard()) } else { Input::file(path, paths.len() == 1) }
    };
    paths.iter().map(open).collect()
}

/// How many bytes all of them have, if that is known.
pub(in super::super) fn size(inputs: &[Input]) -> Option<u64> {
    inputs.iter().map(|input| input.size).sum()
}
