//! A connection that is kept open, over plain HTTP/1.1 on this machine: as little of a client as there can be,
//! since the driver shares the machine with what it measures.

use std::{
    io::{self, Error, ErrorKind},
    net::{IpAddr, SocketAddr},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::{TcpSocket, TcpStream},
    time::timeout,
};

/// How long an answer may take before it counts as none: longer than networks wait.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest answer that is read.
const LONGEST: usize = 64 * 1024 * 1024;

/// An answer.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: Vec<u8>,
}

/// A connection. One request at a time; it stays open between them.
pub(crate) struct Wire {
    stream: BufReader<TcpStream>,
    request: Vec<u8>,
    line: Vec<u8>,
}

impl Wire {
    /// Connects.
    pub(crate) async fn open(address: SocketAddr) -> io::Result<Self> {
        Self::over(TcpStream::connect(address).await?)
    }

    /// Connects from one of this machine's addresses, as another machine would.
    pub(crate) async fn open_from(from: IpAddr, address: SocketAddr) -> io::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::new(from, 0))?;
        Self::over(socket.connect(address).await?)
    }

    fn over(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), request: Vec::new(), line: Vec::new() })
    }

    /// Posts JSON; `headers` are whole lines, each ended by CR LF.
    pub(crate) async fn post(&mut self, path: &str, headers: &str, body: &[u8]) -> io::Result<Answer> {
        self.send("POST", path, headers, body).await
    }

    /// Asks for a page.
    pub(crate) async fn get(&mut self, path: &str, headers: &str) -> io::Result<Answer> {
        self.send("GET", path, headers, b"").await
    }

    /// Sends a request and reads the answer whole.
    pub(crate) async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> io::Result<Answer> {
        let asking = async {
            self.ask(method, path, headers, body).await?;
            let head = self.head().await?;
            let body = if head.chunked { self.chunks().await? } else { self.exactly(head.length).await? };
            Ok(Answer { status: head.status, body })
        };
        timeout(PATIENCE, asking).await.unwrap_or_else(|_| Err(Error::from(ErrorKind::TimedOut)))
    }

    /// Asks for a page whose body never ends, and reads the head alone.
    pub(crate) async fn follow(
        mut self,
        path: &str,
        headers: &str,
    ) -> io::Result<(u16, BufReader<TcpStream>)> {
        self.ask("GET", path, headers, b"").await?;
        let status = self.head().await?.status;
        Ok((status, self.stream))
    }

    async fn ask(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<()> {
        self.request.clear();
        self.request.extend_from_slice(
            format!(
                "{method} {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
                 content-length: {}\r\n{headers}\r\n",
                body.len()
            )
            .as_bytes(),
        );
        self.request.extend_from_slice(body);
        self.stream.get_mut().write_all(&self.request).await
    }

    async fn head(&mut self) -> io::Result<Head> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
        let mut head = Head { status: status.ok_or_else(unreadable)?, length: 0, chunked: false };
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                return Ok(head);
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                head.length = value.trim().parse().map_err(|_| unreadable())?;
                if head.length > LONGEST {
                    return Err(unreadable());
                }
            }
            head.chunked |= line.eq_ignore_ascii_case("transfer-encoding: chunked");
        }
    }

    async fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).await?;
        Ok(body)
    }

    /// A body in chunks, each after its length in hexadecimal (RFC 9112, 7.1).
    async fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let length = usize::from_str_radix(self.line().await?, 16).map_err(|_| unreadable())?;
            if body.len().saturating_add(length) > LONGEST {
                return Err(unreadable());
            }
            body.extend(self.exactly(length).await?);
            if !self.line().await?.is_empty() {
                return Err(unreadable());
            }
            if length == 0 {
                return Ok(body);
            }
        }
    }

    async fn line(&mut self) -> io::Result<&str> {
        self.line.clear();
        if self.stream.read_until(b'\n', &mut self.line).await? == 0 {
            return Err(Error::from(ErrorKind::UnexpectedEof));
        }
        Ok(std::str::from_utf8(&self.line).map_err(|_| unreadable())?.trim_end())
    }
}

struct Head {
    status: u16,
    length: usize,
    chunked: bool,
}

fn unreadable() -> Error {
    Error::new(ErrorKind::InvalidData, "the answer is not HTTP as it is expected here")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    async fn answering(answer: &'static [u8]) -> io::Result<Answer> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut wire = Wire::open(listener.local_addr().unwrap()).await.unwrap();
        let (mut peer, _) = listener.accept().await.unwrap();
        peer.write_all(answer).await.unwrap();
        peer.shutdown().await.unwrap();
        wire.get("/", "").await
    }

    #[tokio::test]
    async fn an_answer_has_a_status_and_a_body_as_long_as_it_says() {
        let answer = answering(b"HTTP/1.1 503 Busy\r\nContent-Length: 3\r\n\r\nabcd").await.unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (503, &b"abc"[..]));
        let chunks = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n";
        assert_eq!(answering(chunks).await.unwrap().body, b"abcd");
    }

    #[tokio::test]
    async fn what_is_no_answer_is_an_error_and_takes_no_memory() {
        for wrong in [
            &b""[..],
            b"\r\n",
            b"HTTP/1.1 x\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999999\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
            b"\xff\xff\n",
            b"HTTP/1.1 200 OK\r\ncontent-le",
            b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabc",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nfffffffffffff\r\nabc",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n",
        ] {
            assert!(answering(wrong).await.is_err(), "{:?}", String::from_utf8_lossy(wrong));
        }
    }
}
