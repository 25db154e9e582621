//! A model's folder: its files by name, none of them read beyond what it may be.

use crate::LoadError;
use serde::de::DeserializeOwned;
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// How long a JSON file or a list of words may be, in bytes; the largest vocabularies take some 20 MB.
const LONGEST_TEXT: u64 = 64 * 1024 * 1024;

pub(crate) struct Folder<'p>(pub(crate) &'p Path);

impl Folder<'_> {
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// The text of a file that must be there.
    pub(crate) fn text(&self, name: &str) -> Result<String, LoadError> {
        let path = self.path(name);
        match self.read(name) {
            Ok(bytes) if bytes.len() as u64 > LONGEST_TEXT => Err(LoadError::TooLarge {
                path,
                what: "its length in bytes",
                is: bytes.len() as u64,
                at_most: LONGEST_TEXT,
            }),
            Ok(bytes) => String::from_utf8(bytes)
                .map_err(|_| LoadError::Malformed { path, why: "is not UTF-8".to_owned() }),
            Err(source) => Err(LoadError::Unreadable { path, source }),
        }
    }

    /// The text of a file that may be missing.
    pub(crate) fn text_if_any(&self, name: &str) -> Result<Option<String>, LoadError> {
        match self.text(name) {
            Err(LoadError::Unreadable { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        }
    }

    /// What a JSON file says.
    pub(crate) fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, LoadError> {
        self.parse(name, &self.text(name)?)
    }

    /// What a JSON file says that was read already.
    pub(crate) fn parse<T: DeserializeOwned>(&self, name: &str, text: &str) -> Result<T, LoadError> {
        serde_json::from_str(text).map_err(|e| LoadError::Malformed {
            path: self.path(name),
            why: format!("is not understood: {e}"),
        })
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.path(name))?.take(LONGEST_TEXT + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
