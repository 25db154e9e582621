//! `aside agent`: who answers for a brand.

use super::{
    Failure, Where, block_on,
    brand::{WhichBrand, must_be_there, open_to_look},
    terminal,
};
use crate::{SystemRandom, installation::open_app};
use aside_app::NewAgent;
use aside_model::{Random, Raw, Role};
use clap::{Args as ClapArgs, Subcommand};
use qrcode::render::unicode::Dense1x2;
use std::{
    io::{IsTerminal, stdout},
    process::ExitCode,
};

const EXAMPLES: &str = "\
Examples:
  $ aside agent add --login mara --name 'Mara Example' --brand 'Larkspur Home'     # the first brand
  $ aside agent add --login otto --name 'Otto Example' --role privacy_officer \\
      --password-stdin < password.txt

The password is asked for on the terminal; without one, and without --password-stdin, one is made up and \
shown once. The second factor's secret is shown once, too: scan the code with an authenticator app.";

/// What can be done with agents.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Add an agent, with the secret of a second factor
    #[command(after_help = EXAMPLES)]
    Add(Add),
    /// List the agents
    List(List),
    /// Let an agent no longer sign in, and end their sessions
    Disable(Change),
    /// Let a disabled agent sign in again
    Enable(Change),
}

/// Arguments of `aside agent add`.
#[derive(ClapArgs, Debug)]
pub(crate) struct Add {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
    /// What they sign in with; no spaces
    #[arg(long, value_name = "NAME", value_parser = login)]
    login: String,
    /// Their name, as colleagues know it
    #[arg(long, value_name = "NAME")]
    name: String,
    /// What they may do: agent, privacy_officer or administrator
    #[arg(long, value_name = "ROLE", default_value = "agent", value_parser = role)]
    role: Role,
    /// Read the password from the first line of standard input
    #[arg(long)]
    password_stdin: bool,
}

/// Arguments of `aside agent list`.
#[derive(ClapArgs, Debug)]
pub(crate) struct List {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
}

/// Arguments of `aside agent disable` and `enable`.
#[derive(ClapArgs, Debug)]
pub(crate) struct Change {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
    /// What they sign in with
    #[arg(long, value_name = "NAME", value_parser = login)]
    login: String,
}

fn login(text: &str) -> Result<String, String> {
    let login = text.trim().to_lowercase();
    if login.is_empty() || login.contains(|c: char| c.is_whitespace() || c.is_control() || c == ':') {
        return Err("a login is not empty and has no spaces and no `:`".to_owned());
    }
    Ok(login)
}

fn role(text: &str) -> Result<Role, String> {
    text.parse().map_err(|_| "a role is agent, privacy_officer or administrator".to_owned())
}

pub(crate) fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Add(args) => block_on(add(args))?,
        Command::List(args) => block_on(list(args))?,
        Command::Disable(args) => block_on(enable(args, false))?,
        Command::Enable(args) => block_on(enable(args, true))?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn add(args: Add) -> Result<(), Failure> {
    let config = args.place.config(None)?;
    args.brand.named_if_first(&config)?;
    let made_up = !args.password_stdin && !terminal::somebody_types();
    let password =
        if made_up { made_up_password() } else { terminal::new_secret("password", args.password_stdin)? };
    let app = open_app(&config).await?;
    let brand = args.brand.of_or_first(&app).await?;
    let shown = made_up.then(|| Raw::new(password.expose().to_owned()));
    let (login, name, role) = (args.login, args.name, args.role);
    let new = NewAgent { login: login.clone(), name: name.clone(), role, password };
    let secret = app.add_agent(brand.brand, new).await?;
    app.sequence_all().await?;
    let mut said = vec![format!("added {login} ({name}, {role}) to {}", brand.name)];
    if let Some(password) = shown {
        said.push(format!("password, shown this once: {}", password.expose()));
    }
    said.extend(second_factor(&brand.name, &login, secret)?);
    terminal::say(&said.join("\n"))
}

