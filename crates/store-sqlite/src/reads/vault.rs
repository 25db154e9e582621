//! Reading keyrings, values and holds.

use crate::{
    SqliteStore,
    cells::{all, one},
};
use aside_model::{
    BrandId, ConversationId, HoldId, KeyringId, Time, ValueId,
    rows::{HoldRow, KeyringRow, ValueRow},
};
use aside_store::{Result, Vault};
use async_trait::async_trait;

statements! {
    KEYRING("SELECT ", keyring_columns!(), " FROM keyrings WHERE brand = ?1 AND keyring = ?2 AND wrapped <> x''");
    KEYRINGS_NOT_AT(
        "SELECT ", keyring_columns!(), " FROM keyrings WHERE brand = ?1 AND (epoch < ?2 OR epoch > ?2) AND wrapped <> x'' LIMIT ?3"
    );
    VALUE(
        "SELECT ", value_columns!(), " FROM vault_values WHERE brand = ?1 AND value = ?2", of_no_destroyed_key!()
    );
    VALUES(
        "SELECT ", value_columns!(), " FROM vault_values WHERE brand = ?1 AND conversation = ?2",
        of_no_destroyed_key!(), " ORDER BY created_at, value"
    );
    HOLD("SELECT ", hold_columns!(), " FROM holds WHERE brand = ?1 AND hold = ?2");
    HOLDS("SELECT ", hold_columns!(), " FROM holds WHERE brand = ?1 AND conversation = ?2 ORDER BY hold");
    EXPIRED_HOLDS(
        "SELECT ", hold_columns!(), " FROM holds WHERE brand = ?1 AND expires_at <= ?2 ",
        "ORDER BY expires_at LIMIT ?3"
    );
}

#[async_trait]
impl Vault for SqliteStore {
    async fn keyring(&self, brand: BrandId, keyring: KeyringId) -> Result<Option<KeyringRow>> {
        self.look(move |conn| one(conn, KEYRING, bind![brand, keyring]))
    }

    async fn keyrings_not_at(&self, brand: BrandId, epoch: u32, limit: u32) -> Result<Vec<KeyringRow>> {
        self.read(move |conn| all(conn, KEYRINGS_NOT_AT, bind![brand, epoch, limit])).await
    }

    async fn value(&self, brand: BrandId, value: ValueId) -> Result<Option<ValueRow>> {
        self.look(move |conn| one(conn, VALUE, bind![brand, value]))
    }

    async fn values(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<ValueRow>> {
        self.read(move |conn| all(conn, VALUES, bind![brand, conversation])).await
    }

    async fn hold(&self, brand: BrandId, hold: HoldId) -> Result<Option<HoldRow>> {
        self.look(move |conn| one(conn, HOLD, bind![brand, hold]))
    }

    async fn holds(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<HoldRow>> {
        self.read(move |conn| all(conn, HOLDS, bind![brand, conversation])).await
    }

    async fn expired_holds(&self, brand: BrandId, now: Time, limit: u32) -> Result<Vec<HoldRow>> {
        self.read(move |conn| all(conn, EXPIRED_HOLDS, bind![brand, now, limit])).await
    }
}
