//! The escrow copy: the drill that shows that it works, and the record that it was made.
//!
//! The record is `<data>/escrow.txt`, one line for each copy that was made or tried:
//!
//! ```text
//! 2026-11-22T09:30:00Z made 1f09-8a3c-52d7-e6b4
//! ```

use crate::command::Failure;
use aside_model::{BrandId, Clock, Raw};
use aside_vault::{BrandKey, IndexKey, RootKey};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The record's name in the data folder.
const RECORD: &str = "escrow.txt";

/// What an escrow copy was seen to do.
pub(crate) struct Drill {
    /// Which root key it holds.
    pub(crate) fingerprint: String,
    /// How many keys of brands it opened: all there are.
    pub(crate) opened: usize,
    /// Of how many brands.
    pub(crate) brands: usize,
    /// Whether the root key is there, and the same one.
    pub(crate) root_is_there: bool,
}

impl Drill {
    /// Opens a copy and tries it on everything in the key folder that the root key wraps.
    pub(crate) fn run(copy: &Path, passphrase: &Raw, data: &Path) -> Result<Self, Failure> {
        let file = read(copy)?;
        let root = RootKey::from_file(&file, Some(passphrase))
            .map_err(|e| Failure::new(format!("{}: {e}", copy.display())))?;
        let fingerprint = root.fingerprint();
        let keys = data.join("keys");
        let in_use = fingerprint_in(&keys.join("root.key"))?;
        if let Some(other) = in_use.as_ref().filter(|other| **other != fingerprint) {
            let hint = "make a new copy with `aside keys escrow`; keep this one while backups need it";
            let what = format!("the copy holds root key {fingerprint}, and {other} is in use");
            return Err(Failure::new(what).with_hint(hint));
        }
        let mut drill = Self { fingerprint, opened: 0, brands: 0, root_is_there: in_use.is_some() };
        for folder in entries(&keys)? {
            let name = folder.file_name().and_then(|name| name.to_str());
            let Some(brand) = name.and_then(|name| name.parse::<BrandId>().ok()) else { continue };
            drill.brands += 1;
            for path in entries(&folder)? {
                drill.try_key(&root, brand, &path)?;
            }
        }
        if drill.opened == 0 {
            let hint = "give the data folder whose keys it should open with --data";
            return Err(
                Failure::new(format!("there are no brands' keys in {}", keys.display())).with_hint(hint)
            );
        }
        Ok(drill)
    }

    /// Tries one file. The log's key is sealed under epoch 0, which is tried.
    fn try_key(&mut self, root: &RootKey, brand: BrandId, path: &Path) -> Result<(), Failure> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let is_epoch = name.strip_prefix("epoch-").and_then(|rest| rest.strip_suffix(".key")).is_some();
        let opens = if is_epoch {
            BrandKey::unwrap(root, brand.bytes(), &read(path)?).is_ok()
        } else if name == "index.key" {
            IndexKey::unwrap(root, brand.bytes(), &read(path)?).is_ok()
        } else {
            return Ok(());
        };
        if !opens {
            let hint = "either the file was damaged, or it belongs to another installation";
            return Err(Failure::new(format!("the copy does not open {}", path.display())).with_hint(hint));
        }
        self.opened += 1;
        Ok(())
    }
}

/// The fingerprint that a key file names; `None` if there is no file. No passphrase is needed.
pub(crate) fn fingerprint_in(path: &Path) -> Result<Option<String>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    let text = aside_vault::Raw::new(String::from_utf8_lossy(&read(path)?).into_owned());
    let named = text.expose().lines().find_map(|line| line.strip_prefix("fingerprint: "));
    named
        .map(|fingerprint| Some(fingerprint.trim().to_owned()))
        .ok_or_else(|| Failure::new(format!("{} is not a root key file", path.display())))
}

/// Whether a root key file is sealed by a passphrase; `None` if it is not there.
pub(crate) fn is_sealed(path: &Path) -> Option<bool> {
    let text = aside_vault::Raw::new(String::from_utf8_lossy(&fs::read(path).ok()?).into_owned());
    Some(!text.expose().lines().any(|line| line.trim() == "protection: none"))
}

/// Notes that a copy was made, or tried.
pub(crate) fn record(data: &Path, what: &str, fingerprint: &str, clock: &dyn Clock) -> Result<(), Failure> {
    let path = data.join(RECORD);
    let failed = |e: io::Error| Failure::new(format!("cannot write {}: {e}", path.display()));
    let mut file = fs::OpenOptions::new().append(true).create(true).open(&path).map_err(failed)?;
    io::Write::write_all(&mut file, format!("{} {what} {fingerprint}\n", clock.now().rfc3339()).as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(failed)
}

/// When a copy of this root key was last made, and when one was last tried.
pub(crate) fn recorded(data: &Path, fingerprint: &str) -> (Option<String>, Option<String>) {
    let text = fs::read_to_string(data.join(RECORD)).unwrap_or_default();
    let last = |what| {
        text.lines().rev().find_map(|line| {
            let mut words = line.split(' ');
            let (at, done, key) = (words.next()?, words.next()?, words.next()?);
            (done == what && key == fingerprint).then(|| at.to_owned())
        })
    };
    (last("made"), last("checked"))
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |e: io::Error| Failure::new(format!("cannot read {}: {e}", path.display()));
    if fs::metadata(path).map_err(failed)?.len() > 64 * 1024 {
        return Err(Failure::new(format!("{} is too large for a key file", path.display())));
    }
    fs::read(path).map_err(failed)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |e: io::Error| Failure::new(format!("cannot read {}: {e}", folder.display()));
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}
