//! Reading connections, channels, handles, agents, sessions, links and codes.

use crate::{
    SqliteStore,
    cells::{all, one},
};
use aside_model::{
    AgentId, BrandId, ChannelId, CodeId, ConversationId, CustomerId, HandleId, KeyringId, LinkId, Network,
    SessionId, Time,
    rows::{AgentRow, ChannelRow, CodeRow, ConnectionRow, HandleRow, LinkRow, NoticeRow, SessionRow},
};
use aside_store::{People, Result};
use async_trait::async_trait;

statements! {
    CONNECTIONS("SELECT ", connection_columns!(), " FROM connections WHERE brand = ?1 ORDER BY connection");
    CHANNELS("SELECT ", channel_columns!(), " FROM channels WHERE brand = ?1 ORDER BY channel");
    CHANNEL("SELECT ", channel_columns!(), " FROM channels WHERE brand = ?1 AND channel = ?2");
    HANDLE("SELECT ", handle_columns!(), " FROM handles WHERE brand = ?1 AND handle = ?2", of_no_erased_customer!());
    HANDLE_AT(
        "SELECT ", handle_columns!(), " FROM handles WHERE brand = ?1 AND network = ?2 AND address_index = ?3"
    );
    HANDLE_OF_KEYRING(
        "SELECT ", handle_columns!(), " FROM handles WHERE brand = ?1 AND keyring = ?2", of_no_erased_customer!()
    );
    HANDLES(
        "SELECT ", handle_columns!(), " FROM handles WHERE brand = ?1 AND customer = ?2", of_no_erased_customer!(),
        " ORDER BY created_at, handle"
    );
    AGENTS("SELECT ", agent_columns!(), " FROM agents WHERE brand = ?1 ORDER BY login");
    AGENT("SELECT ", agent_columns!(), " FROM agents WHERE brand = ?1 AND agent = ?2");
    SESSION("SELECT ", session_columns!(), " FROM sessions WHERE brand = ?1 AND session = ?2");
    /// The plus sign keeps SQLite from looking among all that has not expired, here and below.
    CUSTOMER_SESSIONS(
        "SELECT ", session_columns!(), " FROM sessions WHERE brand = ?1 AND conversation = ?2 ",
        "AND +expires_at > ?3 ORDER BY created_at DESC, session DESC"
    );
    OPEN_LINKS(
        "SELECT ", link_columns!(), " FROM links WHERE brand = ?1 AND conversation = ?2 ",
        "AND redeemed_at IS NULL AND +expires_at > ?3 ORDER BY created_at DESC, link DESC"
    );
    LINK("SELECT ", link_columns!(), " FROM links WHERE brand = ?1 AND link = ?2");
    CODE_OF(
        "SELECT ", code_columns!(), " FROM codes WHERE brand = ?1 AND session = ?2 ",
        "ORDER BY expires_at DESC, code DESC LIMIT 1"
    );
    CODE("SELECT ", code_columns!(), " FROM codes WHERE brand = ?1 AND code = ?2");
    NOTICES("SELECT ", notice_columns!(), " FROM notices WHERE brand = ?1 ORDER BY channel");
}

#[async_trait]
impl People for SqliteStore {
    async fn connections(&self, brand: BrandId) -> Result<Vec<ConnectionRow>> {
        self.look(move |conn| all(conn, CONNECTIONS, bind![brand]))
    }

    async fn channels(&self, brand: BrandId) -> Result<Vec<ChannelRow>> {
        self.look(move |conn| all(conn, CHANNELS, bind![brand]))
    }

    async fn channel(&self, brand: BrandId, channel: ChannelId) -> Result<Option<ChannelRow>> {
        self.look(move |conn| one(conn, CHANNEL, bind![brand, channel]))
    }

    async fn handle(&self, brand: BrandId, handle: HandleId) -> Result<Option<HandleRow>> {
        self.look(move |conn| one(conn, HANDLE, bind![brand, handle]))
    }

    async fn handle_at(
        &self,
        brand: BrandId,
        network: Network,
        address_index: [u8; 32],
    ) -> Result<Option<HandleRow>> {
        self.look(move |conn| one(conn, HANDLE_AT, bind![brand, network, address_index]))
    }

    async fn handle_of_keyring(&self, brand: BrandId, keyring: KeyringId) -> Result<Option<HandleRow>> {
        self.read(move |conn| one(conn, HANDLE_OF_KEYRING, bind![brand, keyring])).await
    }

    async fn handles(&self, brand: BrandId, customer: CustomerId) -> Result<Vec<HandleRow>> {
        self.look(move |conn| all(conn, HANDLES, bind![brand, customer]))
    }

    async fn agents(&self, brand: BrandId) -> Result<Vec<AgentRow>> {
        self.read(move |conn| all(conn, AGENTS, bind![brand])).await
    }

    async fn agent(&self, brand: BrandId, agent: AgentId) -> Result<Option<AgentRow>> {
        self.look(move |conn| one(conn, AGENT, bind![brand, agent]))
    }

    async fn session(&self, brand: BrandId, session: SessionId) -> Result<Option<SessionRow>> {
        self.look(move |conn| one(conn, SESSION, bind![brand, session]))
    }

    async fn customer_sessions(
        &self,
        brand: BrandId,
        conversation: ConversationId,
        now: Time,
    ) -> Result<Vec<SessionRow>> {
        self.look(move |conn| all(conn, CUSTOMER_SESSIONS, bind![brand, conversation, now]))
    }

    async fn open_links(
        &self,
        brand: BrandId,
        conversation: ConversationId,
        now: Time,
    ) -> Result<Vec<LinkRow>> {
        self.read(move |conn| all(conn, OPEN_LINKS, bind![brand, conversation, now])).await
    }

    async fn link(&self, brand: BrandId, link: LinkId) -> Result<Option<LinkRow>> {
        self.look(move |conn| one(conn, LINK, bind![brand, link]))
    }

    async fn code_of(&self, brand: BrandId, session: SessionId) -> Result<Option<CodeRow>> {
        self.look(move |conn| one(conn, CODE_OF, bind![brand, session]))
    }

    async fn code(&self, brand: BrandId, code: CodeId) -> Result<Option<CodeRow>> {
        self.look(move |conn| one(conn, CODE, bind![brand, code]))
    }

    async fn notices(&self, brand: BrandId) -> Result<Vec<NoticeRow>> {
        self.read(move |conn| all(conn, NOTICES, bind![brand])).await
    }
}
