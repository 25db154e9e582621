//! Finding out which brand a request is for: the only reads that do not take the brand.

use crate::{PostgresStore, cells::Only};
use aside_model::{
    ConnectionId,
    rows::{AgentRow, BrandRow, ConnectionRow, LinkRow, SessionRow},
};
use aside_store::{Doorway, Result};
use async_trait::async_trait;

statements! {
    BRANDS("SELECT ", brand_columns!(), " FROM brands ORDER BY created_at, brand");
    CONNECTION_ANYWHERE("SELECT ", connection_columns!(), " FROM connections WHERE connection = $1");
    LINK_ANYWHERE("SELECT ", link_columns!(), " FROM links WHERE digest = $1");
    SESSION_ANYWHERE("SELECT ", session_columns!(), " FROM sessions WHERE digest = $1");
    AGENT_ANYWHERE("SELECT ", agent_columns!(), " FROM agents WHERE login = $1");
    PING("SELECT 1::bigint");
}

#[async_trait]
impl Doorway for PostgresStore {
    async fn brands(&self) -> Result<Vec<BrandRow>> {
        self.connections.all(BRANDS, vec![]).await
    }

    async fn connection_anywhere(&self, connection: ConnectionId) -> Result<Option<ConnectionRow>> {
        self.connections.one(CONNECTION_ANYWHERE, bind![connection]).await
    }

    async fn link_anywhere(&self, digest: [u8; 32]) -> Result<Option<LinkRow>> {
        self.connections.one(LINK_ANYWHERE, bind![digest]).await
    }

    async fn session_anywhere(&self, digest: [u8; 32]) -> Result<Option<SessionRow>> {
        self.connections.one(SESSION_ANYWHERE, bind![digest]).await
    }

    async fn agent_anywhere(&self, login: &str) -> Result<Option<AgentRow>> {
        let login = login.to_owned();
        self.connections.one(AGENT_ANYWHERE, bind![login]).await
    }

    async fn ping(&self) -> Result<()> {
        self.connections.one::<Only<i64>>(PING, vec![]).await.map(drop)
    }
}
