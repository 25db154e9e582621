//! `aside channel`: where a brand's customers write.

use super::{
    Failure, Where, block_on,
    brand::{WhichBrand, must_be_there, open_to_look},
    terminal,
};
use crate::{Config, installation::open_app};
use aside_app::NewChannel;
use aside_channels::facebook::FacebookSecrets;
use aside_model::{
    Language, Network, Raw, Rung,
    rows::{BrandRow, ChannelRow, NoticeRow},
};
use aside_store::{Doorway, Store};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    process::ExitCode,
};

/// More than the secrets of any connection, in bytes.
const LARGEST_SECRETS: u64 = 1024 * 1024;

const EXAMPLES: &str = "\
Example:
  $ cat secrets.json      # mode 600
  {\"app_secret\":\"…\",\"verify_token\":\"…\",\"pages\":{\"1045…\":\"<page access token>\"}}
  $ aside channel add --network facebook --account 1045… --name 'Larkspur Home' \\
      --secrets-file secrets.json

app_secret is in the app's settings at the network; verify_token is any long random text that you choose; a \
page's access token lets Aside answer in the page's name. All are sealed before they are stored. Delete the \
file afterwards.";

/// What can be done with channels.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Connect an account at a network: its public posts and its direct messages
    #[command(after_help = EXAMPLES)]
    Add(Add),
    /// List the channels, with the addresses that networks post to
    List(Look),
    /// Look whether the standing notices are up at the networks, and put them up where they are not
    Check(Look),
}

/// Arguments of `aside channel add`.
#[derive(ClapArgs, Debug)]
pub(crate) struct Add {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
    /// The network
    #[arg(long, value_enum)]
    network: Networks,
    /// The account's id at the network; for Facebook the page's id
    #[arg(long, value_name = "PAGE_ID", value_parser = account)]
    account: String,
    /// A name for people
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Where the network's API is
    #[arg(long, value_name = "URL", default_value = "https://graph.facebook.com", value_parser = api_base)]
    api_base: String,
    /// A JSON file with the connection's secrets, readable by nobody else; `-` for standard input
    #[arg(long, value_name = "FILE")]
    secrets_file: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Networks {
    /// Facebook pages and Messenger
    Facebook,
}

/// Arguments of `aside channel list` and `check`.
#[derive(ClapArgs, Debug)]
pub(crate) struct Look {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
}

fn account(text: &str) -> Result<String, String> {
    if text.is_empty() || text.len() > 32 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err("a page's id is a number".to_owned());
    }
    Ok(text.to_owned())
}

/// Tokens go there, so the way must be protected.
fn api_base(text: &str) -> Result<String, String> {
    let url = reqwest::Url::parse(text).map_err(|_| "not an address".to_owned())?;
    let local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match url.scheme() {
        "https" => {}
        "http" if local => {}
        _ => return Err("access tokens go there: only https, or http on this machine".to_owned()),
    }
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err("only host, port and path".to_owned());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

pub(crate) fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Add(args) => block_on(add(args)),
        Command::List(args) => block_on(list(args)),
        Command::Check(args) => block_on(check(args)),
    }
}

async fn add(args: Add) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    args.brand.named_if_first(&config)?;
    let Networks::Facebook = args.network;
    let secrets = read_secrets(&args.secrets_file)?;
    check_secrets(&secrets, &args.account)?;
    let app = open_app(&config).await?;
    let brand = args.brand.of_or_first(&app).await?;
    let taken = app.store().channels(brand.brand).await?;
    if taken.iter().any(|c| c.network == Network::Facebook && c.account == args.account) {
        let hint = "see `aside channel list`";
        return Err(
            Failure::new(format!("the account {} is connected already", args.account)).with_hint(hint)
        );
    }
    let channel = |rung, what| NewChannel {
        account: args.account.clone(),
        rung,
        name: format!("{}, {what}", args.name),
    };
    let channels = [channel(Rung::Public, "posts"), channel(Rung::Direct, "Messenger")];
    let connection = app
        .add_connection(brand.brand, Network::Facebook, &args.name, &secrets, &args.api_base, &channels)
        .await?;
    app.sequence_all().await?;
    let public = config.public_url(config.listen);
    terminal::say(&format!(
        "connected {} with {}: posts and Messenger\n\
         what remains to be done in the app's settings at the network (Webhooks, Page):\n\
         1. callback URL  {public}/hooks/facebook/{connection}\n\
         2. verify token  the `verify_token` of your secrets file\n\
         3. subscribe to  feed, messages, message_echoes, message_deliveries, message_reads, message_edits,\n\
         \x20                messaging_postbacks, messaging_referrals\n\
         then start `aside serve`, which puts up the standing notices within the hour; `aside channel check`\n\
         does it at once",
        args.name, brand.name
    ))?;
    if !public.starts_with("https://") {
        eprintln!("the network posts to https alone: set `public_url` in the configuration");
    }
    Ok(ExitCode::SUCCESS)
}

/// The JSON as it was given. Never repeated in an error: it is nothing but secrets.
fn read_secrets(from: &str) -> Result<Raw, Failure> {
    let failed = |e: io::Error| Failure::new(format!("cannot read the secrets from {from}: {e}"));
    let mut text = String::new();
    if from == "-" {
        io::stdin().lock().take(LARGEST_SECRETS).read_to_string(&mut text).map_err(failed)?;
    } else {
        let file = File::open(from).map_err(failed)?;
        refuse_exposed(&file, Path::new(from))?;
        file.take(LARGEST_SECRETS).read_to_string(&mut text).map_err(failed)?;
    }
    Ok(Raw::new(text))
}

