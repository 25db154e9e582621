//! What came back over HTTP.

use reqwest::{StatusCode, header::HeaderMap};
use serde_json::Value;
use std::sync::{Arc, Mutex};

/// One answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// A header's text; empty if it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|e| panic!("{e}: {}", self.text))
    }

    /// What stands in the first hidden field with this name.
    pub(crate) fn field(&self, name: &str) -> String {
        let sign = format!("name=\"{name}\" value=\"");
        let at = self.text.find(&sign).unwrap_or_else(|| panic!("no field {name} in:\n{}", self.text));
        self.text[at + sign.len()..].split('"').next().unwrap().to_owned()
    }

    /// The text as people read it: what HTML escapes put back.
    pub(crate) fn read(&self) -> String {
        plain(&self.text)
    }

    /// The answer, if it has this status.
    #[track_caller]
    pub(crate) fn must_be(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self
    }
}

/// A text with HTML's escapes put back.
pub(crate) fn plain(text: &str) -> String {
    let escapes =
        [("&#60;", "<"), ("&#62;", ">"), ("&#39;", "'"), ("&#34;", "\""), ("&#x27;", "'"), ("&lt;", "<")];
    let text = escapes.iter().fold(text.to_owned(), |text, (escape, plain)| text.replace(escape, plain));
    text.replace("&gt;", ">").replace("&quot;", "\"").replace("&#38;", "&").replace("&amp;", "&")
}

/// Every answer that anybody got: where, and headers and body as people and programs read them.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Vec<(String, String)>>>);

impl Seen {
    /// Keeps what came back from a place.
    pub(crate) fn keep(&self, place: &str, headers: &HeaderMap, text: &str) {
        let mut kept = String::new();
        for (name, value) in headers {
            // How long and when: numbers that say nothing about the content.
            if name != "content-length" && name != "date" {
                kept += &[name.as_str(), value.to_str().unwrap_or_default()].join(": ");
                kept.push('\n');
            }
        }
        kept.push_str(text);
        self.0.lock().unwrap().push((place.to_owned(), kept));
    }

    /// All of it.
    pub(crate) fn all(&self) -> Vec<(String, String)> {
        self.0.lock().unwrap().clone()
    }
}
