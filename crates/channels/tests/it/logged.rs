//! Rule 1, as far as the connector goes: what it logs.

use crate::answers::{PAGE, TOKEN, answering, facebook, send};
use aside_channels::Connector;
use aside_model::Rung;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn no_log_holds_a_text_an_id_a_token_or_the_networks_words() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter("aside_channels=trace")
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

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

    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for expected in ["facebook refused", "facebook did not answer", "answer is unclear", "facebook accepted"]
    {
        assert!(log.contains(expected), "{expected}: {log}");
    }
    for forbidden in ["MARKER", TOKEN, "24800000000000017", "122_900", PAGE] {
        assert!(!log.contains(forbidden), "{forbidden} in {log}");
    }
}
