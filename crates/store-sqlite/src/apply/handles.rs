//! Making sure that a handle is there, whoever comes first.

use super::Scope;
use crate::{
    announce::Changed,
    cells::{change, one},
    writer::Done,
};
use aside_model::{
    BrandId, Network, Time,
    rows::{HandleRow, KeyringRow, NewHandle},
};
use aside_store::{Result, StoreError};
use rusqlite::Connection;

statements! {
    HANDLE_AT(
        "SELECT ", handle_columns!(), " FROM handles WHERE brand = ?1 AND network = ?2 AND address_index = ?3"
    );
    KEYRING("SELECT ", keyring_columns!(), " FROM keyrings WHERE brand = ?1 AND keyring = ?2");
    ADD_CUSTOMER(
        "INSERT INTO customers (brand, customer) VALUES (?1, ?2) ON CONFLICT (brand, customer) DO NOTHING"
    );
}

/// The handle with this address and its keyring, if they are there.
pub(crate) fn find(
    conn: &Connection,
    brand: BrandId,
    network: Network,
    address_index: [u8; 32],
) -> Result<Option<(HandleRow, KeyringRow)>> {
    let Some(handle) = one::<HandleRow>(conn, HANDLE_AT, bind![brand, network, address_index])? else {
        return Ok(None);
    };
    match one(conn, KEYRING, bind![brand, handle.keyring])? {
        Some(keyring) => Ok(Some((handle, keyring))),
        None => {
            Err(StoreError::Inconsistent { table: "handles", what: "a handle without its keyring".into() })
        }
    }
}

/// Adds the handle with its customer and keyring, unless the address has one.
pub(crate) fn ensure(conn: &Connection, now: Time, new: &NewHandle) -> Result<Done<(HandleRow, KeyringRow)>> {
    let NewHandle { handle, keyring } = new;
    if let Some(found) = find(conn, handle.brand, handle.network, handle.address_index)? {
        return Ok(Done::kept(found, Changed::default()));
    }
    let scope = Scope::new(conn, handle.brand, now);
    scope.must_stay(handle.customer)?;
    change(conn, ADD_CUSTOMER, bind![handle.brand, handle.customer])?;
    scope.insert(keyring)?;
    scope.insert(handle)?;
    match find(conn, handle.brand, handle.network, handle.address_index)? {
        Some(found) => Ok(Done::kept(found, Changed::default())),
        None => Err(StoreError::Failed("a handle that was just added is not there".into())),
    }
}
