//! The note that a migration is under way, in the data folder: servers do not start while it is there.

use crate::{command::Failure, installation::MIGRATING as FILE};
use aside_model::BrandId;
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// How far a migration is.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(super) enum Phase {
    /// The new store does not have everything yet.
    Copying,
    /// The new store has everything; the brand leaves the old one.
    Leaving,
}

/// Which brand moves from where to where.
#[derive(Serialize, Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct MigrationNote {
    pub(super) brand: String,
    from: String,
    to: String,
    pub(super) phase: Phase,
}

impl MigrationNote {
    pub(super) fn new(brand: BrandId, from: &str, to: &str) -> Self {
        Self { brand: brand.to_string(), from: from.into(), to: to.into(), phase: Phase::Copying }
    }

    pub(super) fn read(data: &Path) -> Result<Option<Self>, Failure> {
        let path = data.join(FILE);
        let wrong = |what: &dyn std::fmt::Display| Failure::new(format!("{}: {what}", path.display()));
        match fs::read(&path) {
            Ok(text) => serde_json::from_slice(&text).map(Some).map_err(|e| wrong(&e)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(wrong(&e)),
        }
    }

    /// Another migration must not begin before this one is over.
    pub(super) fn must_be_about(&self, from: &str, to: &str) -> Result<(), Failure> {
        if self.from == from && self.to == to {
            return Ok(());
        }
        let hint = format!("finish it first: --from {} --to {}", self.from, self.to);
        Err(Failure::new("another migration is under way").with_hint(hint))
    }

    /// Durable before this returns.
    pub(super) fn write(&self, data: &Path) -> Result<(), Failure> {
        let cannot = |e: io::Error| Failure::new(format!("cannot write {FILE}: {e}"));
        let text = serde_json::to_vec_pretty(self).map_err(|e| cannot(e.into()))?;
        let scratch = data.join("migrating.new");
        let mut file = File::create(&scratch).map_err(cannot)?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(cannot)?;
        fs::rename(&scratch, data.join(FILE)).map_err(cannot)?;
        File::open(data).and_then(|folder| folder.sync_all()).map_err(cannot)
    }

    /// The migration is over: servers may start.
    pub(super) fn remove(data: &Path) -> Result<(), Failure> {
        let cannot = |e: io::Error| Failure::new(format!("cannot remove {FILE}: {e}"));
        fs::remove_file(data.join(FILE)).map_err(cannot)?;
        File::open(data).and_then(|folder| folder.sync_all()).map_err(cannot)
    }
}
