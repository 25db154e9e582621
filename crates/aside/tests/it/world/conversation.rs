//! A conversation as the API shows it.

use serde_json::Value;

/// A conversation.
pub(crate) struct Conversation(Value);

/// One message of it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Said {
    pub(crate) rung: String,
    pub(crate) author: String,
    /// As people see it.
    pub(crate) text: String,
    pub(crate) state: String,
    pub(crate) unchecked: bool,
    pub(crate) attachments: Vec<String>,
}

impl Conversation {
    pub(crate) fn new(value: Value) -> Self {
        Self(value)
    }

    /// All of it.
    pub(crate) fn json(&self) -> &Value {
        &self.0
    }

    pub(crate) fn id(&self) -> &str {
        self.text("conversation")
    }

    /// A field of the conversation's own.
    pub(crate) fn text(&self, field: &str) -> &str {
        self.0[field].as_str().unwrap_or_default()
    }

    /// The highest thread on a rung.
    pub(crate) fn thread(&self, rung: &str) -> String {
        let threads = self.threads(rung);
        threads.first().cloned().unwrap_or_else(|| panic!("no {rung} thread in {}", self.0["threads"]))
    }

    /// The threads on a rung, newest first.
    pub(crate) fn threads(&self, rung: &str) -> Vec<String> {
        let threads = self.0["threads"].as_array().unwrap();
        let on_rung = threads.iter().filter(|t| t["rung"] == rung);
        on_rung.map(|t| t["thread"].as_str().unwrap().to_owned()).collect()
    }

    /// The messages, oldest first.
    pub(crate) fn messages(&self) -> Vec<Said> {
        self.items("message").map(said).collect()
    }

    /// What the customer said, as people see it, oldest first.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.messages().into_iter().filter(|m| m.author == "customer").map(|m| m.text).collect()
    }

    /// What the customer said last, as people see it.
    pub(crate) fn last_heard(&self) -> String {
        self.heard().pop().expect("the customer said something")
    }

    /// The kinds of what happened, oldest first.
    pub(crate) fn happened(&self) -> Vec<String> {
        self.items("entry").map(|e| e["kind"].as_str().unwrap().to_owned()).collect()
    }

    /// The masked values, oldest first.
    pub(crate) fn values(&self) -> Vec<String> {
        let pieces = self.items("message").flat_map(|m| m["pieces"].as_array().unwrap());
        let masked = pieces.filter(|p| p["is"] == "masked");
        masked.map(|p| p["value"].as_str().unwrap().to_owned()).collect()
    }

    /// Type and fate of everything found in what the customer said, oldest first.
    pub(crate) fn found(&self) -> Vec<(String, String)> {
        let findings = self.items("message").flat_map(|m| m["findings"].as_array().unwrap());
        findings
            .map(|f| (f["type"].as_str().unwrap().to_owned(), f["rule"].as_str().unwrap().to_owned()))
            .collect()
    }

    fn items<'a>(&'a self, what: &'a str) -> impl Iterator<Item = &'a Value> {
        self.0["timeline"].as_array().unwrap().iter().filter(move |item| item["is"] == what)
    }
}

fn said(item: &Value) -> Said {
    let text = |field: &str| item[field].as_str().unwrap().to_owned();
    let strings = |field: &str| -> Vec<String> {
        item[field].as_array().unwrap().iter().map(|v| v.as_str().unwrap().to_owned()).collect()
    };
    Said {
        rung: text("rung"),
        author: text("author"),
        text: item["pieces"].as_array().unwrap().iter().map(visible).collect(),
        state: text("state"),
        unchecked: item["unchecked"] == true,
        attachments: strings("attachments"),
    }
}

/// A piece as people see it.
fn visible(piece: &Value) -> String {
    let text = |field: &str| piece[field].as_str().unwrap_or_default().to_owned();
    match piece["is"].as_str().unwrap() {
        "text" => text("text"),
        "masked" => format!("[{}: {}]", text("label"), text("mask")),
        "held" => format!("[{} held]", text("label")),
        "removed" if text("mask").is_empty() => format!("[{} removed]", text("label")),
        "removed" => format!("[{} removed: {}]", text("label"), text("mask")),
        other => panic!("a piece of an unknown kind: {other}"),
    }
}
