//! Reading keyrings, values and holds.

use crate::PostgresStore;
use aside_model::{
    BrandId, ConversationId, HoldId, KeyringId, Time, ValueId,
    rows::{HoldRow, KeyringRow, ValueRow},
};
use aside_store::{Result, Vault};
use async_trait::async_trait;

statements! {
    KEYRING("SELECT ", keyring_columns!(), " FROM keyrings WHERE brand = $1 AND keyring = $2 AND wrapped <> ''");
    KEYRINGS_NOT_AT(
        "SELECT ", keyring_columns!(), " FROM keyrings WHERE brand = $1 AND (epoch < $2 OR epoch > $2) AND wrapped <> '' LIMIT $3"
    );
    VALUE(
        "SELECT ", value_columns!(), " FROM vault_values WHERE brand = $1 AND value = $2", of_no_destroyed_key!()
    );
    VALUES(
        "SELECT ", value_columns!(), " FROM vault_values WHERE brand = $1 AND conversation = $2",
        of_no_destroyed_key!(), " ORDER BY created_at, value"
    );
    HOLD("SELECT ", hold_columns!(), " FROM holds WHERE brand = $1 AND hold = $2");
    HOLDS("SELECT ", hold_columns!(), " FROM holds WHERE brand = $1 AND conversation = $2 ORDER BY hold");
    EXPIRED_HOLDS(
        "SELECT ", hold_columns!(), " FROM holds WHERE brand = $1 AND expires_at <= $2 ",
        "ORDER BY expires_at LIMIT $3"
    );
}

#[async_trait]
impl Vault for PostgresStore {
    async fn keyring(&self, brand: BrandId, keyring: KeyringId) -> Result<Option<KeyringRow>> {
        self.connections.one(KEYRING, bind![brand, keyring]).await
    }

    async fn keyrings_not_at(&self, brand: BrandId, epoch: u32, limit: u32) -> Result<Vec<KeyringRow>> {
        self.connections.all(KEYRINGS_NOT_AT, bind![brand, epoch, limit]).await
    }

    async fn value(&self, brand: BrandId, value: ValueId) -> Result<Option<ValueRow>> {
        self.connections.one(VALUE, bind![brand, value]).await
    }

    async fn values(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<ValueRow>> {
        self.connections.all(VALUES, bind![brand, conversation]).await
    }

    async fn hold(&self, brand: BrandId, hold: HoldId) -> Result<Option<HoldRow>> {
        self.connections.one(HOLD, bind![brand, hold]).await
    }

    async fn holds(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<HoldRow>> {
        self.connections.all(HOLDS, bind![brand, conversation]).await
    }

    async fn expired_holds(&self, brand: BrandId, now: Time, limit: u32) -> Result<Vec<HoldRow>> {
        self.connections.all(EXPIRED_HOLDS, bind![brand, now, limit]).await
    }
}
