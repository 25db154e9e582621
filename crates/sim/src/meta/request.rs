//! A call of the Graph API, as it came.

use axum::{
    body::Bytes,
    http::{HeaderMap, Method, Uri},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// A call.
pub(crate) struct RawCall {
    /// The `id` in the path; empty where the path has none.
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl RawCall {
    /// Its method and path.
    pub(crate) fn line(&self) -> String {
        format!("{} {}", self.method, self.uri.path())
    }

    /// The access token, from the header or else from the parameters.
    pub(crate) fn token(&self, parameters: &BTreeMap<String, Value>) -> Option<String> {
        bearer(&self.headers).or_else(|| parameters.get("access_token")?.as_str().map(str::to_owned))
    }

    /// The API takes parameters from the query and from a JSON or form body; objects in forms are JSON.
    pub(crate) fn parameters(&self) -> BTreeMap<String, Value> {
        let pairs = |bytes: &[u8]| -> Vec<(String, Value)> {
            url::form_urlencoded::parse(bytes)
                .map(|(key, text)| {
                    let object = text.starts_with('{').then(|| serde_json::from_str(&text).ok()).flatten();
                    (key.into_owned(), object.unwrap_or_else(|| Value::String(text.into_owned())))
                })
                .collect()
        };
        let mut all: BTreeMap<_, _> =
            pairs(self.uri.query().unwrap_or_default().as_bytes()).into_iter().collect();
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => all.extend(object),
            _ => all.extend(pairs(&self.body)),
        }
        all
    }
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("authorization")?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    ["bearer", "oauth"].contains(&scheme.to_ascii_lowercase().as_str()).then(|| token.to_owned())
}
