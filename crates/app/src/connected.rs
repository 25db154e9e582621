//! The way to a channel's network: its connection, and the connector over it.

use crate::{App, Result};
use aside_model::rows::{ChannelRow, ConnectionRow};

impl App {
    /// The connector of a channel.
    pub(crate) async fn connector_of(
        &self,
        channel: &ChannelRow,
    ) -> Result<Option<Box<dyn aside_channels::Connector>>> {
        let row = self.connection_of(channel).await?;
        self.connector_over(channel, row.as_ref())
    }

    /// The connection of a channel; none of the brand's own messenger.
    pub(crate) async fn connection_of(&self, channel: &ChannelRow) -> Result<Option<ConnectionRow>> {
        let Some(connection) = channel.connection else { return Ok(None) };
        let rows = self.store.connections(channel.brand).await?;
        Ok(rows.into_iter().find(|row| row.connection == connection))
    }

    /// The connector of a channel whose connection was read.
    pub(crate) fn connector_over(
        &self,
        channel: &ChannelRow,
        connection: Option<&ConnectionRow>,
    ) -> Result<Option<Box<dyn aside_channels::Connector>>> {
        let Some(row) = connection else {
            return Ok(match channel.connection {
                None => self.networks.connector(channel.network, None),
                Some(_) => None,
            });
        };
        let secrets = self.connection_secrets(row)?;
        Ok(self.networks.connector(channel.network, Some((row, secrets.expose().as_bytes()))))
    }
}