/// The second factor for an authenticator app: as code, as address, as text to type.
fn second_factor(brand: &str, login: &str, secret: Vec<u8>) -> Result<Vec<String>, Failure> {
    let failed = |e: totp_rs::TotpError| Failure::new(format!("the second factor cannot be shown: {e}"));
    let totp = totp_rs::Builder::new()
        .with_secret(secret)
        .with_account_name(login)
        .with_issuer(Some(brand.replace(':', " ")))
        .build()
        .map_err(failed)?;
    let url = totp.to_url().map_err(failed)?;
    let mut said = vec!["second factor, shown this once, for an authenticator app:".to_owned()];
    if stdout().is_terminal()
        && let Ok(code) = qrcode::QrCode::new(&url)
    {
        // Most terminals are dark, and scanners want the code light around dark.
        let code = code.render().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build();
        said.push(code);
    }
    said.extend([format!("  {url}"), format!("  {}", totp.secret().to_base32())]);
    Ok(said)
}

/// 120 random bits, as letters and digits that cannot be mistaken for each other.
fn made_up_password() -> Raw {
    let mut bytes = [0; 15];
    SystemRandom.fill(&mut bytes);
    Raw::new(totp_rs::Secret::from(bytes.to_vec()).to_base32().to_lowercase())
}

async fn list(args: List) -> Result<(), Failure> {
    let store = open_to_look(&args.place.config(None)?).await?;
    let brands = args.brand.all_of(store.brands().await?)?;
    let mut lines = vec![];
    for brand in brands {
        for agent in store.agents(brand.brand).await? {
            let state = if agent.enabled { "enabled" } else { "disabled" };
            let factor = if agent.totp_sealed.is_some() { "second factor" } else { "no second factor" };
            lines.push(format!(
                "{:<20} {:<16} {state:<9} {factor:<17} {}  ({})",
                agent.login,
                agent.role.name(),
                agent.name,
                brand.name
            ));
        }
    }
    if lines.is_empty() {
        eprintln!("there are no agents yet; add one with `aside agent add`");
        return Ok(());
    }
    terminal::say(&lines.join("\n"))
}

async fn enable(args: Change, enabled: bool) -> Result<(), Failure> {
    let config = args.place.config(None)?;
    must_be_there(&config)?;
    let app = open_app(&config).await?;
    // A login is unique over all brands.
    let row = app.store().agent_anywhere(&args.login).await?;
    let brands = args.brand.all_of(app.store().brands().await?)?;
    let Some(row) = row.filter(|row| brands.iter().any(|brand| brand.brand == row.brand)) else {
        let hint = "see `aside agent list`";
        return Err(Failure::new(format!("there is no agent with the login {}", args.login)).with_hint(hint));
    };
    let done = match (row.enabled == enabled, enabled) {
        (true, true) => "is enabled already",
        (true, false) => "is disabled already",
        (false, true) => "can sign in again",
        (false, false) => "can no longer sign in; their sessions have ended",
    };
    if row.enabled != enabled {
        app.enable_agent(row.brand, &args.login, enabled).await?;
        app.sequence_all().await?;
    }
    terminal::say(&format!("{} {done}", args.login))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_factor_is_what_authenticator_apps_read() {
        let said =
            second_factor("Larkspur: Home", "mara", b"12345678901234567890".to_vec()).unwrap().join("\n");
        let url = "otpauth://totp/Larkspur%20%20Home:mara?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        assert!(said.contains(url) && said.contains("issuer=Larkspur%20%20Home"), "{said}");
        assert!(said.lines().any(|line| line.trim() == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{said}");
    }

    #[test]
    fn a_made_up_password_is_long_and_never_the_same() {
        let (one, other) = (made_up_password(), made_up_password());
        assert_eq!(one.expose().len(), 24);
        assert_ne!(one.expose(), other.expose());
    }
}
