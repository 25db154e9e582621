//! Connecting an account, and putting new credentials in the place of old ones.

use super::{
    asks::{self, Asks},
    secrets::{self, Given},
};
use crate::{
    Config,
    command::{Failure, Where, brand::WhichBrand, terminal},
    http_client,
    installation::open_app,
};
use aside_app::{App, NewChannel};
use aside_model::{
    ConnectionId, Raw,
    rows::{BrandRow, ConnectionRow},
};
use clap::Args;
use std::process::ExitCode;

pub(super) const EXAMPLES: &str = "\
Examples:
  $ aside channel add facebook --account 1045… --name 'Larkspur Home' --secrets-file secrets.json
  $ cat secrets.json      # mode 600
  {\"app_secret\":\"…\",\"verify_token\":\"…\",\"pages\":{\"1045…\":\"<page access token>\"}}

  $ ASIDE_TELEGRAM_BOT_TOKEN=… aside channel add telegram --name 'Larkspur Home'

Secrets are never arguments, which every program on the machine can read: they come from a file of mode 600 (or \
`-`, standard input), from the environment, or are asked for where somebody types. What is ours to choose, such \
as Facebook's verify token, is made if you leave it out. All are sealed before they are stored. Delete the file \
afterwards.

A second account of the same app goes to the same connection: name it with --connection (see `aside channel \
list`), and give its own token alone.";

pub(super) const CREDENTIALS_EXAMPLES: &str = "\
Example:
  $ aside channel credentials telegram --secrets-file secrets.json

What the file, the environment or you do not give stays as it is stored. What waited because the network no \
longer took the old credentials is sent then.";

/// Arguments of `aside channel add`.
#[derive(Args, Debug)]
pub(crate) struct Add {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
    /// The network
    #[arg(value_name = "NETWORK", value_parser = network)]
    network: &'static Asks,
    /// The account's id at the network (a page's, a bot's); can be left out where the secrets name it
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    /// A name for people
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The connection that the account is added to, where it is one more of the same app
    #[arg(long, value_name = "ID")]
    connection: Option<ConnectionId>,
    /// Where the network's API is
    #[arg(long, value_name = "URL", value_parser = api_base)]
    api_base: Option<String>,
    /// A JSON file with the connection's secrets, readable by nobody else; `-` for standard input
    #[arg(long, value_name = "FILE")]
    secrets_file: Option<String>,
}

/// Arguments of `aside channel credentials`.
#[derive(Args, Debug)]
pub(crate) struct Credentials {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
    /// The network
    #[arg(value_name = "NETWORK", value_parser = network)]
    network: &'static Asks,
    /// The account; needed where the brand has several on this network
    #[arg(long, value_name = "ID")]
    account: Option<String>,
    /// A JSON file with the new secrets, readable by nobody else; `-` for standard input
    #[arg(long, value_name = "FILE")]
    secrets_file: Option<String>,
}

impl std::fmt::Debug for Asks {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.network.name())
    }
}

fn network(text: &str) -> Result<&'static Asks, String> {
    asks::network(text)
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

pub(super) async fn add(args: Add) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    args.brand.named_if_first(&config)?;
    let asks = args.network;
    if let Some(account) = &args.account {
        must_be_an_account(asks, account)?;
    }
    if args.connection.is_some() {
        let app = open_app(&config).await?;
        let brand = args.brand.of_or_first(&app).await?;
        return add_to_connection(&args, &config, &app, &brand).await;
    }
    // What cannot work is refused before a data folder is made for it.
    let given = secrets::collect(asks, args.account.as_deref(), None, args.secrets_file.as_deref(), false)?;
    let account = account_of(asks, args.account.as_deref(), &given)?;
    let base = args.api_base.clone().unwrap_or_else(|| asks.api_base.to_owned());
    let json = checked(asks, &account, &base, given.json).await?;
    let app = open_app(&config).await?;
    let brand = args.brand.of_or_first(&app).await?;
    must_be_new(&app, &brand, asks, &account).await?;
    let channels = channels(asks, &account, &args.name);
    let connection =
        app.add_connection(brand.brand, asks.network, &args.name, &json, &base, &channels).await?;
    app.sequence_all().await?;
    say_what_remains(&args, &config, &app, &brand, connection, &given.made).await
}

