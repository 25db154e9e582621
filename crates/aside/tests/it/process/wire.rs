//! Webhooks as Facebook posts them, over plain HTTP/1.1: small enough that a test knows which byte was when.

use aside_model::{ConversationId, ValueId};
use aws_lc_rs::hmac;
use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

/// The page that the prepared folders are connected to.
pub(super) const PAGE: &str = "104500000000101";
/// The secret that its webhooks are signed with.
pub(super) const APP_SECRET: &str = "an-app-secret-for-tests";

/// How long an answer may take: longer than anything honest, shorter than a test's own limit.
const PATIENCE: Duration = Duration::from_secs(30);

/// A direct message on its way into a webhook.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Dm {
    /// Who writes: their id on the page.
    pub(super) person: String,
    /// The network's id for the message.
    pub(super) mid: String,
    /// What they write.
    pub(super) text: String,
}

impl Dm {
    /// The webhook's body, shaped like `crates/channels/fixtures/facebook/message_text.json`.
    pub(super) fn body(&self) -> Vec<u8> {
        let body = serde_json::json!({ "object": "page", "entry": [{
            "id": PAGE,
            "time": 1_795_340_000_123_i64,
            "messaging": [{
                "sender": { "id": self.person },
                "recipient": { "id": PAGE },
                "timestamp": 1_795_340_000_000_i64,
                "message": { "mid": self.mid, "text": self.text },
            }],
        }]});
        body.to_string().into_bytes()
    }
}

/// The signature header's value for a body.
pub(super) fn signature(body: &[u8]) -> String {
    signature_by(APP_SECRET, body)
}

/// The same by another secret.
pub(super) fn signature_by(secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!("sha256={}", hex::encode(hmac::sign(&key, body)))
}

/// What the program answered.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Answer {
    /// The status.
    pub(super) status: u16,
    /// The body, as text.
    pub(super) body: String,
}

/// A connection to the program. One request at a time; it stays open between them.
pub(super) struct Wire {
    stream: BufReader<TcpStream>,
}

impl Wire {
    pub(super) fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream) })
    }

    /// This end's port, by which the other end knows the connection.
    pub(super) fn port(&self) -> u16 {
        self.stream.get_ref().local_addr().unwrap().port()
    }

    /// Posts a signed webhook.
    pub(super) fn hook(&mut self, path: &str, dm: &Dm) -> io::Result<Answer> {
        let body = dm.body();
        self.hook_as(path, &body, Some(&signature(&body)))
    }

    /// Posts a webhook under any signature, or none.
    pub(super) fn hook_as(&mut self, path: &str, body: &[u8], signature: Option<&str>) -> io::Result<Answer> {
        let header = signature.map(|signature| format!("x-hub-signature-256: {signature}\r\n"));
        self.send("POST", path, &header.unwrap_or_default(), body)
    }

    /// Opens a value, as an agent's program does.
    pub(super) fn reveal(
        &mut self,
        token: &str,
        conversation: ConversationId,
        value: ValueId,
    ) -> io::Result<Answer> {
        let path = format!("/conversations/{conversation}/reveals");
        let body = serde_json::json!({ "value": value.to_string(), "purpose": "contact" });
        self.api("POST", &path, token, &body)
    }

    /// Asks the API, as an agent's program does.
    pub(super) fn api(
        &mut self,
        method: &str,
        path: &str,
        token: &str,
        body: &serde_json::Value,
    ) -> io::Result<Answer> {
        let header = format!("authorization: Bearer {token}\r\n");
        self.send(method, &format!("/api/v1{path}"), &header, body.to_string().as_bytes())
    }

    /// Asks for a page.
    pub(super) fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.request(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n"), b"")
    }

    /// Sends JSON with more headers, each ended by CR LF.
    fn send(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<Answer> {
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
             content-length: {length}\r\n{headers}\r\n"
        );
        self.request(&head, body)
    }

    fn request(&mut self, head: &str, body: &[u8]) -> io::Result<Answer> {
        let mut bytes = head.as_bytes().to_vec();
        bytes.extend_from_slice(body);
        self.stream.get_mut().write_all(&bytes)?;
        let status = self.line()?.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(cut_off)?;
        let mut length = 0;
        loop {
            let line = self.line()?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            assert!(!line.starts_with("transfer-encoding"), "this client reads plain bodies alone");
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, body: String::from_utf8(body).map_err(io::Error::other)? })
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        match self.stream.read_line(&mut line)? {
            0 => Err(cut_off()),
            _ => Ok(line.trim_end().to_owned()),
        }
    }
}

fn cut_off() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "the connection ended within an answer")
}
