//! `aside channel`: where a brand's customers write.

mod add;
pub(crate) mod asks;
mod facebook;
mod instagram;
mod secrets;
mod telegram;
mod whatsapp;

use super::{
    Failure, Where, block_on,
    brand::{WhichBrand, must_be_there, open_to_look},
    terminal,
};
use crate::{Config, installation::open_app};
use aside_app::HookState;
use aside_model::{
    ConnectionId, Language,
    rows::{BrandRow, ChannelRow, NoticeRow},
};
use aside_store::Store;
use clap::{Args as ClapArgs, Subcommand};
use std::{collections::BTreeMap, process::ExitCode};

/// What can be done with channels.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Connect an account at a network: its public posts and its direct messages
    #[command(after_help = add::EXAMPLES)]
    Add(add::Add),
    /// Put new secrets in the place of those that a network no longer takes
    #[command(after_help = add::CREDENTIALS_EXAMPLES)]
    Credentials(add::Credentials),
    /// List the channels, with the addresses that networks post to
    List(Look),
    /// Look whether webhooks and standing notices are in place at the networks, and mend what is not
    Check(Look),
}

/// Arguments of `aside channel list` and `check`.
#[derive(ClapArgs, Debug)]
pub(crate) struct Look {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
}

pub(crate) fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Add(args) => block_on(add::add(args)),
        Command::Credentials(args) => block_on(add::put_credentials(args)),
        Command::List(args) => block_on(list(args)),
        Command::Check(args) => block_on(check(args)),
    }
}

async fn list(args: Look) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    let store = open_to_look(&config).await?;
    let brands = args.brand.all_of(store.brands().await?)?;
    say_channels(&*store, &brands, &config, &BTreeMap::new()).await?;
    Ok(ExitCode::SUCCESS)
}

async fn check(args: Look) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    must_be_there(&config)?;
    let app = open_app(&config).await?;
    let brands = args.brand.all_of(app.store().brands().await?)?;
    let mut put_up = 0;
    let mut hooks = BTreeMap::new();
    for brand in &brands {
        hooks.extend(app.check_hooks(brand.brand).await?);
        put_up += app.check_notices(brand.brand, Language::English).await?;
    }
    if put_up > 0 {
        eprintln!("{put_up} standing notices were not there; tried to put them up");
    }
    let notices_up = say_channels(&**app.store(), &brands, &config, &hooks).await?;
    let hooks_set =
        hooks.values().all(|state| matches!(state, HookState::SetByHand | HookState::InPlace { .. }));
    let hint = "see whether the account's access token is still good and may manage the account";
    if !hooks_set {
        return Err(Failure::new("not every webhook is set at its network").with_hint(hint));
    }
    if !notices_up {
        return Err(Failure::new("not every standing notice is up at its network").with_hint(hint));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is known of the connections' webhooks.
type Hooks = BTreeMap<ConnectionId, HookState>;

/// Prints the channels. `true` when every notice that was looked for was there.
async fn say_channels<S: Store + ?Sized>(
    store: &S,
    brands: &[BrandRow],
    config: &Config,
    hooks: &Hooks,
) -> Result<bool, Failure> {
    let (mut said, mut all_up) = (vec![], true);
    for brand in brands {
        said.push(brand.name.clone());
        let notices = store.notices(brand.brand).await?;
        for channel in store.channels(brand.brand).await? {
            let notice = notices.iter().find(|notice| notice.channel == channel.channel);
            all_up &= notice.is_none_or(|notice| notice.present == Some(true));
            said.extend(lines(&channel, notice, config, hooks));
        }
    }
    if said.is_empty() {
        eprintln!("there are no channels yet; add one with `aside channel add`");
    } else {
        terminal::say(&said.join("\n"))?;
    }
    Ok(all_up)
}

fn lines(channel: &ChannelRow, notice: Option<&NoticeRow>, config: &Config, hooks: &Hooks) -> Vec<String> {
    let (network, rung) = (channel.network.name(), channel.rung.name());
    let mut lines = vec![format!("  {rung:<7} {network:<9} {:<20} {}", channel.account, channel.name)];
    if let Some(connection) = channel.connection {
        let public = config.public_url(config.listen);
        lines.push(format!("          hook   {public}/hooks/{network}/{connection}"));
        if let Some(state) = hooks.get(&connection).filter(|state| **state != HookState::SetByHand) {
            lines.push(format!("                 {state}"));
        }
        let notice = match notice.map(|notice| (notice.present, notice.checked_at)) {
            Some((Some(true), Some(at))) => format!("up, seen {}", at.rfc3339()),
            Some((Some(false), Some(at))) => format!("NOT up, looked {}", at.rfc3339()),
            _ => "never looked for, or the network has none; `aside channel check` looks".to_owned(),
        };
        lines.push(format!("          notice {notice}"));
    }
    lines
}
