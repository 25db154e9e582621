//! Opening whatever lies in the tables, with the keys that an installation has: what a thief of everything
//! would do.

use super::Dump;
use aside_app::Keys;
use aside_model::BrandId;
use aside_vault::{Keyring, Place, WrappedKeyring};
use std::collections::{BTreeMap, BTreeSet};

/// A sealed cell, and what the keys made of it.
pub(crate) struct Cell {
    /// Table, column and record.
    pub(crate) place: String,
    /// The keyring that it lies under.
    pub(crate) keyring: String,
    /// What lies in it; `None` where no key opens it.
    pub(crate) opened: Option<Vec<u8>>,
}

impl Cell {
    /// What lies in it, as far as it is text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.opened.as_deref().unwrap_or_default()).into_owned()
    }
}

/// Table, record, sealed column, and the field that its ciphertext is bound to.
const UNDER_KEYRINGS: [(&str, &str, &str, &str); 8] = [
    ("handles", "handle", "address_sealed", "address"),
    ("handles", "handle", "name_sealed", "name"),
    ("threads", "thread", "address_sealed", "address"),
    ("messages", "message", "body_sealed", "body"),
    ("messages", "message", "provider_sealed", "provider"),
    ("vault_values", "value", "value_sealed", "value"),
    ("jobs", "job", "payload_sealed", "payload"),
    ("entries", "entry", "details_sealed", "details"),
];

/// Sealed under the brand's own key, or to the customer alone.
const ELSEWHERE: [(&str, &str); 3] =
    [("connections", "secrets_sealed"), ("agents", "totp_sealed"), ("holds", "value_sealed")];

/// Opens every cell of `dump` that lies under a keyring, with the keyrings in `rings` and the brand keys
/// that are left.
pub(crate) fn open(keys: &Keys, rings: &Dump, dump: &Dump) -> Vec<Cell> {
    must_know_every_sealed_column(dump);
    let rings = keyrings(keys, rings);
    let mut cells = Vec::new();
    for (table, record, column, field) in UNDER_KEYRINGS {
        for row in &dump[table] {
            if matches!(row[column].as_str(), "NULL" | "") {
                continue;
            }
            let keyring = match table {
                "threads" => of_handle(dump, &row["handle"]),
                _ => row["keyring"].clone(),
            };
            let place = Place {
                brand: bytes(&row["brand"]),
                keyring: bytes(&keyring),
                record: bytes(&row[record]),
                field,
            };
            let sealed = hex::decode(&row[column]).unwrap();
            let opened = rings.get(&keyring).and_then(|ring| opened(ring, &place, &sealed));
            cells.push(Cell { place: format!("{table}.{column} {}", row[record]), keyring, opened });
        }
    }
    cells
}

#[expect(clippy::disallowed_methods, reason = "the test opens what it must not find")]
fn opened(ring: &Keyring, place: &Place, sealed: &[u8]) -> Option<Vec<u8>> {
    if place.field == "value" {
        return ring.open_values().open(place, sealed).ok().map(|value| value.expose().as_bytes().to_vec());
    }
    ring.text_key().open(place, sealed).ok().map(|text| text.to_vec())
}

fn keyrings(keys: &Keys, rings: &Dump) -> BTreeMap<String, Keyring> {
    let mut found = BTreeMap::new();
    for row in &rings["keyrings"] {
        let brand: BrandId = row["brand"].parse().unwrap();
        let brand_keys = keys.brand(brand).unwrap();
        let wrapped = WrappedKeyring::from_bytes(hex::decode(&row["wrapped"]).unwrap()).unwrap();
        // Whatever epoch it says it is under: every key that is left is tried.
        for epoch in brand_keys.epochs() {
            let key = brand_keys.epoch(epoch).unwrap();
            if let Ok(ring) = wrapped.unwrap(key, bytes(&row["brand"]), bytes(&row["keyring"])) {
                found.insert(row["keyring"].clone(), ring);
            }
        }
    }
    found
}

fn of_handle(dump: &Dump, handle: &str) -> String {
    let row = dump["handles"].iter().find(|row| row["handle"] == handle).expect("a thread has its handle");
    row["keyring"].clone()
}

fn bytes(hex_text: &str) -> [u8; 16] {
    hex::decode(hex_text).unwrap().try_into().unwrap()
}

/// A column that is sealed and not in the lists above would go unopened, and so unproved.
fn must_know_every_sealed_column(dump: &Dump) {
    let known: BTreeSet<(&str, &str)> =
        UNDER_KEYRINGS.iter().map(|(table, _, column, _)| (*table, *column)).chain(ELSEWHERE).collect();
    for (table, rows) in dump {
        for column in rows.first().iter().flat_map(|row| row.keys()).filter(|c| c.ends_with("_sealed")) {
            assert!(known.contains(&(table.as_str(), column.as_str())), "nobody opens {table}.{column}");
        }
    }
}
