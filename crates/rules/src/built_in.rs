//! The packs that come with Aside.

use crate::{PackError, PackErrors};

pub(crate) const BASE: &str = include_str!("../packs/base.toml");

/// The built-in packs that can be laid over the base, by id and TOML text.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("gdpr", include_str!("../packs/gdpr.toml")),
    ("hipaa", include_str!("../packs/hipaa.toml")),
    ("pci-dss", include_str!("../packs/pci-dss.toml")),
    ("whatsapp", include_str!("../packs/whatsapp.toml")),
];

/// The ids of the built-in packs.
pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(id, _)| *id)
}

/// The TOML text of a built-in pack, the base included: a start for a pack of one's own.
pub fn built_in(id: &str) -> Result<&'static str, PackErrors> {
    if id == "base" {
        return Ok(BASE);
    }
    BUILT_IN
        .iter()
        .find(|(known, _)| *known == id)
        .map(|(_, text)| *text)
        .ok_or_else(|| PackError::Unknown { id: id.to_owned() }.into())
}
