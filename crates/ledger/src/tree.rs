//! The tree in memory: what appending needs, and nothing else.

use crate::{
    Checkpoint, Hash, LedgerError, MAX_SIZE, TileReader, TileWrite,
    bundle::{self, MAX_ENTRY},
    files::{read_bundle, read_tile},
    frontier::Frontier,
    hash::{EMPTY_ROOT, HASH_BYTES, leaf_hash},
    path::{self, WIDTH},
};

/// A log's state: its size, its root, and its unfinished tiles and bundle (a few kilobytes and at
/// most 255 entries). It never changes: [`append`](Self::append) gives the next one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
    frontier: Frontier,
    /// The unfinished bundle, encoded.
    bundle: Vec<u8>,
    root: Hash,
}

impl Tree {
    /// The tree before the first entry.
    pub fn empty() -> Self {
        Self { frontier: Frontier::default(), bundle: Vec::new(), root: EMPTY_ROOT }
    }

    /// Reads the state of a log of `size` entries: one file a level and one bundle.
    ///
    /// The unfinished bundle is compared with its hashes; whether all this is the tree that was signed
    /// only its root tells. Prefer [`resume`](Self::resume) where there is a checkpoint.
    pub fn load(reader: &dyn TileReader, size: u64) -> Result<Self, LedgerError> {
        if size > MAX_SIZE {
            return Err(LedgerError::TreeTooLarge(size));
        }
        let mut levels = Vec::new();
        for level in 0_u8.. {
            let hashes = size >> (8 * u32::from(level));
            if hashes == 0 {
                break;
            }
            let number = hashes / u64::from(WIDTH);
            levels.push(match path::width(size, level, number) {
                0 => Vec::new(),
                width => read_tile(reader, level, number, width)?,
            });
        }
        let number = size / u64::from(WIDTH);
        let bundle = match path::width(size, 0, number) {
            0 => Vec::new(),
            width => {
                let bundle = read_bundle(reader, number, width)?;
                let hashes: Vec<u8> = bundle::entries(&bundle).flatten().flat_map(leaf_hash).collect();
                if levels.first() != Some(&hashes) {
                    let place = path::bundle(number, width);
                    return Err(LedgerError::malformed(place, "its entries are not those of the tile"));
                }
                bundle
            }
        };
        let frontier = Frontier { size, levels };
        let root = frontier.root();
        Ok(Self { frontier, bundle, root })
    }

    /// Reads the state that a checkpoint speaks of, and refuses any other.
    pub fn resume(reader: &dyn TileReader, checkpoint: &Checkpoint) -> Result<Self, LedgerError> {
        let tree = Self::load(reader, checkpoint.size)?;
        if tree.root != checkpoint.root {
            return Err(LedgerError::AnotherTree(checkpoint.size));
        }
        Ok(tree)
    }

    /// Number of entries.
    pub fn size(&self) -> u64 {
        self.frontier.size
    }

    /// The hash that stands for all entries and their order (RFC 6962, section 2.1).
    pub fn root(&self) -> Hash {
        self.root
    }

    /// The tree with these entries at its end, and the files that make it durable: bundles and tiles
    /// of all levels, each full one and the partial ones of the new size.
    ///
    /// Nothing changes here, and the same entries give the same bytes: the caller writes the files as
    /// often as it must and adopts the new tree when they are safe. Write the checkpoint last.
    pub fn append<E: AsRef<[u8]>>(&self, entries: &[E]) -> Result<(Self, Vec<TileWrite>), LedgerError> {
        let too_long = entries.iter().position(|entry| entry.as_ref().len() > MAX_ENTRY);
        if let Some(position) = too_long {
            let length = entries[position].as_ref().len();
            return Err(LedgerError::EntryTooLong { position, length });
        }
        let size = self.size().saturating_add(entries.len() as u64);
        if size > MAX_SIZE {
            return Err(LedgerError::TreeTooLarge(size));
        }
        let mut frontier = self.frontier.clone();
        let mut bundle = self.bundle.clone();
        let mut writes = Vec::new();
        for (position, entry) in entries.iter().enumerate() {
            bundle::push(&mut bundle, position, entry.as_ref())?;
            for tile in frontier.push(leaf_hash(entry.as_ref())) {
                if tile.level == 0 {
                    let bytes = std::mem::take(&mut bundle);
                    writes.push(TileWrite { path: path::bundle(tile.number, WIDTH), bytes });
                }
                writes
                    .push(TileWrite { path: path::tile(tile.level, tile.number, WIDTH), bytes: tile.bytes });
            }
        }
        self.push_partial(&frontier, &bundle, &mut writes);
        let root = frontier.root();
        Ok((Self { frontier, bundle, root }, writes))
    }

    /// The partial files of the new frontier that differ from those of this tree.
    fn push_partial(&self, next: &Frontier, bundle: &[u8], writes: &mut Vec<TileWrite>) {
        for (level, hashes) in (0_u8..).zip(&next.levels) {
            let count = next.size >> (8 * u32::from(level));
            if hashes.is_empty() || count == self.size() >> (8 * u32::from(level)) {
                continue;
            }
            let width = (hashes.len() / HASH_BYTES) as u16;
            let number = count / u64::from(WIDTH);
            if level == 0 {
                writes.push(TileWrite { path: path::bundle(number, width), bytes: bundle.to_vec() });
            }
            writes.push(TileWrite { path: path::tile(level, number, width), bytes: hashes.clone() });
        }
    }
}
