//! What a disk surely holds at each moment of a trace: what a completed sync had been asked to keep, and
//! nothing that was only written.

use super::trace::Call;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// A file's content.
#[derive(Default)]
struct Content {
    /// As programs read it now.
    written: Vec<u8>,
    /// As it survives a power cut.
    kept: Vec<u8>,
}

/// Something that happened to a disk.
enum Change {
    Write {
        at: usize,
        bytes: Vec<u8>,
    },
    Cut {
        length: usize,
    },
    /// A sync began: what is written by now will be kept.
    SyncBegan,
    /// It completed.
    SyncEnded,
}

/// A database's files on a disk that loses what no sync has covered.
pub(super) struct Disk {
    files: BTreeMap<PathBuf, Content>,
    /// What the syncs under way will keep: the lines at which they end, files and contents.
    under_way: Vec<(usize, PathBuf, Vec<u8>)>,
    changes: std::vec::IntoIter<(usize, usize, PathBuf, Change)>,
    next: Option<(usize, usize, PathBuf, Change)>,
    /// Counts up whenever more is kept.
    pub(super) version: usize,
}

impl Disk {
    /// The files as they were before the first call, all of it durable, and the calls to come.
    pub(super) fn new(files: BTreeMap<PathBuf, Vec<u8>>, calls: &[Call]) -> Self {
        let content =
            |(path, bytes): (PathBuf, Vec<u8>)| (path, Content { written: bytes.clone(), kept: bytes });
        let files: BTreeMap<_, _> = files.into_iter().map(content).collect();
        let mut changes = Vec::new();
        for call in calls.iter().filter(|call| call.result >= 0) {
            let path = call.file();
            if !files.contains_key(&path) {
                continue;
            }
            match call.name.as_str() {
                "pwrite64" => {
                    let bytes = call.bytes();
                    assert_eq!(bytes.len() as i64, call.result, "a write was cut short");
                    let at = usize::try_from(call.number_from_end(0).unwrap()).unwrap();
                    changes.push((call.ended, call.ended, path, Change::Write { at, bytes }));
                }
                "ftruncate" => {
                    let length = usize::try_from(call.number_from_end(0).unwrap()).unwrap();
                    changes.push((call.ended, call.ended, path, Change::Cut { length }));
                }
                "fsync" | "fdatasync" => {
                    changes.push((call.began, call.ended, path.clone(), Change::SyncBegan));
                    changes.push((call.ended, call.ended, path, Change::SyncEnded));
                }
                other => panic!("the database is written by {other}, which this test does not follow"),
            }
        }
        changes.sort_by_key(|(line, ..)| *line);
        let mut changes = changes.into_iter();
        let next = changes.next();
        Self { files, under_way: vec![], changes, next, version: 0 }
    }

    /// Goes on to just before a line of the trace.
    pub(super) fn advance_to(&mut self, line: usize) {
        while let Some((_, ended, path, change)) = self.next.take_if(|(at, ..)| *at < line) {
            let content = self.files.get_mut(&path).expect("only calls about these files are followed");
            match change {
                Change::Write { at, bytes } => {
                    if content.written.len() < at + bytes.len() {
                        content.written.resize(at + bytes.len(), 0);
                    }
                    content.written[at..at + bytes.len()].copy_from_slice(&bytes);
                }
                Change::Cut { length } => content.written.resize(length, 0),
                Change::SyncBegan => self.under_way.push((ended, path, content.written.clone())),
                Change::SyncEnded => {
                    let which = self.under_way.iter().position(|(end, of, _)| *end == ended && *of == path);
                    let (.., bytes) = self.under_way.remove(which.expect("a sync ends after it begins"));
                    content.kept = bytes;
                    self.version += 1;
                }
            }
            self.next = self.changes.next();
        }
    }

    /// Writes what is kept into a folder, as the computer would find it after a power cut at this moment.
    pub(super) fn after_a_power_cut(&self, folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        for (path, content) in &self.files {
            let name = path.file_name().expect("a file has a name");
            if !content.kept.is_empty() {
                fs::write(folder.join(name), &content.kept).unwrap();
            }
        }
    }
}
