//! `aside keys`: new epochs of the brands' keys, and the escrow copy of the root key.

pub(crate) mod escrow;

use super::{
    Failure, Where, block_on,
    brand::{WhichBrand, must_be_there},
    terminal,
};
use crate::{
    Config, StartError, SystemClock, SystemRandom,
    installation::{open_app_alone, open_keys},
};
use clap::{Args as ClapArgs, Subcommand};
use escrow::Drill;
use std::{path::PathBuf, process::ExitCode};

const ESCROW: &str = "\
The copy is sealed by a passphrase of its own. Keep the file and the passphrase in two places, neither of them \
this machine. Losing the root key loses all data: after a loss, put the copy in the place of \
<data>/keys/root.key (mode 600) and start with its passphrase in ASIDE_PASSPHRASE, or in the file that \
`passphrase_file` of the configuration names.";

/// What can be done with keys.
#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Start a new epoch of a brand's key, wrap every keyring anew, destroy the old epoch
    ///
    /// Old copies of keyrings, in backups say, are useless afterwards; so make a new backup.
    Rotate(Rotate),
    /// Write a copy of the root key, sealed by a passphrase, to keep elsewhere
    #[command(after_help = ESCROW)]
    Escrow(Escrow),
    /// Open an escrow copy and try it on every key that the root key wraps: the drill
    ///
    /// Works without the root key, and while a server runs. `escrow.txt` in the data folder notes when it was done.
    #[command(after_help = ESCROW)]
    CheckEscrow(CheckEscrow),
}

/// Arguments of `aside keys rotate`.
#[derive(ClapArgs, Debug)]
pub(crate) struct Rotate {
    #[command(flatten)]
    place: Where,
    #[command(flatten)]
    brand: WhichBrand,
}

/// Arguments of `aside keys escrow`.
#[derive(ClapArgs, Debug)]
pub(crate) struct Escrow {
    #[command(flatten)]
    place: Where,
    /// The file to write; it must not be there yet
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
    /// Read the copy's passphrase from the first line of standard input
    #[arg(long)]
    passphrase_stdin: bool,
}

/// Arguments of `aside keys check-escrow`.
#[derive(ClapArgs, Debug)]
pub(crate) struct CheckEscrow {
    #[command(flatten)]
    place: Where,
    /// The escrow copy
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Read the copy's passphrase from the first line of standard input
    #[arg(long)]
    passphrase_stdin: bool,
}

pub(crate) fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Rotate(args) => block_on(rotate(args))?,
        Command::Escrow(args) => make_copy(&args)?,
        Command::CheckEscrow(args) => check_copy(&args)?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn rotate(args: Rotate) -> Result<(), Failure> {
    let config = args.place.config(None)?;
    must_be_there(&config)?;
    let app = open_app_alone(&config).await?;
    for brand in args.brand.all_of(app.store().brands().await?)? {
        let (epoch, wrapped) = app.rotate_keys(brand.brand).await?;
        let rings = if wrapped == 1 { "keyring" } else { "keyrings" };
        terminal::say(&format!("{}: epoch {epoch}, {wrapped} {rings} wrapped anew", brand.name))?;
    }
    app.sequence_all().await?;
    eprintln!("backups made before hold the old epochs' keys: make a new one, and destroy those you can");
    Ok(())
}

fn make_copy(args: &Escrow) -> Result<(), Failure> {
    let config = args.place.config(None)?;
    root_key_is_there(&config)?;
    // The folder is synced, too, and a bare name has none.
    let to = std::path::absolute(&args.to)
        .map_err(|e| Failure::new(format!("cannot write {}: {e}", args.to.display())))?;
    if to.exists() {
        let hint = "an older copy may be the only one: give another name";
        return Err(Failure::new(format!("{} is there already", to.display())).with_hint(hint));
    }
    let keys = open_keys(&config, &SystemRandom)?;
    let passphrase = terminal::new_secret("passphrase", args.passphrase_stdin)?;
    keys.escrow(&to, &passphrase, &SystemRandom).map_err(StartError::from)?;
    // What cannot be read back is no copy.
    let drill = Drill::run(&to, &passphrase, &config.data)?;
    escrow::record(&config.data, "made", &drill.fingerprint, &SystemClock)?;
    terminal::say(&format!("wrote {}, a sealed copy of the root key {}", to.display(), drill.fingerprint))?;
    eprintln!("keep it and its passphrase in two places, neither of them this machine; then try it with");
    eprintln!("`aside keys check-escrow`");
    Ok(())
}

fn check_copy(args: &CheckEscrow) -> Result<(), Failure> {
    let config = args.place.config(None)?;
    if !config.data.is_dir() {
        let hint = "give the data folder whose keys it should open with --data";
        return Err(Failure::new(format!("there is no folder {}", config.data.display())).with_hint(hint));
    }
    if !args.file.is_file() {
        return Err(Failure::new(format!("there is no file {}", args.file.display())));
    }
    let passphrase = terminal::known_secret("passphrase", args.passphrase_stdin)?;
    let drill = Drill::run(&args.file, &passphrase, &config.data)?;
    // A folder that cannot be written to, a copy on a medium say, is as good for a drill.
    if let Err(failure) = escrow::record(&config.data, "checked", &drill.fingerprint, &SystemClock) {
        eprintln!("not noted for `aside doctor`: {failure}");
    }
    let Drill { fingerprint, opened, brands, root_is_there } = drill;
    let root =
        if root_is_there { "the same as the root key in use" } else { "the root key itself is not there" };
    terminal::say(&format!(
        "the copy holds root key {fingerprint}, {root}; it opens all {opened} keys of {brands} brand{}",
        if brands == 1 { "" } else { "s" }
    ))
}

fn root_key_is_there(config: &Config) -> Result<(), Failure> {
    let path = config.data.join("keys").join("root.key");
    if path.is_file() {
        return Ok(());
    }
    let hint = "give the data folder with --data, or the configuration with --config";
    Err(Failure::new(format!("there is no root key at {}", path.display())).with_hint(hint))
}
