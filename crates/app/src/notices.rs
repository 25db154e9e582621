//! Standing notices: one per channel, put up on the network and checked to be still there.

use crate::{Acting, App, AppError, Result, networks::Networks, views::ChannelView, words};
use aside_access::Action;
use aside_channels::NoticeState;
use aside_model::{
    BrandId, Command, Effect, Language, Rung,
    rows::{ChannelRow, NoticeRow},
};

impl App {
    /// The channels with their standing notices.
    pub async fn channel_views(&self, acting: &Acting) -> Result<Vec<ChannelView>> {
        self.permit(acting, Action::ManageChannels)?;
        let notices = self.store.notices(acting.brand).await?;
        let channels = self.store.channels(acting.brand).await?;
        Ok(channels
            .into_iter()
            .map(|c| ChannelView {
                hook: c
                    .connection
                    .map(|id| format!("{}/hooks/{}/{id}", self.settings.public_url, c.network.name())),
                protection: Networks::protection(c.network),
                notice: notices
                    .iter()
                    .find(|n| n.channel == c.channel)
                    .map(|n| (n.language.clone(), n.text.clone(), n.checked_at, n.present)),
                channel: c.channel,
                name: c.name,
                network: c.network,
                rung: c.rung,
                account: c.account,
            })
            .collect())
    }

    /// Looks on each network whether the standing notice is there, and puts it up where it is not. Returns
    /// how many had to be put up.
    pub async fn check_notices(&self, brand: BrandId, language: Language) -> Result<u32> {
        let mut put_up = 0;
        for channel in self.store.channels(brand).await? {
            if channel.rung == Rung::Secure {
                continue;
            }
            let Some(connector) = self.connector_of(&channel).await? else { continue };
            if connector.capabilities(channel.rung).longest_notice == 0 {
                continue;
            }
            let text = notice_for(&channel).in_language(language);
            let look = || connector.check_notice(&channel.account, channel.rung, language, text);
            let mut state = look().await;
            if state == NoticeState::Absent {
                let all: Vec<(Language, &str)> = std::iter::once(language)
                    .chain(Language::ALL.iter().copied().filter(|l| *l != language))
                    .map(|l| (l, notice_for(&channel).in_language(l)))
                    .collect();
                connector.set_notice(&channel.account, channel.rung, &all).await;
                state = look().await;
                put_up += 1;
            }
            // A network that does not say is not taken for one that says no.
            let present = match state {
                NoticeState::Present => Some(true),
                NoticeState::Absent => Some(false),
                NoticeState::NotKnown { .. } => None,
            };
            let row = NoticeRow {
                brand,
                channel: channel.channel,
                language: language.tag().to_owned(),
                text: text.to_owned(),
                checked_at: Some(self.clock.now()),
                present,
            };
            let command = Command::new(brand).effect(Effect::PutNotice(row));
            self.store.apply(command).await.map_err(AppError::from)?;
        }
        Ok(put_up)
    }
}

const fn notice_for(channel: &ChannelRow) -> &'static words::Words {
    match channel.rung {
        Rung::Public => &words::NOTICE_PUBLIC,
        _ => &words::NOTICE_DIRECT,
    }
}
