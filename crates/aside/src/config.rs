//! The configuration file. Every key has a default; an unknown key is an error, not a surprise.

use crate::database::DatabaseUrl;
use aside_access::{Budget, Budgets};
use aside_detect::{CheckDigit, Detector, Pattern};
use aside_model::{DataType, Raw};
use aside_web::MetricsDoor;
use serde::Deserialize;
use std::{
    fs,
    io::{self, Read},
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

/// The longest secret in a file of its own, in bytes.
const LONGEST_SECRET: usize = 64 * 1024;

/// What an installation is told.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where customers and agents reach this installation. Links, cookies and signatures depend on it.
    pub public_url: Option<String>,
    /// The data folder.
    pub data: PathBuf,
    /// The PostgreSQL database that holds everything; without one, SQLite in the data folder does.
    pub database: Option<DatabaseUrl>,
    /// A file with the database user's password, where `database` has none.
    pub database_password_file: Option<PathBuf>,
    /// The brand's telephone number, shown as the last resort.
    pub phone: Option<String>,
    /// The rule packs, in addition to `base`.
    pub packs: Vec<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Who may ask for `/metrics`: `loopback`, `open` (whoever reaches the address), or `off`.
    pub metrics: MetricsDoor,
    /// A file with the passphrase of the root key, if it is sealed.
    pub passphrase_file: Option<PathBuf>,
    /// How many values each agent may open in an hour; privacy officers may open three times as many.
    pub reveals_per_hour: u32,
    /// Where one-time codes go out.
    pub mail: Option<MailConfig>,
    /// The brand's own numbers: `[[pattern]]`, as often as there are forms.
    #[serde(rename = "pattern")]
    pub patterns: Vec<PatternConfig>,
}

/// A mail server.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// Its name or address.
    pub server: String,
    /// Its port.
    #[serde(default = "submission_port")]
    pub port: u16,
    /// How the way there is protected: `tls`, `starttls`, or `none` (loopback only).
    #[serde(default)]
    pub protection: MailProtection,
    /// Who signs in.
    pub user: Option<String>,
    /// A file with their password.
    pub password_file: Option<PathBuf>,
    /// The sender, for instance `Example <service@example.com>`.
    pub from: String,
}

/// How the way to a mail server is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailProtection {
    /// TLS from the first byte.
    Tls,
    /// Plain, then TLS or nothing.
    #[default]
    Starttls,
    /// Nothing; only to a server on this machine.
    None,
}

const fn submission_port() -> u16 {
    587
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            public_url: None,
            data: PathBuf::from("./aside-data"),
            database: None,
            database_password_file: None,
            phone: None,
            packs: ["gdpr", "pci-dss"].map(str::to_owned).to_vec(),
            trusted_proxies: vec![],
            metrics: MetricsDoor::default(),
            passphrase_file: None,
            reveals_per_hour: Budgets::default().agent.limit,
            mail: None,
            patterns: vec![],
        }
    }
}

/// A form in which the brand writes numbers of its own.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatternConfig {
    /// What the brand calls it.
    pub name: String,
    /// The data type, for instance `account.customer_no`.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// The kind within the type; the usual one, unless given.
    pub kind: Option<String>,
    /// The form, in the language of [`aside_detect::Pattern`], for instance `KD-######`.
    pub shape: String,
    /// Words that name the number when they stand before it.
    #[serde(default)]
    pub cues: Vec<String>,
    /// How the check digit is calculated: `luhn`, `gs1`, `mod11`, `mod97`, `verhoeff` or `damm`.
    pub check: Option<String>,
    /// Whether only numbers after one of the words count.
    #[serde(default)]
    pub needs_cue: bool,
}

impl PatternConfig {
    fn pattern(&self) -> Result<Pattern, ConfigError> {
        let wrong = |what: String| ConfigError::Value { key: "pattern", what };
        let mut pattern = Pattern::new(&self.name, self.data_type, &self.shape)
            .and_then(|pattern| pattern.cues(self.cues.iter().map(String::as_str)))
            .map_err(|e| wrong(e.to_string()))?;
        if let Some(kind) = &self.kind {
            pattern = pattern.kind(kind).map_err(|e| wrong(format!("`{}`: {e}", self.name)))?;
        }
        if let Some(check) = &self.check {
            let check = check
                .parse::<CheckDigit>()
                .map_err(|e| wrong(format!("`check` of the pattern `{}`: {e}", self.name)))?;
            pattern = pattern.check(check);
        }
        if self.needs_cue && self.cues.is_empty() {
            return Err(wrong(format!("the pattern `{}` needs a cue and has no `cues`", self.name)));
        }
        Ok(if self.needs_cue { pattern.only_after_a_cue() } else { pattern })
    }
}

