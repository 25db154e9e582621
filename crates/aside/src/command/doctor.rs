//! `aside doctor`: looks for what is missing or dangerous in an installation. It changes nothing, and works
//! while a server runs.

mod brands;
mod folder;

use super::{Failure, Where, terminal};
use crate::{
    Config, SystemClock, SystemRandom, backend,
    command::{block_on, brand::open_to_look},
    installation::open_keys,
};
use aside_model::Clock;
use aside_rules::Rules;
use clap::Args as ClapArgs;
use std::{fmt, process::ExitCode};

/// Arguments of `aside doctor`.
#[derive(ClapArgs, Debug)]
#[command(
    after_help = "Exit code 0: nothing is bad. Exit code 1: something is, and below it stands what to do."
)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Where,
}

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Level {
    Ok,
    Warn,
    Bad,
}

/// What one check found.
#[derive(Debug)]
struct Check {
    level: Level,
    what: &'static str,
    found: String,
    advice: Option<String>,
}

impl Check {
    fn ok(what: &'static str, found: impl Into<String>) -> Self {
        Self { level: Level::Ok, what, found: found.into(), advice: None }
    }

    fn warn(what: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { level: Level::Warn, what, found: found.into(), advice: Some(advice.into()) }
    }

    fn bad(what: &'static str, found: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { level: Level::Bad, what, found: found.into(), advice: Some(advice.into()) }
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok",
            Level::Warn => "warn",
            Level::Bad => "BAD",
        };
        write!(f, "{level:<5} {:<16} {}", self.what, self.found)?;
        match &self.advice {
            Some(advice) => write!(f, "\n{:23}{advice}", ""),
            None => Ok(()),
        }
    }
}

pub(crate) fn run(Args { place }: Args) -> Result<ExitCode, Failure> {
    let config = place.config(None)?;
    let checks = block_on(look(config))?;
    let count = |level| checks.iter().filter(|check| check.level == level).count();
    let (bad, warnings) = (count(Level::Bad), count(Level::Warn));
    let lines: Vec<String> = checks.iter().map(ToString::to_string).collect();
    terminal::say(&format!("{}\n{bad} bad, {warnings} to think about", lines.join("\n")))?;
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn look(config: Config) -> Result<Vec<Check>, Failure> {
    let mut checks = settings(&config);
    if !config.data.is_dir() {
        let found = format!("{} is not there", config.data.display());
        let advice = "give it with --data; a new one is made by the first `aside agent add --brand NAME`";
        checks.push(Check::bad("data folder", found, advice));
        return Ok(checks);
    }
    checks.extend(folder::look(&config.data));
    let store = match open_to_look(&config).await {
        Ok(store) => store,
        Err(failure) => {
            let advice = failure.hint().unwrap_or("restore it from a backup").to_owned();
            checks.push(Check::bad("database", failure.to_string(), advice));
            return Ok(checks);
        }
    };
    checks.push(Check::ok("database", format!("reads; {}", backend::name(&config))));
    // A missing root key is told already, and must not be replaced by a new one here.
    let root_is_there = config.data.join("keys").join("root.key").is_file();
    let keys = match root_is_there.then(|| open_keys(&config, &SystemRandom)) {
        Some(Ok(keys)) => Some(keys),
        Some(Err(error)) => {
            let failure = Failure::from(error);
            let advice = failure.hint().unwrap_or("see the key folder").to_owned();
            checks.push(Check::bad("root key", failure.to_string(), advice));
            None
        }
        None => None,
    };
    let rows = store.brands().await?;
    if rows.is_empty() {
        let advice = "add the first one with `aside agent add --brand NAME …`";
        checks.push(Check::bad("brand", "there is none yet", advice));
    }
    for row in rows {
        checks.extend(brands::look(&*store, keys.as_ref(), &row, &config, SystemClock.now()).await?);
    }
    Ok(checks)
}

/// What the configuration says.
fn settings(config: &Config) -> Vec<Check> {
    let mut checks = vec![];
    let local = config.listen.ip().is_loopback();
    checks.push(match &config.public_url {
        Some(url) if url.starts_with("https://") => Check::ok("public URL", url),
        Some(url) if is_local(url) => {
            Check::warn("public URL", url, "fine for trying out; nobody else reaches it")
        }
        Some(url) => {
            let advice =
                "links and cookies would travel in clear: put a proxy with TLS in front, and set https";
            Check::bad("public URL", format!("{url} is not protected"), advice)
        }
        None if local => {
            let advice = "fine for trying out; set `public_url` before networks and customers come";
            Check::warn("public URL", "none is set", advice)
        }
        None => {
            let advice = "set `public_url = \"https://…\"` in the configuration";
            Check::bad("public URL", format!("none is set, and {} is open to others", config.listen), advice)
        }
    });
    let packs: Vec<&str> = config.packs.iter().map(String::as_str).collect();
    checks.push(match Rules::with_packs(&packs) {
        Ok(_) => Check::ok("rules", format!("base, {}", config.packs.join(", "))),
        Err(error) => {
            Check::bad("rules", error.to_string().replace('\n', "; "), "see `packs` in the configuration")
        }
    });
    checks.push(if let Some(mail) = &config.mail {
        Check::ok("mail", format!("goes out over {}", mail.server))
    } else {
        let advice = "set `mail` in the configuration, or customers cannot prove an address by a code";
        Check::warn("mail", "no server is set", advice)
    });
    checks
}

fn is_local(url: &str) -> bool {
    let host = url.strip_prefix("http://").unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(host, _)| host);
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level_of(what: &str, config: &Config) -> Level {
        settings(config).iter().find(|check| check.what == what).unwrap().level
    }

    #[test]
    fn a_public_url_in_clear_is_bad_except_on_this_machine() {
        let with = |url: Option<&str>, listen: &str| Config {
            public_url: url.map(str::to_owned),
            listen: listen.parse().unwrap(),
            ..Config::default()
        };
        let level = |url, listen| level_of("public URL", &with(url, listen));
        assert_eq!(level(Some("https://chat.example"), "0.0.0.0:80"), Level::Ok);
        assert_eq!(level(Some("http://chat.example"), "127.0.0.1:80"), Level::Bad);
        assert_eq!(level(Some("http://localhost.example"), "127.0.0.1:80"), Level::Bad);
        assert_eq!(level(Some("http://localhost:8080"), "127.0.0.1:80"), Level::Warn);
        assert_eq!(level(None, "127.0.0.1:80"), Level::Warn);
        assert_eq!(level(None, "0.0.0.0:80"), Level::Bad);
    }

    #[test]
    fn a_rule_pack_that_is_not_there_is_bad() {
        let config = Config { packs: vec!["attic".into()], ..Config::default() };
        assert_eq!(level_of("rules", &config), Level::Bad);
        assert_eq!(level_of("rules", &Config::default()), Level::Ok);
    }
}
