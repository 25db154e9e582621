//! Finding out which brand a request is for: the only reads that do not take the brand.

use crate::{
    SqliteStore,
    cells::{Only, all, one},
};
use aside_model::{
    ConnectionId,
    rows::{AgentRow, BrandRow, ConnectionRow, LinkRow, SessionRow},
};
use aside_store::{Doorway, Result};
use async_trait::async_trait;

statements! {
    BRANDS("SELECT ", brand_columns!(), " FROM brands ORDER BY created_at, brand");
    CONNECTION_ANYWHERE("SELECT ", connection_columns!(), " FROM connections WHERE connection = ?1");
    LINK_ANYWHERE("SELECT ", link_columns!(), " FROM links WHERE digest = ?1");
    SESSION_ANYWHERE("SELECT ", session_columns!(), " FROM sessions WHERE digest = ?1");
    AGENT_ANYWHERE("SELECT ", agent_columns!(), " FROM agents WHERE login = ?1");
    PING("SELECT count(*) FROM pragma_user_version");
}

#[async_trait]
impl Doorway for SqliteStore {
    async fn brands(&self) -> Result<Vec<BrandRow>> {
        self.look(|conn| all(conn, BRANDS, []))
    }

    async fn connection_anywhere(&self, connection: ConnectionId) -> Result<Option<ConnectionRow>> {
        self.look(move |conn| one(conn, CONNECTION_ANYWHERE, bind![connection]))
    }

    async fn link_anywhere(&self, digest: [u8; 32]) -> Result<Option<LinkRow>> {
        self.look(move |conn| one(conn, LINK_ANYWHERE, bind![digest]))
    }

    async fn session_anywhere(&self, digest: [u8; 32]) -> Result<Option<SessionRow>> {
        self.look(move |conn| one(conn, SESSION_ANYWHERE, bind![digest]))
    }

    async fn agent_anywhere(&self, login: &str) -> Result<Option<AgentRow>> {
        let login = login.to_owned();
        self.look(move |conn| one(conn, AGENT_ANYWHERE, bind![login]))
    }

    async fn ping(&self) -> Result<()> {
        self.read(|conn| one::<Only<i64>>(conn, PING, []).map(drop)).await
    }
}