/// The configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {path}: {source}")]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file says something that is not understood.
    #[error("the configuration {path} is not right: {what}")]
    Wrong {
        /// Which file.
        path: PathBuf,
        /// Line, column and what was expected.
        what: String,
    },
    /// The public URL cannot be one.
    #[error("`public_url` must be http:// or https:// with a host and nothing behind it, not `{0}`")]
    PublicUrl(String),
    /// A value that makes no sense.
    #[error("`{key}`: {what}")]
    Value {
        /// Which key.
        key: &'static str,
        /// Why.
        what: String,
    },
    /// Other people can read a file with a secret.
    #[error(
        "`{key}`: {path} can be read by other users; run `chmod 600 {path}` and consider what is in it known \
         to them"
    )]
    Exposed {
        /// Which key names it.
        key: &'static str,
        /// Which file.
        path: PathBuf,
    },
}

/// The secret in the file that `key` names, without its line end. Files that other users can read are refused,
/// as key files are.
pub(crate) fn read_secret(key: &'static str, path: &Path) -> Result<Raw, ConfigError> {
    let failed = |e: io::Error| ConfigError::Value { key, what: format!("{}: {e}", path.display()) };
    let file = fs::File::open(path).map_err(failed)?;
    must_be_private(key, path)?;
    // Read into one buffer that does not grow, so that no copy is left behind.
    let mut text = String::with_capacity(LONGEST_SECRET);
    let read = file.take(LONGEST_SECRET as u64).read_to_string(&mut text);
    let text = Raw::new(text);
    let length = read.map_err(failed)?;
    if length == LONGEST_SECRET {
        return Err(failed(io::Error::new(io::ErrorKind::InvalidData, "too long for a secret")));
    }
    Ok(Raw::new(text.expose().trim_end_matches(['\r', '\n']).to_owned()))
}

/// Refuses a file with a secret that other users can read.
fn must_be_private(key: &'static str, path: &Path) -> Result<(), ConfigError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let about = fs::metadata(path)
            .map_err(|e| ConfigError::Value { key, what: format!("{}: {e}", path.display()) })?;
        if about.permissions().mode() & 0o077 != 0 {
            return Err(ConfigError::Exposed { key, path: path.to_owned() });
        }
    }
    Ok(())
}

