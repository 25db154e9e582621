//! `aside migrate`: moves brands from SQLite to PostgreSQL or back.
//!
//! Rows are copied page by page in the order of their keys; a page that is there already is passed over, so that
//! whoever was interrupted goes on. Then both sides are counted and hashed table by table, the ledger is read again
//! against the new rows, and only then does the brand leave the old store. Keys and ledger files stay where they
//! are. While it goes on, a note in the data folder keeps servers from starting on half a brand.

mod moving;
mod note;

use super::{Failure, Where, block_on, brand::WhichBrand, ledger, terminal};
use crate::{
    Config, StartError, SystemClock, SystemRandom, backend, database::DatabaseUrl, installation::open_keys,
};
use aside_model::{Clock, rows::BrandRow};
use aside_store::Store;
use clap::Args as ClapArgs;
use note::{MigrationNote, Phase};
use std::{fmt, process::ExitCode, str::FromStr, sync::Arc};

const ABOUT: &str = "\
A STORE is `sqlite` (aside.db in the data folder), `database` (the one that the configuration or ASIDE_DATABASE \
names: a password stays out of the arguments), or postgres://user@host/name.

Stop every server first. Keys and ledger files stay in the data folder. When it is interrupted, give the same \
command again: it goes on where it was. With --abandon, what was copied so far is removed from the new store.

Examples:
  $ aside migrate --from sqlite --to postgres://aside@db.internal/aside --data ./aside-data
  $ aside serve --data ./aside-data --database postgres://aside@db.internal/aside
  $ aside migrate --from database --to sqlite --config aside.toml";

/// Arguments of `aside migrate`.
#[derive(ClapArgs, Debug)]
#[command(after_help = ABOUT)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
    /// The store that has the brands
    #[arg(long, value_name = "STORE")]
    from: Place,
    /// The store that gets them
    #[arg(long, value_name = "STORE")]
    to: Place,
    /// Leave the brands in the old store, too; never serve both
    #[arg(long)]
    keep: bool,
    /// Remove what was copied so far from the new store, and let servers start on the old one again
    #[arg(long, conflicts_with = "keep")]
    abandon: bool,
}

/// A store, as it is named on the command line.
#[derive(Clone, Debug)]
enum Place {
    Sqlite,
    Configured,
    Url(DatabaseUrl),
}

impl FromStr for Place {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "sqlite" => Ok(Self::Sqlite),
            "database" => Ok(Self::Configured),
            _ => {
                let url = DatabaseUrl::from(text.to_owned());
                url.check()
                    .map_err(|_| "it is `sqlite`, `database` or postgres://user@host/name".to_owned())?;
                Ok(Self::Url(url))
            }
        }
    }
}

/// A store that is opened, and what to call it.
struct Side {
    store: Arc<dyn Store>,
    config: Config,
    name: String,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl Place {
    /// The configuration with this store.
    fn within(&self, config: &Config) -> Result<Config, Failure> {
        let mut config = config.clone();
        match self {
            Self::Sqlite => config.database = None,
            Self::Url(url) => config.database = Some(url.clone()),
            Self::Configured if config.database.is_none() => {
                let hint =
                    "name it in the configuration, in ASIDE_DATABASE, or give postgres://user@host/name";
                return Err(Failure::new("no database is configured").with_hint(hint));
            }
            Self::Configured => {}
        }
        Ok(config)
    }
}

impl Side {
    async fn open(config: Config, clock: &Arc<dyn Clock>) -> Result<Self, Failure> {
        let store = backend::open(&config, clock, backend::StoreChanges::default()).await?;
        let name = backend::name(&config);
        Ok(Self { store, config, name })
    }
}

pub(crate) fn run(args: Args) -> Result<ExitCode, Failure> {
    block_on(migrate(args))?;
    Ok(ExitCode::SUCCESS)
}

async fn migrate(args: Args) -> Result<(), Failure> {
    let config = args.place.config(None)?;
    if !config.data.join("keys").join("root.key").is_file() {
        let hint = "give the installation's data folder with --data, or the configuration with --config";
        return Err(
            Failure::new(format!("there is no keys/root.key in {}", config.data.display())).with_hint(hint)
        );
    }
    let mut keys = open_keys(&config, &SystemRandom)?;
    // Every server holds the keys, whichever store it serves from.
    keys.take_alone().map_err(StartError::from)?;
    let (from, to) = (args.from.within(&config)?, args.to.within(&config)?);
    if backend::name(&from) == backend::name(&to) {
        return Err(Failure::new(format!("--from and --to are the same store: {}", backend::name(&to))));
    }
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let (from, to) = (Side::open(from, &clock).await?, Side::open(to, &clock).await?);
    let noted = MigrationNote::read(&config.data)?;
    if let Some(noted) = &noted {
        noted.must_be_about(&from.name, &to.name)?;
    }
    if args.abandon {
        return abandon(&config, noted, &to).await;
    }
    let mut brands = args.brand.all_of(from.store.brands().await?)?;
    // The one that was interrupted first.
    brands.sort_by_key(|row| noted.as_ref().is_none_or(|noted| noted.brand != row.brand.to_string()));
    if brands.is_empty() {
        return Err(Failure::new(format!("there is no brand in {from}")));
    }
    for brand in &brands {
        move_brand(&args, &config, &from, &to, brand).await?;
    }
    Ok(())
}

async fn move_brand(
    args: &Args,
    config: &Config,
    from: &Side,
    to: &Side,
    row: &BrandRow,
) -> Result<(), Failure> {
    let brand = row.brand;
    let mut noted = MigrationNote::read(&config.data)?
        .filter(|noted| noted.brand == brand.to_string())
        .unwrap_or_else(|| MigrationNote::new(brand, &from.name, &to.name));
    if noted.phase == Phase::Copying {
        noted.write(&config.data)?;
        let copied = moving::copy(&*from.store, &*to.store, brand, &row.name).await?;
        moving::compare(&*from.store, &*to.store, brand, &row.name).await?;
        let (data, store, name) = (to.config.data.clone(), Arc::clone(&to.store), row.brand.to_string());
        let checked = tokio::task::spawn_blocking(move || ledger::verify_rows(&data, store, &name));
        checked.await.map_err(|_| Failure::new("the verifier failed; nothing was removed"))??;
        terminal::say(&format!("{}: {copied} rows are in {to}; counts, hashes and ledger agree", row.name))?;
        if args.keep {
            return MigrationNote::remove(&config.data);
        }
        noted.phase = Phase::Leaving;
        noted.write(&config.data)?;
    }
    moving::remove(&*from.store, brand, &row.name).await?;
    MigrationNote::remove(&config.data)?;
    terminal::say(&format!("{}: removed from {from}", row.name))
}

async fn abandon(config: &Config, noted: Option<MigrationNote>, to: &Side) -> Result<(), Failure> {
    let Some(noted) = noted else { return Err(Failure::new("no migration is under way")) };
    if noted.phase == Phase::Leaving {
        let hint = "give the same command without --abandon; a migration back is another one";
        return Err(
            Failure::new("the brand is complete in the new store and is leaving the old one").with_hint(hint)
        );
    }
    let brand = noted.brand.parse().map_err(|_| Failure::new("the note of the migration names no brand"))?;
    moving::remove(&*to.store, brand, "what was copied").await?;
    MigrationNote::remove(&config.data)?;
    terminal::say(&format!("abandoned; {to} has nothing of it any more"))
}
