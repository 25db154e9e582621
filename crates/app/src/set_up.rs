//! Setting up: brands, connections, channels, agents. For the program's own commands.

use crate::{App, AppError, Result, record::Entry};
use aside_model::{
    AgentId, BrandId, ChannelId, Command, ConnectionId, Effect, Network, Raw, Role, Rung,
    rows::{AgentRow, BrandRow, ChannelRow, ConnectionRow},
};

/// A channel to be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewChannel {
    /// The brand's account at the network, for instance a page id.
    pub account: String,
    /// How private it is.
    pub rung: Rung,
    /// A name for people.
    pub name: String,
}

/// An agent to be added.
pub struct NewAgent {
    /// What they sign in with.
    pub login: String,
    /// Their name, as colleagues know it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Their password.
    pub password: Raw,
}

impl App {
    /// Adds a brand with its keys and its own messenger.
    pub async fn add_brand(&self, name: &str) -> Result<BrandId> {
        let brand = BrandId::new(&*self.clock, &*self.random);
        let now = self.clock.now();
        let origin = format!("aside/{brand}");
        self.keys.add_brand(brand, &origin, &*self.random).map_err(|e| AppError::Failed(e.to_string()))?;
        let command = Command::new(brand)
            .effect(Effect::AddBrand(BrandRow { brand, name: name.to_owned(), created_at: now }))
            .effect(Effect::PutChannel(ChannelRow {
                brand,
                channel: ChannelId::new(&*self.clock, &*self.random),
                connection: None,
                network: Network::Secure,
                account: "messenger".into(),
                rung: Rung::Secure,
                name: "Secure chat".into(),
            }))
            .effect(Effect::AddEntry(self.entry(brand, now, Entry::of("brand_added"))?));
        self.store.apply(command).await?;
        Ok(brand)
    }

    /// Adds a connection with its channels. `secrets` is the connector's JSON.
    pub async fn add_connection(
        &self,
        brand: BrandId,
        network: Network,
        name: &str,
        secrets: &Raw,
        api_base: &str,
        channels: &[NewChannel],
    ) -> Result<ConnectionId> {
        let connection = ConnectionId::new(&*self.clock, &*self.random);
        let row = ConnectionRow {
            brand,
            connection,
            network,
            name: name.to_owned(),
            secrets_sealed: self.seal_secrets(brand, connection, secrets)?,
            epoch: 0,
            api_base: api_base.trim_end_matches('/').to_owned(),
            created_at: self.clock.now(),
        };
        self.put_connection(row, channels).await?;
        Ok(connection)
    }

    /// Adds channels of one more account to a connection, with secrets that hold that account's, too.
    pub async fn add_to_connection(
        &self,
        brand: BrandId,
        connection: ConnectionId,
        secrets: &Raw,
        channels: &[NewChannel],
    ) -> Result<()> {
        let mut row = self.connection(brand, connection).await?;
        row.secrets_sealed = self.seal_secrets(brand, connection, secrets)?;
        self.put_connection(row, channels).await
    }

    /// A connection's secrets, the connector's JSON, for whoever puts new ones beside them.
    pub async fn secrets_of(&self, brand: BrandId, connection: ConnectionId) -> Result<Raw> {
        self.connection_secrets(&self.connection(brand, connection).await?)
    }

    /// Puts new secrets in the place of a connection's old ones. What waited because the network did not take
    /// the old ones is due at once; returns how many jobs that are.
    pub async fn put_secrets(&self, brand: BrandId, connection: ConnectionId, secrets: &Raw) -> Result<u32> {
        let mut row = self.connection(brand, connection).await?;
        row.secrets_sealed = self.seal_secrets(brand, connection, secrets)?;
        let entry = Entry::of("credentials_put")
            .fact("connection", connection.to_string())
            .fact("network", row.network.name());
        let command = Command::new(brand)
            .effect(Effect::PutConnection(row))
            .effect(Effect::AddEntry(self.entry(brand, self.clock.now(), entry)?));
        self.store.apply(command).await?;
        self.resume(brand, connection).await
    }