#[cfg(unix)]
fn refuse_exposed(file: &File, path: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    let about = file.metadata().map_err(|e| Failure::new(format!("cannot read {}: {e}", path.display())))?;
    if about.permissions().mode() & 0o077 != 0 {
        let path = path.display();
        let hint = format!(
            "run `chmod 600 {path}`, and have the network make new secrets if others may have read it"
        );
        return Err(Failure::new(format!("{path} can be read by other users")).with_hint(hint));
    }
    Ok(())
}

#[cfg(not(unix))]
fn refuse_exposed(_: &File, _: &Path) -> Result<(), Failure> {
    Ok(())
}

fn check_secrets(json: &Raw, account: &str) -> Result<(), Failure> {
    let hint = "it is like {\"app_secret\":\"…\",\"verify_token\":\"…\",\"pages\":{\"<page id>\":\"<page access token>\"}}";
    let wrong = |what: String| Failure::new(format!("the secrets are not right: {what}")).with_hint(hint);
    let secrets = FacebookSecrets::from_json(json.expose().as_bytes())
        .map_err(|_| wrong("not the JSON that a connection to Facebook needs".into()))?;
    if secrets.app_secret.len() < 16 {
        return Err(wrong("`app_secret` has fewer than 16 characters".into()));
    }
    if secrets.verify_token.len() < 12 {
        return Err(wrong("`verify_token` has fewer than 12 characters".into()));
    }
    match secrets.pages.get(account) {
        Some(token) if !token.trim().is_empty() => Ok(()),
        Some(_) => Err(wrong(format!("the access token of page {account} is empty"))),
        None => Err(wrong(format!("`pages` has no access token of page {account}"))),
    }
}

async fn list(args: Look) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    let store = open_to_look(&config)?;
    let brands = args.brand.all_of(store.brands().await?)?;
    say_channels(&store, &brands, &config).await?;
    Ok(ExitCode::SUCCESS)
}

async fn check(args: Look) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    must_be_there(&config)?;
    let app = open_app(&config).await?;
    let brands = args.brand.all_of(app.store().brands().await?)?;
    let mut put_up = 0;
    for brand in &brands {
        put_up += app.check_notices(brand.brand, Language::English).await?;
    }
    if put_up > 0 {
        eprintln!("{put_up} standing notices were not there; tried to put them up");
    }
    if say_channels(&**app.store(), &brands, &config).await? {
        Ok(ExitCode::SUCCESS)
    } else {
        let hint = "see whether the page's access token is still good and may manage the page";
        Err(Failure::new("not every standing notice is up at its network").with_hint(hint))
    }
}

/// Prints the channels. `true` when every notice that was looked for was there.
async fn say_channels<S: Store + ?Sized>(
    store: &S,
    brands: &[BrandRow],
    config: &Config,
) -> Result<bool, Failure> {
    let (mut said, mut all_up) = (vec![], true);
    for brand in brands {
        said.push(brand.name.clone());
        let notices = store.notices(brand.brand).await?;
        for channel in store.channels(brand.brand).await? {
            let notice = notices.iter().find(|notice| notice.channel == channel.channel);
            all_up &= notice.is_none_or(|notice| notice.present == Some(true));
            said.extend(lines(&channel, notice, config));
        }
    }
    if said.is_empty() {
        eprintln!("there are no channels yet; add one with `aside channel add`");
    } else {
        terminal::say(&said.join("\n"))?;
    }
    Ok(all_up)
}

fn lines(channel: &ChannelRow, notice: Option<&NoticeRow>, config: &Config) -> Vec<String> {
    let (network, rung) = (channel.network.name(), channel.rung.name());
    let mut lines = vec![format!("  {rung:<7} {network:<9} {:<20} {}", channel.account, channel.name)];
    if let Some(connection) = channel.connection {
        let public = config.public_url(config.listen);
        lines.push(format!("          hook   {public}/hooks/{network}/{connection}"));
        let notice = match notice.map(|notice| (notice.present, notice.checked_at)) {
            Some((Some(true), Some(at))) => format!("up, seen {}", at.rfc3339()),
            Some((Some(false), Some(at))) => format!("NOT up, looked {}", at.rfc3339()),
            _ => "never looked for; run `aside channel check`".to_owned(),
        };
        lines.push(format!("          notice {notice}"));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_go_over_protected_ways_alone() {
        assert_eq!(api_base("https://graph.facebook.com/").unwrap(), "https://graph.facebook.com");
        assert!(api_base("http://127.0.0.1:4000").is_ok());
        for wrong in ["http://graph.facebook.com", "ftp://127.0.0.1", "graph.facebook.com", "https://a/?b=c"]
        {
            assert!(api_base(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn secrets_that_cannot_work_are_refused_without_repeating_them() {
        let good = r#"{"app_secret":"0123456789abcdef","verify_token":"0123456789ab","pages":{"1":"t"}}"#;
        let check = |json: &str, account| check_secrets(&Raw::new(json.to_owned()), account);
        assert!(check(good, "1").is_ok());
        assert!(check(good, "2").unwrap_err().to_string().contains("no access token of page 2"));
        for wrong in ["", "[]", &good.replace("0123456789abcdef", "x7y"), &good.replace("\"t\"", "\"\"")] {
            let error = check(wrong, "1").unwrap_err().to_string();
            assert!(error.starts_with("the secrets are not right") && !error.contains("x7y"), "{error}");
        }
    }
}
