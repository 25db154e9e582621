//! Which brand a command is about, and the data folder it lies in.

use super::{Failure, terminal};
use crate::{Config, SystemClock, backend};
use aside_app::App;
use aside_model::rows::BrandRow;
use aside_store::Store;
use clap::Args;
use std::sync::Arc;

/// Which brand: only needed where a data folder holds several, or none yet.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct WhichBrand {
    /// The brand, by name or id; needed where there are several
    #[arg(long, value_name = "NAME")]
    brand: Option<String>,
}

impl WhichBrand {
    /// The one brand that is meant.
    pub(crate) fn of(&self, brands: Vec<BrandRow>) -> Result<BrandRow, Failure> {
        let mut meant = self.all_of(brands)?;
        if meant.len() > 1 {
            let hint = format!("choose one with --brand: {}", names(&meant));
            return Err(Failure::new("there are several brands").with_hint(hint));
        }
        meant.pop().ok_or_else(none_yet)
    }

    /// The brand that is meant, or all when none is named.
    pub(crate) fn all_of(&self, brands: Vec<BrandRow>) -> Result<Vec<BrandRow>, Failure> {
        let Some(wanted) = &self.brand else { return Ok(brands) };
        let known = names(&brands);
        let is_meant = |row: &BrandRow| row.name == *wanted || row.brand.to_string() == *wanted;
        let meant: Vec<_> = brands.into_iter().filter(is_meant).collect();
        if !meant.is_empty() {
            return Ok(meant);
        }
        if known.is_empty() {
            return Err(none_yet());
        }
        Err(Failure::new(format!("there is no brand `{wanted}`")).with_hint(format!("there is {known}")))
    }

    /// The brand that is meant. The first brand of an installation is added with its name.
    pub(crate) async fn of_or_first(&self, app: &App) -> Result<BrandRow, Failure> {
        let brands = app.store().brands().await?;
        let (Some(name), true) = (&self.brand, brands.is_empty()) else { return self.of(brands) };
        if name.trim().is_empty() {
            return Err(Failure::new("a brand's name is not empty"));
        }
        app.add_brand(name.trim()).await?;
        let row = self.of(app.store().brands().await?)?;
        terminal::say(&format!("added brand {} ({})", row.name, row.brand))?;
        Ok(row)
    }

    /// Says what is missing before a data folder is made for nothing.
    pub(crate) fn named_if_first(&self, config: &Config) -> Result<(), Failure> {
        let nothing_there = config.database.is_none() && !config.data.join("aside.db").exists();
        if self.brand.is_none() && nothing_there { Err(none_yet()) } else { Ok(()) }
    }
}

fn none_yet() -> Failure {
    Failure::new("there is no brand yet")
        .with_hint("give the first one's name with --brand, as customers know it")
}

fn names(brands: &[BrandRow]) -> String {
    brands.iter().map(|row| format!("`{}`", row.name)).collect::<Vec<_>>().join(", ")
}

/// The store of an installation for looking alone; works while a server runs.
pub(crate) async fn open_to_look(config: &Config) -> Result<Arc<dyn Store>, Failure> {
    must_be_there(config)?;
    Ok(backend::open_to_look(config, Arc::new(SystemClock)).await?)
}

/// Refuses a folder without data, rather than making an empty installation out of a slip of the keyboard.
pub(crate) fn must_be_there(config: &Config) -> Result<(), Failure> {
    let folder_of_a_database = config.database.is_some() && config.data.join("keys").is_dir();
    if folder_of_a_database || (config.database.is_none() && config.data.join("aside.db").is_file()) {
        return Ok(());
    }
    let hint = "give the data folder with --data, or the configuration with --config";
    let missing = if config.database.is_some() { "key folder" } else { "aside.db" };
    Err(Failure::new(format!("there is no {missing} in {}", config.data.display())).with_hint(hint))
}
