//! Rule 1, as far as the connector goes: what it logs.

use crate::answers::{PAGE, TOKEN, answering, facebook, send};
use aside_channels::Connector;
use aside_model::Rung;
use std::{
    cell::RefCell,
    io::{self, Write},
};

thread_local! {
    /// What this thread logged; each test has its own thread.
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

struct ThreadLog;

impl Write for ThreadLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LOG.with_borrow_mut(|log| log.extend_from_slice(bytes));
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Keeps what is logged from now on, on every thread: whether a place logs at all is decided once for the
/// whole process, so a listener for one thread alone would miss what another thread reached first.
pub(crate) fn listen() {
    tracing_subscriber::fmt().with_env_filter("aside_channels=trace").with_writer(|| ThreadLog).init();
}

/// What this thread logged so far.
pub(crate) fn logged() -> String {
    String::from_utf8(LOG.with_borrow(Clone::clone)).unwrap()
}

#[tokio::test]
async fn no_log_holds_a_text_an_id_a_token_or_the_networks_words() {
    let quoting =
        br#"{"error":{"message":"(#100) bad: MARKER-TEXT for MARKER-NAME","code":100,"error_subcode":1}}"#;
    for (status, body) in
        [(400, &quoting[..]), (500, quoting), (200, b"MARKER-TEXT"), (200, br#"{"message_id":"m"}"#)]
    {
        let receiver = answering(status, body).await;
        send(&receiver.facebook, Rung::Direct, "24800000000000017", "MARKER-TEXT").await;
        send(&receiver.facebook, Rung::Public, "122_900", "MARKER-TEXT").await;
        receiver.facebook.hide(PAGE, "122_900").await;
    }
    let nobody = facebook("http://127.0.0.1:9");
    send(&nobody, Rung::Public, "122_900", "MARKER-TEXT").await;

    let log = logged();
    for expected in
        ["the network refused", "the network did not answer", "answer is unclear", "the network accepted"]
    {
        assert!(log.contains(expected), "{expected}: {log}");
    }
    for forbidden in ["MARKER", TOKEN, "24800000000000017", "122_900", PAGE] {
        assert!(!log.contains(forbidden), "{forbidden} in {log}");
    }
}
