//! The demo's networks beside Facebook, and people who write on any of them.

use super::stage::{Stage, link_in};
use crate::{SystemClock, command::Failure, world::http_client};
use aside_app::NewChannel;
use aside_model::{Clock, Language, Network, Raw, Rung};
use aside_sim::{
    Customer, NotThere, Sim,
    instagram::{Instagram, InstagramConfig, Person as InstagramPerson},
    telegram::{Group, Person as TelegramPerson, Telegram, TelegramConfig},
    whatsapp::{Whatsapp, WhatsappConfig, WhatsappCustomer},
};
use std::{sync::Arc, time::Duration};

/// How often somebody looks whether they got something.
const LOOK: Duration = Duration::from_millis(250);

/// All four networks, connected to the demo's brand.
#[derive(Clone)]
pub(super) struct Networks {
    facebook: Sim,
    post: String,
    instagram: Instagram,
    media: String,
    whatsapp: Whatsapp,
    telegram: Telegram,
    group: Group,
}

impl Networks {
    /// Starts three more networks beside the stage's own, and connects them.
    pub(super) async fn beside(stage: &Stage) -> Result<Self, Failure> {
        let client = http_client().map_err(Failure::new)?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let instagram = InstagramConfig::new(client.clone(), Arc::clone(&clock));
        let instagram = Instagram::start(instagram).await.map_err(Failure::new)?;
        let whatsapp = WhatsappConfig::new(client.clone(), Arc::clone(&clock));
        let whatsapp = Whatsapp::start(whatsapp).await.map_err(Failure::new)?;
        let telegram = TelegramConfig::new(client, clock);
        let telegram = Telegram::start(telegram).await.map_err(Failure::new)?;
        add_instagram(stage, &instagram).await?;
        add_whatsapp(stage, &whatsapp).await?;
        add_telegram(stage, &telegram).await?;
        let media = instagram.media(instagram.account()).map_err(Failure::new)?;
        let group = telegram.group(stage.brand_name, true);
        let (facebook, post) = (stage.sim.clone(), stage.post.clone());
        Ok(Self { facebook, post, instagram, media, whatsapp, telegram, group })
    }

    /// The `number`th person who joins; each is on the next network.
    pub(super) fn somebody(&self, number: usize, name: &str, language: Language) -> Somebody {
        let who = match number % 4 {
            0 => Who::Facebook(self.facebook.customer(name, language)),
            1 => Who::Instagram(self.instagram.person(name, language)),
            2 => Who::Whatsapp(self.whatsapp.customer(name, language)),
            _ => Who::Telegram(self.telegram.person(name, language)),
        };
        Somebody { networks: self.clone(), who, language }
    }
}

/// Somebody on one of the networks.
pub(super) struct Somebody {
    networks: Networks,
    who: Who,
    language: Language,
}

enum Who {
    Facebook(Customer),
    Instagram(InstagramPerson),
    Whatsapp(WhatsappCustomer),
    Telegram(TelegramPerson),
}

impl Somebody {
    /// Their language.
    pub(super) const fn language(&self) -> Language {
        self.language
    }

    /// Says something in public or in direct messages; where a network has no public place, in direct messages.
    /// The answer is the message's id.
    pub(super) fn says(&self, rung: Rung, text: &str) -> Result<String, NotThere> {
        let networks = &self.networks;
        let is_public = rung == Rung::Public;
        let first = |ids: Vec<String>| ids.into_iter().next().unwrap_or_default();
        match &self.who {
            Who::Facebook(human) if is_public => human.comments(&networks.post, text),
            Who::Facebook(human) => human.writes_dm(networks.facebook.page(), text).map(first),
            Who::Instagram(human) if is_public => human.comments(&networks.media, text),
            Who::Instagram(human) => human.writes_dm(networks.instagram.account(), text).map(first),
            Who::Whatsapp(human) => human.writes(networks.whatsapp.number(), text),
            Who::Telegram(human) if is_public => human.writes_in(&networks.group, text),
            Who::Telegram(human) => human.writes_dm(text),
        }
    }

    /// What they got in direct messages.
    fn inbox(&self) -> Vec<String> {
        let networks = &self.networks;
        match &self.who {
            Who::Facebook(human) => texts(human.inbox(networks.facebook.page()), |one| one.text),
            Who::Instagram(human) => texts(human.inbox(networks.instagram.account()), |one| one.text),
            Who::Whatsapp(human) => texts(human.inbox(networks.whatsapp.number()), |one| one.text),
            Who::Telegram(human) => texts(human.inbox(), |one| one.text),
        }
    }

