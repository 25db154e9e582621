//! The first brand's bot on a Telegram of its own.

use super::{Agent, Conversation, World};
use aside_app::{HookState, NewChannel};
use aside_model::{ConnectionId, Network, Raw, Rung};
use aside_sim::{
    Retries,
    telegram::{Group, Person, Telegram, TelegramConfig},
};
use std::{sync::Arc, time::Duration};

/// A bot, connected, in one group where it may delete messages.
pub(crate) struct Bot {
    pub(crate) network: Telegram,
    pub(crate) connection: ConnectionId,
    pub(crate) group: Group,
}

impl World {
    /// Connects a bot to the first brand.
    pub(crate) async fn bot(&self) -> Bot {
        let mut config =
            TelegramConfig::new(self.client.clone(), Arc::<super::clock::Hands>::clone(&self.clock));
        config.retries = Retries { first: Duration::from_millis(1), attempts: 1 };
        let network = Telegram::start(config).await.unwrap();
        let secrets = secrets(&network.config().token);
        let channel =
            |rung, name: &str| NewChannel { account: network.bot().into(), rung, name: name.into() };
        let channels = [channel(Rung::Public, "groups"), channel(Rung::Direct, "private chats")];
        let (brand, base) = (self.brand.id, network.api_base());
        let connection = self
            .app
            .add_connection(brand, Network::Telegram, "Telegram", &secrets, &base, &channels)
            .await
            .unwrap();
        let hooks = self.app.check_hooks(brand).await.unwrap();
        assert_eq!(hooks[&connection], HookState::InPlace { waiting: 0 });
        let group = network.group("Larkspur Neighbours", true);
        Bot { network, connection, group }
    }

    /// Does everything that waits, on both networks. Every update must be acknowledged.
    pub(crate) async fn drain_bot(&self, bot: &Bot) {
        loop {
            self.drain().await;
            let posted = bot.network.deliver().await;
            assert!(posted.iter().all(aside_sim::Posted::is_acknowledged), "{posted:?}");
            if posted.is_empty() && self.app.work_outbox(64).await.unwrap() == 0 {
                return;
            }
        }
    }

    /// The conversation with somebody on Telegram.
    pub(crate) async fn telegram_conversation(&self, agent: &Agent, person: &Person) -> Option<Conversation> {
        let address = Raw::new(person.id().to_string());
        let id = self.app.conversation_at(self.brand.id, Network::Telegram, &address).await.unwrap()?;
        Some(agent.conversation(&id.to_string()).await)
    }
}

/// A bot's secrets with this token.
pub(crate) fn secrets(token: &str) -> Raw {
    let secrets = serde_json::json!({
        "bot_token": token,
        "secret_token": "a-secret-that-nobody-guesses",
        "username": "larkspur_bot",
    });
    Raw::new(secrets.to_string())
}
