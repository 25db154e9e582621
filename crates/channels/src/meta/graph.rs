//! Requests to the Graph API.

use super::{GRAPH_VERSION, answer};
use crate::{ActOutcome, ErrorCode, Refusal, SendOutcome};
use aside_model::Raw;
use reqwest::{Method, header::HeaderMap};
use serde_json::Value;
use std::time::Duration;

/// The longest that one request may take. Networks answer within a second or two; a worker must not hang.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The largest answer that is read, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024;

/// What a number in an error means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Meaning {
    /// Something failed at the network, and may not the next time.
    PassingFault,
    /// So many calls are not allowed.
    QuotaUsedUp,
    /// It goes out after this long at least; why, in words for people.
    Wait(Duration, &'static str),
    /// The number says that it failed although it may have been done.
    PerhapsDone,
    /// It is refused.
    No(Refusal),
}

/// The Graph API, as one network offers it.
pub(crate) struct Graph {
    client: reqwest::Client,
    base: String,
    network: &'static str,
    meaning: fn(ErrorCode) -> Meaning,
}

/// What became of a request.
pub(crate) enum Answer {
    /// Done, with the body of the answer.
    Done(Value),
    /// Not done, may be later.
    Later { wait: Duration, reason: &'static str },
    /// Not done.
    No { why: Refusal, code: Option<ErrorCode> },
    /// It may have been done.
    Lost { reason: &'static str },
}

impl Answer {
    pub(crate) const fn no(why: Refusal) -> Self {
        Answer::No { why, code: None }
    }

    /// What became of a send whose answer is to be read by `read`: the network's id for the message, and who
    /// got it where the answer says so.
    pub(crate) fn sent(
        self,
        read: impl FnOnce(&mut Value) -> Option<(String, Option<String>)>,
    ) -> SendOutcome {
        match self {
            Answer::Done(mut body) => match read(&mut body) {
                Some((id, recipient)) => {
                    SendOutcome::Accepted { provider_id: Some(id), recipient: recipient.map(Raw::new) }
                }
                None => SendOutcome::Unknown { reason: "the network accepted without naming the message" },
            },
            Answer::Later { wait, reason } => SendOutcome::RetryAfter { wait, reason },
            Answer::No { why, code } => SendOutcome::Refused { why, code },
            Answer::Lost { reason } => SendOutcome::Unknown { reason },
        }
    }

    /// What became of an act that may be repeated, and whose answer says so.
    pub(crate) fn acted(self) -> ActOutcome {
        match self {
            Answer::Done(body) if is_success(&body) => ActOutcome::Done,
            Answer::Done(_) => ActOutcome::Refused { why: Refusal::NotTaken, code: None },
            Answer::Later { wait, reason } => ActOutcome::RetryAfter { wait, reason },
            Answer::No { why, code } => ActOutcome::Refused { why, code },
            // Doing it twice is the same as doing it once.
            Answer::Lost { reason } => ActOutcome::RetryAfter { wait: Duration::from_secs(30), reason },
        }
    }
}

/// Success is `{"success":true}`, or `{"result":"success"}` in the Messenger Profile API.
fn is_success(body: &Value) -> bool {
    body.get("success").and_then(Value::as_bool) == Some(true)
        || body.get("result").and_then(Value::as_str) == Some("success")
}

/// Takes a string that is not empty out of an answer.
pub(crate) fn take(body: &mut Value, key: &str) -> Option<String> {
    match body.get_mut(key) {
        Some(Value::String(text)) if !text.is_empty() => Some(std::mem::take(text)),
        _ => None,
    }
}

impl Graph {
    /// The API at `base` (`https://graph.facebook.com`, without a version), where error numbers have these
    /// meanings. `network` is its name in traces.
    pub(crate) fn new(
        client: reqwest::Client,
        base: &str,
        network: &'static str,
        meaning: fn(ErrorCode) -> Meaning,
    ) -> Self {
        Self { client, base: base.trim_end_matches('/').to_owned(), network, meaning }
    }

    /// Asks for `path`, whose ids the caller has checked with [`is_id`], with an account's token.
    ///
    /// The token goes into a header, never into an address: addresses end up in logs.
    pub(crate) async fn ask(
        &self,
        token: Option<&str>,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let Some(token) = token else { return Answer::no(Refusal::TokenMissing) };
        let address = format!("{}/{GRAPH_VERSION}/{path}", self.base);
        let mut request = self.client.request(method, address).bearer_auth(token).timeout(TIMEOUT);
        if !query.is_empty() {
            request = request.query(query);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => {
                let answer = lost_request(&error);
                // Without the address: it names the page and the comment.
                tracing::warn!(network = self.network, error = %error.without_url(), "the network did not answer");
                return answer;
            }
        };
        let status = response.status();
        let headers = response.headers().clone();
        let body = read_body(response).await;
        let answer = answer::understand(status, &headers, body, self.meaning);
        self.trace(&answer, status.as_u16(), &headers);
        answer
    }

    fn trace(&self, answer: &Answer, status: u16, headers: &HeaderMap) {
        let network = self.network;
        let used = answer::share_used(headers);
        match answer {
            Answer::Done(_) if used.is_some_and(|used| used >= 80) => {
                tracing::warn!(network, status, used_percent = used, "the quota is nearly used up");
            }
            Answer::Done(_) => tracing::debug!(network, status, "the network accepted"),
            Answer::Later { reason, .. } => {
                tracing::info!(network, status, reason, "the network asks to wait");
            }
            Answer::No { why, code } => {
                let code = code.map(|code| code.to_string());
                tracing::warn!(network, status, reason = %why, code, "the network refused");
            }
            Answer::Lost { reason } => {
                tracing::warn!(network, status, reason, "the network's answer is unclear");
            }
        }
    }
}

/// A request that got no answer: only one that never found its network is sure not to have gone out.
fn lost_request(error: &reqwest::Error) -> Answer {
    if error.is_connect() {
        Answer::Later { wait: Duration::from_secs(15), reason: "the network could not be reached" }
    } else if error.is_builder() {
        Answer::no(Refusal::NotTaken)
    } else {
        Answer::Lost { reason: "the network's answer was lost on the way" }
    }
}

/// The body as JSON; `None` when it is cut off, too large, or something else.
async fn read_body(mut response: reqwest::Response) -> Option<Value> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if bytes.len() + chunk.len() > LARGEST_ANSWER {
            return None;
        }
        bytes.extend_from_slice(&chunk);
    }
    serde_json::from_slice(&bytes).ok()
}

/// Whether a text can be an id in a Graph path. Ids come from signed webhooks and configuration; this keeps
/// a damaged one from reaching another endpoint.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=200).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}