    /// Waits for a link into the secure channel after they said something. Whoever is answered in a Telegram
    /// group presses the link that opens the chat with the bot first.
    pub(super) async fn invited(&self, said: &str, limit: Duration) -> Option<String> {
        let look = async {
            let mut has_pressed = false;
            loop {
                if let Some(link) = self.inbox().iter().find_map(|text| link_in(text)) {
                    return link;
                }
                if let (Who::Telegram(human), false) = (&self.who, has_pressed)
                    && let Some(link) = self.link_to_the_bot(said)
                {
                    has_pressed = human.presses(&link).is_ok();
                }
                tokio::time::sleep(LOOK).await;
            }
        };
        tokio::time::timeout(limit, look).await.ok()
    }

    /// The link in the group's answer to what they said.
    fn link_to_the_bot(&self, said: &str) -> Option<String> {
        let seen = self.networks.telegram.seen_in(&self.networks.group);
        let answer = seen.into_iter().find(|one| one.by.is_none() && one.answers.as_deref() == Some(said))?;
        answer.text.split_whitespace().find(|word| word.starts_with("https://t.me/")).map(str::to_owned)
    }
}

fn texts<T>(list: Vec<T>, text: fn(T) -> String) -> Vec<String> {
    list.into_iter().map(text).collect()
}

/// Adds a connection with its channels. The answer is the address that the network posts to.
async fn connect(
    stage: &Stage,
    network: Network,
    secrets: &serde_json::Value,
    api_base: &str,
    account: &str,
    rungs: &[(Rung, &str)],
) -> Result<String, Failure> {
    let channels: Vec<NewChannel> = rungs
        .iter()
        .map(|(rung, name)| NewChannel { account: account.to_owned(), rung: *rung, name: (*name).to_owned() })
        .collect();
    let secrets = Raw::new(secrets.to_string());
    let name = format!("{} (simulated)", network.name());
    let connection =
        stage.app.add_connection(stage.brand, network, &name, &secrets, api_base, &channels).await?;
    Ok(format!("{}/hooks/{}/{connection}", stage.url, network.name()))
}

async fn add_instagram(stage: &Stage, instagram: &Instagram) -> Result<(), Failure> {
    let config = instagram.config();
    let account = config.accounts.first().ok_or_else(|| Failure::new("no simulated account"))?;
    let secrets = serde_json::json!({
        "instagram_app_secret": config.instagram_secret,
        "facebook_app_secret": config.app_secret,
        "verify_token": config.verify_token,
        "accounts": { account.id.clone(): account.token },
    });
    let rungs = [(Rung::Public, "Instagram posts"), (Rung::Direct, "Instagram messages")];
    let base = instagram.api_base();
    let hook = connect(stage, Network::Instagram, &secrets, &base, &account.id, &rungs).await?;
    instagram.connect(&hook).await.map_err(Failure::new)?;
    instagram.keep_delivering();
    Ok(())
}

async fn add_whatsapp(stage: &Stage, whatsapp: &Whatsapp) -> Result<(), Failure> {
    let config = whatsapp.config();
    let number = config.numbers.first().ok_or_else(|| Failure::new("no simulated number"))?;
    let secrets = serde_json::json!({
        "app_secret": config.app_secret,
        "verify_token": config.verify_token,
        "numbers": { number.id.clone(): number.token },
    });
    let base = whatsapp.api_base();
    let rungs = [(Rung::Direct, "WhatsApp")];
    let hook = connect(stage, Network::Whatsapp, &secrets, &base, &number.id, &rungs).await?;
    whatsapp.connect(&hook).await.map_err(Failure::new)?;
    whatsapp.keep_delivering();
    Ok(())
}

/// A bot's webhook is set by whoever has its token.
async fn add_telegram(stage: &Stage, telegram: &Telegram) -> Result<(), Failure> {
    use aside_model::Random;
    let mut secret = [0; 24];
    crate::SystemRandom.fill(&mut secret);
    let config = telegram.config();
    let secrets = serde_json::json!({
        "bot_token": config.token,
        "secret_token": secret.map(|byte| format!("{byte:02x}")).concat(),
        "username": config.username,
    });
    let base = telegram.api_base();
    let rungs = [(Rung::Public, "Telegram group"), (Rung::Direct, "Telegram")];
    connect(stage, Network::Telegram, &secrets, &base, telegram.bot(), &rungs).await?;
    stage.app.check_hooks(stage.brand).await?;
    telegram.keep_delivering();
    Ok(())
}
