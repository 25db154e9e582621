//! The verifier: reads a whole log again, from its first entry to its last, and believes nothing.

mod stored;

use crate::{
    Checkpoint, Fault, TileReader, bundle, check_inclusion,
    files::{Found, find},
    frontier::Frontier,
    hash::leaf_hash,
    inclusion_proof,
    path::{self, CHECKPOINT, WIDTH},
};
use std::fmt;
use stored::Stored;

const OLDER: &str = "the older checkpoint";

/// What to compare a log with. Without these a log can only be consistent with itself, which a
/// forger who rewrites all of it achieves too.
#[derive(Clone, Copy, Debug, Default)]
pub struct VerifyOptions<'a> {
    /// A checkpoint of the same log (a signed note) that somebody kept from earlier.
    pub since: Option<&'a str>,
    /// The log's verifier key (vkey), had from somewhere else than the log itself.
    pub key: Option<&'a str>,
}

/// The caller's comparison of an entry, given with its index, with what it holds elsewhere; the error
/// says in words how they differ.
pub type OnEntry<'a> = dyn FnMut(u64, &[u8]) -> Result<(), String> + 'a;

/// What was found when nothing is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// The checkpoint that every file agrees with.
    pub checkpoint: Checkpoint,
    /// It extends the older checkpoint of [`VerifyOptions::since`].
    pub compared_with_since: bool,
    /// It carries the signature of [`VerifyOptions::key`]; so does the older one if there is one.
    pub signature_checked: bool,
}

/// One line for people, which claims no more than was checked.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Checkpoint { origin, size, root } = &self.checkpoint;
        write!(f, "{origin}: {size} entries, root {}: ", tlog_tiles::Hash(*root))?;
        f.write_str(match (self.signature_checked, self.compared_with_since) {
            (true, true) => "signature checked, extends the older checkpoint",
            (true, false) => "self-consistent, signature checked, not compared with an older checkpoint",
            (false, true) => "extends the older checkpoint, signature not checked",
            (false, false) => "self-consistent, not compared",
        })
    }
}

/// Reads every bundle and every tile of the log of this checkpoint (a signed note), computes all
/// hashes again and compares every file with them, the root with the checkpoint, the signature with
/// the key, and the log with the older checkpoint.
///
/// `on_entry` gets each entry with its index once its file and its hash agree, and may compare it with
/// what the caller holds elsewhere; an error it gives becomes the fault at that entry. Until `verify`
/// returns a report, no entry is proven. `progress` gets the number of entries done and their total
/// after each bundle.
///
/// Memory: one bundle and one tile a level. Stops at the first entry that is wrong.
pub fn verify(
    reader: &dyn TileReader,
    checkpoint_note: &str,
    options: VerifyOptions<'_>,
    on_entry: &mut OnEntry<'_>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Report, Fault> {
    let checkpoint = open(checkpoint_note, options.key, CHECKPOINT)?;
    let since = options.since.map(|note| open_since(note, options.key, &checkpoint)).transpose()?;
    let mut walk = Walk {
        reader,
        checkpoint: &checkpoint,
        since: since.as_ref(),
        frontier: Frontier::default(),
        stored: Vec::new(),
    };
    walk.compare_with_since()?;
    while walk.frontier.size < checkpoint.size {
        walk.bundle(on_entry)?;
        progress(walk.frontier.size, checkpoint.size);
    }
    walk.finish()?;
    Ok(Report { checkpoint, compared_with_since: since.is_some(), signature_checked: options.key.is_some() })
}

fn open(note: &str, key: Option<&str>, place: &str) -> Result<Checkpoint, Fault> {
    match key {
        Some(key) => Checkpoint::open(note, key),
        None => Checkpoint::parse_unverified(note),
    }
    .map_err(|error| Fault::in_note(place, error.to_string()))
}

fn open_since(note: &str, key: Option<&str>, checkpoint: &Checkpoint) -> Result<Checkpoint, Fault> {
    let since = open(note, key, OLDER)?;
    if since.origin != checkpoint.origin {
        let what = format!("it is of the log {}, not of {}", since.origin, checkpoint.origin);
        return Err(Fault::in_note(OLDER, what));
    }
    if since.size > checkpoint.size {
        let what =
            format!("the log was rolled back: it has {} entries and had {}", checkpoint.size, since.size);
        return Err(Fault::at(checkpoint.size, CHECKPOINT, what));
    }
    Ok(since)
}

