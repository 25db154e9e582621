//! One request to the Bot API.

use super::{
    Telegram,
    answer::{self, Answer},
};
use crate::Refusal;
use serde_json::Value;
use std::time::Duration;

/// The longest that one request may take. A worker must not hang.
const TIMEOUT: Duration = Duration::from_secs(20);

/// The largest answer that is read, in bytes.
const LARGEST_ANSWER: usize = 64 * 1024;

impl Telegram {
    /// Calls a method of the API for this connection's bot, if `account` is it.
    ///
    /// The address holds the token, so it is in no error and no trace.
    pub(super) async fn ask(&self, account: &str, method: &'static str, body: &Value) -> Answer {
        match self.secrets.bot() {
            None => return Answer::no(Refusal::TokenInvalid),
            Some(bot) if bot != account => return Answer::no(Refusal::TokenMissing),
            Some(_) => {}
        }
        let address = format!("{}/bot{}/{method}", self.api_base, self.secrets.bot_token);
        let response = match self.client.post(address).timeout(TIMEOUT).json(body).send().await {
            Ok(response) => response,
            Err(error) => {
                let answer = lost_request(&error);
                tracing::warn!(method, error = %error.without_url(), "telegram did not answer");
                return answer;
            }
        };
        let status = response.status();
        let answer = answer::understand(status, read_body(response).await);
        trace(&answer, method, status.as_u16());
        answer
    }
}

/// A request that got no answer: only one that never found its network is sure not to have gone out.
fn lost_request(error: &reqwest::Error) -> Answer {
    if error.is_connect() {
        Answer::Later { wait: Duration::from_secs(15), reason: "telegram could not be reached" }
    } else if error.is_builder() {
        Answer::no(Refusal::NotTaken)
    } else {
        Answer::Lost { reason: "telegram's answer was lost on the way" }
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

fn trace(answer: &Answer, method: &'static str, status: u16) {
    match answer {
        Answer::Done(_) => tracing::debug!(method, status, "telegram accepted"),
        Answer::Moved { .. } => tracing::info!(method, status, "a group is another chat now"),
        Answer::NotThere { .. } => tracing::info!(method, status, "the message is not there any more"),
        Answer::Later { reason, .. } => tracing::info!(method, status, reason, "telegram asks to wait"),
        Answer::No { why, .. } => tracing::warn!(method, status, reason = %why, "telegram refused"),
        Answer::Lost { reason } => tracing::warn!(method, status, reason, "telegram's answer is unclear"),
    }
}
