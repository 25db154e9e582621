//! Reading a log's files. The reading itself is the caller's: this crate has no IO.

use crate::{
    Hash, LedgerError, MAX_SIZE, bundle,
    hash::HASH_BYTES,
    path::{self, WIDTH},
};
use std::{
    cell::RefCell,
    collections::{BTreeMap, HashMap, hash_map::Entry},
};
use tlog_tiles::{HashReader, Tile};

/// The caller's access to the folder (or server, or bucket) where a log lies.
pub trait TileReader {
    /// The content of the file at this path (`tile/0/x001/234`), `None` if there is no such file.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String>;

    /// The names of the files directly in this folder (`tile/0/000.p`), empty if there is none.
    ///
    /// Only [`verify`](fn@crate::verify) asks, to look at partial tiles that were left behind. A reader
    /// that cannot list keeps this default; then files that no proof needs are not looked at.
    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        let _ = folder;
        Ok(Vec::new())
    }
}

/// Files in memory.
impl TileReader for BTreeMap<String, Vec<u8>> {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        Ok(self.get(path).cloned())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, String> {
        let prefix = format!("{folder}/");
        let names = self.range(prefix.clone()..).map_while(|(path, _)| path.strip_prefix(&prefix));
        Ok(names.filter(|name| !name.contains('/')).map(str::to_owned).collect())
    }
}

/// A file to write: its path within the log's folder and its whole content.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TileWrite {
    /// As in C2SP `tlog-tiles`: `tile/0/000.p/17`.
    pub path: String,
    /// The whole content. A file that exists already has the same bytes.
    pub bytes: Vec<u8>,
}

/// A file that was found, perhaps a fuller one than was asked for.
pub(crate) struct Found {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// Holds exactly the width that was asked for.
    pub(crate) exact: bool,
}

/// Reads a partial file, or the full one in its place: a log may delete partial ones once the full
/// one is there.
pub(crate) fn find(
    reader: &dyn TileReader,
    path_of: impl Fn(u16) -> String,
    width: u16,
) -> Result<Found, LedgerError> {
    let read = |width| {
        let path = path_of(width);
        match reader.read(&path) {
            Ok(bytes) => Ok(bytes.map(|bytes| (path, bytes))),
            Err(reason) => Err(LedgerError::Unreadable { place: path, reason }),
        }
    };
    if let Some((path, bytes)) = read(width)? {
        return Ok(Found { path, bytes, exact: true });
    }
    if width < WIDTH
        && let Some((path, bytes)) = read(WIDTH)?
    {
        return Ok(Found { path, bytes, exact: false });
    }
    Err(LedgerError::Missing(path_of(width)))
}

/// The hashes of one tile as bytes, exactly `width` of them.
pub(crate) fn read_tile(
    reader: &dyn TileReader,
    level: u8,
    number: u64,
    width: u16,
) -> Result<Vec<u8>, LedgerError> {
    let Found { path, mut bytes, exact } = find(reader, |width| path::tile(level, number, width), width)?;
    let expected = usize::from(width) * HASH_BYTES;
    if bytes.len() < expected || (exact && bytes.len() > expected) {
        let what = format!("{} bytes instead of {expected}", bytes.len());
        return Err(LedgerError::Malformed { place: path, what });
    }
    bytes.truncate(expected);
    Ok(bytes)
}

/// The bytes of the first `width` entries of a bundle, which holds at least as many.
pub(crate) fn read_bundle(reader: &dyn TileReader, number: u64, width: u16) -> Result<Vec<u8>, LedgerError> {
    let Found { path, mut bytes, exact } = find(reader, |width| path::bundle(number, width), width)?;
    let mut entries = bundle::entries(&bytes);
    let whole = entries.by_ref().take(width.into()).flatten().count();
    let rest = entries.rest().len();
    if whole < usize::from(width) || (exact && rest > 0) {
        return Err(LedgerError::malformed(path, format!("does not hold exactly {width} entries")));
    }
    bytes.truncate(bytes.len() - rest);
    Ok(bytes)
}

/// One entry of a log of `size` entries, as it is stored. Whether it is the entry that was logged
/// only a proof tells: [`inclusion_proof`](crate::inclusion_proof).
pub fn read_entry(reader: &dyn TileReader, size: u64, index: u64) -> Result<Vec<u8>, LedgerError> {
    if size > MAX_SIZE {
        return Err(LedgerError::TreeTooLarge(size));
    }
    if index >= size {
        return Err(LedgerError::OutOfRange { index, size });
    }
    let number = index / u64::from(WIDTH);
    let bytes = read_bundle(reader, number, path::width(size, 0, number))?;
    let entry = bundle::entries(&bytes).nth((index % u64::from(WIDTH)) as usize);
    match entry {
        Some(Ok(entry)) => Ok(entry.to_vec()),
        _ => Err(LedgerError::Missing(format!("entry {index}"))),
    }
}

/// The hashes of a tree, read from its tiles as they are asked for.
pub(crate) struct StoredHashes<'a> {
    reader: &'a dyn TileReader,
    size: u64,
    tiles: RefCell<HashMap<Tile, Vec<u8>>>,
    /// `tlog_tiles` has no room for our errors, so they wait here.
    failed: RefCell<Option<LedgerError>>,
}

impl<'a> StoredHashes<'a> {
    pub(crate) fn new(reader: &'a dyn TileReader, size: u64) -> Result<Self, LedgerError> {
        if size > MAX_SIZE {
            return Err(LedgerError::TreeTooLarge(size));
        }
        Ok(Self { reader, size, tiles: RefCell::default(), failed: RefCell::default() })
    }

    /// Runs a computation on these hashes and gives the reason when reading failed.
    pub(crate) fn compute<T>(
        &self,
        compute: impl FnOnce(&Self) -> Result<T, tlog_tiles::Error>,
    ) -> Result<T, LedgerError> {
        compute(self).map_err(|error| {
            self.failed
                .take()
                .unwrap_or_else(|| LedgerError::malformed("the stored tiles", error.to_string()))
        })
    }

    fn hash(&self, index: u64) -> Result<tlog_tiles::Hash, tlog_tiles::Error> {
        let tile =
            Tile::from_index(8, index).parent(0, self.size).ok_or(tlog_tiles::Error::IndexesNotInTree)?;
        match self.tiles.borrow_mut().entry(tile) {
            Entry::Occupied(bytes) => tile.hash_at_index(bytes.get(), index),
            Entry::Vacant(place) => {
                let width = u16::try_from(tile.width()).unwrap_or(WIDTH);
                let bytes = read_tile(self.reader, tile.level(), tile.level_index(), width);
                let bytes = bytes.map_err(|error| {
                    self.failed.replace(Some(error));
                    tlog_tiles::Error::InvalidTile
                })?;
                tile.hash_at_index(place.insert(bytes), index)
            }
        }
    }
}

impl HashReader for StoredHashes<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        indexes.iter().map(|index| self.hash(*index)).collect()
    }
}

/// Our hashes as `tlog_tiles` wants them.
pub(crate) fn wrap(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().map(|hash| tlog_tiles::Hash(*hash)).collect()
}
