//! Where the data lies: SQLite in the data folder, or a PostgreSQL database by its URL.

use crate::config::{ConfigError, read_secret};
use aside_model::Raw;
use serde::Deserialize;
use std::{fmt, path::Path};

/// The beginnings of a URL that PostgreSQL's own programs take.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// The URL of a PostgreSQL database, as it was given. It may hold a password, so it shows itself without one.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct DatabaseUrl(String);

impl From<String> for DatabaseUrl {
    fn from(url: String) -> Self {
        Self(url)
    }
}

/// The environment's variable for it, by which a password stays out of the arguments.
pub(crate) const VARIABLE: &str = "ASIDE_DATABASE";

impl DatabaseUrl {
    /// As it was given, for handing it on to a program of ours: a password may stand in it.
    pub(crate) fn whole(&self) -> &str {
        &self.0
    }

    /// Whether it is one that this program understands. The text of one that is not may be anything, a password
    /// too, so it is not repeated.
    pub(crate) fn check(&self) -> Result<(), ConfigError> {
        let wrong = |what: &str| ConfigError::Value { key: "database", what: what.to_owned() };
        let Some(rest) = self.rest() else {
            return Err(wrong(
                "it must be like postgres://user@host/name; left out, the data folder has the database",
            ));
        };
        let (authority, after) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let name = after.strip_prefix('/').unwrap_or_default().split('?').next().unwrap_or_default();
        if name.is_empty() {
            return Err(wrong("the name of the database is missing: postgres://user@host/name"));
        }
        let has_user = authority.contains('@') || after.contains("user=");
        if has_user { Ok(()) } else { Err(wrong("the user is missing: postgres://user@host/name")) }
    }

    /// Whether a password stands in it.
    pub(crate) fn has_password(&self) -> bool {
        let in_authority = self.user_info().is_some_and(|user| user.contains(':'));
        in_authority || self.0.split(['?', '&']).skip(1).any(|pair| pair.starts_with("password="))
    }

    /// What to connect with: the password in `file` (mode 600) added, if one is named.
    pub(crate) fn with_password(&self, file: Option<&Path>) -> Result<Raw, ConfigError> {
        self.check()?;
        let Some(file) = file else { return Ok(Raw::new(self.0.clone())) };
        let key = "database_password_file";
        if self.has_password() {
            let what = "`database` has a password already; give it in one place".to_owned();
            return Err(ConfigError::Value { key, what });
        }
        let password = read_secret(key, file)?;
        let separator = if self.0.contains('?') { '&' } else { '?' };
        // Room for every byte as %XX, so that no copy is left behind by growing.
        let mut url = String::with_capacity(self.0.len() + 16 + 3 * password.expose().len());
        url.push_str(&self.0);
        url.push(separator);
        url.push_str("password=");
        for byte in password.expose().bytes() {
            push_percent_encoded(&mut url, byte);
        }
        Ok(Raw::new(url))
    }

    fn rest(&self) -> Option<&str> {
        SCHEMES.iter().find_map(|scheme| self.0.strip_prefix(scheme))
    }

    /// What stands before the host.
    fn user_info(&self) -> Option<&str> {
        let authority = self.rest()?.split(['/', '?']).next()?;
        Some(authority.rsplit_once('@')?.0)
    }
}

fn push_percent_encoded(url: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    if byte.is_ascii_alphanumeric() {
        url.push(char::from(byte));
    } else {
        url.push('%');
        url.push(char::from(DIGITS[usize::from(byte >> 4)]));
        url.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// User, host and name; neither a password nor other parameters.
impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(rest) = self.rest() else { return f.write_str("(not a URL)") };
        let rest = rest.split('?').next().unwrap_or_default();
        // A password may hold `/` or `@` although it should not; what stands before the last `@` is not shown.
        let shown = match rest.rsplit_once('@') {
            Some((user, place)) => format!("{}@{place}", user.split(':').next().unwrap_or_default()),
            None => rest.to_owned(),
        };
        write!(f, "postgres://{shown}")
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> DatabaseUrl {
        text.to_owned().into()
    }

    #[test]
    fn a_password_is_not_shown_wherever_it_stands() {
        for text in [
            "postgres://aside:hunter2@db.example:5433/aside",
            "postgresql://aside:hunter2/@hunter2@db.example:5433/aside",
            "postgres://aside@db.example:5433/aside?password=hunter2&sslmode=require",
            "postgres://aside@db.example:5433/aside?sslmode=require&password=hunter2",
        ] {
            let url = url(text);
            assert!(url.has_password() || text.contains("/@"), "{text}");
            assert_eq!(url.to_string(), "postgres://aside@db.example:5433/aside");
            assert_eq!(format!("{url:?}"), url.to_string());
        }
        assert_eq!(url("hunter2").to_string(), "(not a URL)");
        assert!(!url("postgres://aside@db.example/aside?sslmode=require").has_password());
    }

    #[test]
    fn what_is_no_url_of_a_database_is_refused_without_repeating_it() {
        for text in
            ["hunter2", "mysql://hunter2@h/n", "postgres://hunter2@db.example", "postgres://hunter2/?x", ""]
        {
            let error = url(text).check().unwrap_err().to_string();
            assert!(error.starts_with("`database`: ") && !error.contains("hunter2"), "{error}");
        }
        assert!(
            url("postgres://db.example/aside").check().unwrap_err().to_string().contains("user is missing")
        );
        for text in [
            "postgres://aside@db/aside",
            "postgresql:///aside?host=/run/postgresql&user=aside&sslmode=disable",
        ] {
            url(text).check().unwrap();
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_password_from_a_file_is_added_as_it_is() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("password");
        std::fs::write(&file, "p@ss/wörd?&\n").unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let with = |text: &str| url(text).with_password(Some(&file)).map(|url| url.expose().to_owned());
        assert_eq!(
            with("postgres://aside@db/aside").unwrap(),
            "postgres://aside@db/aside?password=p%40ss%2Fw%C3%B6rd%3F%26"
        );
        assert!(with("postgres://aside@db/aside?sslmode=require").unwrap().contains("require&password=p%40"));
        assert!(with("postgres://aside:x@db/aside").unwrap_err().to_string().contains("already"));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(with("postgres://aside@db/aside").unwrap_err().to_string().contains("chmod 600"));
    }
}
