//! The right edge of a tree: the unfinished tile of every level. It is all that appending needs, and
//! all that checking a log from its first entry to its last needs.

use crate::{
    Hash,
    hash::{EMPTY_ROOT, HASH_BYTES},
    path::WIDTH,
};
use tlog_tiles::{HashReader, Tile};

#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Frontier {
    pub(crate) size: u64,
    /// By level: the hashes of its unfinished tile, fewer than 256.
    pub(crate) levels: Vec<Vec<u8>>,
}

/// A tile that got its last hash.
pub(crate) struct FullTile {
    pub(crate) level: u8,
    pub(crate) number: u64,
    pub(crate) bytes: Vec<u8>,
    /// The hash of the whole tile, which stands in the level above.
    pub(crate) hash: Hash,
}

impl Frontier {
    /// Adds the hash of the next entry and gives the tiles that it completes, lowest level first.
    pub(crate) fn push(&mut self, leaf: Hash) -> Vec<FullTile> {
        self.size += 1;
        let mut completed = Vec::new();
        let mut hash = leaf;
        for level in 0_u8.. {
            let index = usize::from(level);
            if self.levels.len() == index {
                self.levels.push(Vec::new());
            }
            self.levels[index].extend_from_slice(&hash);
            if self.levels[index].len() < usize::from(WIDTH) * HASH_BYTES {
                break;
            }
            let bytes = std::mem::take(&mut self.levels[index]);
            hash = Tile::subtree_hash(&bytes).0;
            let number = (self.size >> (8 * (u32::from(level) + 1))) - 1;
            completed.push(FullTile { level, number, bytes, hash });
        }
        completed
    }

    pub(crate) fn root(&self) -> Hash {
        if self.size == 0 {
            return EMPTY_ROOT;
        }
        // Every subtree that the root is made of lies in the unfinished tile of its level.
        tlog_tiles::tree_hash(self.size, self).expect("the frontier holds every subtree of the root").0
    }
}

impl HashReader for Frontier {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let hash = |index: &u64| {
            let tile = Tile::from_index(8, *index);
            let level = self.levels.get(usize::from(tile.level()));
            tile.hash_at_index(level.ok_or(tlog_tiles::Error::IndexesNotInTree)?, *index)
        };
        indexes.iter().map(hash).collect()
    }
}
