//! One process per data folder.

use aside_store::StoreError;
use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
};

/// The file that is locked, in the data folder.
pub(crate) const NAME: &str = "aside.lock";

/// The data folder is this process's own until this is dropped. The operating system takes the lock back when
/// the process ends, however it ends.
#[derive(Debug)]
pub struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Takes the folder, or says which process has it.
    pub fn take(folder: &Path) -> Result<Self, StoreError> {
        let cannot = |e: std::io::Error| StoreError::CannotWrite(format!("{NAME}: {e}"));
        let place = folder.join(NAME);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(place)
            .map_err(cannot)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::InUse { pid: pid_in(&mut file) }),
            Err(TryLockError::Error(e)) => return Err(cannot(e)),
        }
        file.set_len(0).map_err(cannot)?;
        file.rewind().map_err(cannot)?;
        writeln!(file, "{}", std::process::id()).map_err(cannot)?;
        Ok(Self { _file: file })
    }
}

/// The process id that the holder wrote; 0 if it has not got that far.
fn pid_in(file: &mut File) -> u32 {
    let mut text = String::new();
    file.read_to_string(&mut text).ok().and_then(|_| text.trim().parse().ok()).unwrap_or(0)
}
