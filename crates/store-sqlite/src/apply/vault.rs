//! Effects on values, holds and keyrings.

use super::Scope;
use crate::cells::change;
use aside_model::{HoldId, KeyringId, ValueId};
use aside_store::Result;

statements! {
    DROP_VALUE("DELETE FROM vault_values WHERE brand = ?1 AND value = ?2");
    DROP_HOLD("DELETE FROM holds WHERE brand = ?1 AND hold = ?2");
    RESEAL_HOLD("UPDATE holds SET drop_box = ?3, value_sealed = ?4 WHERE brand = ?1 AND hold = ?2");
    REWRAP("UPDATE keyrings SET epoch = ?3, wrapped = ?4 WHERE brand = ?1 AND keyring = ?2 AND wrapped <> x''");
}

impl Scope<'_> {
    pub(super) fn drop_value(&self, value: ValueId) -> Result<()> {
        change(self.conn, DROP_VALUE, bind![self.brand, value]).map(drop)
    }

    pub(super) fn drop_hold(&self, hold: HoldId) -> Result<()> {
        change(self.conn, DROP_HOLD, bind![self.brand, hold]).map(drop)
    }

    pub(super) fn reseal_hold(&self, hold: HoldId, drop_box: [u8; 32], value: &Vec<u8>) -> Result<()> {
        change(self.conn, RESEAL_HOLD, bind![self.brand, hold, drop_box, *value]).map(drop)
    }

    pub(super) fn rewrap_keyring(&self, keyring: KeyringId, epoch: u32, wrapped: &Vec<u8>) -> Result<()> {
        change(self.conn, REWRAP, bind![self.brand, keyring, epoch, *wrapped]).map(drop)
    }
}
