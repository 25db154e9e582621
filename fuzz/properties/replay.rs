//! What fuzzing reached once, again: part of the tests of the crates that are fuzzed.

use std::{fs, panic, path::Path};

/// Shows a property everything that the target's corpus holds.
pub(crate) fn replay(target: &str, holds: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let files = fs::read_dir(&folder).expect("the corpus is part of the repository");
    let files: Vec<_> = files.map(|file| file.expect("its files can be listed").path()).collect();
    assert!(files.len() > 100, "{} has {} files", folder.display(), files.len());
    for file in files {
        let bytes = fs::read(&file).expect("and read");
        assert!(panic::catch_unwind(|| holds(&bytes)).is_ok(), "{}", file.display());
    }
}
