//! One connection's side of the protocol (<https://www.postgresql.org/docs/current/protocol-message-formats.html>),
//! cut into transactions.

use std::collections::{HashMap, VecDeque};

/// What a client says until it wants an answer: everything up to a Sync, or one simple query.
#[derive(Clone, Debug, Default)]
pub(super) struct Unit {
    /// The messages, as they were sent.
    pub(super) bytes: Vec<u8>,
    /// Whether it makes ready what later units use: a statement, a setting.
    pub(super) prepares: bool,
    /// Whether it opens or closes a transaction.
    pub(super) bounds: bool,
    /// Whether it does more than read.
    pub(super) writes: bool,
    /// How many statements it executes.
    pub(super) statements: u64,
}

/// Units that take effect together, and when they began and ended among all connections'.
#[derive(Clone, Debug, Default)]
pub(super) struct Transaction {
    pub(super) units: Vec<Unit>,
    pub(super) began: u64,
    pub(super) ended: u64,
    /// Whether the database refused something of it.
    pub(super) failed: bool,
}

/// A connection, as far as it has been followed.
#[derive(Default)]
pub(super) struct Session {
    /// The first message, which names user and database.
    pub(super) startup: Vec<u8>,
    /// What was done, in order.
    pub(super) transactions: Vec<Transaction>,
    /// Statements that were made ready, by name, and whether they only read.
    statements: HashMap<Vec<u8>, bool>,
    portals: HashMap<Vec<u8>, bool>,
    from_client: Vec<u8>,
    from_server: Vec<u8>,
    /// The unit that is not closed yet, and when it began.
    open: (u64, Unit),
    /// Units whose answers have not come yet.
    waiting: VecDeque<(u64, Unit)>,
    current: Transaction,
    /// Whether the server has said that it is ready for the first time.
    greeted: bool,
}

/// Statements that only read, and so need no replaying.
fn only_reads(sql: &str) -> bool {
    const NOT: [&str; 10] = [
        "INSERT ",
        "UPDATE ",
        "DELETE ",
        " FOR UPDATE",
        " FOR SHARE",
        " FOR KEY SHARE",
        " FOR NO KEY",
        "NOTIFY",
        "ADVISORY",
        "NEXTVAL",
    ];
    let reads =
        ["SELECT", "WITH", "LISTEN", "SHOW"].iter().any(|word| sql.starts_with(word)) || sql.is_empty();
    reads && !NOT.iter().any(|word| sql.contains(word))
}

/// A text up to its zero byte, and what stands behind it.
fn text(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
}

fn in_capitals(sql: &[u8]) -> String {
    String::from_utf8_lossy(sql).trim_start().to_uppercase()
}

/// The type of the first message, its body, and its length with both; none while it is cut off.
fn first(bytes: &[u8]) -> Option<(u8, &[u8], usize)> {
    let length = u32::from_be_bytes(bytes.get(1..5)?.try_into().ok()?) as usize + 1;
    Some((bytes[0], bytes.get(5..length)?, length))
}

impl Session {
    /// Follows what the client says; `now` only rises.
    pub(super) fn client_says(&mut self, bytes: &[u8], now: u64) {
        self.from_client.extend_from_slice(bytes);
        if self.startup.is_empty() {
            // The first message has no type.
            let Some(length) = self.from_client.first_chunk::<4>() else { return };
            let length = u32::from_be_bytes(*length) as usize;
            if self.from_client.len() < length {
                return;
            }
            self.startup = self.from_client.drain(..length).collect();
        }
        let said = std::mem::take(&mut self.from_client);
        let mut rest = said.as_slice();
        while let Some((kind, body, length)) = first(rest) {
            if self.open.1.bytes.is_empty() {
                self.open.0 = now;
            }
            self.understand(kind, body);
            self.open.1.bytes.extend_from_slice(&rest[..length]);
            rest = &rest[length..];
            match kind {
                b'S' | b'Q' => self.waiting.push_back(std::mem::take(&mut self.open)),
                // A password, or the end: no part of any transaction.
                b'p' | b'X' => self.open = Default::default(),
                _ => {}
            }
        }
        self.from_client = rest.to_vec();
    }

    /// What a message of the client means for the unit that it is in.
    fn understand(&mut self, kind: u8, body: &[u8]) {
        let unit = &mut self.open.1;
        match kind {
            // Parse: a name and a statement.
            b'P' => {
                let (name, rest) = text(body);
                self.statements.insert(name.to_owned(), only_reads(&in_capitals(text(rest).0)));
                unit.prepares |= !name.is_empty();
            }
            // Close: of a statement or a portal.
            b'C' => unit.prepares |= body.first() == Some(&b'S'),
            // Bind: a portal and a statement.
            b'B' => {
                let (portal, rest) = text(body);
                let reads = self.statements.get(text(rest).0).copied().unwrap_or_default();
                self.portals.insert(portal.to_owned(), reads);
            }
            // Execute: a portal.
            b'E' => {
                unit.writes |= !self.portals.get(text(body).0).copied().unwrap_or_default();
                unit.statements += 1;
            }
            b'Q' => {
                let sql = in_capitals(text(body).0);
                let begins = |words: &[&str]| words.iter().any(|word| sql.starts_with(word));
                unit.statements += 1;
                if begins(&["BEGIN", "START", "COMMIT", "ROLLBACK", "END", "SAVEPOINT", "RELEASE"]) {
                    unit.bounds = true;
                } else if begins(&["SET "]) {
                    unit.prepares = true;
                } else {
                    unit.writes |= !only_reads(&sql);
                }
            }
            _ => {}
        }
    }

