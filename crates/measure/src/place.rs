//! Where things lie.

use std::path::{Path, PathBuf};

/// The repository's root folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .expect("this crate lies in a folder of a folder of the repository")
}

/// The labelled corpus.
pub(crate) fn corpus() -> PathBuf {
    root().join("crates/detect/corpus")
}

/// The scores that the tests hold changes against.
pub(crate) fn floor() -> PathBuf {
    root().join("crates/detect/tests/floor.txt")
}

/// The page that keeps what was measured.
pub(crate) fn page() -> PathBuf {
    root().join("docs/detection.md")
}

/// What a detector scored when it was last run, be it ours long ago or somebody else's.
pub(crate) fn kept(name: &str) -> PathBuf {
    root().join("crates/measure/kept").join(format!("{name}.txt"))
}

/// The programs that let others answer.
pub(crate) fn peers() -> PathBuf {
    root().join("crates/measure/peers")
}

/// A folder for what is built and not kept.
pub(crate) fn scratch() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR");
    target.map_or_else(|| root().join("target"), |dir| root().join(dir)).join("peers")
}