/// One more account of an app that is connected.
async fn add_to_connection(
    args: &Add,
    config: &Config,
    app: &App,
    brand: &BrandRow,
) -> Result<ExitCode, Failure> {
    let asks = args.network;
    let rows = app.store().connections(brand.brand).await?;
    let wanted =
        |row: &&ConnectionRow| Some(row.connection) == args.connection && row.network == asks.network;
    let Some(row) = rows.iter().find(wanted) else {
        return Err(Failure::new(format!("there is no such connection to {}", asks.network))
            .with_hint("see `aside channel list`: its id is the end of the hook's address"));
    };
    let stored = app.secrets_of(brand.brand, row.connection).await?;
    let file = args.secrets_file.as_deref();
    let given = secrets::collect(asks, args.account.as_deref(), Some(&stored), file, false)?;
    let account = account_of(asks, args.account.as_deref(), &given)?;
    must_be_new(app, brand, asks, &account).await?;
    let json = checked(asks, &account, &row.api_base, given.json).await?;
    let channels = channels(asks, &account, &args.name);
    app.add_to_connection(brand.brand, row.connection, &json, &channels).await?;
    app.sequence_all().await?;
    say_what_remains(args, config, app, brand, row.connection, &[]).await
}

pub(super) async fn put_credentials(args: Credentials) -> Result<ExitCode, Failure> {
    let config = args.place.config(None)?;
    super::must_be_there(&config)?;
    let asks = args.network;
    let app = open_app(&config).await?;
    let brand = args.brand.of(app.store().brands().await?)?;
    let mut rows = app.store().channels(brand.brand).await?;
    rows.retain(|row| {
        row.network == asks.network && args.account.as_ref().is_none_or(|account| row.account == *account)
    });
    let Some(channel) = rows.first() else {
        return Err(Failure::new(format!("no such account is connected on {}", asks.network))
            .with_hint("see `aside channel list`; connect it with `aside channel add`"));
    };
    if rows.iter().any(|row| row.account != channel.account) {
        return Err(Failure::new(format!("there are several accounts on {}", asks.network))
            .with_hint("choose one with --account; see `aside channel list`"));
    }
    let Some(connection) = channel.connection else {
        return Err(Failure::new("that channel has no secrets"));
    };
    let row =
        app.store().connections(brand.brand).await?.into_iter().find(|row| row.connection == connection);
    let row = row.ok_or_else(|| Failure::new("the channel's connection is gone"))?;
    let stored = app.secrets_of(brand.brand, connection).await?;
    let file = args.secrets_file.as_deref();
    let given = secrets::collect(asks, Some(&channel.account), Some(&stored), file, true)?;
    if !given.any {
        let names: Vec<&str> = asks.secrets.iter().map(|secret| secret.variable).collect();
        return Err(Failure::new("nothing new was given")
            .with_hint(format!("give --secrets-file, or one of {}", names.join(", "))));
    }
    let json = checked(asks, &channel.account, &row.api_base, given.json).await?;
    let waited = app.put_secrets(brand.brand, connection, &json).await?;
    app.sequence_all().await?;
    let hook = app.check_hooks(brand.brand).await?.remove(&connection);
    terminal::say(&format!(
        "new credentials for {} {}; {waited} jobs that waited for them are due now",
        asks.network, channel.account
    ))?;
    if let Some(hook) = hook.filter(|hook| *hook != aside_app::HookState::SetByHand) {
        terminal::say(&format!("webhook: {hook}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn must_be_an_account(asks: &Asks, account: &str) -> Result<(), Failure> {
    if (asks.is_account)(account) {
        return Ok(());
    }
    Err(Failure::new(format!("the account is not {}", asks.account)))
}

fn account_of(asks: &Asks, given: Option<&str>, collected: &Given) -> Result<String, Failure> {
    if let Some(account) = given {
        return Ok(account.to_owned());
    }
    let Some(account_of) = asks.account_of else {
        return Err(Failure::new("which account?").with_hint(format!("give --account: {}", asks.account)));
    };
    let named = account_of(&collected.json).filter(|account| (asks.is_account)(account));
    named.ok_or_else(|| secrets::wrong(asks, &format!("they do not name {}", asks.account)))
}

/// The stored form, once it is known to be able to work.
async fn checked(asks: &Asks, account: &str, base: &str, json: Vec<u8>) -> Result<Raw, Failure> {
    (asks.check)(&json, account).map_err(|what| secrets::wrong(asks, &what))?;
    let json = match asks.complete {
        None => json,
        Some(complete) => {
            let http = http_client().map_err(|e| Failure::new(format!("no HTTP client: {e}")))?;
            complete(http, base.to_owned(), json)
                .await
                .map_err(|what| Failure::new(format!("{} was asked and said no: {what}", asks.network)))?
        }
    };
    let text = String::from_utf8(json).map_err(|_| Failure::new("the secrets are not text"))?;
    Ok(Raw::new(text))
}

async fn must_be_new(app: &App, brand: &BrandRow, asks: &Asks, account: &str) -> Result<(), Failure> {
    let taken = app.store().channels(brand.brand).await?;
    if taken.iter().any(|row| row.network == asks.network && row.account == account) {
        return Err(Failure::new(format!("the account {account} is connected already")).with_hint(
            "see `aside channel list`; new secrets for it go in with `aside channel credentials`",
        ));
    }
    Ok(())
}

fn channels(asks: &Asks, account: &str, name: &str) -> Vec<NewChannel> {
    let channel = |(rung, what): &(_, &str)| NewChannel {
        account: account.to_owned(),
        rung: *rung,
        name: format!("{name}, {what}"),
    };
    asks.rungs.iter().map(channel).collect()
}

async fn say_what_remains(
    args: &Add,
    config: &Config,
    app: &App,
    brand: &BrandRow,
    connection: ConnectionId,
    made: &[(&str, String)],
) -> Result<ExitCode, Failure> {
    let asks = args.network;
    let public = config.public_url(config.listen);
    let hook = format!("{public}/hooks/{}/{connection}", asks.network);
    let made = made.first().map(|(_, text)| format!(", made for you: {text}")).unwrap_or_default();
    let rungs: Vec<&str> = asks.rungs.iter().map(|(_, what)| *what).collect();
    terminal::say(&format!(
        "connected {} with {}: {}\n{}\n\
         then start `aside serve`, which puts up the standing notices within the hour; `aside channel check`\n\
         does it at once",
        args.name,
        brand.name,
        rungs.join(" and "),
        asks.remains.replace("{hook}", &hook).replace("{made}", &made)
    ))?;
    if let Some(state) = app.check_hooks(brand.brand).await?.remove(&connection)
        && state != aside_app::HookState::SetByHand
    {
        terminal::say(&format!("webhook {hook}: {state}"))?;
    }
    if !public.starts_with("https://") {
        eprintln!("the network posts to https alone: set `public_url` in the configuration");
    }
    Ok(ExitCode::SUCCESS)
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
        let asks = asks::network("facebook").unwrap();
        let good = r#"{"app_secret":"0123456789abcdef","verify_token":"0123456789ab","pages":{"1":"t"}}"#;
        let check = |json: &str, account| (asks.check)(json.as_bytes(), account);
        assert!(check(good, "1").is_ok());
        assert!(check(good, "2").unwrap_err().contains("no access token of page 2"));
        for wrong in ["", "[]", &good.replace("0123456789abcdef", "x7y"), &good.replace("\"t\"", "\"\"")] {
            let error = check(wrong, "1").unwrap_err();
            assert!(!error.contains("x7y"), "{error}");
        }
    }
}
