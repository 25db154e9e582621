//! Values that are not to be reported.

use crate::{
    ad_hoc::{USUAL_FLAGS, compile},
    error::Refused,
    values::{items, python_type, truth},
};
use regex_lite::Regex;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// How many patterns a request may allow.
const MOST_PATTERNS: usize = 64;

/// Values that a request allows.
pub(crate) enum Allowed {
    Exactly(HashSet<String>),
    Matching(Vec<Regex>),
}

impl Allowed {
    /// Reads the list. How it is to be taken is looked at only where there is one, as in Presidio.
    pub(crate) fn read(request: &Map<String, Value>) -> Result<Self, Refused> {
        let list = match request.get("allow_list") {
            Some(no_list @ (Value::Number(_) | Value::Bool(_))) if truth(Some(no_list)) => {
                let got = python_type(no_list);
                return Err(Refused::unparsed(format!("argument of type '{got}' is not iterable")));
            }
            _ => items(request, "allow_list")?,
        };
        if list.is_empty() {
            return Ok(Self::Exactly(HashSet::new()));
        }
        match request.get("allow_list_match").map_or(Some("exact"), Value::as_str) {
            // What is no text is no value of a text.
            Some("exact") => {
                Ok(Self::Exactly(list.iter().filter_map(Value::as_str).map(str::to_owned).collect()))
            }
            Some("regex") => Self::matching(list, request.get("regex_flags")),
            _ => Err(Refused::as_presidio_does("allow_list_match must either be set to 'exact' or 'regex'.")),
        }
    }

    fn matching(list: &[Value], flags: Option<&Value>) -> Result<Self, Refused> {
        let flags = match flags {
            None | Some(Value::Null) => USUAL_FLAGS,
            Some(flags) => flags.as_u64().ok_or_else(|| {
                let got = python_type(flags);
                Refused::unparsed(format!("unsupported operand type(s) for &: '{got}' and 'RegexFlag'"))
            })?,
        };
        let terms: Vec<&Value> = list.iter().filter(|term| truth(Some(term))).collect();
        if terms.len() > MOST_PATTERNS {
            return Err(Refused::bad(format!("A request may bring {MOST_PATTERNS} allowed patterns.")));
        }
        let regex = |(at, term): (usize, &&Value)| {
            let no_text = || {
                let got = python_type(term);
                Refused::unparsed(format!("sequence item {at}: expected str instance, {got} found"))
            };
            compile(term.as_str().ok_or_else(no_text)?, flags, "allow_list")
        };
        terms.iter().enumerate().map(regex).collect::<Result<_, _>>().map(Self::Matching)
    }

    pub(crate) fn has(&self, value: &str) -> bool {
        match self {
            Self::Exactly(values) => values.contains(value),
            Self::Matching(terms) => terms.iter().any(|term| term.is_match(value)),
        }
    }
}
