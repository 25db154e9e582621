//! Where the ledger's tiles and bundles lie.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A place for the files of one brand's log. Files are written whole, and replaced only by the same bytes
/// or by a longer version of themselves. Several processes may share it.
pub trait Tiles: Send + Sync {
    /// The file, or `None` if it is not there.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;
    /// Writes the file and makes it durable before returning.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
    /// Writes the file if `better` says so about what is there now (`None` for nothing), as [`Self::write`]
    /// does. Nobody else who uses this method writes it in between. Returns whether it was written.
    fn replace(&self, path: &str, bytes: &[u8], better: &dyn Fn(Option<&[u8]>) -> bool) -> io::Result<bool>;
    /// Removes the shorter versions of a file that is full by now (`<path>.p/<width>`), if there are any.
    /// Whoever asks for one of them gets along with the full one.
    fn remove_partial(&self, path: &str) -> io::Result<()>;
}

/// Tiles in a local folder.
#[derive(Clone, Debug)]
pub struct FolderTiles {
    root: PathBuf,
}

impl FolderTiles {
    /// The folder of one brand's log; made when first written to.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a log path lies, or an error for one that would lead out of the folder.
    fn place(&self, path: &str) -> io::Result<PathBuf> {
        let clean = path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        if clean && !path.contains('\\') {
            Ok(self.root.join(path))
        } else {
            Err(io::Error::new(io::ErrorKind::InvalidInput, "not a path within a log"))
        }
    }
}

impl Tiles for FolderTiles {
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.place(path)?) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(e),
        }
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let place = self.place(path)?;
        let folder = place.parent().unwrap_or(&self.root).to_path_buf();
        fs::create_dir_all(&folder)?;
        let (scratch, mut file) = scratch_beside(&place)?;
        let written = io::Write::write_all(&mut file, bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&scratch, &place));
        if written.is_err() {
            // The disk may be full: what is left of it would only be in the way.
            drop(fs::remove_file(&scratch));
        }
        written?;
        fs::File::open(&folder)?.sync_all()
    }

    fn replace(&self, path: &str, bytes: &[u8], better: &dyn Fn(Option<&[u8]>) -> bool) -> io::Result<bool> {
        let place = self.place(path)?;
        fs::create_dir_all(place.parent().unwrap_or(&self.root))?;
        let mut lock = place.into_os_string();
        lock.push(".lock");
        let lock = fs::OpenOptions::new().write(true).create(true).truncate(false).open(lock)?;
        // Held until it is closed, and given back by the system if this process dies.
        lock.lock()?;
        if !better(self.read(path)?.as_deref()) {
            return Ok(false);
        }
        self.write(path, bytes).map(|()| true)
    }

    fn remove_partial(&self, path: &str) -> io::Result<()> {
        match fs::remove_dir_all(self.place(&format!("{path}.p"))?) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }
}

/// How many processes may be writing one file, or have died while they did, before that is an error.
const SCRATCH_FILES: u32 = 1_000;

/// A new file beside the place, which nobody else has: two processes may be writing the same file.
fn scratch_beside(place: &Path) -> io::Result<(PathBuf, fs::File)> {
    for number in 0..SCRATCH_FILES {
        let mut name = place.as_os_str().to_owned();
        name.push(format!(".new{number}"));
        match fs::OpenOptions::new().write(true).create_new(true).open(&name) {
            Ok(file) => return Ok((name.into(), file)),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
    }
    Err(io::Error::new(io::ErrorKind::AlreadyExists, "too many unfinished files lie beside it"))
}

#[cfg(test)]
mod tests;
