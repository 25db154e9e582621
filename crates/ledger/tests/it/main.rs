//! The ledger as its users see it.
#![expect(clippy::unwrap_used, reason = "where a test cannot go on, it has failed")]

mod golden;
mod hostile;
mod oracle;
mod tampering;
mod tiles;

use aside_ledger::{Checkpoint, Fault, LogKey, Report, TileWrite, Tree, VerifyOptions, verify};
use std::collections::BTreeMap;

/// A log's folder in memory.
type Folder = BTreeMap<String, Vec<u8>>;

const ORIGIN: &str = "example.com/log";

fn key() -> LogKey {
    LogKey::generate(ORIGIN, &mut |seed| seed.fill(42)).unwrap()
}

/// Entries of differing lengths, the same in every run.
fn entries(range: std::ops::Range<u64>) -> Vec<Vec<u8>> {
    range.map(|index| format!("entry {index} {}", "x".repeat(index as usize % 7)).into_bytes()).collect()
}

fn store(folder: &mut Folder, writes: Vec<TileWrite>) {
    for TileWrite { path, bytes } in writes {
        if let Some(before) = folder.insert(path.clone(), bytes.clone()) {
            assert_eq!(before, bytes, "{path} was written twice with different bytes");
        }
    }
}

/// A log that grew in batches of this many entries.
fn log_of(size: u64, batch: u64) -> (Tree, Folder) {
    let mut folder = Folder::new();
    let mut tree = Tree::empty();
    while tree.size() < size {
        let until = size.min(tree.size() + batch);
        let (next, writes) = tree.append(&entries(tree.size()..until)).unwrap();
        store(&mut folder, writes);
        tree = next;
    }
    (tree, folder)
}

fn note(tree: &Tree) -> String {
    Checkpoint { origin: ORIGIN.into(), size: tree.size(), root: tree.root() }.sign(&key()).unwrap()
}

fn check(folder: &Folder, note: &str, options: VerifyOptions<'_>) -> Result<Report, Fault> {
    verify(folder, note, options, &mut |_, _| Ok(()), &mut |_, _| ())
}