/// The walk over the log: what was computed so far, and the stored files it is compared with.
struct Walk<'a> {
    reader: &'a dyn TileReader,
    checkpoint: &'a Checkpoint,
    since: Option<&'a Checkpoint>,
    frontier: Frontier,
    /// By level: the stored tile that the next hash is compared with.
    stored: Vec<Option<Stored>>,
}

impl Walk<'_> {
    /// Walks through the next bundle.
    fn bundle(&mut self, on_entry: &mut OnEntry<'_>) -> Result<(), Fault> {
        let first = self.frontier.size;
        let number = first / u64::from(WIDTH);
        let width = path::width(self.checkpoint.size, 0, number);
        let Found { path: place, bytes, exact } =
            find(self.reader, |width| path::bundle(number, width), width)
                .map_err(|error| Fault::of_file(first, error))?;
        let mut entries = bundle::entries(&bytes);
        for index in first..first + u64::from(width) {
            let entry = match entries.next() {
                Some(Ok(entry)) => entry,
                Some(Err(_)) => return Err(Fault::at(index, place, "the file ends inside this entry")),
                None => return Err(Fault::at(index, place, "the file ends before this entry")),
            };
            self.entry(entry, &place)?;
            on_entry(index, entry).map_err(|what| Fault::at(index, &*place, what))?;
        }
        let rest = entries.rest().len();
        if exact && rest > 0 {
            let what = format!("{rest} bytes after its last entry");
            return Err(Fault::at(first + u64::from(width), place, what));
        }
        stored::leftover_bundles(self.reader, number, width, &bytes[..bytes.len() - rest])
    }

    /// Adds an entry and compares every hash that this gives with the stored tiles.
    fn entry(&mut self, entry: &[u8], place: &str) -> Result<(), Fault> {
        let index = self.frontier.size;
        let leaf = leaf_hash(entry);
        self.stored(0, index)?.compare(index, leaf).map_err(|fault| {
            // One of the two is wrong; the checkpoint, through the rest of the tiles, may tell which.
            let tile_is_right =
                inclusion_proof(self.reader, self.checkpoint.size, index).is_ok_and(|proof| {
                    let Ok(Some(stored)) = self.stored(0, index).map(|stored| stored.hash(index)) else {
                        return false;
                    };
                    check_inclusion(&proof, self.checkpoint.size, index, stored, self.checkpoint.root).is_ok()
                });
            if tile_is_right {
                Fault::at(index, place, "this is not the entry that was logged")
            } else {
                fault
            }
        })?;
        for tile in self.frontier.push(leaf) {
            self.complete(tile.level, tile.number, &tile.bytes)?;
            self.stored(tile.level + 1, tile.number)?.compare(tile.number, tile.hash)?;
        }
        self.compare_with_since()
    }

    /// The stored tile that holds the `index`-th hash of a level.
    fn stored(&mut self, level: u8, index: u64) -> Result<&Stored, Fault> {
        let slot = usize::from(level);
        if self.stored.len() <= slot {
            self.stored.resize_with(slot + 1, || None);
        }
        let number = index / u64::from(WIDTH);
        let current = self.stored[slot].take().filter(|stored| stored.number == number);
        let stored = match current {
            Some(stored) => stored,
            None => Stored::read(self.reader, self.checkpoint.size, level, number)?,
        };
        Ok(self.stored[slot].insert(stored))
    }

    /// All hashes of this tile were computed and agree; now its end and what else lies around it.
    fn complete(&mut self, level: u8, number: u64, computed: &[u8]) -> Result<(), Fault> {
        self.stored(level, number * u64::from(WIDTH))?.ends_where_it_must()?;
        stored::leftover_tiles(self.reader, level, number, computed)
    }

    fn compare_with_since(&self) -> Result<(), Fault> {
        match self.since {
            Some(since) if since.size == self.frontier.size && since.root != self.frontier.root() => {
                let what = format!("the first {} entries are not those that it was made of", since.size);
                Err(Fault::in_note(OLDER, what))
            }
            _ => Ok(()),
        }
    }

    /// The unfinished tiles, and the root.
    fn finish(mut self) -> Result<(), Fault> {
        let levels = std::mem::take(&mut self.frontier.levels);
        for (level, computed) in (0_u8..).zip(&levels) {
            if !computed.is_empty() {
                let number = (self.frontier.size >> (8 * u32::from(level))) / u64::from(WIDTH);
                self.complete(level, number, computed)?;
            }
        }
        self.frontier.levels = levels;
        if self.frontier.root() == self.checkpoint.root {
            return Ok(());
        }
        let what = "its root is not that of the entries and tiles, which agree with one another";
        Err(Fault::in_note(CHECKPOINT, what))
    }
}
