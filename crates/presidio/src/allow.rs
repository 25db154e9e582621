//! Values that are not to be reported.

use crate::{
    ad_hoc::compile,
    error::Refused,
    values::{member, strings},
};
use regex_lite::Regex;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Values that a request allows.
pub(crate) enum Allowed {
    Exactly(HashSet<String>),
    Matching(Vec<Regex>),
}

impl Allowed {
    pub(crate) fn read(request: &Map<String, Value>, flags: u64) -> Result<Self, Refused> {
        let list = strings(request, "allow_list")?;
        match member(request, "allow_list_match").map_or(Some("exact"), Value::as_str) {
            Some("exact") => Ok(Self::Exactly(list.into_iter().map(str::to_owned).collect())),
            Some("regex") if list.len() > 64 => Err(Refused::bad("A request may bring 64 allowed patterns.")),
            Some("regex") => {
                let terms = list.into_iter().filter(|term| !term.is_empty());
                Ok(Self::Matching(
                    terms.map(|term| compile(term, flags, "allow_list")).collect::<Result<_, _>>()?,
                ))
            }
            _ => Err(Refused::as_presidio_does("allow_list_match must either be set to 'exact' or 'regex'.")),
        }
    }

    pub(crate) fn has(&self, value: &str) -> bool {
        match self {
            Self::Exactly(values) => values.contains(value),
            Self::Matching(terms) => terms.iter().any(|term| term.is_match(value)),
        }
    }
}
