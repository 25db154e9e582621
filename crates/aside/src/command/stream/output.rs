//! Where the output goes: a file, or standard output.

use super::{
    super::{Failure, terminal},
    progress::Progress,
};
use crate::world::SystemClock;
use std::{
    fmt::Display,
    fs::File,
    io::Write,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

/// An output that is open, and what is told of it on the way.
pub(in super::super) struct Output {
    file: Option<(File, PathBuf)>,
    progress: Progress,
}

impl Output {
    /// A new file, or standard output. `size` is how many bytes will be read, if that is known.
    pub(in super::super) fn open(path: Option<&Path>, size: Option<u64>) -> Result<Self, Failure> {
        let create = |path: &Path| {
            let file = File::create(path);
            file.map(|file| (file, path.to_owned())).map_err(|e| cannot(path, &e))
        };
        let file = path.map(create).transpose()?;
        let progress = Progress::new(SystemClock, size, file.is_some());
        Ok(Self { file, progress })
    }

    /// Writes at once. Breaks off when nobody reads it any more.
    pub(in super::super) fn write(&mut self, bytes: &[u8]) -> Result<ControlFlow<()>, Failure> {
        let goes_on = match &mut self.file {
            Some((file, path)) => file.write_all(bytes).map(|()| true).map_err(|e| cannot(path, &e))?,
            None => bytes.is_empty() || terminal::write(bytes)?,
        };
        Ok(if goes_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
    }

    /// So many bytes more were read, and so many findings more were made.
    pub(in super::super) fn went_on(&mut self, bytes: usize, findings: usize) {
        self.progress.went_on(bytes, findings);
    }

    /// Something that whoever looks on should know, while the work goes on.
    pub(in super::super) fn tell(&mut self, what: impl Display) {
        self.progress.tell(what);
    }

    /// Everything is written.
    pub(in super::super) fn end(mut self) {
        self.progress.end();
    }
}

fn cannot(path: &Path, e: &std::io::Error) -> Failure {
    Failure::new(format!("cannot write {}: {e}", path.display()))
}
