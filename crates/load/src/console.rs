//! Agents' consoles: signed in, each with a live stream of its own.

use crate::{
    clock,
    failure::{Failure, Outcome, While},
    place::Agent,
    wire::Wire,
};
use serde_json::{Value, json};
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tokio::{io::AsyncBufReadExt, task::JoinHandle};

/// How an event names its conversation, and its message.
const CONVERSATION: &str = "\"conversation\":\"";
const MESSAGE: &str = "\"message\":\"";

/// A session's token, as `Authorization: Bearer` and as cookie.
pub(crate) struct Session(String);

impl Session {
    /// Signs an agent in with password and one-time code, from an address of their own: tries are limited per
    /// address, and agents do not share a desk.
    pub(crate) async fn sign_in(address: SocketAddr, agent: &Agent, number: usize) -> Outcome<Self> {
        let totp = totp_rs::Builder::new()
            .with_secret(agent.totp.as_slice())
            .build()
            .while_doing("the second factor")?;
        let code = totp.generate(clock::since_1970().as_secs()).to_string();
        let body = json!({ "login": agent.login, "password": agent.password, "code": code });
        let from = Ipv4Addr::new(127, 0, 1 + (number / 200) as u8, 1 + (number % 200) as u8);
        let mut wire = Wire::open_from(IpAddr::V4(from), address).await?;
        let answer = wire.post("/api/v1/sign-in", "", body.to_string().as_bytes()).await?;
        let token = serde_json::from_slice::<Value>(&answer.body).ok();
        let token = token.as_ref().and_then(|body| body["token"].as_str());
        match token {
            Some(token) if answer.status == 200 => Ok(Self(token.to_owned())),
            _ => Err(Failure::new(format!("{} was not signed in: {}", agent.login, answer.status))),
        }
    }

    /// The header for the API.
    pub(crate) fn bearer(&self) -> String {
        format!("authorization: Bearer {}\r\n", self.0)
    }

    /// The header for the console's pages.
    pub(crate) fn cookie(&self) -> String {
        format!("cookie: __Host-aside-agent={}\r\n", self.0)
    }
}

/// A message that a console heard of.
#[derive(Clone)]
pub(crate) struct Heard {
    pub(crate) conversation: String,
    pub(crate) message: String,
    pub(crate) at: Instant,
}

/// What a console heard: of all, how many; of some conversations, everything.
#[derive(Default)]
struct Notes {
    events: AtomicU64,
    heard: Mutex<Vec<Heard>>,
}

/// A console that listens. It stops when this goes.
pub(crate) struct Console {
    notes: Arc<Notes>,
    task: JoinHandle<()>,
}

impl Drop for Console {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Console {
    /// Opens the live stream as the console's page does. Notes are kept of one conversation in `one_in`, which
    /// is a power of two: the same for every console.
    pub(crate) async fn open(address: SocketAddr, session: &Session, one_in: u64) -> Outcome<Self> {
        let cookie = session.cookie();
        let (status, stream) = Wire::open(address).await?.follow("/console/events", &cookie).await?;
        if status != 200 {
            return Err(Failure::new(format!("the console's live events answered {status}")));
        }
        let notes = Arc::new(Notes::default());
        let writing = Arc::clone(&notes);
        let (mut stream, mut last) = (stream, String::new());
        let task = tokio::spawn(async move {
            loop {
                listen(stream, &writing, one_in, &mut last).await;
                // A stream ends after some minutes; a browser opens the next one where it was.
                let headers = format!("{cookie}last-event-id: {last}\r\n");
                let Ok(wire) = Wire::open(address).await else { return };
                match wire.follow("/console/events", &headers).await {
                    Ok((200, next)) => stream = next,
                    _ => return,
                }
            }
        });
        Ok(Self { notes, task })
    }

    /// How many events came.
    pub(crate) fn events(&self) -> u64 {
        self.notes.events.load(Ordering::Relaxed)
    }

    /// What was heard since the last time.
    pub(crate) fn take_heard(&self) -> Vec<Heard> {
        std::mem::take(&mut self.notes.heard.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Reads a stream to its end.
async fn listen(
    mut stream: tokio::io::BufReader<tokio::net::TcpStream>,
    notes: &Notes,
    one_in: u64,
    last: &mut String,
) {
    let mut line = Vec::new();
    loop {
        line.clear();
        match stream.read_until(b'\n', &mut line).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        let Ok(text) = std::str::from_utf8(&line) else { continue };
        if let Some(number) = text.strip_prefix("id:") {
            number.trim().clone_into(last);
            continue;
        }
        let Some(data) = text.strip_prefix("data:") else { continue };
        notes.events.fetch_add(1, Ordering::Relaxed);
        let (Some(conversation), Some(message)) = (behind(data, CONVERSATION), behind(data, MESSAGE)) else {
            continue;
        };
        if is_noted(conversation, one_in) {
            let heard = Heard {
                conversation: conversation.to_owned(),
                message: message.to_owned(),
                at: clock::now(),
            };
            notes.heard.lock().unwrap_or_else(PoisonError::into_inner).push(heard);
        }
    }
}

/// What stands behind a member's name in the small JSON that events carry, without parsing the rest: fifty
/// consoles hear everything.
fn behind<'a>(data: &'a str, name: &str) -> Option<&'a str> {
    data.split_once(name)?.1.split_once('"').map(|(value, _)| value)
}

/// Whether notes are kept of a conversation: its id's last digits are random.
pub(crate) fn is_noted(conversation: &str, one_in: u64) -> bool {
    let tail = conversation.get(conversation.len().saturating_sub(8)..).unwrap_or_default();
    u64::from_str_radix(tail, 16).is_ok_and(|tail| tail.is_multiple_of(one_in.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_names_its_conversation_and_its_message() {
        let data = r#"{"conversation":"0190-a","kind":"message","message":"0190-b"}"#;
        assert_eq!((behind(data, CONVERSATION), behind(data, MESSAGE)), (Some("0190-a"), Some("0190-b")));
        let nothing = r#"{"conversation":"0190-a","kind":"message","message":null}"#;
        assert_eq!(behind(nothing, MESSAGE), None);
        assert_eq!(behind("{\"message\":\"cut", MESSAGE), None);
    }

    #[test]
    fn notes_are_kept_of_the_same_conversations_everywhere() {
        let noted = |one_in| (0..4_096_u32).filter(|n| is_noted(&format!("0190-{n:08x}"), one_in)).count();
        assert_eq!((noted(1), noted(16)), (4_096, 256));
        assert!(!is_noted("", 1) && !is_noted("0190-größe-zz", 1));
    }
}