    /// Follows what the server says.
    pub(super) fn server_says(&mut self, bytes: &[u8], now: u64) {
        self.from_server.extend_from_slice(bytes);
        let said = std::mem::take(&mut self.from_server);
        let mut rest = said.as_slice();
        while let Some((kind, body, length)) = first(rest) {
            match kind {
                b'E' => self.current.failed = true,
                b'Z' => self.answered(body.first() == Some(&b'I'), now),
                _ => {}
            }
            rest = &rest[length..];
        }
        self.from_server = rest.to_vec();
    }

    /// The server is ready again, outside of any transaction or within one.
    fn answered(&mut self, outside: bool, now: u64) {
        if !self.greeted {
            self.greeted = true;
            self.current = Transaction::default();
            return;
        }
        let Some((began, unit)) = self.waiting.pop_front() else { return };
        if self.current.units.is_empty() {
            self.current.began = began;
        }
        self.current.units.push(unit);
        if outside {
            self.current.ended = now;
            self.transactions.push(std::mem::take(&mut self.current));
        }
    }
}

impl Transaction {
    /// What of it is to be said again: what makes ready, and, if it wrote, what wrote.
    pub(super) fn needed(&self) -> Self {
        let writes = self.writes();
        let needed = |unit: &&Unit| unit.prepares || (writes && (unit.writes || unit.bounds));
        Self { units: self.units.iter().filter(needed).cloned().collect(), ..*self }
    }

    /// Whether it did more than read.
    pub(super) fn writes(&self) -> bool {
        self.units.iter().any(|unit| unit.writes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: u8, body: &[u8]) -> Vec<u8> {
        let length = (body.len() as u32 + 4).to_be_bytes();
        [&[kind][..], &length, body].concat()
    }

    fn startup() -> Vec<u8> {
        [&12_u32.to_be_bytes()[..], &[0, 3, 0, 0, b'u', 0, 0, 0]].concat()
    }

    #[test]
    fn a_conversation_is_cut_into_transactions_and_what_only_reads_is_left_out() {
        let mut session = Session::default();
        let parse = |name: &str, sql: &str| said(b'P', format!("{name}\0{sql}\0\0\0").as_bytes());
        let execute = |name: &str| {
            [said(b'B', format!("\0{name}\0").as_bytes()), said(b'E', b"\0\0\0\0\0"), said(b'S', b"")]
                .concat()
        };
        let client = [
            startup(),
            parse("s0", "SELECT a FROM t"),
            said(b'S', b""),
            parse("s1", "INSERT INTO t VALUES ($1)"),
            said(b'S', b""),
            said(b'Q', b"BEGIN\0"),
            execute("s0"),
            execute("s1"),
            said(b'Q', b"COMMIT\0"),
            execute("s0"),
        ]
        .concat();
        let states = [b'I', b'I', b'I', b'T', b'T', b'T', b'I', b'I'];
        let server: Vec<u8> = states.iter().flat_map(|state| said(b'Z', &[*state])).collect();
        // However the bytes are cut up on their way.
        for byte in &client {
            session.client_says(&[*byte], 5);
        }
        for byte in &server {
            session.server_says(&[*byte], 9);
        }
        let transactions: Vec<_> = session.transactions.iter().map(Transaction::needed).collect();
        let kept: Vec<_> =
            transactions.iter().map(|t| (t.units.len(), t.writes(), t.began, t.ended)).collect();
        assert_eq!(kept, [(1, false, 5, 9), (1, false, 5, 9), (3, true, 5, 9), (0, false, 5, 9)]);
    }

    #[test]
    fn what_the_database_refused_is_known() {
        let mut session = Session::default();
        session.client_says(&[startup(), said(b'Q', b"INSERT INTO t VALUES (1)\0")].concat(), 1);
        session.server_says(&[said(b'Z', b"I"), said(b'E', b"no"), said(b'Z', b"I")].concat(), 2);
        assert!(session.transactions[0].failed && session.transactions[0].writes());
    }

    #[test]
    fn reading_is_told_from_writing() {
        for reads in ["SELECT 1", "WITH X AS (SELECT 1) SELECT * FROM X", "LISTEN ASIDE"] {
            assert!(only_reads(reads), "{reads}");
        }
        for writes in [
            "INSERT INTO T VALUES (1)",
            "WITH X AS (DELETE FROM T RETURNING A) SELECT * FROM X",
            "SELECT A FROM T FOR UPDATE SKIP LOCKED",
            "SELECT PG_ADVISORY_XACT_LOCK(1)",
        ] {
            assert!(!only_reads(writes), "{writes}");
        }
    }
}
