//! How a connection's secrets come in: from a file, from the environment, or typed. Never as an argument,
//! which every process of the machine could read.

use super::asks::{ACCOUNT, Asks, Missing, Secret};
use crate::{SystemRandom, command::Failure, command::terminal};
use aside_model::{Random, Raw};
use serde_json::{Map, Value};
use std::{
    env,
    fs::File,
    io::{self, Read},
    path::Path,
};

/// More than the secrets of any connection, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// What somebody gave, put over what was there.
pub(super) struct Given {
    /// The stored form.
    pub(super) json: Vec<u8>,
    /// Whether a secret was made, so that it has to be shown where the network asks for it.
    pub(super) made: Vec<(&'static str, String)>,
    /// Whether anything is new.
    pub(super) any: bool,
}

/// Collects a connection's secrets.
///
/// `stored` is what the connection has already. What a file holds goes over it, what the environment holds goes
/// over both. What is then missing, or everything if `anew`, is asked for where somebody types; an empty
/// answer keeps what is stored.
pub(super) fn collect(
    asks: &Asks,
    account: Option<&str>,
    stored: Option<&Raw>,
    file: Option<&str>,
    anew: bool,
) -> Result<Given, Failure> {
    let mut value = match stored {
        Some(stored) => object(stored).ok_or_else(|| Failure::new("the stored secrets do not read"))?,
        None => Value::Object(Map::new()),
    };
    let mut any = false;
    if let Some(file) = file {
        let given = object(&read(file)?).ok_or_else(|| wrong(asks, "not a JSON object"))?;
        put_over(&mut value, given);
        any = true;
    }
    let mut made = Vec::new();
    for secret in asks.secrets {
        let place = place(secret, account)?;
        if let Some(text) = env::var(secret.variable).ok().filter(|text| !text.is_empty()) {
            set(&mut value, &place, text);
            any = true;
            continue;
        }
        let there = is_set(&value, &place);
        let may_ask = file.is_none() && terminal::somebody_types() && secret.missing != Missing::Made;
        if may_ask && (anew || !there) {
            let typed = terminal::type_secret(secret.what)?;
            if !typed.expose().is_empty() {
                set(&mut value, &place, typed.expose().to_owned());
                any = true;
                continue;
            }
        }
        if there {
            continue;
        }
        match secret.missing {
            Missing::Made => {
                let mut bytes = [0; 32];
                SystemRandom.fill(&mut bytes);
                let text = hex::encode(bytes);
                made.push((secret.place[0], text.clone()));
                set(&mut value, &place, text);
            }
            Missing::LeftOut => {}
            // What a file lacks is told by the network's own check, in its words.
            Missing::Needed if file.is_some() => {}
            Missing::Needed => {
                let what = format!("nobody gave the {}", secret.what);
                let hint = format!(
                    "put it into the variable {}, or give a file of mode 600 with --secrets-file",
                    secret.variable
                );
                return Err(Failure::new(what).with_hint(hint));
            }
        }
    }
    Ok(Given { json: value.to_string().into_bytes(), made, any })
}

/// The secrets cannot work. Never repeats them.
pub(super) fn wrong(asks: &Asks, what: &str) -> Failure {
    Failure::new(format!("the secrets are not right: {what}"))
        .with_hint(format!("they are like {}", asks.example))
}

fn place(secret: &Secret, account: Option<&str>) -> Result<Vec<String>, Failure> {
    secret
        .place
        .iter()
        .map(|step| match (*step, account) {
            (ACCOUNT, Some(account)) => Ok(account.to_owned()),
            (ACCOUNT, None) => Err(Failure::new("which account?").with_hint("give its id with --account")),
            (field, _) => Ok(field.to_owned()),
        })
        .collect()
}

fn object(json: &Raw) -> Option<Value> {
    // The parser's own message may quote what it stumbled over.
    serde_json::from_str::<Value>(json.expose()).ok().filter(Value::is_object)
}

fn is_set(value: &Value, place: &[String]) -> bool {
    let mut at = Some(value);
    for step in place {
        at = at.and_then(|value| value.get(step));
    }
    at.is_some_and(|value| !value.is_null() && value.as_str() != Some(""))
}

fn set(value: &mut Value, place: &[String], text: String) {
    let mut at = value;
    for step in place {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        at = &mut at[step.as_str()];
    }
    *at = Value::String(text);
}

/// Puts one object over another, field by field.
fn put_over(under: &mut Value, over: Value) {
    match (under, over) {
        (Value::Object(under), Value::Object(over)) => {
            for (key, value) in over {
                put_over(under.entry(key).or_insert(Value::Null), value);
            }
        }
        (under, over) => *under = over,
    }
}

/// The JSON as it was given. Never repeated in an error: it is nothing but secrets.
fn read(from: &str) -> Result<Raw, Failure> {
    let failed = |e: io::Error| Failure::new(format!("cannot read the secrets from {from}: {e}"));
    let mut text = String::new();
    if from == "-" {
        io::stdin().lock().take(LARGEST).read_to_string(&mut text).map_err(failed)?;
    } else {
        let file = File::open(from).map_err(failed)?;
        refuse_exposed(&file, Path::new(from))?;
        file.take(LARGEST).read_to_string(&mut text).map_err(failed)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::channel::asks;

    #[test]
    fn a_second_page_goes_beside_the_first() {
        let mut stored = serde_json::json!({ "app_secret": "a", "pages": { "1": "one" } });
        put_over(&mut stored, serde_json::json!({ "pages": { "2": "two" } }));
        assert_eq!(stored, serde_json::json!({ "app_secret": "a", "pages": { "1": "one", "2": "two" } }));
        set(&mut stored, &["pages".into(), "1".into()], "new".into());
        assert_eq!(stored["pages"]["1"], "new");
    }

    #[test]
    fn what_nobody_gives_is_named_with_its_variable() {
        let asks = asks::network("facebook").unwrap();
        let failure = collect(asks, Some("1"), None, None, false).err().unwrap();
        assert!(failure.to_string().contains("app secret"), "{failure}");
        assert!(failure.hint().unwrap().contains("ASIDE_FACEBOOK_APP_SECRET"));
    }

    #[test]
    fn what_the_connection_has_is_not_asked_for_again() {
        let asks = asks::network("facebook").unwrap();
        let stored = Raw::new(r#"{"app_secret":"a","verify_token":"v","pages":{"1":"one"}}"#.into());
        let given = collect(asks, Some("1"), Some(&stored), None, false).unwrap();
        assert!(!given.any && given.made.is_empty());
    }
}
