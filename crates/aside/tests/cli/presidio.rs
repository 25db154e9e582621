//! `aside detect serve`, asked over HTTP.

use crate::stage::Home;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Stdio},
};

struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let home = Home::new();
        let mut child = home
            .command(&["detect", "serve", "--listen", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap().to_owned();
        Self { child, address }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

#[tokio::test]
async fn a_presidio_client_is_answered_without_an_installation() {
    let server = Server::start();
    let client = aside::http_client().unwrap();
    let text = "my card is 4111 1111 1111 1111";
    for base in [server.address.clone(), format!("{}/presidio", server.address)] {
        let asked = client.post(format!("{base}/analyze")).json(&json!({"text": text, "language": "en"}));
        let results: Value = asked.send().await.unwrap().json().await.unwrap();
        assert_eq!(results[0]["entity_type"], "CREDIT_CARD", "{results}");
        let asked = client
            .post(format!("{base}/anonymize"))
            .json(&json!({"text": text, "analyzer_results": results}));
        let answer: Value = asked.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["text"], "my card is <CREDIT_CARD>");
    }
    let foreign = client.get(format!("{}/health", server.address)).header("host", "rebound.example");
    assert_eq!(foreign.send().await.unwrap().status(), 403);
}

#[test]
fn it_listens_on_this_machine_alone() {
    for address in ["0.0.0.0:0", "192.0.2.7:5002", "[::]:0"] {
        let told = Home::new().aside(&["detect", "serve", "--listen", address]).fails(1);
        assert!(
            told.contains("can be reached from other machines") && told.contains("aside serve"),
            "{told}"
        );
    }
}
