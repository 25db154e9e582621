//! The stored files that the verifier compares with what it computed.

use crate::{
    Fault, Hash, TileReader,
    files::{Found, find},
    hash::HASH_BYTES,
    path::{self, WIDTH},
};

/// One stored tile.
pub(super) struct Stored {
    pub(super) number: u64,
    level: u8,
    width: u16,
    path: String,
    bytes: Vec<u8>,
    exact: bool,
}

/// The first entry under the `index`-th hash of a level.
fn first_entry(level: u8, index: u64) -> u64 {
    index << (8 * u32::from(level))
}

impl Stored {
    pub(super) fn read(reader: &dyn TileReader, size: u64, level: u8, number: u64) -> Result<Self, Fault> {
        let width = path::width(size, level, number);
        let Found { path, bytes, exact } = find(reader, |width| path::tile(level, number, width), width)
            .map_err(|error| Fault::of_file(first_entry(level, number * u64::from(WIDTH)), error))?;
        Ok(Self { number, level, width, path, bytes, exact })
    }

    /// The `index`-th hash of the level, if this tile holds it.
    pub(super) fn hash(&self, index: u64) -> Option<Hash> {
        let start = (index % u64::from(WIDTH)) as usize * HASH_BYTES;
        self.bytes.get(start..start + HASH_BYTES)?.try_into().ok()
    }

    /// Compares the `index`-th hash of the level with the one that was computed.
    pub(super) fn compare(&self, index: u64, computed: Hash) -> Result<(), Fault> {
        let first = first_entry(self.level, index);
        let what = match self.hash(index) {
            Some(hash) if hash == computed => return Ok(()),
            None => "the file ends before this entry's hash".to_owned(),
            Some(_) if self.level == 0 => "its hash is not that of the entry".to_owned(),
            Some(_) => {
                let last = first_entry(self.level, index + 1) - 1;
                format!("its hash is not that of the entries {first} to {last}")
            }
        };
        Err(Fault::at(first, &*self.path, what))
    }

    /// A tile that is longer than it must be holds hashes of entries that are not in the log.
    pub(super) fn ends_where_it_must(&self) -> Result<(), Fault> {
        let rest = self.bytes.len().saturating_sub(usize::from(self.width) * HASH_BYTES);
        if !self.exact || rest == 0 {
            return Ok(());
        }
        let next = first_entry(self.level, self.number * u64::from(WIDTH) + u64::from(self.width));
        Err(Fault::at(next, &*self.path, format!("{rest} bytes after its last hash")))
    }
}

/// The widths, smaller than `count`, of the partial files beside a full one. Wider ones were written
/// ahead of their checkpoint: nobody vouches for them yet, and they are not looked at.
fn leftover_widths(reader: &dyn TileReader, full: &str, count: u16) -> Result<Vec<u16>, String> {
    let names = reader.list(&format!("{full}.p"))?;
    let width = |name: &String| name.parse().ok().filter(|width: &u16| width.to_string() == *name);
    let mut widths: Vec<u16> =
        names.iter().filter_map(width).filter(|width| (1..count).contains(width)).collect();
    widths.sort_unstable();
    Ok(widths)
}

/// Partial tiles that smaller trees left behind must be the beginning of this one.
pub(super) fn leftover_tiles(
    reader: &dyn TileReader,
    level: u8,
    number: u64,
    checked: &[u8],
) -> Result<(), Fault> {
    let first = number * u64::from(WIDTH);
    let count = (checked.len() / HASH_BYTES) as u16;
    let full = path::tile(level, number, WIDTH);
    let failed = |place: &str, what| Fault::at(first_entry(level, first), place, what);
    for width in leftover_widths(reader, &full, count).map_err(|what| failed(&full, what))? {
        let place = path::tile(level, number, width);
        let Some(bytes) = reader.read(&place).map_err(|what| failed(&place, what))? else { continue };
        if bytes != checked[..usize::from(width) * HASH_BYTES] {
            let position = (same_bytes(&bytes, checked) / HASH_BYTES).min(width.into());
            return Err(leftover_fault(first_entry(level, first + position as u64), place));
        }
    }
    Ok(())
}

/// The same for bundles; `checked` is the bundle, which has `count` entries.
pub(super) fn leftover_bundles(
    reader: &dyn TileReader,
    number: u64,
    count: u16,
    checked: &[u8],
) -> Result<(), Fault> {
    let first = number * u64::from(WIDTH);
    let full = path::bundle(number, WIDTH);
    let failed = |place: &str, what| Fault::at(first, place, what);
    for width in leftover_widths(reader, &full, count).map_err(|what| failed(&full, what))? {
        let place = path::bundle(number, width);
        let Some(bytes) = reader.read(&place).map_err(|what| failed(&place, what))? else { continue };
        if bytes != checked[..end_of_entry(checked, width)] {
            let same = same_bytes(&bytes, checked);
            let whole = (1..=width).take_while(|entry| end_of_entry(checked, *entry) <= same).count();
            return Err(leftover_fault(first + whole as u64, place));
        }
    }
    Ok(())
}

fn leftover_fault(index: u64, place: String) -> Fault {
    Fault::at(index, place, "left behind by a smaller tree, and not the beginning of this one")
}

/// Where the first `count` entries of a well-formed bundle end, in bytes.
fn end_of_entry(bundle: &[u8], count: u16) -> usize {
    let mut entries = crate::bundle::entries(bundle);
    entries.by_ref().take(count.into()).for_each(drop);
    bundle.len() - entries.rest().len()
}

/// How many bytes are the same from the start.
fn same_bytes(left: &[u8], right: &[u8]) -> usize {
    left.iter().zip(right).take_while(|(left, right)| left == right).count()
}
