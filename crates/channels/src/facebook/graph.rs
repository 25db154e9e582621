//! One request to the Graph API.

use super::{Facebook, GRAPH_VERSION, answer};
use crate::{ErrorCode, Refusal};
use reqwest::{Method, header::HeaderMap};
use serde_json::Value;
use std::time::Duration;

/// The longest that one request may take. Networks answer within a second or two; a worker must not hang.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The largest answer that is read, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024;

/// What became of a request.
pub(super) enum Answer {
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
    pub(super) const fn no(why: Refusal) -> Self {
        Answer::No { why, code: None }
    }
}

impl Facebook {
    /// Asks for `path`, whose ids the caller has checked with [`is_id`], in the name of `account`.
    ///
    /// The token goes into a header, never into an address: addresses end up in logs.
    pub(super) async fn ask(
        &self,
        account: &str,
        method: Method,
        path: &str,
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Answer {
        let Some(token) = self.secrets.pages.get(account) else { return Answer::no(Refusal::TokenMissing) };
        let address = format!("{}/{GRAPH_VERSION}/{path}", self.api_base);
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
                tracing::warn!(error = %error.without_url(), "facebook did not answer");
                return answer;
            }
        };
        let status = response.status();
        let headers = response.headers().clone();
        let body = read_body(response).await;
        let answer = answer::understand(status, &headers, body);
        trace(&answer, status.as_u16(), &headers);
        answer
    }
}

/// A request that got no answer: only one that never found its network is sure not to have gone out.
fn lost_request(error: &reqwest::Error) -> Answer {
    if error.is_connect() {
        Answer::Later { wait: Duration::from_secs(15), reason: "facebook could not be reached" }
    } else if error.is_builder() {
        Answer::no(Refusal::NotTaken)
    } else {
        Answer::Lost { reason: "facebook's answer was lost on the way" }
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

fn trace(answer: &Answer, status: u16, headers: &HeaderMap) {
    let used = answer::share_used(headers);
    match answer {
        Answer::Done(_) if used.is_some_and(|used| used >= 80) => {
            tracing::warn!(status, used_percent = used, "facebook's quota is nearly used up");
        }
        Answer::Done(_) => tracing::debug!(status, "facebook accepted"),
        Answer::Later { reason, .. } => tracing::info!(status, reason, "facebook asks to wait"),
        Answer::No { why, code } => {
            let code = code.map(|code| code.to_string());
            tracing::warn!(status, reason = %why, code, "facebook refused");
        }
        Answer::Lost { reason } => tracing::warn!(status, reason, "facebook's answer is unclear"),
    }
}

/// Whether a text can be an id in a Graph path. Ids come from signed webhooks and configuration; this keeps
/// a damaged one from reaching another endpoint.
pub(super) fn is_id(text: &str) -> bool {
    (1..=200).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}