    async fn connection(&self, brand: BrandId, connection: ConnectionId) -> Result<ConnectionRow> {
        let rows = self.store.connections(brand).await?;
        rows.into_iter().find(|row| row.connection == connection).ok_or(AppError::NotFound)
    }

    fn seal_secrets(&self, brand: BrandId, connection: ConnectionId, secrets: &Raw) -> Result<Vec<u8>> {
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        Ok(keys.own().seal(connection.bytes(), "connection", secrets.expose().as_bytes(), &*self.random))
    }

    /// Puts a connection's row and adds channels to it.
    async fn put_connection(&self, row: ConnectionRow, channels: &[NewChannel]) -> Result<()> {
        let (brand, connection, network) = (row.brand, row.connection, row.network);
        let now = self.clock.now();
        let mut command = Command::new(brand).effect(Effect::PutConnection(row));
        for channel in channels {
            let id = ChannelId::new(&*self.clock, &*self.random);
            let entry = Entry::of("channel_added")
                .fact("channel", id.to_string())
                .fact("network", network.name())
                .fact("rung", channel.rung.name());
            command = command
                .effect(Effect::PutChannel(ChannelRow {
                    brand,
                    channel: id,
                    connection: Some(connection),
                    network,
                    account: channel.account.clone(),
                    rung: channel.rung,
                    name: channel.name.clone(),
                }))
                .effect(Effect::AddEntry(self.entry(brand, now, entry)?));
        }
        self.store.apply(command).await?;
        Ok(())
    }

    /// Adds an agent. Returns the second factor's secret, for their authenticator app: it is shown once.
    pub async fn add_agent(&self, brand: BrandId, new: NewAgent) -> Result<Vec<u8>> {
        let login = new.login.trim().to_lowercase();
        if login.is_empty() || login.chars().any(char::is_whitespace) {
            return Err(AppError::Invalid("A login has no spaces and is not empty.".into()));
        }
        if new.password.expose().chars().count() < 12 {
            return Err(AppError::Invalid("A password has at least 12 characters.".into()));
        }
        if self.store.agent_anywhere(&login).await?.is_some() {
            return Err(AppError::Invalid(format!("The login {login} is taken.")));
        }
        let agent = AgentId::new(&*self.clock, &*self.random);
        let now = self.clock.now();
        let mut salt = [0; 16];
        self.random.fill(&mut salt);
        let mut totp = vec![0; 20];
        self.random.fill(&mut totp);
        let keys = self.keys.brand(brand).map_err(|e| AppError::Failed(e.to_string()))?;
        let entry = Entry::of("agent_added").fact("agent", agent.to_string()).fact("role", new.role.name());
        let command = Command::new(brand)
            .effect(Effect::PutAgent(AgentRow {
                brand,
                agent,
                login,
                name: new.name,
                role: new.role,
                password_hash: crate::agents::hash_password(&new.password, salt)?,
                totp_sealed: Some(keys.own().seal(agent.bytes(), "totp", &totp, &*self.random)),
                epoch: 0,
                enabled: true,
                created_at: now,
            }))
            .effect(Effect::AddEntry(self.entry(brand, now, entry)?));
        self.store.apply(command).await?;
        Ok(totp)
    }

    /// Lets an agent sign in, or no longer. Disabling ends their sessions at once.
    pub async fn enable_agent(&self, brand: BrandId, login: &str, enabled: bool) -> Result<()> {
        let login = login.trim().to_lowercase();
        let rows = self.store.agents(brand).await?;
        let mut row = rows.into_iter().find(|a| a.login == login).ok_or(AppError::NotFound)?;
        row.enabled = enabled;
        let entry = Entry::of("agent_changed")
            .fact("agent", row.agent.to_string())
            .fact("enabled", enabled.to_string());
        let mut command = Command::new(brand);
        if !enabled {
            command = command.effect(Effect::EndAgentSessions(row.agent));
        }
        let command = command.effect(Effect::PutAgent(row)).effect(Effect::AddEntry(self.entry(
            brand,
            self.clock.now(),
            entry,
        )?));
        self.store.apply(command).await?;
        Ok(())
    }
}
