//! Effects on values, holds and keyrings.

use super::Plan;
use aside_model::{HoldId, KeyringId, ValueId};

statements! {
    DROP_VALUE("DELETE FROM vault_values WHERE brand = $1 AND value = $2");
    DROP_HOLD("DELETE FROM holds WHERE brand = $1 AND hold = $2");
    RESEAL_HOLD("UPDATE holds SET drop_box = $3, value_sealed = $4 WHERE brand = $1 AND hold = $2");
    REWRAP("UPDATE keyrings SET epoch = $3, wrapped = $4 WHERE brand = $1 AND keyring = $2 AND wrapped <> ''");
}

impl Plan {
    pub(super) fn drop_value(&mut self, value: ValueId) {
        self.then(DROP_VALUE, bind![self.brand, value]);
    }

    pub(super) fn drop_hold(&mut self, hold: HoldId) {
        self.then(DROP_HOLD, bind![self.brand, hold]);
    }

    pub(super) fn reseal_hold(&mut self, hold: HoldId, drop_box: [u8; 32], value: &Vec<u8>) {
        self.then(RESEAL_HOLD, bind![self.brand, hold, drop_box, *value]);
    }

    pub(super) fn rewrap_keyring(&mut self, keyring: KeyringId, epoch: u32, wrapped: &Vec<u8>) {
        self.then(REWRAP, bind![self.brand, keyring, epoch, *wrapped]);
    }
}
