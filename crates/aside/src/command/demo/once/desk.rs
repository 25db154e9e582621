//! The agent of a run: signs in over the API, answers each conversation, and says what they see.

use crate::command::{
    Failure,
    demo::{browser::Watch, stage::DemoAgent},
};
use aside_model::Rung;
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::PoisonError;

/// An agent at the API.
pub(super) struct Desk {
    client: Client,
    url: String,
    token: String,
    watch: Watch,
}

/// A conversation as the API shows it, as far as a run looks at it.
#[derive(Deserialize)]
pub(super) struct Conversation {
    pub(super) timeline: Vec<Item>,
    threads: Vec<Thread>,
}

#[derive(Deserialize)]
struct Thread {
    thread: String,
    closed: Option<String>,
}

/// A line of a timeline.
#[derive(Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Item {
    /// Something said.
    Message {
        rung: Rung,
        author: String,
        pieces: Vec<Piece>,
        findings: Vec<Finding>,
        #[serde(default)]
        unchecked: bool,
    },
    /// Something that happened.
    Entry { kind: String },
}

/// A piece of a message.
#[derive(Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(super) enum Piece {
    Text {
        text: String,
    },
    Masked {
        value: String,
        #[serde(rename = "type")]
        data_type: String,
        kind: String,
        mask: String,
        label: String,
    },
    Held {
        label: String,
    },
    Removed {
        mask: String,
        label: String,
    },
}

/// What was found and decided.
#[derive(Deserialize, Clone)]
pub(super) struct Finding {
    #[serde(rename = "type")]
    pub(super) data_type: String,
    pub(super) kind: String,
    pub(super) rule: String,
    pub(super) certainty: String,
}

impl Piece {
    /// The piece as people see it.
    pub(super) fn visible(&self) -> String {
        match self {
            Piece::Text { text } => text.clone(),
            Piece::Masked { mask, label, .. } => format!("[{label}: {mask}]"),
            Piece::Held { label } => format!("[{label} held]"),
            Piece::Removed { mask, label } if mask.is_empty() => format!("[{label} removed]"),
            Piece::Removed { mask, label } => format!("[{label} removed: {mask}]"),
        }
    }

    /// What the piece shows of what was written. A mask that hides something is nothing of that: its few
    /// letters or digits are no value by themselves.
    pub(super) fn in_clear(&self) -> &str {
        match self {
            Piece::Text { text } => text,
            Piece::Masked { mask, .. } | Piece::Removed { mask, .. } if !mask.contains('•') => mask,
            Piece::Masked { .. } | Piece::Held { .. } | Piece::Removed { .. } => "\u{fffc}",
        }
    }

    /// The vault's value that the piece stands for: its id, type and kind.
    pub(super) fn kept(&self) -> Option<(String, String, String)> {
        match self {
            Piece::Masked { value, data_type, kind, .. } => {
                Some((value.clone(), data_type.clone(), kind.clone()))
            }
            Piece::Text { .. } | Piece::Held { .. } | Piece::Removed { .. } => None,
        }
    }
}

impl Desk {
    /// Signs the agent in.
    pub(super) async fn sign_in(
        client: Client,
        url: &str,
        agent: &DemoAgent,
        watch: Watch,
    ) -> Result<Self, Failure> {
        let code = agent.code().ok_or_else(|| Failure::new("the agent has no second factor"))?;
        let body = json!({ "login": agent.login, "password": agent.password, "code": code });
        let answer =
            client.post(format!("{url}/api/v1/sign-in")).json(&body).send().await.map_err(no_answer)?;
        if answer.status() != StatusCode::OK {
            return Err(Failure::new(format!("the agent could not sign in: {}", answer.status())));
        }
        let answer: Value = answer.json().await.map_err(no_answer)?;
        let token = answer["token"].as_str().unwrap_or_default().to_owned();
        Ok(Self { client, url: url.to_owned(), token, watch })
    }

    /// One conversation.
    pub(super) async fn conversation(&self, id: &str) -> Result<Conversation, Failure> {
        let value = self.get(&format!("/api/v1/conversations/{id}")).await?;
        serde_json::from_value(value).map_err(|e| Failure::new(format!("the API's conversation: {e}")))
    }

    /// Answers a conversation on the highest rung that can be answered. False when none can.
    pub(super) async fn answer(&self, id: &str, conversation: &Conversation) -> Result<bool, Failure> {
        let Some(thread) = conversation.threads.iter().find(|t| t.closed.is_none()) else { return Ok(false) };
        let body = json!({
            "thread": thread.thread,
            "text": "Thank you for writing. I am looking into it and will be back shortly.",
            "key": id,
        });
        let path = format!("/api/v1/conversations/{id}/replies");
        let request = self.client.post(format!("{}{path}", self.url)).bearer_auth(&self.token).json(&body);
        let answer = request.send().await.map_err(no_answer)?;
        let status = answer.status();
        self.look(&path, &answer.text().await.map_err(no_answer)?);
        match status {
            StatusCode::ACCEPTED => Ok(true),
            other => Err(Failure::new(format!("a reply was answered with {other}"))),
        }
    }

    async fn get(&self, path: &str) -> Result<Value, Failure> {
        let request = self.client.get(format!("{}{path}", self.url)).bearer_auth(&self.token);
        let answer = request.send().await.map_err(no_answer)?;
        let status = answer.status();
        let text = answer.text().await.map_err(no_answer)?;
        self.look(path, &text);
        if status != StatusCode::OK {
            return Err(Failure::new(format!("the API answered {status}")));
        }
        serde_json::from_str(&text).map_err(|e| Failure::new(format!("the API's answer: {e}")))
    }

    fn look(&self, place: &str, text: &str) {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        watch(place, text);
    }
}

fn no_answer(error: reqwest::Error) -> Failure {
    Failure::new(format!("the API did not answer: {}", error.without_url()))
}
