//! Webhooks that networks let us set ourselves: looked for, and set anew where they are not in place.

use crate::{App, Result};
use aside_channels::HookState;
use aside_model::{BrandId, ConnectionId};
use std::collections::BTreeMap;

impl App {
    /// Looks at each network where it posts to, and sets it right where the network lets us. The answer has a
    /// line for every connection.
    pub async fn check_hooks(&self, brand: BrandId) -> Result<BTreeMap<ConnectionId, HookState>> {
        let channels = self.store.channels(brand).await?;
        let mut states = BTreeMap::new();
        for row in self.store.connections(brand).await? {
            let Some(channel) = channels.iter().find(|c| c.connection == Some(row.connection)) else {
                continue;
            };
            let Some(connector) = self.connector_over(channel, Some(&row))? else { continue };
            let hook =
                format!("{}/hooks/{}/{}", self.settings.public_url, row.network.name(), row.connection);
            let mut state = connector.check_hook(&channel.account, &hook).await;
            if state == HookState::Absent {
                connector.set_hook(&channel.account, &hook).await;
                state = connector.check_hook(&channel.account, &hook).await;
            }
            states.insert(row.connection, state);
        }
        Ok(states)
    }
}
