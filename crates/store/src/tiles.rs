//! Where the ledger's tiles and bundles lie.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A place for the files of one brand's log. Files are written whole, and replaced only by the same bytes
/// or by a longer version of themselves.
pub trait Tiles: Send + Sync {
    /// The file, or `None` if it is not there.
    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>>;
    /// Writes the file and makes it durable before returning.
    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()>;
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
        let mut scratch = place.clone().into_os_string();
        scratch.push(".new");
        let scratch = PathBuf::from(scratch);
        let mut file = fs::File::create(&scratch)?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
        fs::rename(&scratch, &place)?;
        fs::File::open(&folder)?.sync_all()
    }

    fn remove_partial(&self, path: &str) -> io::Result<()> {
        match fs::remove_dir_all(self.place(&format!("{path}.p"))?) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }
}
