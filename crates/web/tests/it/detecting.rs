//! Texts that programs ask about, by the API and as Presidio's clients do.

use crate::house::{Browser, House};
use aside_model::Role;
use reqwest::Method;
use serde_json::{Value, json};

/// A program with an agent's token.
struct Program {
    browser: Browser,
    bearer: String,
}

impl Program {
    async fn new(house: &House) -> Self {
        let browser = house.anonymous();
        let credentials = house.credentials("ada", Role::Agent).await;
        let body: std::collections::BTreeMap<_, _> = credentials.into_iter().collect();
        let json = [("content-type", "application/json")];
        let body = serde_json::to_vec(&body).unwrap();
        let answer = browser.send(Method::POST, "/api/v1/sign-in", &json, body).await;
        let token: Value = serde_json::from_str(&answer.text).unwrap();
        let bearer = format!("Bearer {}", token["token"].as_str().unwrap());
        Self { browser, bearer }
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        let headers = [("content-type", "application/json"), ("authorization", self.bearer.as_str())];
        let answer = self.browser.send(Method::POST, path, &headers, body.to_string().into_bytes()).await;
        (answer.status.as_u16(), serde_json::from_str(&answer.text).unwrap())
    }
}

#[tokio::test]
async fn a_text_is_looked_into_in_the_unit_that_was_asked_for() {
    let house = House::open().await;
    let program = Program::new(&house).await;
    for (unit, span) in [("bytes", (7, 23)), ("chars", (3, 19)), ("utf16", (4, 20))] {
        let (status, answer) =
            program.post("/api/v1/detect", json!({"text": "é😀 anna@example.com", "offsets": unit})).await;
        let found = &answer["findings"][0];
        assert_eq!((status, &found["type"]), (200, &"contact.email".into()), "{answer}");
        assert_eq!((&found["start"], &found["end"]), (&span.0.into(), &span.1.into()), "{unit}");
    }
    let text = "12.03.1984, 4111 1111 1111 1111, anna@example.com";
    let (_, answer) = program
        .post(
            "/api/v1/detect",
            json!({"text": text, "types": ["fin.pan", "demo.dob"], "min_certainty": "likely"}),
        )
        .await;
    assert_eq!(answer["findings"].as_array().unwrap().len(), 1, "{answer}");
    assert!(!answer.to_string().contains("4111"));
}

#[tokio::test]
async fn what_was_asked_and_said_before_counts() {
    let house = House::open().await;
    let program = Program::new(&house).await;
    let (_, answer) = program
        .post("/api/v1/detect", json!({"text": "12/04/85", "question": "What's your date of birth?"}))
        .await;
    assert_eq!(answer["findings"][0]["kind"], "dob", "{answer}");
    let (_, answer) = program
        .post("/api/v1/detect", json!({"text": "1111 1111 ok?", "earlier": ["my card is 4111 1111"]}))
        .await;
    let found = &answer["findings"][0];
    assert_eq!((&found["kind"], &found["start"], &found["end"]), (&"card".into(), &0.into(), &9.into()));
}

#[tokio::test]
async fn a_text_comes_back_without_its_data_and_what_was_encrypted_opens_again() {
    let house = House::open().await;
    let program = Program::new(&house).await;
    let text = "card 4111 1111 1111 1111, mail anna@example.com";
    let key = "2a".repeat(32);
    let (status, made) = program
        .post(
            "/api/v1/anonymise",
            json!({"text": text, "key": key, "mapping": true,
        "default": "mask", "operators": {"fin.pan": "encrypt"}}),
        )
        .await;
    assert_eq!(status, 200, "{made}");
    assert!(made["text"].as_str().unwrap().ends_with("], mail a•••@•••.com"), "{made}");
    assert_eq!(made["mapping"][0]["original"], "4111 1111 1111 1111");
    let (_, opened) =
        program.post("/api/v1/anonymise/decrypt", json!({"text": made["text"], "key": key})).await;
    assert_eq!((&opened["opened"], &opened["unopened"]), (&1.into(), &0.into()));
    assert!(opened["text"].as_str().unwrap().starts_with("card 4111 1111 1111 1111, mail a•••"));
    let (_, plain) = program.post("/api/v1/anonymise", json!({"text": text})).await;
    assert_eq!(plain["text"], "card <CARD>, mail <EMAIL>");
    assert!(plain.get("mapping").is_none());
}

#[tokio::test]
async fn what_makes_no_sense_is_told_without_the_text() {
    let house = House::open().await;
    let program = Program::new(&house).await;
    for (path, body, status) in [
        ("/api/v1/detect", json!({"text": "4111 1111", "regions": ["Germany"]}), 422),
        ("/api/v1/detect", json!({"text": "4111 1111", "types": ["fin.gold"]}), 422),
        ("/api/v1/detect", json!({"text": "4111 1111", "offsets": "words"}), 422),
        ("/api/v1/detect", json!({"text": "4111 1111", "min_certainty": "sure"}), 422),
        ("/api/v1/detect", json!({"body": "4111 1111"}), 422),
        ("/api/v1/detect", json!({"text": "4111 ".repeat(300_000)}), 413),
        ("/api/v1/anonymise", json!({"text": "4111 1111", "default": "shred"}), 422),
        ("/api/v1/anonymise", json!({"text": "4111 1111", "default": "hash"}), 422),
        ("/api/v1/anonymise", json!({"text": "4111 1111", "key": "4111"}), 422),
        ("/api/v1/anonymise", json!({"text": "4111 1111", "operators": {"gold": "mask"}}), 422),
        ("/api/v1/anonymise/decrypt", json!({"text": "4111 1111", "key": ""}), 422),
    ] {
        let (got, problem) = program.post(path, body).await;
        assert_eq!(got, status, "{path} {problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| !detail.contains("4111")), "{problem}");
    }
}

#[tokio::test]
async fn a_presidio_client_with_a_token_is_answered_and_without_one_refused_in_presidios_shape() {
    let house = House::open().await;
    let program = Program::new(&house).await;
    let text = "my card is 4111 1111 1111 1111";
    let asked = json!({"text": text, "language": "en"});
    let (status, results) = program.post("/presidio/analyze", asked.clone()).await;
    assert_eq!((status, &results[0]["entity_type"]), (200, &"CREDIT_CARD".into()), "{results}");
    let (_, answer) =
        program.post("/presidio/anonymize", json!({"text": text, "analyzer_results": results})).await;
    assert_eq!(answer["text"], "my card is <CREDIT_CARD>");
    assert_eq!(
        program.post("/presidio/analyze", json!({})).await,
        (500, json!({"error": "No text provided"}))
    );
    assert_eq!(program.post("/presidio/nothing", json!({})).await.0, 404);
    let json = [("content-type", "application/json")];
    let agent = house.agent("bea", Role::Agent).await;
    for who in [house.anonymous(), agent] {
        for path in ["analyze", "anonymize", "deanonymize"] {
            let answer = who
                .send(Method::POST, &format!("/presidio/{path}"), &json, asked.to_string().into_bytes())
                .await;
            assert_eq!((answer.status.as_u16(), answer.header("www-authenticate")), (401, "Bearer"));
            let error: Value = serde_json::from_str(&answer.text).unwrap();
            assert!(error["error"].as_str().unwrap().contains("token"), "{error}");
        }
        assert_eq!(who.get("/presidio/supportedentities").await.status, 401);
    }
}