impl Config {
    /// The configuration in a file.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        let config: Self = toml::from_str(&text).map_err(|e| {
            let what = e.to_string().trim().replace('\n', "\n  ");
            ConfigError::Wrong { path: path.to_owned(), what }
        })?;
        config.check()?;
        if config.database.as_ref().is_some_and(DatabaseUrl::has_password) {
            must_be_private("database", path)?;
        }
        Ok(config)
    }

    /// Whether values that parse also make sense.
    fn check(&self) -> Result<(), ConfigError> {
        if let Some(url) = &self.public_url {
            let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
            let host = rest.map(|r| r.trim_end_matches('/')).unwrap_or_default();
            if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) {
                return Err(ConfigError::PublicUrl(url.clone()));
            }
        }
        if let Some(database) = &self.database {
            database.check()?;
        }
        if let Some(mail) = &self.mail {
            let local = matches!(mail.server.as_str(), "localhost" | "127.0.0.1" | "::1");
            if mail.protection == MailProtection::None && !local {
                let what = "`none` is for a server on this machine; use `tls` or `starttls`".to_owned();
                return Err(ConfigError::Value { key: "mail.protection", what });
            }
            if mail.user.is_some() != mail.password_file.is_some() {
                let what = "`user` and `password_file` come together".to_owned();
                return Err(ConfigError::Value { key: "mail.user", what });
            }
        }
        self.detector().map(drop)
    }

    /// The detector: ours, with the brand's own patterns.
    pub fn detector(&self) -> Result<Detector, ConfigError> {
        let mut builder = Detector::builder();
        for pattern in &self.patterns {
            builder = builder.pattern(pattern.pattern()?);
        }
        Ok(builder.build())
    }

    /// How many values may be opened by whom.
    pub(crate) fn budgets(&self) -> Budgets {
        let Budgets { agent, privacy_officer } = Budgets::default();
        Budgets {
            agent: Budget { limit: self.reveals_per_hour, ..agent },
            privacy_officer: Budget { limit: self.reveals_per_hour.saturating_mul(3), ..privacy_officer },
        }
    }

    /// Where customers and agents reach an installation that listens here.
    pub fn public_url(&self, listening: SocketAddr) -> String {
        match &self.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None if listening.ip().is_loopback() => format!("http://localhost:{}", listening.port()),
            None => format!("http://{listening}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("aside.toml");
        fs::write(&path, text).unwrap();
        Config::read(&path)
    }

    #[test]
    fn an_empty_file_gives_the_defaults() {
        assert_eq!(read("").unwrap(), Config::default());
    }

    #[test]
    fn an_unknown_key_and_a_wrong_type_are_named_with_their_line() {
        let error = read("listen = \"127.0.0.1:1\"\nlisten_on = 3\n").unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("listen_on"), "{error}");
        let error = read("packs = 3").unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }

    #[test]
    fn a_public_url_with_a_path_and_mail_in_clear_are_refused() {
        for url in ["example.com", "ftp://example.com", "https://example.com/chat", "https://"] {
            assert!(
                matches!(read(&format!("public_url = \"{url}\"")), Err(ConfigError::PublicUrl(_))),
                "{url}"
            );
        }
        let error =
            read("[mail]\nserver = \"mail.example.com\"\nprotection = \"none\"\nfrom = \"a@example.com\"\n");
        assert!(error.unwrap_err().to_string().contains("on this machine"));
    }

    #[test]
    fn the_budget_of_openings_can_be_set_and_is_the_usual_one_otherwise() {
        assert_eq!(Config::default().budgets(), Budgets::default());
        let budgets = read("reveals_per_hour = 5").unwrap().budgets();
        assert_eq!((budgets.agent.limit, budgets.privacy_officer.limit), (5, 15));
    }

    #[test]
    fn metrics_are_for_this_machine_unless_something_else_is_said() {
        assert_eq!(read("").unwrap().metrics, MetricsDoor::Loopback);
        assert_eq!(read("metrics = \"off\"").unwrap().metrics, MetricsDoor::Off);
        assert!(read("metrics = \"everywhere\"").unwrap_err().to_string().contains("line 1"));
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_other_users_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("passphrase");
        fs::write(&path, "correct horse \r\n").unwrap();
        for (mode, good) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o644, false)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            match read_secret("passphrase_file", &path) {
                Ok(secret) => assert!(good && secret.expose() == "correct horse ", "{mode:o}"),
                Err(error) => {
                    assert!(!good, "{mode:o}: {error}");
                    let text = error.to_string();
                    assert!(text.starts_with("`passphrase_file`: ") && text.contains("run `chmod 600 "));
                }
            }
        }
        let error = read_secret("mail.password_file", Path::new("/nowhere/at-all")).err().unwrap();
        assert!(error.to_string().starts_with("`mail.password_file`: /nowhere/at-all: "), "{error}");
    }

    #[test]
    fn a_brands_own_pattern_is_read_and_found() {
        let text = "[[pattern]]\nname = \"customer\"\ntype = \"account.customer_no\"\nshape = \"KD-######\"\n\
                    cues = [\"Kundennummer\"]\ncheck = \"luhn\"\n";
        let config = read(text).unwrap();
        let found = config.detector().unwrap().detect("it is KD-123455");
        assert_eq!((found.len(), found[0].kind), (1, "customer_no"));
        assert!(Config::default().detector().unwrap().detect("it is KD-123455").is_empty());
    }

    #[test]
    fn a_pattern_that_cannot_be_used_is_refused_with_its_name() {
        let error = |key: &str, value: &str| {
            let mut keys = vec![("name", "order"), ("type", "account.booking_ref"), ("shape", "OR-######")];
            keys.retain(|(known, _)| *known != key);
            keys.push((key, value));
            let lines: Vec<String> = keys.iter().map(|(key, value)| format!("{key} = {value:?}\n")).collect();
            let lines = lines.concat();
            read(&format!("[[pattern]]\n{lines}")).unwrap_err().to_string()
        };
        assert!(
            error("shape", "(OR)").starts_with("`pattern`: the shape `(OR)` of the pattern `order`: `(` at")
        );
        assert!(error("check", "crc").contains("there are: luhn, gs1, mod11, mod97, verhoeff, damm"));
        assert!(error("kind", "card").contains("there are: booking_ref, order_no"));
        assert!(error("type", "account.gold").contains("line 4"), "{}", error("type", "account.gold"));
        assert!(error("colour", "red").contains("colour"));
        let lonely = "[[pattern]]\nname = \"order\"\ntype = \"account.booking_ref\"\nshape = \"########\"\nneeds_cue = true";
        assert!(read(lonely).unwrap_err().to_string().contains("has no `cues`"));
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let error = Config::read(Path::new("/nowhere/aside.toml")).unwrap_err().to_string();
        assert!(error.starts_with("cannot read the configuration /nowhere/aside.toml"), "{error}");
    }
}
